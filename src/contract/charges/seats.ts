// A price per seat, for a stated number of seats or for as many as the people need who handle the remaining conversations.
import * as z from 'zod'
import { mapStages, plainQuantity, type Staged, stagedMoneyPer, stagesIn, uncertainQuantity } from '../fields.ts'
import { maximum, minimum } from '../modifiers/bounds.ts'
import { byTimes } from '../lines.ts'
import type { Value } from '../operation.ts'
import { MONTHS } from '../spans.ts'
import { anyCharge, chargeModel, coveredFrom, everyPeriod, nothingCounted, paid, paidOver, saysPeriod } from './model.ts'

const perAgent = plainQuantity({
  label: 'Conversations per person',
  help: 'conversations that one person handles in a month; the number of seats is rounded up',
  range: [1e-9, 1e12],
  expected: 'a number of conversations per person and month above 0, such as 600',
})
const stated = uncertainQuantity({
  label: 'Seats',
  help: 'the number of seats, such as 40 or 35 to 45; drawn seats are not rounded',
  expected: 'at least 0 seats',
  staged: true,
})

/** Seats with a stated number, instead of as many as people need. */
export const hasNumber = <T>(seats: T): seats is Exclude<T, { readonly perAgent: number }> =>
  !(typeof seats === 'object' && seats !== null && 'perAgent' in seats)
const schema = z.strictObject({
  ...anyCharge,
  seats: z.union([z.strictObject({ perAgent }), stated]),
  price: stagedMoneyPer({ label: 'Price of a seat', help: 'the price of one seat, such as $115/month' }),
  paid: paid.optional(),
  minimum: minimum.optional(),
  maximum: maximum.optional(),
})

const { minimum: _min, maximum: _max, ...counted } = nothingCounted('seats are not billed by the quantity of a meter')

/** `price · seats`: 40 at $115 a month cost $4,600. With `perAgent` the number of seats is ⌈conversations of people / perAgent⌉. */
export const seatsCharge = chargeModel({
  model: 'seats',
  key: 'seats',
  order: 40,
  examples: [
    { name: 'seats', about: 'a price for each seat', example: '{ seats: 40, price: $115/month }', bills: '$4,600.00' },
    {
      name: 'seats by need',
      about: 'one seat for every `perAgent` conversations that people handle, rounded up',
      example: '{ seats: { perAgent: 600 }, price: $115/month, minimum: 10 }',
      bills: '$3,450.00',
    },
  ],
  words: ({ value, each }) => {
    const perPerson = each('seats')
      .map((need) => need.value('perAgent'))
      .find((need) => need !== '')
    const number = perPerson === undefined ? value('seats') : `one seat for every ${perPerson} conversations that people handle`
    return `${number} at ${value('price')}${saysPeriod(value('price')) ? '' : ' a month'} each`
  },
  counts: false,
  layer: 'platform',
  schema,
  refuses: { ...counted, overage: 'seats have no quantity to exceed', per: 'the price states the period, as in $115/month' },
  check: ({ seats: number, price: { per }, minimum: floor, maximum: cap, paid: how }) => [
    ...(per === 'once' ? [{ path: ['price'], message: 'expected a price per month, quarter or year, such as $115/month' }] : []),
    ...(hasNumber(number) && (floor || cap)
      ? [{ path: [floor ? 'minimum' : 'maximum'], message: 'remove this key, and change `seats` instead: it states the number' }]
      : []),
    ...(floor && 'quantity' in floor && (floor.per ?? 'month') !== 'month'
      ? [{ path: ['minimum'], message: 'expected a number of seats, such as 10, that holds every month' }]
      : []),
    ...(!hasNumber(number) && how === 'upfront'
      ? [{ path: ['paid'], message: 'expected monthly: `perAgent` sets the number of seats month by month' }]
      : []),
  ],
  besideMoneyLimit: () =>
    'expected another layer than usage for seats under a money limit: more people are needed when the AI stops',
  periods: ({ price: { per }, paid: how }) => (how === 'upfront' && per !== undefined && per !== 'once' ? [per] : []),
  compile(charge, tools) {
    const { seats: number, paid: how, layer } = charge
    const per = charge.price.per === undefined || charge.price.per === 'once' ? 'month' : charge.price.per
    const own = { line: 'seats', layer: layer ?? 'platform' }
    const price = tools.price(charge.price.value)
    if (hasNumber(number)) {
      const seats = number as Staged<Value>
      const drawn = [...new Set(stagesIn(seats).filter((value) => typeof value !== 'number'))]
      const times = (of: (value: Value) => number) => paidOver(per, tools, how === 'upfront', mapStages(seats, of))
      const covers = how === 'upfront' && { covers: coveredFrom(per, tools) }
      const certain = { price, times: times((value) => (typeof value === 'number' ? value : 0)), ...covers, ...own }
      // Each drawn number of seats is a line of its own, in the months of its stage.
      const uncertain = drawn.map((units) => ({
        price,
        times: times((value) => (value === units ? 1 : 0)),
        units,
        ...covers,
        ...own,
      }))
      return {
        periods: [],
        fixed: [...(certain.times.some((count) => count !== 0) || drawn.length === 0 ? [certain] : []), ...uncertain],
        own,
      }
    }
    const times = 1 / MONTHS[per]
    const agents = { kind: 'package', price, times, above: 0, size: number.perAgent, ...own } as const
    return {
      periods: everyPeriod('month', tools.applies, () => [agents]),
      fixed: [],
      own,
      meter: 'people',
      unit: { price: charge.price.value, times },
    }
  },
  lines: { seats: { ...byTimes, unit: 'Seats' } },
})
