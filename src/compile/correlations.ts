// Correlated random numbers, as triangular factors.
import { ScenarioError } from '../errors.ts'
import type { Dimension } from '../numerics/random/source.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import { cholesky } from './cholesky.ts'
import type { Program } from './program.ts'

/** Correlated inputs, and the monthly noises month by month, joined in triangular factors. */
export function mixesOf(scenario: ResolvedScenario, dimensions: readonly Dimension[]): Program['mixes'] {
  if (scenario.correlations.length === 0) return []
  const names = [...new Set(scenario.correlations.flatMap(({ between }) => between))]
  const split = [names.filter((name) => !name.endsWith('.noise')), names.filter((name) => name.endsWith('.noise'))]
  return split.flatMap((group, monthly) => {
    if (group.length < 2) return []
    const matrix = group.map((a) =>
      group.map((b) =>
        a === b ? 1 : (scenario.correlations.find(({ between }) => between.includes(a) && between.includes(b))?.rho ?? 0),
      ),
    )
    const found = cholesky(matrix)
    if ('row' in found) {
      const k = scenario.correlations.findLastIndex(({ between }) => between.includes(group[found.row]))
      const pair = scenario.correlations[Math.max(0, k)].between.join(' and ')
      throw new ScenarioError([
        { path: `correlations[${k}].rho`, message: `expected correlations that can hold together: relax the one between ${pair}` },
      ])
    }
    const place = (name: string) => dimensions.findIndex((dimension) => dimension.name === name)
    const places =
      monthly === 0
        ? [group.map(place)]
        : Array.from({ length: scenario.months }, (_, m) => group.map((name) => place(`${name}[${m}]`)))
    return places.filter((row) => row.every((d) => d >= 0)).map((row) => ({ dimensions: row, factor: found.factor }))
  })
}
