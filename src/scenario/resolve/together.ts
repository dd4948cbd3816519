// How the months of segments with histories go together: correlations that are estimated beside those that a plan states.
import { estimatedCorrelation } from '../../forecasting/ensemble/innovations.ts'
import { futuresOf } from '../../forecasting/ensemble/futures.ts'
import { cholesky } from '../../numerics/distributions/special/cholesky.ts'
import { innovationCorrelation } from '../../numerics/distributions/special/noise-correlation.ts'
import { noisesOf } from '../names.ts'
import type { Correlation, ResolvedScenario } from '../resolved.ts'

/**
 * The monthly scores of two segments' futures have the correlation of what each month added to the months before it, in both histories.
 * A stated correlation of the two comes before the estimate.
 */
export function withEstimates(scenario: ResolvedScenario, stated: readonly Correlation[]): Correlation[] {
  const { segments = [], start, months } = scenario
  const drawn = segments.flatMap(({ name, conversations: { history } }) =>
    history ? [{ name: `segments.${name}.conversations.noise`, innovations: futuresOf(history, start, months).innovations }] : [],
  )
  const estimates = drawn.flatMap((a, i) =>
    drawn.slice(i + 1).flatMap((b): Correlation[] => {
      const isStated = stated.some(({ between }) => between.includes(a.name) && between.includes(b.name))
      const found = isStated ? undefined : estimatedCorrelation(a.innovations, b.innovations)
      return found ? [{ between: [a.name, b.name], rho: found.value, estimated: true }] : []
    }),
  )
  return [...stated, ...possible(estimates, stated, noisesOf(scenario))]
}

/** Estimates of single pairs need not be possible together. The steps in which they are all moved toward 0 until they are. */
const STEPS = 20

function possible(
  estimates: readonly Correlation[],
  stated: readonly Correlation[],
  phis: ReadonlyMap<string, number>,
): readonly Correlation[] {
  if (estimates.length === 0) return []
  const among = [...stated, ...estimates].filter(({ between }) => between.every((name) => phis.has(name)))
  const names = [...new Set(among.flatMap(({ between }) => between))]
  const phi = (name: string) => phis.get(name) ?? 0
  const matrix = names.map(() => new Array<number>(names.length).fill(0))
  const estimated = names.map(() => new Array<number>(names.length).fill(0))
  for (const { between, rho, estimated: own } of among) {
    const [i, j] = between.map((name) => names.indexOf(name))
    const value = innovationCorrelation(rho, phi(between[0]), phi(between[1]))
    const into = own ? estimated : matrix
    into[i][j] = into[j][i] = value
  }
  const left = Array.from({ length: STEPS + 1 }, (_, k) => 1 - k / STEPS).find(
    (share) => 'factor' in cholesky(matrix.map((row, i) => row.map((value, j) => (i === j ? 1 : value + share * estimated[i][j])))),
  )
  return estimates.map((pair) => ({ ...pair, rho: pair.rho * (left ?? 1) }))
}
