// Second-order Sobol' indices: how much of the variance two inputs cause together, beyond what each causes by itself.
import { estimateOf } from '../../numerics/estimators/figure.ts'
import type { Steps } from '../../pace.ts'
import { frozen } from '../../simulation/frozen.ts'
import type { Node } from '../../simulation/graph.ts'
import type { Estimate } from '../../summary/summary.ts'
import type { Question } from './question.ts'
import { interaction, type Trialled, within } from './shares.ts'

export interface PairSensitivity {
  readonly inputs: readonly [string, string]
  /** The share of the variance that both explain together, beyond the shares that each explains by itself. */
  readonly second: Estimate
}

/** The outcomes that the first-order analysis has already run. */
interface Known {
  readonly y: Float64Array
  readonly none: Float64Array
  readonly groups: readonly { readonly alone: Float64Array; readonly rest: Float64Array }[]
}

/** The indices of every two groups, each with two more runs. */
export function* pairIndices(
  question: Question,
  outcome: Node,
  { y, none, groups: known }: Known,
  trials: Trialled,
): Steps<PairSensitivity[]> {
  const { model, program, plan, seed, groups } = question
  const pairs: PairSensitivity[] = []
  for (const [k, one] of groups.entries()) {
    for (const [j, other] of groups.entries()) {
      if (j <= k) continue
      const own = new Set([...one.dimensions, ...other.dimensions])
      const others = new Set([...program.dimensions.keys()].filter((d) => !own.has(d)))
      const [[without], [alone]] = yield* frozen(model, plan, seed, [outcome], [{ kept: others }, { kept: own }])
      const figure = interaction(
        { both: y, one: known[j].rest, other: known[k].rest, none: without },
        { both: alone, one: known[k].alone, other: known[j].alone, none },
        trials,
      )
      pairs.push({ inputs: [one.name, other.name], second: within(estimateOf(figure)) })
      yield 0
    }
  }
  return pairs
}
