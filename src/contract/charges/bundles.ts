// A fee for the bundle that the quantity reaches.
import * as z from 'zod'
import { formatQuantity } from '../../notation/money.ts'
import { flag } from '../fields.ts'
import type { FixedProgram, Operation, PeriodProgram } from '../compiled.ts'
import { perOf } from '../modifiers/dates.ts'
import { type Applies, spansOf, wholeOf } from '../spans.ts'
import {
  bound,
  chargeModel,
  counting,
  coveredFrom,
  everyPeriod,
  jumpsAtLimit,
  moneyMinimum,
  paidByUse,
  priceOf,
  unsorted,
} from './model.ts'

const schema = z.strictObject({
  ...counting,
  bundles: z
    .array(
      z.strictObject({
        to: bound.optional(),
        fee: priceOf({ label: 'Fee of a bundle', help: 'the cost of the bundle, even at quantity 0' }),
      }),
    )
    .min(1)
    .max(100),
  ratchet: flag({ label: 'Ratchet', help: 'whether a bundle, once reached, stays for the rest of the term' }).optional(),
})

/** Marks the first period of each further term, in which a ratchet starts again. */
function restarted(periods: readonly PeriodProgram[], { term }: Applies): readonly PeriodProgram[] {
  if (!term) return periods
  const termOf = (period: PeriodProgram | undefined) =>
    period === undefined ? undefined : Math.floor((wholeOf(period)[0] - term.anchor) / term.months)
  return periods.map((period, k) => (k > 0 && termOf(period) !== termOf(periods[k - 1]) ? { ...period, restarts: true } : period))
}

const inFee = 'the fee of a bundle covers its whole quantity'

/**
 * `fee_0 + Σ (fee_k − fee_{k−1}) · [q > to_{k−1}]`: $500 to 1,000 tickets, $1,200 to 3,000: 1,001 cost $1,200.
 * The first is due from the period's first month on, even without usage. If a period is cut off, bounds and fees count by its months.
 */
export const bundlesCharge = chargeModel({
  model: 'bundles',
  key: 'bundles',
  order: 80,
  examples: [
    {
      name: 'bundles',
      about: 'a fee for the bundle that the quantity reaches, even at quantity 0',
      example: '{ meter: tickets, bundles: [{ to: 20k, fee: $500 }, { to: 60k, fee: $1200 }], ratchet: true }',
      bills: '$1,200.00',
    },
  ],
  words: ({ each, many }) =>
    `a bundle of ${many}: ${each('bundles')
      .map(({ value }) => `${value('fee')}${value('to') === '' ? ' beyond' : ` up to ${value('to')}`}`)
      .join(', ')}`,
  counts: true,
  layer: 'usage',
  schema,
  refuses: {
    ...paidByUse,
    included: inFee,
    rollover: inFee,
    price: 'each bundle has its own fee',
    overage: 'the last bundle has no upper bound',
  },
  check: ({ bundles, minimum }) => [
    ...unsorted('bundles', bundles),
    ...moneyMinimum(minimum, 'a bundle has no price per unit at which a quantity could be billed'),
  ],
  besideMoneyLimit: () => jumpsAtLimit,
  compile(charge, tools) {
    const layer = charge.layer ?? 'usage'
    const per = perOf({}, charge)
    const fees = charge.bundles.map(({ fee }) => tools.price(fee))
    const line = (k: number) => ({ line: `bundle ${k + 1}`, role: 'bundle', layer, price: fees[k] })
    const operations = (share: number): Operation[] =>
      fees.slice(1).flatMap((_, k): Operation[] => {
        const above = (charge.bundles[k].to ?? 0) * share
        return [
          { kind: 'step', times: share, above, ...line(k + 1) },
          { kind: 'step', times: -share, above, ...line(k) },
        ]
      })
    const times = new Array<number>(tools.months).fill(0)
    for (const { start, share, gone } of spansOf(per, tools.applies)) if (gone === undefined) times[start] = share
    const first: FixedProgram = { times, ...(per !== 'month' && { covers: coveredFrom(per, tools) }), ...line(0) }
    const own = { line: 'bundle 1', role: 'bundle', layer }
    const made = everyPeriod(per, tools.applies, ({ share }) => operations(share))
    const periods = charge.ratchet === true ? restarted(made, tools.applies) : made
    return { periods, fixed: [first], own, ratchet: charge.ratchet === true }
  },
  lines: {
    bundle: {
      explain: ({ quantity, running, off }) =>
        quantity < 0 ? 'replaced by the next bundle' : `the bundle that a quantity of ${formatQuantity(running)} reaches${off}`,
    },
  },
})
