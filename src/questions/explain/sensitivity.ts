// Shows which inputs drive a cost: shares of its variance (Sobol' indices, or Shapley effects if inputs are correlated), rank correlations,
// and a tornado. It also shows how much of the variance better knowledge could remove.
import { sorting } from '../../numerics/estimators/sorting.ts'
import { estimateOf, meanFigure, ratioOf } from '../../numerics/estimators/figure.ts'
import { frozen, type Pattern } from '../../simulation/frozen.ts'
import { recording } from '../../simulation/recorded.ts'
import { type Pace, paced, type Steps } from '../../pace.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import type { Estimate } from '../../summary/summary.ts'
import { checkOptions } from '../../options/check.ts'
import { type SensitivityOptions, sensing } from '../../options/questions.ts'
import { formatShare } from '../../notation/money.ts'
import { offerPlace } from '../open-plan.ts'
import { type Group, type Question, questionOf } from './question.ts'
import { rankCorrelation } from './ranks.ts'
import { ranking } from './ranking.ts'
import { shapley } from './shapley.ts'
import { explained, missing } from './shares.ts'

export interface InputSensitivity {
  /** The share of the variance that the input explains by itself. Absent if inputs are correlated. */
  readonly first?: Estimate
  /** The share that it explains together with all its interactions. Absent if inputs are correlated. */
  readonly total?: Estimate
  /** Its Shapley effect, which divides common variance fairly. Present only if inputs are correlated. */
  readonly shapley?: Estimate
  /** Spearman's rank correlation with the cost, of the input, of the mean of a monthly noise, or of the number of events. */
  readonly rank: Estimate
  /** Mean cost with the input at its P10 while everything else varies. */
  readonly low: Estimate
  /** Mean cost with the input at its P90 while everything else varies. */
  readonly high: Estimate
}

export interface Sensitivity {
  readonly offer: string
  readonly against?: string
  readonly mean: Estimate
  readonly variance: Estimate
  readonly method: 'sobol' | 'shapley' | 'none'
  readonly inputs: Readonly<Record<string, InputSensitivity>>
  /** The share of the variance that comes from inputs drawn once a trial, which better knowledge could remove. */
  readonly ignorance: Estimate
  /** The rest of the variance: variation from month to month, and its interaction with the inputs. */
  readonly chance: Estimate
  readonly words: string
}

/** The 90th percentile of a standard normal score. */
const P90 = 1.2815515655446004

export async function sensitivityOf(input: string | object, options: SensitivityOptions, reader: Reader): Promise<Sensitivity> {
  checkOptions(options, sensing)
  return paced(options, async (pace) => analyzed(await questionOf(input, reader, options), options, pace))
}

async function analyzed(question: Question, { offer, against }: SensitivityOptions, pace: Pace): Promise<Sensitivity> {
  const { model, groups, program, plan, seed, starts, offers } = question
  const node = model.costs[offerPlace(offers, offer)]
  const outcome = against === undefined ? node : model.graph.subtract(node, model.costs[offerPlace(offers, against)])
  const all = new Set(program.dimensions.keys())
  const once = new Set(groups.filter(({ kind }) => kind === 'input').flatMap(({ dimensions }) => dimensions))
  const correlated = program.mixes.length > 0
  const without = (group: Group) => new Set([...all].filter((d) => !group.dimensions.includes(d)))
  const patterns = groups.map((group): Pattern[] => [
    { kept: new Set(group.dimensions) },
    { kept: without(group) },
    ...tornado(group).map((set) => ({ kept: all, set })),
  ])
  const asked = [{ kept: all }, { kept: once }, ...patterns.flat()]
  // Each group is also recorded once, and its figures count as one more pass.
  pace.expect(plan.trials * (asked.length + 1 + groups.length))
  const runs = await pace.through(frozen(model, plan, seed, [outcome], asked))
  const [y, shared, ...found] = runs.map(([column]) => column)
  const mean = meanFigure(starts, (i) => y[i], 0)
  const center = mean.value
  const variance = meanFigure(starts, (i) => (y[i] - center) * (y[i] - center), 0)
  const heading = { offer, ...(against !== undefined && { against }), mean: estimateOf(mean), variance: estimateOf(variance) }
  const none = { value: 0, se: 0 }
  const subject = against === undefined ? `the cost of ${offer}` : `the difference in cost between ${offer} and ${against}`
  if (!(variance.value > 1e-24 * center * center)) {
    const words = `Nothing uncertain affects ${subject}: it is the same in every simulated year.`
    return { ...heading, method: 'none', inputs: {}, ignorance: none, chance: none, words }
  }
  const known = once.size === 0 ? undefined : explained(y, shared, starts)
  const ignorance = known ? within(estimateOf(known)) : none
  const effects = correlated ? await pace.through(shapley(question, outcome), 0) : undefined
  const representative = await pace.through(representatives(question))
  const ranks = await pace.through(ranking(y))
  const inputs: [name: string, figures: InputSensitivity][] = []
  for (const [k, group] of groups.entries()) {
    const [alone, rest, ...ends] = found.splice(0, patterns[k].length)
    const [low, high] =
      ends.length > 0
        ? ends.map((column) => estimateOf(meanFigure(starts, (i) => column[i], 0)))
        : await pace.through(tails(representative[k], y, starts))
    await pace.turn()
    const shares = effects ? { shapley: effects[k] } : await pace.through(indices(y, alone, rest, starts))
    const rank = rankCorrelation(await pace.through(ranking(representative[k])), ranks, starts)
    inputs.push([group.name, { ...shares, rank, low, high }])
    await pace.did(plan.trials)
  }
  return {
    ...heading,
    method: correlated ? 'shapley' : 'sobol',
    inputs: Object.fromEntries(inputs),
    ignorance,
    chance: { value: 1 - ignorance.value, se: ignorance.se },
    words: wordsOf(subject, inputs, ignorance, correlated),
  }
}

function* indices(
  y: Float64Array,
  alone: Float64Array,
  rest: Float64Array,
  starts: readonly number[],
): Steps<Pick<InputSensitivity, 'first' | 'total'>> {
  const first = within(estimateOf(explained(y, alone, starts)))
  yield 0
  return { first, total: within(estimateOf(missing(y, rest, starts))) }
}

/** Keeps a share between 0 and 1, whatever its error. */
const within = ({ value, se }: Estimate): Estimate => ({ value: Math.min(1, Math.max(0, value)), se })

/** Sets a group's score, or the mean score of a noise, to its P10 and its P90. Events have too few values for that. */
function tornado({ kind, dimensions }: Group): NonNullable<Pattern['set']>[] {
  if (kind === 'events' || kind === 'counts') return []
  return [-P90, P90].map((score) => (scores, rows) => {
    const n = dimensions.length
    for (let row = 0; row < rows; row++) {
      let mean = 0
      for (const d of dimensions) mean += scores[d][row] / n
      for (const d of dimensions) scores[d][row] += score / Math.sqrt(n) - mean
    }
  })
}

/** One number per trial for each group: the input, the mean score of a noise, or the number of events. */
function representatives({ model, program, plan, seed, groups }: Question): Steps<Float64Array[]> {
  const { graph, inputs } = model
  const meanOf = (nodes: readonly number[]) =>
    graph.linear(
      0,
      nodes.map((node) => [1 / nodes.length, node] as const),
    )
  const tables = new Map(
    [...(program.volume.spikes ? [program.volume.spikes] : []), ...program.setbacks].map((own) => [own.name, own]),
  )
  const nodes = groups.map(({ name, kind, dimensions }) => {
    if (kind === 'input') return inputs.input(program.inputs.findIndex((own) => own.name === name))
    const events = tables.get(name)
    if (events) return graph.add(...inputs.starts(events))
    return meanOf(dimensions.map((d) => (kind === 'counts' ? graph.uniform(d) : inputs.score(d))))
  })
  return recording(model, plan, seed, nodes, plan.trials)
}

/** Mean costs in the trials with the lowest and with the highest tenth of the values. */
function* tails(values: Float64Array, y: Float64Array, starts: readonly number[]): Steps<Estimate[]> {
  const sorted = yield* sorting(values)
  const n = sorted.length
  const [low, high] = [sorted[Math.floor(0.1 * n)], sorted[Math.min(n - 1, Math.ceil(0.9 * n))]]
  return [(value: number) => value <= low, (value: number) => value >= high].map((is) =>
    estimateOf(
      ratioOf(
        meanFigure(starts, (i) => (is(values[i]) ? y[i] : 0), 0),
        meanFigure(starts, (i) => (is(values[i]) ? 1 : 0), 0),
      ),
    ),
  )
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
