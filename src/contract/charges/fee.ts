// A fixed amount that does not depend on usage.
import * as z from 'zod'
import { choice, stagedMoneyPer } from '../fields.ts'
import { byTimes } from '../lines.ts'
import { anyCharge, chargeModel, coveredFrom, nothingCounted, paid, paidOver, saysPeriod } from './model.ts'

const schema = z.strictObject({
  ...anyCharge,
  fee: stagedMoneyPer({ label: 'Fee', help: 'a fixed amount such as $49/month, $12k/year or $20k/once' }),
  per: choice(['month', 'quarter', 'year', 'once'], {
    label: 'Period of the fee',
    help: 'the period that the fee is for',
    otherwise: 'month',
  }).optional(),
  paid: paid.optional(),
})

/** The fee of a month (the default), quarter or year, in equal months or upfront, or once in the first month in which it applies. */
export const feeCharge = chargeModel({
  model: 'fee',
  key: 'fee',
  order: 30,
  examples: [
    {
      name: 'fee',
      about: 'a fixed amount per month (the default), quarter or year, or once',
      example: '{ fee: $12k/year }',
      bills: '$1,000.00',
    },
  ],
  words: ({ value }) => {
    const [fee, per] = [value('fee'), value('per')]
    const due = per === 'once' ? ' once' : saysPeriod(fee) ? '' : ` a ${per || 'month'}`
    return `${fee}${due}, whatever the usage`
  },
  counts: false,
  layer: 'platform',
  schema,
  refuses: {
    ...nothingCounted('a fee is not billed by the quantity of a meter'),
    price: 'a fee is its own price',
    overage: 'a fee has no quantity to exceed',
  },
  check: ({ fee: { per }, per: stated }) => [
    ...(per !== undefined && stated !== undefined && per !== stated
      ? [{ path: ['per'], message: `expected one period, got /${per} in the fee and per: ${stated}. Remove one of the two` }]
      : []),
  ],
  periods: ({ fee: { per: own }, per = own, paid: how }) => (how === 'upfront' && per !== undefined && per !== 'once' ? [per] : []),
  compile({ fee: { value, per }, per: stated, paid: how, layer: given }, tools) {
    const due = per ?? stated ?? 'month'
    const own = { line: 'fee', layer: given ?? (due === 'once' ? 'set-up' : 'platform') }
    const { start, end, term } = tools.applies
    const begun = term !== undefined && term.first < start
    const once = () => Array.from({ length: tools.months }, (_, m) => (m === start && m < end && !begun ? 1 : 0))
    const times = due === 'once' ? once() : paidOver(due, tools, how === 'upfront', 1)
    const covers = due !== 'once' && how === 'upfront' && { covers: coveredFrom(due, tools) }
    return { periods: [], fixed: [{ price: tools.price(value), times, ...covers, ...own }], own }
  },
  lines: { fee: byTimes },
})
