// The shared noise of closed months in which each segment's volume is known. A volume has the shared noise and its segment's own, so neither
// is known by itself. Both are autoregressions, so the shared one is normal given all volumes so far, with a spread that is the same in every
// trial (Kalman, Journal of Basic Engineering 82, 1960). Given it, each segment's own noise is the rest.
import type { NoiseProgram, Program } from '../compile/program.ts'
import { type ClosedMonth, type ClosedScore, closedMonth, type Driver, inverted } from './actuals.ts'
import type { Graph, Node, Term } from './graph.ts'
import { type Inputs, STEPS } from './inputs.ts'
import { correlationOf } from './mixed.ts'

/** A segment's volumes in closed months. */
export interface SeenVolume {
  /** ln(actual / expected) of each month, in steps: the sum of both noises. */
  readonly sums: readonly Node[]
  /** Absent if the segment has no noise but the shared one. */
  readonly noise?: NoiseProgram
  /** Whether the shared noise does not act on it. */
  readonly apart: boolean
  readonly driver: Driver
}

/** A rate noise whose scores are known, since it may be correlated with noises of volumes. */
export interface SeenScore {
  readonly noise: NoiseProgram
  readonly scores: readonly Node[]
  readonly driver: Driver
  /** The months in which it is drawn. No noise of a volume is correlated with it then. */
  readonly drawn?: readonly boolean[]
}

interface Filtered {
  /** The shared noise of each month, drawn given all months up to it. */
  readonly states: readonly Node[]
  readonly months: readonly ClosedMonth[]
}

/** Below this share of the spread before a month, the month leaves nothing open. */
const NOTHING = 1e-12

/** The mean of the shared noise given the months so far, and the variance around it. */
interface Belief {
  readonly mean: Node
  readonly variance: number
}

/** @param prior the state of the shared noise before the first month, if it is known */
export function filtered(
  program: Program,
  inputs: Inputs,
  shared: NoiseProgram,
  volumes: readonly SeenVolume[],
  all: readonly SeenScore[],
  prior: Node | undefined,
): Filtered {
  const { graph } = inputs
  let belief: Belief | undefined = prior === undefined ? undefined : { mean: prior, variance: 0 }
  const states: Node[] = []
  const months: ClosedMonth[] = []
  for (const m of volumes[0].sums.keys()) {
    const rates = all.filter(({ drawn }) => drawn?.[m] !== true)
    const expected = expectedIn(program, shared, volumes, rates, belief?.variance, m)
    const scores = [
      ...volumes.map(
        (volume, s): ClosedScore => ({ driver: volume.driver, score: scoreOf(graph, volume, s, m, expected, belief) }),
      ),
      ...rates.map(({ scores: own, driver }): ClosedScore => ({ score: own[m], driver })),
    ]
    months.push(closedMonth(scores, expected.correlation))
    belief = learned(graph, shared, expected, scores, belief)
    states.push(
      belief.variance === 0
        ? belief.mean
        : graph.linear(0, [
            [1, belief.mean],
            [Math.sqrt(belief.variance), inputs.score(shared.dimensions[m])],
          ]),
    )
  }
  return { states, months }
}

/** What the months before say about a month: the same in every trial. */
interface Expected {
  /** The autocorrelation of the shared noise, and those of the segments' own. */
  readonly phi: number
  readonly phis: readonly number[]
  /** The standard deviation of each volume's sum of noises. */
  readonly sds: readonly number[]
  /** Of the scores of volumes and rates. */
  readonly correlation: readonly (readonly number[])[]
  /** The variance of the shared noise, and its covariances with the scores. */
  readonly variance: number
  readonly withShared: readonly number[]
}

/** @param rest the variance of the shared noise of the month before; absent in the first month if nothing is known before it */
function expectedIn(
  program: Program,
  shared: NoiseProgram,
  volumes: readonly SeenVolume[],
  rates: readonly SeenScore[],
  rest: number | undefined,
  m: number,
): Expected {
  const { phi } = shared
  // The new part of each noise. The sum of noises errs by e of the shared noise times the difference of both autocorrelations too.
  const own = volumes.map((volume) => ownStep(volume, m))
  const news = shared.sd * STEPS * (rest === undefined ? 1 : Math.sqrt(1 - phi * phi))
  const before = rest ?? 0
  const rho = (a: NoiseProgram | undefined, b: NoiseProgram | undefined) =>
    a === undefined || b === undefined ? 0 : a === b ? 1 : correlationOf(program, a.dimensions[m], b.dimensions[m])
  const loads = volumes.map(({ apart }) => (apart ? 0 : 1))
  const ofVolumes = (s: number, t: number) =>
    loads[s] * loads[t] * ((phi - own[s].phi) * (phi - own[t].phi) * before + news * news) +
    news * (loads[t] * own[s].news * rho(shared, volumes[s].noise) + loads[s] * own[t].news * rho(shared, volumes[t].noise)) +
    own[s].news * own[t].news * rho(volumes[s].noise, volumes[t].noise)
  const withRate = (s: number, r: number) =>
    loads[s] * news * rho(shared, rates[r].noise) + own[s].news * rho(volumes[s].noise, rates[r].noise)
  const sds = volumes.map((_, s) => Math.sqrt(ofVolumes(s, s)))
  const [count, all] = [volumes.length, [...volumes, ...rates]]
  const correlationIn = (i: number, j: number): number => {
    if (i === j) return 1
    if (i > j) return correlationIn(j, i)
    if (i >= count) return rho(rates[i - count].noise, rates[j - count].noise)
    return j < count ? ofVolumes(i, j) / (sds[i] * sds[j]) : withRate(i, j - count) / sds[i]
  }
  return {
    phi,
    phis: own.map((step) => step.phi),
    sds,
    correlation: all.map((_, i) => all.map((__, j) => correlationIn(i, j))),
    variance: phi * phi * before + news * news,
    withShared: [
      ...volumes.map(
        ({ noise }, s) =>
          (loads[s] * (phi * (phi - own[s].phi) * before + news * news) + news * own[s].news * rho(shared, noise)) / sds[s],
      ),
      ...rates.map(({ noise }) => news * rho(shared, noise)),
    ],
  }
}

/** The autocorrelation of a segment's own noise, and the standard deviation of its new part in month m. */
function ownStep({ noise }: SeenVolume, m: number): { readonly phi: number; readonly news: number } {
  if (noise === undefined) return { phi: 0, news: 0 }
  const { phi, sd } = noise
  return { phi, news: STEPS * sd * (m === 0 ? 1 : Math.sqrt(1 - phi * phi)) }
}

/** How far a volume is from what the months before predict, in standard deviations. */
function scoreOf(
  graph: Graph,
  { sums, apart }: SeenVolume,
  s: number,
  m: number,
  { phi, phis, sds }: Expected,
  before: Belief | undefined,
): Node {
  const terms: Term[] = [[1, sums[m]]]
  if (m > 0) terms.push([-phis[s], sums[m - 1]])
  if (before && !apart) terms.push([phis[s] - phi, before.mean])
  return graph.linear(
    0,
    terms.map(([factor, node]): Term => [factor / sds[s], node]),
  )
}

/** The shared noise given the scores of a month. */
function learned(
  graph: Graph,
  { phi }: NoiseProgram,
  { correlation, withShared, variance }: Expected,
  scores: readonly ClosedScore[],
  before: Belief | undefined,
): Belief {
  const gains = inverted(correlation).map((row) => row.reduce((sum, value, j) => sum + value * withShared[j], 0))
  const left = gains.reduce((rest, gain, i) => rest - gain * withShared[i], variance)
  const terms = scores.map(({ score }, i): Term => [gains[i], score])
  return {
    mean: graph.linear(0, before === undefined ? terms : [[phi, before.mean], ...terms]),
    variance: left > NOTHING * variance ? left : 0,
  }
}
