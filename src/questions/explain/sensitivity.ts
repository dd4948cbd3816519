// Shows which inputs drive a cost: shares of its variance (Sobol' indices, or Shapley effects if inputs are correlated), rank correlations,
// and a tornado. It also shows how much of the variance better knowledge could remove.
import { UsageError } from '../../errors.ts'
import { estimateOf, type Figure, meanFigure } from '../../numerics/estimators/figure.ts'
import { columnMean } from '../../numerics/estimators/figures.ts'
import { MOMENTS, noErrorOf } from '../../numerics/estimators/infinite.ts'
import { unseenError } from '../../numerics/estimators/unseen.ts'
import { SampledColumn } from '../../numerics/estimators/sorted.ts'
import { formatShare } from '../../notation/money.ts'
import { checkOptions } from '../../options/check.ts'
import { type SensitivityOptions, sensing } from '../../options/questions.ts'
import { type Pace, paced, type Steps } from '../../pace.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import { frozen, type Pattern } from '../../simulation/frozen.ts'
import type { Node } from '../../simulation/graph.ts'
import type { Estimate } from '../../summary/summary.ts'
import { offerPlace } from '../offer-place.ts'
import { type PairSensitivity, pairIndices } from './pairs.ts'
import { type Question, questionOf } from './question.ts'
import { rankCorrelation } from './ranks.ts'
import { ranking } from './ranking.ts'
import { shapley } from './shapley.ts'
import { explained, missing, type Trialled, within } from './shares.ts'
import { endsOf, representatives, swingsOf, tails } from './swing.ts'

export interface InputSensitivity {
  /** The share of the variance that the input explains by itself. Absent if inputs are correlated. */
  readonly first?: Estimate
  /** The share that it explains together with all its interactions. Absent if inputs are correlated. */
  readonly total?: Estimate
  /** Its Shapley effect, which divides common variance fairly. Present only if inputs are correlated. */
  readonly shapley?: Estimate
  /** Spearman's rank correlation with the cost, of the input, of the mean of a monthly noise, or of the number of events. */
  readonly rank: Estimate
  /** Mean cost with the input at its P10 while everything else varies. Inputs that are correlated with it follow. */
  readonly low: Estimate
  /** The same with the input at its P90. */
  readonly high: Estimate
}

export interface Sensitivity {
  readonly offer: string
  readonly against?: string
  readonly mean: Estimate
  readonly variance: Estimate
  readonly method: 'sobol' | 'shapley' | 'none'
  readonly inputs: Readonly<Record<string, InputSensitivity>>
  /** Every two inputs. Present only if `order` is 2. */
  readonly pairs?: readonly PairSensitivity[]
  /** The share of the variance that comes from inputs drawn once a trial, which better knowledge could remove. */
  readonly ignorance: Estimate
  /** The rest of the variance: variation from month to month, and its interaction with the inputs. */
  readonly chance: Estimate
  readonly words: string
}

export async function sensitivityOf(input: string | object, options: SensitivityOptions, reader: Reader): Promise<Sensitivity> {
  checkOptions(options, sensing)
  return paced(options, async (pace) => analyzed(await questionOf(input, reader, options), options, pace))
}

/** The outcome by pattern and trial. */
interface Outcomes {
  /** The first trial, and a second one that shares nothing with it. */
  readonly y: Float64Array
  readonly none: Float64Array
  /** The second trial with the inputs that are drawn once from the first. */
  readonly shared: Float64Array
  /** By group: it alone from the first trial, all others from it, and the ends of the tornado. */
  readonly groups: readonly { readonly alone: Float64Array; readonly rest: Float64Array; readonly ends: readonly Float64Array[] }[]
}

function* outcomesOf(question: Question, outcome: Node): Steps<Outcomes> {
  const { model, groups, program, plan, seed } = question
  const all = new Set(program.dimensions.keys())
  const once = new Set(groups.filter(({ kind }) => kind === 'input').flatMap(({ dimensions }) => dimensions))
  const patterns = groups.map((group): Pattern[] => [
    { kept: new Set(group.dimensions) },
    { kept: new Set([...all].filter((d) => !group.dimensions.includes(d))) },
    ...swingsOf(question, group).map((set) => ({ kept: all, set })),
  ])
  const asked = [{ kept: all }, { kept: new Set<number>() }, { kept: once }, ...patterns.flat()]
  const [y, none, shared, ...found] = (yield* frozen(model, plan, seed, [outcome], asked)).map(([column]) => column)
  return {
    ...{ y, none, shared },
    groups: patterns.map(({ length }) => {
      const [alone, rest, ...ends] = found.splice(0, length)
      return { alone, rest, ends }
    }),
  }
}

/** The variance of a column. */
function varianceOf(column: SampledColumn, center: number, { starts }: Question): Figure {
  const square = (value: number) => (value - center) * (value - center)
  const { values, beyond } = column
  const squares = values.map(square)
  const found = meanFigure(starts, (i) => squares[i], unseenError(beyond.unseen, square))
  return { ...found, noError: noErrorOf(column, MOMENTS.sd) }
}

async function analyzed(question: Question, options: SensitivityOptions, pace: Pace): Promise<Sensitivity> {
  const { model, groups, plan, starts, offers, design } = question
  const { offer, against, order = 1 } = options
  const node = model.costs[offerPlace(offers, offer)]
  const other = against === undefined ? undefined : model.costs[offerPlace(offers, against)]
  const outcome = other === undefined ? node : model.graph.subtract(node, other)
  const beyond = other === undefined ? question.beyond.of([node])[0] : question.beyond.difference(node, other)
  const correlated = question.program.mixes.length > 0
  if (order === 2 && correlated)
    throw new UsageError(
      'order: expected 1, because inputs are correlated, and what they share cannot be told from what they do together. Shapley effects divide both fairly: leave out order',
    )
  const pairs = order === 2 ? (groups.length * (groups.length - 1)) / 2 : 0
  // Each group takes its patterns, is recorded once, and has figures that count as one more pass. Each pair has two patterns.
  pace.expect(plan.trials * (4 + 6 * groups.length + 2 * pairs))
  const outcomes = await pace.through(outcomesOf(question, outcome))
  const { y, shared } = outcomes
  const column = new SampledColumn(y, design, beyond)
  const mean = columnMean(column)
  const variance = varianceOf(column, mean.value, question)
  const heading = { offer, ...(against !== undefined && { against }), mean: estimateOf(mean), variance: estimateOf(variance) }
  const none = { value: 0, se: 0 }
  const subject = against === undefined ? `the cost of ${offer}` : `the difference in cost between ${offer} and ${against}`
  if (!(variance.value > 1e-24 * mean.value * mean.value)) {
    const words = `${variance.least > 0 ? 'Hardly anything' : 'Nothing'} uncertain affects ${subject}: it is the same in every simulated year.`
    return { ...heading, method: 'none', inputs: {}, ignorance: none, chance: none, words }
  }
  const trials: Trialled = { ...question, rare: { variance: variance.least, heaviness: column.heaviness } }
  const learnable = groups.some(({ kind }) => kind === 'input')
  const ignorance = learnable ? within(estimateOf(explained(y, shared, trials))) : none
  const effects = correlated ? await pace.through(shapley(question, outcome, trials), 0) : undefined
  const representative = await pace.through(representatives(question))
  const ranks = await pace.through(ranking(y))
  const inputs: [name: string, figures: InputSensitivity][] = []
  for (const [k, group] of groups.entries()) {
    const { alone, rest, ends } = outcomes.groups[k]
    const [low, high] =
      ends.length > 0 ? endsOf(ends, question, beyond, group) : await pace.through(tails(representative[k], y, starts))
    await pace.turn()
    const shares = effects ? { shapley: effects[k] } : await pace.through(indices(y, alone, rest, trials))
    const rank = rankCorrelation(await pace.through(ranking(representative[k])), ranks, starts)
    inputs.push([group.name, { ...shares, rank, low, high }])
    await pace.did(plan.trials)
  }
  const found = order === 2 ? await pace.through(pairIndices(question, outcome, outcomes, trials)) : undefined
  return {
    ...heading,
    method: correlated ? 'shapley' : 'sobol',
    inputs: Object.fromEntries(inputs),
    ...(found && { pairs: found }),
    ignorance,
    chance: { ...ignorance, value: 1 - ignorance.value },
    words: wordsOf(subject, inputs, ignorance, correlated),
  }
}

function* indices(
  y: Float64Array,
  alone: Float64Array,
  rest: Float64Array,
  trials: Trialled,
): Steps<Pick<InputSensitivity, 'first' | 'total'>> {
  const first = within(estimateOf(explained(y, alone, trials)))
  yield 0
  return { first, total: within(estimateOf(missing(y, rest, trials))) }
}

function wordsOf(
  subject: string,
  inputs: readonly (readonly [string, InputSensitivity])[],
  ignorance: Estimate,
  correlated: boolean,
): string {
  const share = (one: InputSensitivity) => (one.shapley ?? one.total)?.value ?? 0
  const [first, second] = [...inputs].sort(([, a], [, b]) => share(b) - share(a))
  const percent = (value: number) => formatShare(value, 0)
  const next = second ? `, followed by ${second[0]} with ${percent(share(second[1]))}` : ''
  return [
    `${first[0]} is the main source of uncertainty in ${subject}: it explains ${percent(share(first[1]))} of the variance${next}.`,
    `${percent(ignorance.value)} of the variance comes from facts that you could learn before you sign. The rest is chance from month to month.`,
    ...(correlated ? ['Some inputs are correlated. Their common variance is divided fairly between them (Shapley effects).'] : []),
  ].join(' ')
}
