// Warns of costs that few trials decide, and of figures without a standard error.
import type { TailWarning } from './statistics/heavy-tail.ts'
import type { Summary } from './summary.ts'

/** Names in a warning. With more offers, it counts the others. */
const NAMED = 5

/** Warnings on costs of the horizon that few trials decide, and on figures without a standard error. */
export function tailWarnings({ offers, comparison }: Pick<Summary, 'offers' | 'comparison'>): string[] {
  const costs = Object.entries(offers).map(([name, offer]) => ({ name, cost: offer[comparison.measure] }))
  const slow = costs.filter(({ cost }) => cost.heavyTail)
  const worst = slow.reduce<TailWarning | undefined>(
    (most, { cost: { heavyTail: tail } }) => (tail && !(most && most.shape >= tail.shape) ? tail : most),
    undefined,
  )
  const named = (found: typeof costs) => {
    const more = found.length - NAMED
    return `${found
      .slice(0, NAMED)
      .map(({ name }) => name)
      .join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  }
  const missing = (['mean', 'sd', 'skewness'] as const).flatMap((key) => {
    const without = costs.filter(({ cost }) => cost[key]?.noError !== undefined)
    const [first] = without
    return first ? [`${named(without)}: the ${NAMES[key]} has ${first.cost[key]?.noError}`] : []
  })
  return [...(worst ? [`${named(slow)}: ${worst.warning}`] : []), ...missing]
}

const NAMES = { mean: 'mean', sd: 'standard deviation', skewness: 'skewness' } as const
