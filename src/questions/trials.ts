// The trials of a finished run, column by column: what was kept, and whatever else of the model a question needs.
import { recorded, subsetOf } from '../simulation/recorded.ts'
import type { Outcome } from '../run/run.ts'
import { shown, UsageError } from '../errors.ts'
import type { Measure } from '../compile/program.ts'
import { canonicalName, uncertainInputs } from '../scenario/names.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import { keptColumn } from '../simulation/block.ts'
import type { Node } from '../simulation/graph.ts'
import { type Model, modelOf } from '../simulation/model.ts'
import { type Opinions, opinionsIn } from '../numerics/distributions/experts.ts'
import { startsOf } from '../numerics/estimators/figure.ts'
import { type Design, SampledColumn } from '../numerics/estimators/sorted.ts'
import { designOf } from './design.ts'

export class Trials {
  readonly outcome: Outcome
  readonly scenario: ResolvedScenario
  readonly names: readonly string[]
  readonly measure: Measure
  readonly months: number
  /** How the recorded trials were drawn. */
  readonly design: Design
  readonly #costs = new Map<string, SampledColumn>()
  readonly #columns = new Map<Node, Float64Array>()
  #model: Model | undefined

  constructor(outcome: Outcome, scenario: ResolvedScenario) {
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

  /** The place of an offer. @throws UsageError where there is none of that name */
  offer(name: string): number {
    const place = this.names.indexOf(name)
    if (place < 0) throw new UsageError(`there is no offer "${name}": the offers are ${this.names.join(', ')}`)
    return place
  }

  /** Values of nodes on the recorded trials; each is computed once. */
  columns(nodes: readonly Node[]): Float64Array[] {
    const { plan, seed } = this.outcome
    const missing = [...new Set(nodes)].filter((node) => !this.#columns.has(node))
    if (missing.length > 0) {
      const made = recorded(this.model, plan, seed, missing)
      missing.forEach((node, k) => this.#columns.set(node, made[k]))
    }
    return nodes.map((node) => this.#columns.get(node) ?? new Float64Array(0))
  }

  /** Where the replicates of recorded columns begin. */
  get starts(): readonly number[] {
    return this.design.starts
  }

  /** A column of the recorded trials. */
  column(values: Float64Array): SampledColumn {
    return new SampledColumn(values, this.design)
  }

  /** An offer's cost over the horizon: of all trials where they were kept, else of the recorded ones. */
  cost(offer: number, measure: Measure = this.measure): SampledColumn {
    const key = `${measure} ${offer}`
    const known = this.#costs.get(key) ?? this.#cost(offer, measure)
    this.#costs.set(key, known)
    return known
  }

  #cost(offer: number, measure: Measure): SampledColumn {
    const { trials, program, plan } = this.outcome
    const kept = trials?.[keptColumn(program, offer, measure)]
    if (!kept) return this.column(this.recordedCosts(measure)[offer])
    // One random sample has batches where nets have replicates.
    return new SampledColumn(kept, designOf(program, plan, startsOf(plan)))
  }

  /** Costs of all offers on the recorded trials. */
  recordedCosts(measure: Measure = this.measure): Float64Array[] {
    return this.columns(this.model.offers.map((offer) => offer[measure]))
  }

  /** An offer's cost in each month, on the recorded trials. */
  monthly(offer: number, measure: Measure = this.measure): Float64Array[] {
    const billing = this.model.offers[offer]
    const month = measure === 'bill' ? billing.billMonth : billing.totalMonth
    return this.columns(Array.from({ length: this.months }, (_, m) => month(m)))
  }

  /**
   * What was drawn, by name, on the recorded trials: an input of the scenario, `conversations` (all of the horizon) or `rate` (the
   * horizon's genuine resolutions by the conversations that the AI took part in).
   * @throws UsageError for any other name
   */
  driver(name: string): Float64Array {
    const { program, conversations, inputs, usage } = this.model
    if (name === 'conversations') return this.#sum(conversations.volume)
    if (name === 'rate' && program.sharedRate) {
      const [resolved, involved] = [this.#sum(usage.handled.genuine(0)), this.#sum(conversations.involved)]
      return resolved.map((number, i) => (involved[i] > 0 ? number / involved[i] : 0))
    }
    const canonical = canonicalName(this.scenario, name)
    const place = program.inputs.findIndex((input) => input.name === canonical)
    if (place < 0) throw new UsageError(`there is no uncertain input ${shown(name)}: expected ${this.drivers().join(', ')}`)
    return this.columns([inputs.input(place)])[0]
  }

  /** All names that `driver` knows. */
  drivers(): string[] {
    const { program } = this.outcome
    return [...program.inputs.map(({ name }) => name), 'conversations', ...(program.sharedRate ? ['rate'] : [])]
  }

  /** What experts said of an input. @throws UsageError where the scenario names no experts for it */
  opinions(input: string): Opinions {
    const found = uncertainInputs(this.scenario).flatMap(({ name, spec }) => {
      const opinions = opinionsIn(spec)
      return opinions ? [{ name, opinions }] : []
    })
    const one = found.find(({ name }) => name === input)
    if (one) return one.opinions
    const known = found.length > 0 ? `: those with experts are ${found.map(({ name }) => name).join(', ')}` : ''
    throw new UsageError(`no experts are stated for ${shown(input)}${known}`)
  }

  #sum(nodes: readonly Node[]): Float64Array {
    return this.columns([
      this.model.graph.linear(
        0,
        nodes.map((node) => [1, node] as const),
      ),
    ])[0]
  }
}
