// Prepares what a group of inputs says about the offers: the costs of all trials, those of their twins, and the cells of the inputs.
import { distributionOf } from '../../numerics/distributions/index.ts'
import type { Steps } from '../../pace.ts'
import { uncertainInputs } from '../../scenario/names.ts'
import { frozen } from '../../simulation/frozen.ts'
import { sampled } from '../trials.ts'
import { type Cells, cellsOf, type Known } from './cells.ts'
import { predictionOf, type Prediction } from './decided.ts'
import { cutAtJumps } from './smooth.ts'
import type { Question } from './question.ts'
import type { Stratified } from './stratified.ts'

/** The inputs, by their places in the program, as they are in each trial. */
function* knownOf({ model, program, plan, seed, scenario }: Question, places: readonly number[]): Steps<Known[]> {
  const specs = new Map(uncertainInputs(scenario).map(({ name, spec }) => [name, spec]))
  const nodes = places.map((place) => ({
    scores: model.inputs.score(program.inputs[place].dimension),
    values: model.inputs.input(place),
  }))
  const column = yield* sampled(
    model,
    plan,
    seed,
    nodes.flatMap(({ scores, values }) => [scores, values]),
  )
  return nodes.map(({ scores, values }, k) => {
    const spec = specs.get(program.inputs[places[k]].name)
    const pieces = spec ? cutAtJumps(distributionOf(spec)) : []
    return { scores: column(scores), values: column(values), pieces }
  })
}

/** Whether no correlation joins two of the inputs. */
function independent({ program: { inputs, mixes } }: Question, places: readonly number[]): boolean {
  const own = new Set(places.map((place) => inputs[place].dimension))
  return mixes.every(({ dimensions }) => dimensions.filter((d) => own.has(d)).length < 2)
}

/** Whether the inputs are all that is uncertain, so that knowing them is perfect information. */
export const coversAll = ({ groups, program }: Question, places: readonly number[]): boolean =>
  groups.every(({ kind, name }) => kind === 'input' && places.some((place) => program.inputs[place].name === name))

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
  const { model, program, plan, seed, starts } = question
  const known = yield* knownOf(question, places)
  const cells = yield* cellsAt(question, places, known)
  const kept = new Set(places.map((place) => program.inputs[place].dimension))
  const [twins] = yield* frozen(model, plan, seed, model.costs, [{ kept }])
  return { ...(yield* predictionOf(costs, twins, best, cells, starts)), known }
}
