// The trials of a finished run by column: the columns that the run kept, and any other one that a question needs.
import { recorded, recording, subsetOf } from '../simulation/recorded.ts'
import type { DrawnOutcome } from '../run/run.ts'
import { shown, UsageError } from '../errors.ts'
import { jumpingDraws } from '../compile/jumping.ts'
import type { Measure, Program } from '../compile/program.ts'
import { canonicalName, uncertainInputs } from '../scenario/names.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import { keptColumn } from '../simulation/block.ts'
import type { Node } from '../simulation/graph.ts'
import { type Model, modelOf } from '../simulation/model.ts'
import { type Opinions, opinionsIn } from '../numerics/distributions/experts.ts'
import { startsOf } from '../numerics/estimators/figure.ts'
import { type Design, SampledColumn } from '../numerics/estimators/sorted.ts'
import { unseenFrom } from '../numerics/estimators/unseen.ts'
import { BeyondTrials } from '../simulation/beyond.ts'
import { isCapped } from '../simulation/heaviness.ts'
import { firstOf } from '../simulation/unseen.ts'
import type { Plan } from '../numerics/random/plan.ts'
import { allAtOnce, type Steps } from '../pace.ts'
import { costMonths } from './cost-months.ts'
import { offerPlace } from './offer-place.ts'

/** The most numbers in memory together: 64 MiB. */
const MOST_VALUES = 2 ** 23

export class Trials {
  readonly outcome: DrawnOutcome
  readonly scenario: ResolvedScenario
  readonly names: readonly string[]
  readonly measure: Measure
  readonly months: number
  /** How the recorded trials were sampled. */
  readonly design: Design
  readonly #costs = new Map<string, SampledColumn>()
  readonly #columns = new Map<Node, Float64Array>()
  /** By number of trials. */
  readonly #beyond = new Map<number, BeyondTrials>()
  #model: Model | undefined

  constructor(outcome: DrawnOutcome, scenario: ResolvedScenario) {
    const { program, plan } = outcome
    this.outcome = outcome
    this.scenario = scenario
    this.names = program.offers.map(({ name }) => name)
    this.measure = program.measure
    this.months = program.months
    this.design = designOf(program, plan, subsetOf(plan).starts)
  }

  get model(): Model {
    this.#model ??= modelOf(this.outcome.program)
    return this.#model
  }

  /** The place of an offer. @throws UsageError for a name that no offer has */
  offer(name: string): number {
    return offerPlace(this.names, name)
  }

  /** The values of nodes on the recorded trials. Each node is computed once. */
  columns(nodes: readonly Node[]): Float64Array[] {
    const { plan, seed } = this.outcome
    const missing = [...new Set(nodes)].filter((node) => !this.#columns.has(node))
    if (missing.length > 0) {
      const made = recorded(this.model, plan, seed, missing)
      missing.forEach((node, k) => this.#columns.set(node, made[k]))
    }
    return nodes.map((node) => this.#columns.get(node) ?? new Float64Array(0))
  }

  /** Nodes on the recorded trials. */
  sampled(nodes: readonly Node[]): SampledColumn[] {
    const beyond = this.#beyondOf(subsetOf(this.outcome.plan)).of(nodes)
    return this.columns(nodes).map((values, k) => new SampledColumn(values, this.design, beyond[k]))
  }

  /**
   * Nodes whose columns are not kept.
   * @param most the most recorded trials to read them on. With very many nodes, these are fewer than the run recorded.
   */
  sampledOnce(nodes: readonly Node[], most = Math.floor(MOST_VALUES / nodes.length)): SampledColumn[] {
    const { program, plan, seed } = this.outcome
    const subset = subsetOf(plan, Math.min(most, subsetOf(plan).trials))
    const values = allAtOnce(recording(this.model, plan, seed, nodes, subset.trials))
    const beyond = this.#beyondOf(subset).of(nodes)
    return values.map((column, k) => new SampledColumn(column, designOf(program, plan, subset.starts), beyond[k]))
  }

  /**
   * A number that is computed from nodes, on the recorded trials.
   * @param of the number of a trial, from the columns of the nodes. It is as heavy as the first node.
   */
  derived(nodes: readonly Node[], of: (columns: readonly Float64Array[], trial: number) => number): SampledColumn {
    const columns = this.sampled(nodes)
    const values = columns.map((column) => column.values)
    const [first] = columns
    return new SampledColumn(
      first.values.map((_, i) => of(values, i)),
      this.design,
      {
        ...first.beyond,
        constant: columns.every(({ beyond }) => beyond.constant),
        highest: undefined,
        unseen: unseenFrom(
          columns.map(({ beyond }) => beyond.unseen),
          of,
        ),
      },
    )
  }

  /** Rare values, infinite moments and certainty of columns with this number of trials. */
  #beyondOf({ trials, points }: Pick<Plan, 'trials' | 'points'>): BeyondTrials {
    const { plan, seed } = this.outcome
    const known = this.#beyond.get(trials) ?? new BeyondTrials(this.model, firstOf(plan, { trials, points }), seed)
    this.#beyond.set(trials, known)
    return known
  }

  /** A column of costs that keeps only the first points of each replicate, or the first trials of a random sample. */
  cut(offer: number, values: Float64Array, design: Design, points: number, measure: Measure = this.measure): SampledColumn {
    const [beyond] = this.#beyondOf({ trials: values.length, points }).of([this.model.offers[offer][measure]])
    return new SampledColumn(values, design, beyond)
  }

  /** Where each replicate of the recorded trials begins, and where the last one ends. */
  get starts(): readonly number[] {
    return this.design.starts
  }

  /** An offer's cost over the horizon, in all trials if the run kept them, otherwise in the recorded ones. */
  cost(offer: number, measure: Measure = this.measure): SampledColumn {
    const key = `${measure} ${offer}`
    const known = this.#costs.get(key) ?? this.#cost(offer, measure)
    this.#costs.set(key, known)
    return known
  }

  #cost(offer: number, measure: Measure): SampledColumn {
    const { trials, program, plan } = this.outcome
    const kept = trials?.[keptColumn(program, offer, measure)]
    const node = this.model.offers[offer][measure]
    const capped = isCapped(program.offers[offer])
    if (!kept) {
      const [{ values, design, beyond }] = this.sampled([node])
      return new SampledColumn(values, design, { ...beyond, capped })
    }
    const [beyond] = this.#beyondOf(plan).of([node])
    return new SampledColumn(kept, designOf(program, plan, startsOf(plan)), { ...beyond, capped })
  }

  /** The cost of one offer minus that of another, on the same trials. */
  difference(offer: number, minus: number): SampledColumn {
    const [a, b] = [this.cost(offer), this.cost(minus)]
    const { plan } = this.outcome
    const trials = a.values.length === plan.trials ? plan : subsetOf(plan)
    const values = new Float64Array(a.values.length)
    for (let i = 0; i < values.length; i++) values[i] = a.values[i] - b.values[i]
    return new SampledColumn(values, a.design, this.#beyondOf(trials).difference(this.model.costs[offer], this.model.costs[minus]))
  }

  /** The costs of all offers on the recorded trials. */
  recordedCosts(measure: Measure = this.measure): Float64Array[] {
    return this.columns(this.model.offers.map((offer) => offer[measure]))
  }

  /** The same with the rare values of the plan. */
  sampledCosts(): SampledColumn[] {
    return this.sampled(this.model.costs)
  }

  /** An offer's cost in each month, on the recorded trials. */
  monthly(offer: number, measure: Measure = this.measure): Float64Array[] {
    return this.columns(costMonths(this.model, offer, measure))
  }

  /**
   * The drawn values of an input on the recorded trials. Two more names are known: `conversations`, the total over the horizon, and
   * `rate`, the genuine resolutions as a share of the conversations that the AI took part in.
   * @throws UsageError for any other name
   */
  driver(name: string): Float64Array {
    const { nodes, of } = this.#driven(name)
    const columns = this.columns(nodes)
    return columns[0].map((_, i) => of(columns, i))
  }

  /** The same with the rare values of the plan. */
  sampledDriver(name: string): SampledColumn {
    const { nodes, of } = this.#driven(name)
    return this.derived(nodes, of)
  }

  /** Every driver in every trial of the run, in the order of their names. The columns are not kept. */
  driversInAll(): Float64Array[] {
    const { plan, seed } = this.outcome
    const driven = this.drivers().map((name) => this.#driven(name))
    const all = driven.flatMap(({ nodes }) => nodes)
    const column = allAtOnce(sampled(this.model, plan, seed, all))
    return driven.map(({ nodes, of }) => {
      const columns = nodes.map(column)
      return columns[0].map((_, i) => of(columns, i))
    })
  }

  /** The nodes that a driver is computed from. */
  #driven(name: string): { readonly nodes: readonly Node[]; readonly of: (columns: readonly Float64Array[], i: number) => number } {
    const { program, conversations, usage, graph } = this.model
    const first = ([own]: readonly Float64Array[], i: number) => own[i]
    if (name === 'conversations') return { nodes: [graph.add(...conversations.volume)], of: first }
    if (name === 'rate' && program.sharedRate) {
      const genuine = program.segments.flatMap(({ rate = 0 }, s) => usage.handled.resolved(s, rate))
      return {
        nodes: [graph.add(...genuine), graph.add(...conversations.involved)],
        of: ([resolved, involved], i) => (involved[i] > 0 ? resolved[i] / involved[i] : 0),
      }
    }
    return { nodes: [this.inputNode(name)], of: first }
  }

  /** The node of an input. @throws UsageError for an unknown name */
  inputNode(name: string): Node {
    const { program, inputs } = this.model
    const canonical = typeof name === 'string' ? canonicalName(this.scenario, name) : undefined
    const place = program.inputs.findIndex((input) => input.name === canonical)
    if (place < 0) throw new UsageError(`there is no uncertain input ${shown(name)}: the names are ${this.drivers().join(', ')}`)
    return inputs.input(place)
  }

  /** The names that `driver` knows. */
  drivers(): string[] {
    const { program } = this.outcome
    return [...program.inputs.map(({ name }) => name), 'conversations', ...(program.sharedRate ? ['rate'] : [])]
  }

  /** The opinions of experts on an input. @throws UsageError if the plan states none for it */
  opinions(input: string): Opinions {
    const found = uncertainInputs(this.scenario).flatMap(({ name, spec }) => {
      const opinions = opinionsIn(spec)
      return opinions ? [{ name, opinions }] : []
    })
    const one = found.find(({ name }) => name === input)
    if (one) return one.opinions
    const known = found.length > 0 ? `the inputs with experts are ${found.map(({ name }) => name).join(', ')}` : 'no input has any'
    throw new UsageError(`the plan states no experts for ${shown(input)}: ${known}`)
  }
}

/** Samples nodes in all trials of a plan, each node once. */
export function* sampled(model: Model, plan: Plan, seed: string, nodes: readonly Node[]): Steps<(node: Node) => Float64Array> {
  const distinct = [...new Set(nodes)]
  const columns = yield* recording(model, plan, seed, distinct, plan.trials)
  return (node) => columns[distinct.indexOf(node)]
}

/** How a plan samples the trials of a program. */
export const designOf = (program: Program, plan: Plan, starts: readonly number[]): Design => ({
  starts,
  random: plan.method === 'random',
  jumps: jumpingDraws(program),
  certain: program.dimensions.length === 0,
})
