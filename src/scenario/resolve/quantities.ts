// Resolves quantities that a plan names, and checks that charges count meters that exist.
import { metersOf } from '../../contract/checks.ts'
import { METERS } from '../../contract/meters.ts'
import { NAME, NAMED } from '../../contract/name.ts'
import { contractsIn, type Quantities, type ResolvedOffer } from '../../contract/offer.ts'
import type { RawOffer } from '../../contract/schema.ts'
import { type Problem, pathText, shown } from '../../errors.ts'
import { nearest } from '../../notation/near.ts'
import { RESERVED } from '../offer-names.ts'
import type { ResolvedScenario } from '../resolved.ts'
import { repeatedNames } from '../table-columns.ts'

type RawQuantities = NonNullable<RawOffer['quantities']>

/** @param path of the quantities */
export function resolveQuantities(
  raw: RawQuantities | undefined,
  path: readonly string[],
  problems: Problem[],
): Quantities | undefined {
  if (!raw) return undefined
  const names = Object.keys(raw)
  const repeated = repeatedNames(names)
  names.forEach((name, k) => {
    const say = (message: string) => problems.push({ path: pathText([...path, name]), message })
    const own = METERS.find((meter) => meter === name)
    if (own === 'actions' || own === 'minutes')
      say(`expected another name: state \`conversations.${own}\`, since ${own} is a meter of every plan`)
    else if (own !== undefined || name === 'people' || RESERVED.has(name))
      say(`expected another name than ${shown(name)}, which has a meaning of its own`)
    else if (!NAME.test(name)) say(`expected ${NAMED}, got ${shown(name)}`)
    else if (repeated.has(k)) say(`expected names that differ not only in case, got ${shown(name)} and ${shown(repeated.get(k))}`)
  })
  return Object.fromEntries(
    Object.entries(raw).map(([name, stated]) => {
      const isObject = typeof stated === 'object' && 'each' in stated && 'per' in stated
      return [name, isObject ? (stated as Quantities[string]) : { each: stated as Quantities[string]['each'], per: 'conversation' }]
    }),
  )
}

/** The quantities that an offer's charges may count, by name. Those of several segments may differ. */
function quantitiesFor({ conversations, segments }: ResolvedScenario, offer: ResolvedOffer): readonly Quantities[] {
  return [conversations.quantities, ...(segments ?? []).map((own) => own.conversations.quantities), offer.quantities].flatMap(
    (own) => (own ? [own] : []),
  )
}

/** Whether a charge depends on the resolution rate by way of its meter. */
export const dependsOnRate = (meter: string, scenario: ResolvedScenario, offer: ResolvedOffer): boolean =>
  meter === 'resolutions' ||
  meter === 'escalations' ||
  quantitiesFor(scenario, offer).some((own) => own[meter]?.per === 'resolution' || own[meter]?.per === 'escalation')

export function checkMeters(scenario: ResolvedScenario, problems: Problem[]): void {
  for (const offer of scenario.offers.flatMap(contractsIn)) {
    const stated = quantitiesFor(scenario, offer)
    const names = [...METERS, ...new Set(stated.flatMap((own) => Object.keys(own)))]
    offer.charges.forEach((charge, k) => {
      const credits = 'credits' in charge && charge.credits !== undefined
      for (const meter of metersOf(charge)) {
        const key = credits ? ['credits', meter] : charge.model === 'rule' ? ['counts'] : ['meter']
        const path = pathText(['offers', offer.name, 'charges', k, ...key])
        const limited = 'limit' in charge && charge.limit !== undefined && 'quantity' in charge.limit
        if (!names.includes(meter)) {
          const near = nearest(meter, names)
          problems.push({
            path,
            message: `expected a meter (${METERS.join(', ')}) or a quantity of the plan (${names.slice(METERS.length).join(', ') || 'it has none'}), got ${shown(meter)}${near === undefined ? '' : `, did you mean ${shown(near)}?`}`,
          })
        } else if (limited && stated.some((own) => own[meter]?.per === 'ticket'))
          problems.push({
            path: pathText(['offers', offer.name, 'charges', k, 'limit']),
            message: 'expected a limit on another meter: tickets arrive whether or not the AI stops',
          })
      }
    })
  }
}
