// A charge in words, by the sentence of its model and the words of its other fields.
import { chargeModels, namingModels } from '../../contract/charges/index.ts'
import { type ChargeModel, type ChargeSpeech, saysPeriod } from '../../contract/charges/model.ts'
import { METERS } from '../../contract/meters.ts'
import { tryRead } from '../../errors.ts'
import { type Fields, isFields } from '../../notation/fields.ts'
import { parseQuantityPer } from '../../notation/per.ts'
import { parseScalar } from '../../notation/scalar.ts'
import { type FieldPlace, stepTo } from '../../scenario/places.ts'
import { phrasesOf } from './phrases.ts'
import { moneyWords, type ValueOptions, valueWords } from './value.ts'

/** Keys that name a charge, or what it counts: the sentence has them in its nouns. */
const NAMING = ['id', 'meter', 'source'] as const

export function chargeWords(charge: Fields, place: FieldPlace | undefined, { currency }: ValueOptions): string {
  const model = modelOf(charge)
  const { one, many } = nounsOf(charge)
  const options = { currency, noun: model?.counts === false ? model.model : many }
  const said = new Set<string>([...NAMING, ...(model?.unsaid ?? [])])
  const speech: ChargeSpeech = {
    one,
    many,
    value(key) {
      said.add(key)
      // A name of a rule has no field, since no file states it.
      if (key === model?.key && model.codeOnly) return String(charge[key])
      return keyValue(charge, key, place, options)
    },
    each(key) {
      const list = charge[key]
      said.add(key)
      const inner = place && stepTo(place, key)
      const entries = Array.isArray(list) ? list : [list]
      return entries.filter(isFields).map((entry) => ({
        value: (own: string) => keyValue(entry, own, Array.isArray(list) ? (inner?.each ?? inner) : inner, { currency }),
      }))
    },
    product: (quantity, price) => productOf(charge[quantity], charge[price], currency),
  }
  const sentence = model?.words(speech)
  // The period of the quantity is that of the charge.
  if (typeof charge.period === 'string' && sentence?.includes(` a ${charge.period}`)) said.add('period')
  return [...(sentence === undefined ? [] : [sentence]), ...phrasesOf(charge, place, { currency, noun: options.noun }, said)].join(
    ', ',
  )
}

const modelOf = (charge: Fields): ChargeModel | undefined =>
  namingModels.find(({ key }) => Object.hasOwn(charge, key)) ??
  [...chargeModels.values()].find(({ key }) => Object.hasOwn(charge, key))

function nounsOf({ meter, credits }: Fields): { readonly one: string; readonly many: string } {
  return credits === undefined ? meterNouns(String(meter)) : { one: 'credit', many: 'credits' }
}

export function meterNouns(name: string): { readonly one: string; readonly many: string } {
  if ((METERS as readonly string[]).includes(name)) return { one: name.replace(/s$/, ''), many: name }
  return { one: `unit of ${name}`, many: `units of ${name}` }
}

function keyValue(charge: Fields, key: string, place: FieldPlace | undefined, options: ValueOptions): string {
  const inner = place && stepTo(place, key)
  const value = charge[key]
  if (value === undefined || !inner) return ''
  const kind = inner.field?.kind
  const isPeriodic = inner.field?.periods.includes('month') === true
  const isCounted = isPeriodic || key === 'seats'
  const text = valueWords(value, inner.field, isCounted ? options : { currency: options.currency })
  const isBare = typeof value !== 'object' && isPeriodic && kind === 'quantity' && !saysPeriod(text)
  return isBare ? `${text} a ${typeof charge.period === 'string' ? charge.period : 'month'}` : text
}

const plainOf = (value: unknown): unknown => (isFields(value) && 'value' in value && 'source' in value ? value.value : value)

function productOf(quantity: unknown, price: unknown, currency: string): string {
  const [many, each] = [plainOf(quantity), plainOf(price)]
  const units = tryRead(() => parseQuantityPer(many).value)
  const amount = /[€£¥]/.test(String(each)) ? undefined : tryRead(() => parseScalar(each, 'money').value)
  return units === undefined || amount === undefined ? '' : moneyWords(Number((units * amount).toPrecision(12)), currency)
}
