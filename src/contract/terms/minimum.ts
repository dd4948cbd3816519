// minimum of an offer: an amount committed across its charges, the least sum of usage, commitment and overage.
import { ParameterError, tryRead } from '../../errors.ts'
import type { ContractProgram } from '../compiled.ts'
import { field, isMoneyBound, joinBounds, readBound, type Staged } from '../fields.ts'
import type { LineKinds } from '../lines.ts'
import type { Money } from '../money.ts'
import type { OfferDates } from '../modifiers/dates.ts'
import type { Bound, Layer, Period } from '../operation.ts'
import { type OfferTools, spentBefore } from '../order.ts'
import { type BoundMoney, moneyBound } from '../prices.ts'
import { spansOf } from '../spans.ts'
import type { Past } from '../to-date.ts'

export interface OfferMinimum {
  readonly money: Staged<Money>
  readonly per: Period
  /** Whether it is billed in the period's first month, and usage only beyond it. */
  readonly upfront: boolean
}

export const offerMinimum = field(
  'money',
  {
    label: 'Minimum of the offer',
    help: 'amount committed across the charges, such as $240k/year: the least sum of usage, commitment and overage',
    words: (value) => `at least ${value} over all charges`,
    drawn: 'trial',
    periods: ['month', 'quarter', 'year'],
    staged: true,
  },
  (raw): { readonly money: Money; readonly per?: Period } => {
    const read = tryRead(() => readBound(raw, true))
    if (!read || !('money' in read)) throw new ParameterError('', 'an amount and its period, such as $240k/year', raw)
    return read
  },
).transform((read, context): Omit<OfferMinimum, 'upfront'> => {
  const bound = joinBounds(read, context)
  return { money: isMoneyBound(bound) ? bound.money : 0, per: bound.per ?? 'month' }
})

const COMMITTED: ReadonlySet<Layer> = new Set(['usage', 'commitment', 'overage'])

export function compileOfferMinimum(
  { money, per, upfront }: Bound<OfferMinimum>,
  dates: OfferDates,
  pasts: readonly Past[],
  { start, live, prices, renewals }: OfferTools,
): NonNullable<ContractProgram['minimum']> {
  const bound = moneyBound(money as Staged<BoundMoney>, spansOf(per, live), per, start, (amount) =>
    prices.place(amount, { renewals }),
  )
  const stated = dates.term?.toDate?.spend
  const spent = (gone: number) =>
    stated === undefined
      ? pasts.flatMap((past) => past.priced(gone, (layer) => COMMITTED.has(layer)))
      : [{ price: prices.place(stated as BoundMoney, {}), times: 1 }]
  return { ...spentBefore(bound, spent), upfront }
}

export const offerMinimumLines: LineKinds = {
  'offer minimum': { explain: ({ bound, money }) => `up to the minimum of ${money(bound)}`, filed: 'adjustment', recurring: true },
  'offer minimum, upfront': { explain: ({ bound, money }) => `${money(bound)} billed upfront`, filed: 'purchase', recurring: true },
  'drawn from the offer minimum': {
    explain: ({ bound, money }) => `drawn from the ${money(bound)} billed upfront`,
    filed: 'adjustment',
  },
}
