// The budget that a plan states: of one of its offers, and a plain amount.
import { isForeign, type Money } from '../../contract/money.ts'
import { type Problem, shown } from '../../errors.ts'
import { currencyOf } from '../../notation/currency.ts'
import { convertible, type Exchange, rateOf } from '../exchange.ts'
import type { ResolvedScenario } from '../resolved.ts'

type Budget = NonNullable<ResolvedScenario['budget']>

export function budgetOf(
  { offer, amount: money, confidence, measure }: Omit<Budget, 'amount'> & { readonly amount: Money },
  offers: readonly string[],
  plan: Exchange,
  problems: Problem[],
): Budget {
  const problem = (path: string, message: string) => void problems.push({ path, message: `expected ${message}` })
  if (!offers.includes(offer)) problem('budget.offer', `one of the offers (${offers.join(', ')}), got ${shown(offer)}`)
  const { value: amount, currency: sign } = typeof money === 'object' && isForeign(money) ? money : { value: money, currency: '' }
  const code = currencyOf(sign, undefined, plan.currency)
  const rate = rateOf(code, plan)
  if (typeof amount !== 'number') problem('budget.amount', 'a plain amount such as $480k, got a distribution')
  else if (rate === undefined) problem('budget.amount', `${convertible(code, plan)}, got an amount in ${code}`)
  else if (rate.uncertain)
    problem(
      'budget.amount',
      `an amount in ${plan.currency}, since the rate of ${code} is uncertain, got an amount in ${code} (billcast budget --amount converts it in each trial)`,
    )
  else return { offer, amount: amount * rate.rate, confidence, measure }
  return { offer, amount: 0, confidence, measure }
}
