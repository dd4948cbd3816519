// What drives a cost: shares of its variance (Sobol' indices, or Shapley effects where inputs are correlated), rank correlations and a
// tornado, and how much of it is ignorance that can be bought down.
import { estimateOf, meanFigure, ratioOf } from '../../numerics/estimators/figure.ts'
import { frozen, type Pattern } from '../../simulation/frozen.ts'
import { recorded } from '../../simulation/recorded.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import type { Estimate } from '../../summary/summary.ts'
import { checkOptions } from '../../options/check.ts'
import { type SensitivityOptions, sensing } from '../../options/questions.ts'
import { type Group, offerPlace, type Question, questionOf } from './question.ts'
import { rankCorrelation } from './ranks.ts'
import { shapley } from './shapley.ts'
import { explained, missing } from './shares.ts'

export interface InputSensitivity {
  /** Share of the variance that the input explains by itself; absent where inputs are correlated. */
  readonly first?: Estimate
  /** That together with all its interactions; absent where inputs are correlated. */
  readonly total?: Estimate
  /** Its part of the variance when what inputs share is shared out fairly; present where inputs are correlated. */
  readonly shapley?: Estimate
  /** Spearman's rank correlation of the input with the cost: of a monthly noise, that of its mean; of events, that of their sum. */
  readonly rank: Estimate
  /** Mean cost with the input at its P10, and at its P90, all else as it is drawn. */
  readonly low: Estimate
  readonly high: Estimate
}

export interface Sensitivity {
  readonly offer: string
  readonly against?: string
  readonly mean: Estimate
  readonly variance: Estimate
  readonly method: 'sobol' | 'shapley' | 'none'
  readonly inputs: Readonly<Record<string, InputSensitivity>>
  /** Shares of the variance: of what is not known (drawn once a trial), and of what varies from month to month, with their interaction. */
  readonly ignorance: Estimate
  readonly chance: Estimate
  readonly words: string
}

/** Of a standard normal score. */
const P90 = 1.2815515655446004

export async function sensitivityOf(input: string | object, options: SensitivityOptions, reader: Reader): Promise<Sensitivity> {
  checkOptions(options, sensing)
  const question = await questionOf(input, reader, options)
  const { offer, against } = options
  const { model, groups, program, plan, seed, starts } = question
  const node = model.costs[offerPlace(question, offer)]
  const outcome = against === undefined ? node : model.graph.subtract(node, model.costs[offerPlace(question, against)])
  const all = new Set(program.dimensions.keys())
  const once = new Set(groups.filter(({ kind }) => kind === 'input').flatMap(({ dimensions }) => dimensions))
  const correlated = program.mixes.length > 0
  const without = (group: Group) => new Set([...all].filter((d) => !group.dimensions.includes(d)))
  const patterns: Pattern[] = [
    { kept: all },
    { kept: once },
    ...groups.flatMap((group): Pattern[] => [
      { kept: new Set(group.dimensions) },
      { kept: without(group) },
      ...tornado(group).map((set) => ({ kept: all, set })),
    ]),
  ]
  const found = frozen(model, plan, seed, [outcome], patterns).map(([column]) => column)
  const [y, shared] = found
  const mean = meanFigure(starts, (i) => y[i], 0)
  const centre = mean.value
  const variance = meanFigure(starts, (i) => (y[i] - centre) * (y[i] - centre), 0)
  const heading = { offer, ...(against !== undefined && { against }), mean: estimateOf(mean), variance: estimateOf(variance) }
  const none = { value: 0, se: 0 }
  if (!(variance.value > 1e-24 * centre * centre)) {
    const words = `${offer} costs the same in every future: there is nothing to explain.`
    return { ...heading, method: 'none', inputs: {}, ignorance: none, chance: none, words }
  }
  const known = once.size === 0 ? undefined : explained(y, shared, starts)
  const ignorance = known ? within(estimateOf(known)) : none
  const effects = correlated ? shapley(question, outcome) : undefined
  const representative = representatives(question)
  let place = 2
  const inputs = groups.map((group, k) => {
    const [alone, rest] = [found[place], found[place + 1]]
    const ends = tornado(group)
    const [low, high] = ends.length > 0 ? [found[place + 2], found[place + 3]] : [undefined, undefined]
    place += 2 + ends.length
    const [bottom, top] =
      low && high
        ? [low, high].map((column) => estimateOf(meanFigure(starts, (i) => column[i], 0)))
        : tails(representative[k], y, starts)
    const told: InputSensitivity = {
      ...(effects
        ? { shapley: effects[k] }
        : {
            first: within(estimateOf(explained(y, alone, starts))),
            total: within(estimateOf(missing(y, rest, starts))),
          }),
      rank: rankCorrelation(representative[k], y, starts),
      low: bottom,
      high: top,
    }
    return [group.name, told] as const
  })
  const method = correlated ? 'shapley' : 'sobol'
  const chance = { value: 1 - ignorance.value, se: ignorance.se }
  return {
    ...heading,
    method,
    inputs: Object.fromEntries(inputs),
    ignorance,
    chance,
    words: wordsOf(offer, inputs, ignorance, correlated),
  }
}

/** A share lies between 0 and 1, whatever its error. */
const within = ({ value, se }: Estimate): Estimate => ({ value: Math.min(1, Math.max(0, value)), se })

/** Sets a group's score, or the mean of a noise's, to its P10 and its P90. Events have too few values for that. */
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

/** One number a trial for each group: an input itself, the mean score of a noise, the sum of events. */
export function representatives({ model, program, plan, seed, groups }: Question): Float64Array[] {
  const { graph, inputs } = model
  const sum = (nodes: readonly number[], factor: number) =>
    graph.linear(
      0,
      nodes.map((node) => [factor, node] as const),
    )
  const tables = new Map(
    [...(program.volume.spikes ? [program.volume.spikes] : []), ...program.setbacks].map((own) => [own.name, own]),
  )
  const nodes = groups.map(({ name, kind, dimensions }) => {
    if (kind === 'input') return inputs.input(program.inputs.findIndex((own) => own.name === name))
    const events = tables.get(name)
    if (events) return sum(inputs.starts(events), 1)
    if (kind === 'counts')
      return sum(
        dimensions.map((d) => graph.uniform(d)),
        1 / dimensions.length,
      )
    return sum(
      dimensions.map((d) => inputs.score(d)),
      1 / dimensions.length,
    )
  })
  return recorded(model, plan, seed, nodes, plan.trials)
}

/** Mean costs where a representative is in its lowest and its highest tenth. */
function tails(values: Float64Array, y: Float64Array, starts: readonly number[]): Estimate[] {
  const sorted = values.slice().sort()
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
  offer: string,
  inputs: readonly (readonly [string, InputSensitivity])[],
  ignorance: Estimate,
  correlated: boolean,
): string {
  const share = (one: InputSensitivity) => (one.shapley ?? one.total)?.value ?? 0
  const [first, second] = [...inputs].sort(([, a], [, b]) => share(b) - share(a))
  const percent = (value: number) => `${Math.round(100 * value)} %`
  const most = `${first[0]} drives most of what is uncertain about ${offer} (${percent(share(first[1]))} of the variance${second ? `, then ${second[0]} with ${percent(share(second[1]))}` : ''}).`
  const bought = `${percent(ignorance.value)} comes from what is not known yet and can be found out; the rest is chance from month to month.`
  return correlated
    ? `${most} ${bought} Inputs are correlated, so that shares are Shapley effects: Sobol' indices would count what inputs share twice or not at all.`
    : `${most} ${bought}`
}
