// minimum of the whole offer: money committed across its meters, a floor under its usage, commitment and overage.
import { ParameterError } from '../../errors.ts'
import type { ContractProgram } from '../compiled.ts'
import { type BoundPer, field, isMoneyBound, readBound } from '../fields.ts'
import type { LineKinds } from '../lines.ts'
import type { Money } from '../money.ts'
import type { Bound, Period } from '../operation.ts'
import type { OfferTools } from '../order.ts'
import type { BoundMoney } from '../prices.ts'
import { spansOf } from '../spans.ts'

export interface OfferMinimum {
  readonly money: Money
  readonly per: Period
  /** Billed in the period's first month; usage is billed only beyond it. */
  readonly upfront: boolean
}

export const offerMinimum = field(
  'money',
  {
    label: 'Minimum of the offer',
    help: 'money committed across the charges, such as $240k/year: a floor under usage, commitment and overage together',
    drawn: 'trial',
    periods: ['month', 'quarter', 'year'],
  },
  (raw): Omit<OfferMinimum, 'upfront'> => {
    const read = boundOrNothing(raw)
    if (!read) throw new ParameterError('', 'an amount and its period, such as $240k/year', raw)
    if (!isMoneyBound(read)) throw new ParameterError('', 'money such as $240k/year', raw)
    return { money: read.money, per: read.per ?? 'month' }
  },
)

function boundOrNothing(raw: unknown): BoundPer | undefined {
  try {
    return readBound(raw, true)
  } catch (error) {
    if (error instanceof ParameterError) return undefined
    throw error
  }
}

export const compileOfferMinimum = (
  { money, per, upfront }: Bound<OfferMinimum>,
  { months, prices, renewal }: OfferTools,
): NonNullable<ContractProgram['minimum']> => ({
  spans: spansOf(per, { start: 0, end: months }),
  price: prices.place(money as BoundMoney, { renewal }),
  times: 1,
  upfront,
})

export const offerMinimumLines: LineKinds = {
  'offer minimum': {
    explain: ({ bound, money }) => `up to the minimum of ${money(bound)}`,
    filed: 'adjustment',
    recurring: true,
  },
  'offer minimum, upfront': {
    explain: ({ bound, money }) => `${money(bound)} billed first`,
    filed: 'purchase',
    recurring: true,
  },
  'drawn from the offer minimum': {
    explain: ({ bound, money }) => `paid by the ${money(bound)} billed first`,
    filed: 'adjustment',
  },
}
