// Compiles the futures of a history: an ensemble of which each trial draws one member.
import { boundedWidening, type VolumeDriver, WIDEST_SCORE } from '../forecasting/ensemble/driver.ts'
import { futuresOf } from '../forecasting/ensemble/futures.ts'
import { normalQuantile } from '../numerics/distributions/special/normal.ts'
import type { Jumps } from '../numerics/estimators/jumps.ts'
import type { PlanHistory, ResolvedScenario } from '../scenario/resolved.ts'
import type { HistoryProgram } from './jumping.ts'
import type { NoiseProgram } from './program.ts'
import { tabulateFunction } from './table.ts'
import type { CompileTools } from './tools.ts'

export interface CompiledHistory {
  readonly history: HistoryProgram
  /** The scores of its months, which other noises may be correlated with. */
  readonly noise: NoiseProgram
}

/** @param path of its conversations */
export function compiledHistory(
  path: string,
  past: PlanHistory,
  { start, months }: Pick<ResolvedScenario, 'start' | 'months'>,
  tools: CompileTools,
): CompiledHistory {
  const { closed, driver } = futuresOf(past, start, months)
  const name = `${path}.history`
  const edges = edgesOf(driver.weights)
  return {
    history: {
      name,
      member: {
        dimension: tools.dimension(`${name}.member`),
        table: tools.table(['member', edges], () => memberTable(edges)),
      },
      jumps: { at: edges.map(({ below }) => below), shares: sharesOf(driver) },
      widening: {
        dimension: tools.dimension(`${name}.widening`),
        table: tools.table(['widening of a history', driver.freedom], () =>
          tabulateFunction(boundedWidening(driver.freedom), [WIDEST_SCORE]),
        ),
      },
      closed,
      shifts: driver.shifts,
      factors: driver.factors,
      tops: driver.tops,
    },
    noise: {
      name: `${path}.noise`,
      phi: 0,
      sd: farthestOf(driver),
      dimensions: tools.each(`${path}.noise`),
      ...(closed > 0 && { closed }),
    },
  }
}

interface Edge {
  /** The probability below and above it. */
  readonly below: number
  readonly above: number
}

/** The edges between neighboring members. Small probabilities keep their digits. */
function edgesOf(weights: Float64Array): Edge[] {
  const sums = (from: Float64Array) => {
    let sum = 0
    return Array.from(from, (weight) => (sum += weight))
  }
  const [up, down] = [sums(weights), sums(weights.slice().reverse()).reverse()]
  return up.slice(0, -1).map((below, k) => ({ below, above: down[k + 1] }))
}

function memberTable(edges: readonly Edge[]): Uint8Array {
  const scores = edges.map(({ below, above }) => normalQuantile(below, above))
  return tabulateFunction((z) => scores.filter((score) => score < z).length, scores, true)
}

/** How far neighbors are apart, in mean and standard deviation, as shares of the whole way. */
function sharesOf({ members }: VolumeDriver): Jumps['shares'] {
  const apart = members.slice(1).map(({ mean, sd }, k) => Math.abs(mean - members[k].mean) + Math.abs(sd - members[k].sd))
  const whole = apart.reduce((a, b) => a + b, 0)
  return apart.map((own) => (whole > 0 ? own / whole : 0))
}

/** The standard deviation of a noise that reaches as far as the futures do. */
const farthestOf = ({ tops }: VolumeDriver): number => tops.reduce((a, b) => Math.max(a, b), 0)
