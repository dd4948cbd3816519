// Which offers every buyer prefers, in words.
import { formatShare } from '../../notation/money.ts'
import type { Dominance } from '../../questions/compare/dominance.ts'

/** Smaller violations of dominance round to 0.0%. */
const SLIGHT = 0.0005

/** One sentence if an offer is better than all others, and else a list of pairs. */
export function dominanceWords(found: readonly Dominance[], offers: readonly string[]): string[] {
  const best =
    offers.length > 2 &&
    offers.find((offer) => found.filter((one) => one.offer === offer && one.order === 1).length === offers.length - 1)
  if (best) return [`${best} needs a smaller budget than every other offer at every probability.`]
  const pair = ({ offer, over, violation }: Dominance) =>
    violation.value > SLIGHT ? `${offer} over ${over} (apart from ${formatShare(violation.value)})` : `${offer} over ${over}`
  const list = (order: 1 | 2) => found.filter((one) => one.order === order).map(pair)
  const [first, second] = [list(1), list(2)]
  return [
    first.length > 0
      ? `At every probability, the first offer needs the smaller budget: ${first.join(', ')}.`
      : 'No offer needs the smaller budget at every probability.',
    ...(second.length > 0 ? [`A risk-averse buyer would also prefer ${second.join(', ')}.`] : []),
  ]
}
