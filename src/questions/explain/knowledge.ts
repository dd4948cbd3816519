// Prepares what a group of inputs says about the offers: the costs of all trials, those of their twins, and the cells of the inputs.
import { distributionOf } from '../../numerics/distributions/index.ts'
import { normalQuantile } from '../../numerics/distributions/special/normal.ts'
import type { Steps } from '../../pace.ts'
import { uncertainInputs } from '../../scenario/names.ts'
import { frozen } from '../../simulation/frozen.ts'
import { sampled } from '../trials.ts'
import { type Cells, cellsOf, type Known, WHOLE } from './cells.ts'
import { predictionOf, type Prediction } from './decided.ts'
import { cutAtJumps } from './smooth.ts'
import type { Question } from './question.ts'
import { ranking } from './ranking.ts'
import type { Stratified } from './stratified.ts'

/** What may be known, by its places, as it is in each trial. */
function* knownOf({ model, learnable, plan, seed, scenario }: Question, places: readonly number[]): Steps<Known[]> {
  const specs = new Map(uncertainInputs(scenario).map(({ name, spec }) => [name, spec]))
  const nodes = places.map((place) => learnable[place])
  const column = yield* sampled(
    model,
    plan,
    seed,
    nodes.flatMap(({ score, value }) => (score === undefined ? [value] : [score, value])),
  )
  const known: Known[] = []
  for (const { name, score, value } of nodes) {
    const spec = specs.get(name)
    const values = column(value)
    const scores = score === undefined ? scoresByRank(yield* ranking(values)) : column(score)
    known.push({ scores, values, pieces: spec ? cutAtJumps(distributionOf(spec)) : WHOLE })
  }
  return known
}

/** @param ranks from 0 to 1 */
const scoresByRank = (ranks: Float64Array): Float64Array =>
  ranks.map((rank) => normalQuantile((0.5 + rank * (ranks.length - 1)) / ranks.length))

/** Whether no correlation joins two of the inputs. */
function independent({ program: { mixes }, learnable }: Question, places: readonly number[]): boolean {
  const own = new Set(places.flatMap((place) => learnable[place].dimensions))
  return mixes.every(({ dimensions }) => dimensions.filter((d) => own.has(d)).length < 2)
}

/** Whether the inputs are all that is uncertain, so that knowing them is perfect information. */
export const coversAll = ({ groups, learnable }: Question, places: readonly number[]): boolean =>
  groups.every(({ name }) => places.some((place) => learnable[place].name === name))

/** The cells of some inputs. */
function* cellsAt(question: Question, places: readonly number[], known?: readonly Known[]): Steps<Cells> {
  return yield* cellsOf(known ?? (yield* knownOf(question, places)), question.plan.trials, independent(question, places))
}

/** The trials with the cells of all inputs. */
export function* stratifiedTrials(question: Question): Steps<Stratified> {
  const { starts, beyond, program } = question
  const cells = yield* cellsAt(question, [...program.inputs.keys()])
  const inputs = new Set(program.inputs.map(({ dimension }) => dimension))
  return { starts, cells, eventWeights: beyond.weightsWithout(cells.joined ? new Set() : inputs) }
}

/** What some inputs say about the offers. @param costs of each offer in the trials of the plan */
export function* knowledgeOf(
  question: Question,
  places: readonly number[],
  costs: readonly Float64Array[],
  best: number,
): Steps<Prediction & { readonly known: readonly Known[] }> {
  const { model, learnable, plan, seed, starts } = question
  const known = yield* knownOf(question, places)
  const cells = yield* cellsAt(question, places, known)
  const kept = new Set(places.flatMap((place) => learnable[place].dimensions))
  const [twins] = yield* frozen(model, plan, seed, model.costs, [{ kept }])
  return { ...(yield* predictionOf(costs, twins, best, cells, starts)), known }
}
