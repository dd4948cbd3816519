// Compiles correlations into triangular factors.
import { ScenarioError } from '../errors.ts'
import type { Dimension } from '../numerics/random/source.ts'
import type { Actuals, ResolvedScenario } from '../scenario/resolved.ts'
import type { Program } from './program.ts'

/** One factor for the correlated inputs, and one for the monthly noises of each month. */
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
        {
          path: `correlations[${k}].rho`,
          message: `expected correlations that are possible together. Move the one between ${pair} closer to 0`,
        },
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

/** Returns L with L·Lᵀ = the matrix, or the first row that makes the matrix impossible. Zero pivots are allowed: |rho| may be 1. */
function cholesky(matrix: readonly (readonly number[])[]): { readonly factor: number[][] } | { readonly row: number } {
  const factor = matrix.map(() => new Array<number>(matrix.length).fill(0))
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i][j]
      for (let k = 0; k < j; k++) rest -= factor[i][k] * factor[j][k]
      if (i === j) {
        if (rest < -1e-9) return { row: i }
        factor[i][i] = Math.sqrt(Math.max(0, rest))
      } else if (factor[j][j] > 1e-9) factor[i][j] = rest / factor[j][j]
      else if (Math.abs(rest) > 1e-9) return { row: i }
    }
  }
  return { factor }
}

export function actualsProgram(
  { correlations }: ResolvedScenario,
  { conversations, resolutions }: Actuals,
): NonNullable<Program['actuals']> {
  const pair = correlations.find(({ between }) => between.includes('conversations.noise') && between.includes('resolution.noise'))
  return { volumes: conversations, ...(resolutions && { resolved: resolutions }), rho: pair?.rho ?? 0 }
}
