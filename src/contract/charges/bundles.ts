// A fee for the bundle that is reached.
import { z } from 'zod'
import { formatQuantity } from '../../notation/money.ts'
import { flag } from '../fields.ts'
import type { FixedProgram, Operation } from '../compiled.ts'
import { perOf } from '../modifiers/period.ts'
import { spansOf } from '../spans.ts'
import { bound, chargeModel, counting, everyPeriod, jumpsAtLimit, layerOr, paidByUse, priceOf, unsorted } from './model.ts'

const schema = z.strictObject({
  ...counting,
  bundles: z
    .array(
      z.strictObject({
        to: bound.optional(),
        fee: priceOf({ label: 'Fee of a bundle', help: 'what the bundle costs, even at quantity 0' }),
      }),
    )
    .min(1)
    .max(100),
  ratchet: flag({ label: 'Ratchet', help: 'a bundle that was reached holds for the rest of the term' }).optional(),
})

const inFee = 'what a bundle holds is in its fee'

/**
 * `fee_0 + Σ (fee_k − fee_{k−1}) · [q > to_{k−1}]`: $500 to 1,000 tickets, $1,200 to 3,000: 1,001 cost $1,200.
 * The first is due from the period's first month on, whatever is used. A period that is cut off counts by its months, bounds and
 * fees alike.
 */
export const bundlesCharge = chargeModel({
  model: 'bundles',
  key: 'bundles',
  order: 80,
  noun: 'bundles',
  examples: [
    {
      name: 'bundles',
      about: 'a fee for the bundle that is reached, even at quantity 0',
      example: '{ meter: tickets, bundles: [{ to: 20k, fee: $500 }, { to: 60k, fee: $1200 }], ratchet: true }',
      bills: '$1,200.00',
    },
  ],
  counts: true,
  layer: 'usage',
  schema,
  refuses: { ...paidByUse, included: inFee, rollover: inFee, price: 'each bundle has its fee', overage: 'the last bundle goes on' },
  check: (charge) => [
    ...unsorted('bundles', charge.bundles),
    ...(charge.minimum && 'quantity' in charge.minimum
      ? [{ path: ['minimum'], message: 'expected money such as $30k/year: a bundle has no price of one unit' }]
      : []),
  ],
  besideMoneyLimit: () => jumpsAtLimit,
  compile(charge, tools) {
    const layer = layerOr(charge.layer, 'usage')
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
    for (const { start, share } of spansOf(per, tools.applies)) times[start] = share
    const first: FixedProgram = { times, ...line(0) }
    const own = { line: 'bundle 1', role: 'bundle', layer }
    const periods = everyPeriod(per, tools.applies, ({ share }) => operations(share))
    return { periods, fixed: [first], own, ratchet: charge.ratchet === true }
  },
  lines: {
    bundle: {
      explain: ({ quantity, running, off }) =>
        quantity < 0 ? 'in place of it the next bundle' : `the bundle that ${formatQuantity(running)} reach${off}`,
    },
  },
})
