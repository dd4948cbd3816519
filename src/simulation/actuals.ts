// Closed months: their noise, given all other draws, and the likelihood of that noise.
import type { NoiseProgram, Program } from '../compile/program.ts'
import { ScenarioError } from '../errors.ts'
import type { Graph, Node } from './graph.ts'
import { type Inputs, STEPS } from './inputs.ts'
import { correlationOf } from './mixed.ts'

/** ln(actual / expected) of a month, in steps. */
export function volumeState(graph: Graph, actual: number, expected: Node): Node {
  return graph.scale(-STEPS, graph.logarithm1p(graph.linear(-1, [[1 / actual, expected]])))
}

const LEAST = 1e-9

/** A share that has log-odds. */
export const inside = (graph: Graph, share: Node): Node => graph.clamp(share, LEAST, 1 - LEAST)

/** logit(a) − logit(b) */
export function oddsBetween(graph: Graph, a: Node, b: Node): Node {
  const odds = graph.divide(graph.multiply(a, graph.complement(b)), graph.multiply(graph.complement(a), b))
  return graph.logarithm1p(graph.linear(-1, [[1, odds]]))
}

/** logit(trend) + shift − logit(actual) of a month, in steps. Rates have their noise with the opposite sign. */
export function rateState(graph: Graph, resolved: Node, involved: Node, trend: Node, shift: number): Node {
  const rate = inside(graph, graph.divide(resolved, involved))
  return graph.linear(STEPS * shift, [[STEPS, oddsBetween(graph, inside(graph, trend), rate)]])
}

/** A noise whose states in the closed months are known. */
export interface KnownNoise {
  readonly states: readonly Node[]
  readonly noise: NoiseProgram
  /** The state before the first month. */
  readonly prior?: Node
  /** −1 for rates, whose states act on the odds of staying unresolved. */
  readonly sign: 1 | -1
  readonly driver: Driver
  /** The months in which nothing determines it, so that it is drawn; absent if there are none. */
  readonly drawn?: readonly boolean[]
}

/** The driver that a closed month may disagree with. */
export interface Driver {
  readonly field: string
  /** Its subject and verb in a sentence, such as "its conversations are". */
  readonly words: string
}

/** The scores behind the states of an autoregression. */
export function innovations(graph: Graph, { states, noise: { phi, sd }, prior, sign }: KnownNoise): Node[] {
  const scale = sign * sd * STEPS
  const rest = scale * Math.sqrt(1 - phi * phi)
  return states.map((state, m) => {
    const before = m === 0 ? prior : states[m - 1]
    if (before === undefined) return graph.scale(1 / scale, state)
    return graph.linear(0, [
      [1 / rest, state],
      [-phi / rest, before],
    ])
  })
}

/** A standard score of a closed month. Positive is above the plan. */
export interface ClosedScore {
  readonly score: Node
  /** Absent for a score that the plan draws, and on which the others are conditional. */
  readonly driver?: Driver
}

/** The scores of a closed month, of which those that the month states are independent of other months under the plan. */
export interface ClosedMonth {
  readonly signals: readonly ClosedScore[]
  /** Its part in the χ² sum is the quadratic form of this matrix in the scores. */
  readonly form: readonly (readonly number[])[]
}

/** @param correlation of the scores, of which those that the plan draws come last */
export function closedMonth(signals: readonly ClosedScore[], correlation: readonly (readonly number[])[]): ClosedMonth {
  const form = inverted(correlation)
  const stated = signals.filter(({ driver }) => driver !== undefined).length
  if (stated === signals.length) return { signals, form }
  const drawn = inverted(correlation.slice(stated).map((row) => row.slice(stated)))
  return {
    signals,
    form: form.map((row, i) => row.map((value, j) => value - (i < stated || j < stated ? 0 : drawn[i - stated][j - stated]))),
  }
}

/** The closed months of noises that are all known. Noises that the plan correlates with them are drawn. */
export function knownMonths(program: Program, inputs: Inputs, known: readonly KnownNoise[]): ClosedMonth[] {
  const scores = known.map((one) => innovations(inputs.graph, one))
  return (scores[0] ?? []).map((_, m) => {
    const seen = [...known.keys()].filter((k) => known[k].drawn?.[m] !== true)
    const own = seen.map((k) => known[k].noise.dimensions[m])
    const drawn = program.mixes
      .filter(({ dimensions }) => dimensions.some((dimension) => own.includes(dimension)))
      .flatMap(({ dimensions }) => dimensions.filter((dimension) => !own.includes(dimension)))
    const all = [...own, ...drawn]
    return closedMonth(
      [
        ...seen.map((k): ClosedScore => ({ score: scores[k][m], driver: known[k].driver })),
        ...drawn.map((dimension): ClosedScore => ({ score: inputs.score(dimension) })),
      ],
      all.map((a) => all.map((b) => (a === b ? 1 : correlationOf(program, a, b)))),
    )
  })
}

const SINGULAR = 1e-12

/** The inverse of a correlation matrix, by Gauss and Jordan. */
export function inverted(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length
  // In closed form, two scores cost no rounding.
  if (n === 2) {
    const rho = matrix[0][1]
    const factor = 1 / positive(1 - rho * rho)
    return [
      [factor, -rho * factor],
      [-rho * factor, factor],
    ]
  }
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))])
  for (let k = 0; k < n; k++) {
    const pivot = positive(rows[k][k])
    rows[k] = rows[k].map((value) => value / pivot)
    for (let i = 0; i < n; i++) {
      const factor = rows[i][k]
      if (i !== k && factor !== 0) rows[i] = rows[i].map((value, j) => value - factor * rows[k][j])
    }
  }
  return rows.map((row) => row.slice(n))
}

function positive(pivot: number): number {
  if (pivot > SINGULAR) return pivot
  throw new ScenarioError([
    {
      path: 'correlations',
      message:
        'expected noises of which none follows from the others in a plan with actuals: no actual months fit such noises exactly. Move a `rho` closer to 0',
    },
  ])
}

export interface ClosedMonths {
  readonly months: readonly ClosedMonth[]
  /** −½ of a sum that has a χ² distribution under the plan. */
  readonly surprise: Node
  /** The degrees of freedom of that sum. */
  readonly degrees: number
  /** The log likelihood of the closed months, up to a constant. */
  readonly likelihood: Node
}

/** @param spreads −ln of the change of a stated number with its score, where it differs from trial to trial */
export function closedMonths(graph: Graph, months: readonly ClosedMonth[], spreads: readonly Node[]): ClosedMonths {
  const degrees = months.reduce((sum, { signals }) => sum + signals.filter(({ driver }) => driver !== undefined).length, 0)
  const surprise = graph.linear(
    0,
    months.flatMap(({ signals, form }) => {
      const scores = signals.map(({ score }) => score)
      const product = (i: number, j: number) => graph.multiply(scores[i], scores[j])
      return [
        ...scores.map((_, i) => [-0.5 * form[i][i], product(i, i)] as const),
        ...scores.flatMap((_, i) =>
          scores.flatMap((__, j) => (j > i && form[i][j] !== 0 ? [[-form[i][j], product(i, j)] as const] : [])),
        ),
      ]
    }),
  )
  return { months, degrees, surprise, likelihood: spreads.length === 0 ? surprise : graph.add(surprise, ...spreads) }
}

/** The part of a closed month in the χ² sum, from its scores in one trial. */
export function distance(scores: readonly number[], form: ClosedMonth['form']): number {
  let sum = 0
  for (let i = 0; i < scores.length; i++) for (let j = 0; j < scores.length; j++) sum += form[i][j] * scores[i] * scores[j]
  return sum
}
