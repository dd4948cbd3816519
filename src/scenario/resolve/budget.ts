// The budget that a plan states: of one of its offers, and a plain amount.
import { type Problem, shown } from '../../errors.ts'
import type { Uncertain } from '../../numerics/distributions/index.ts'
import type { ResolvedScenario } from '../resolved.ts'

export function budgetOf(
  { offer, confidence }: { readonly offer: string; readonly confidence: number },
  offers: readonly string[],
  amount: Uncertain,
  problems: Problem[],
): NonNullable<ResolvedScenario['budget']> {
  if (!offers.includes(offer))
    problems.push({ path: 'budget.offer', message: `expected one of the offers (${offers.join(', ')}), got ${shown(offer)}` })
  if (typeof amount === 'number') return { offer, amount, confidence }
  problems.push({ path: 'budget.amount', message: 'expected a plain amount such as $480k, got a distribution' })
  return { offer, amount: 0, confidence }
}
