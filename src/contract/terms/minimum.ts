// minimum of an offer: an amount committed across its charges, the least sum of usage, commitment and overage.
import { ParameterError, tryRead } from '../../errors.ts'
import type { ContractProgram } from '../compiled.ts'
import { field, isMoneyBound, readBound } from '../fields.ts'
import type { LineKinds } from '../lines.ts'
import type { Money } from '../money.ts'
import type { Bound, Period } from '../operation.ts'
import type { OfferTools } from '../order.ts'
import type { BoundMoney } from '../prices.ts'
import { spansOf } from '../spans.ts'

export interface OfferMinimum {
  readonly money: Money
  readonly per: Period
  /** Whether it is billed in the period's first month, and usage only beyond it. */
  readonly upfront: boolean
}

export const offerMinimum = field(
  'money',
  {
    label: 'Minimum of the offer',
    help: 'amount committed across the charges, such as $240k/year: the least sum of usage, commitment and overage',
    drawn: 'trial',
    periods: ['month', 'quarter', 'year'],
  },
  (raw): Omit<OfferMinimum, 'upfront'> => {
    const read = tryRead(() => readBound(raw, true))
    if (!read || !isMoneyBound(read)) throw new ParameterError('', 'an amount and its period, such as $240k/year', raw)
    return { money: read.money, per: read.per ?? 'month' }
  },
)

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
  'offer minimum': { explain: ({ bound, money }) => `up to the minimum of ${money(bound)}`, filed: 'adjustment', recurring: true },
  'offer minimum, upfront': { explain: ({ bound, money }) => `${money(bound)} billed upfront`, filed: 'purchase', recurring: true },
  'drawn from the offer minimum': {
    explain: ({ bound, money }) => `drawn from the ${money(bound)} billed upfront`,
    filed: 'adjustment',
  },
}
