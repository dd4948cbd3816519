// A quantity paid for in advance, and an overage price beyond it.
import * as z from 'zod'
import { formatQuantity } from '../../notation/money.ts'
import type { Span } from '../compiled.ts'
import { isStaged, type QuantityPer, quantityPer, type Staged, stageAt } from '../fields.ts'
import { perOf } from '../modifiers/dates.ts'
import { MONTHS, spansOf, wholeOf } from '../spans.ts'
import { chargeModel, counting, coveredFrom, everyPeriod, moneyMinimum, noLevels, paid, price, priceOf } from './model.ts'

const schema = z.strictObject({
  ...counting,
  commitment: quantityPer({
    label: 'Commitment',
    help: 'the committed quantity, such as 30k/month, or a ramp as stages',
    staged: true,
    slider: { least: 0, most: 2 },
  }),
  price,
  overage: priceOf({ label: 'Overage', help: 'the price of one unit beyond the commitment, such as $2.00' }),
  paid: paid.optional(),
})

const firstOf = (committed: Staged<QuantityPer>): QuantityPer => (isStaged(committed) ? committed[0].value : committed)

/**
 * `p · C + o · max(0, q − C)`: 30,000 at $1.50 with overage at $2.00, 32,500 used cost $50,000.
 * A ramp adds up by months: a year's commitment is the sum of its months' twelfths.
 */
export const commitmentCharge = chargeModel({
  model: 'commitment',
  key: 'commitment',
  order: 20,
  examples: [
    {
      name: 'commitment',
      about: 'a quantity that is paid for even if it is not used, and an overage price beyond it',
      example: '{ meter: resolutions, commitment: 30k/month, price: $1.50, overage: $2.00 }',
      bills: '$50,000.00',
    },
  ],
  words: ({ value, product }) => {
    const amount = product('commitment', 'price')
    return `${value('commitment')} at ${value('price')}${amount === '' ? '' : ` = ${amount}`}, used or not, then ${value('overage')} each`
  },
  counts: true,
  layer: 'commitment',
  schema,
  refuses: noLevels,
  check: ({ commitment: committed, minimum }) => [
    ...(isStaged(committed)
      ? committed.flatMap(({ value }, k) =>
          value.per === committed[0].value.per
            ? []
            : [{ path: ['commitment', k, 'value'], message: 'expected a quantity for the same period as in the first stage' }],
        )
      : []),
    ...moneyMinimum(minimum, 'a commitment is already a minimum quantity'),
  ],
  periods: (charge) => [perOf(firstOf(charge.commitment), charge)],
  compile(charge, tools) {
    const committed = charge.commitment as Staged<QuantityPer>
    const per = perOf(firstOf(committed), charge)
    const upfront = charge.paid === 'upfront'
    const own = { line: 'commitment', layer: charge.layer ?? 'commitment' }
    const over = { line: 'overage', layer: charge.layer ?? 'overage' }
    const [prepaid, beyond] = [tools.price(charge.price), tools.price(charge.overage)]
    /** The quantity of a whole period as it is stated for month m. */
    const stated = (m: number) => (isStaged(committed) ? stageAt(committed, tools.start + m) : committed).quantity
    const inSpan = (span: Span): number => {
      if (!isStaged(committed)) return committed.quantity * span.share
      const [first, last] = wholeOf(span)
      let sum = 0
      for (let m = first; m < last; m++) sum += stated(m)
      return sum / MONTHS[per]
    }
    const times = new Array<number>(tools.months).fill(0)
    for (const span of spansOf(per, tools.applies)) {
      if (upfront && span.gone === undefined) times[span.start] = inSpan(span)
      if (!upfront) for (let m = span.start; m < span.end; m++) times[m] = stated(m) / MONTHS[per]
    }
    return {
      periods: everyPeriod(per, tools.applies, (span) => [
        { kind: 'hinge', price: beyond, times: 1, above: inSpan(span), overage: true, committed: true, ...over },
      ]),
      fixed: [{ price: prepaid, times, ...(upfront && { covers: coveredFrom(per, tools) }), ...own }],
      own,
    }
  },
  lines: {
    commitment: { explain: ({ quantity, at, off }) => `${formatQuantity(quantity)} committed at ${at}${off}` },
    overage: {
      explain: ({ free, from, quantity, at, off, stopped }) =>
        `${free}${formatQuantity(from)} committed; ${formatQuantity(quantity)} over at ${at}${off}${stopped}`,
    },
  },
})
