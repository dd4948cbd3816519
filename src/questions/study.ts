// Runs variants of one plan on common random numbers. Variants share the dimensions and tables of the base plan. They run as one graph,
// which computes their common parts once.
import { type Costs, costsOf } from '../simulation/costs.ts'
import { ScenarioError, shown, UsageError } from '../errors.ts'
import { compile, type Shared, sharedNothing } from '../compile/compile.ts'
import type { Measure, Program } from '../compile/program.ts'
import { type Reader, resolve } from '../scenario/resolve/resolve.ts'
import type { DecisionOptions } from '../options/questions.ts'
import type { Plan } from '../numerics/random/plan.ts'
import { Pace } from '../pace.ts'
import type { Dimension } from '../numerics/random/source.ts'
import type { WrittenScenario } from '../scenario/read.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import { correlatedWith, type Field, fieldAt, replaced, withNumber } from '../scenario/edit/field.ts'
import { startsOf } from '../numerics/estimators/figure.ts'
import { type Design, SampledColumn } from '../numerics/estimators/sorted.ts'
import { offerPlace } from './offer-place.ts'
import { type OpenPlan, openPlan } from './open-plan.ts'
import { designOf } from './trials.ts'

/** Fields and their new numbers. */
export type Change = readonly (readonly [field: Field, value: number])[]

/** The most memory for the columns of variants that run together. */
const GROUP_BYTES = 256 * 2 ** 20
const MOST_GROUP = 64
/** The most compiled variants to keep. */
const REMEMBERED = 512

export interface Variant {
  readonly scenario: ResolvedScenario
  readonly program: Program
  readonly offers: readonly string[]
}

/** The costs of the offers in one variant. */
export interface CostOf {
  (offer: string): SampledColumn
  /** The cost of one offer minus that of another. */
  readonly gap: (offer: string, minus: string) => SampledColumn
  /** The cost by the measure of the plan's budget. */
  readonly budgeted: (offer: string) => SampledColumn
}

export class Study {
  readonly scenario: ResolvedScenario
  readonly measure: Measure
  /** Whether the plan's own run integrates headline figures. */
  readonly preintegration: boolean
  readonly plan: Plan
  readonly seed: string
  readonly starts: readonly number[]
  readonly base: Variant
  readonly written: WrittenScenario
  readonly #reader: Reader
  readonly #shared: Shared = sharedNothing()
  /** The pace of the question that the study answers. */
  readonly pace: Pace
  readonly #variants = new Map<string, Promise<Variant>>()
  #before: Promise<unknown> = Promise.resolve()

  private constructor({ written, scenario, measure, preintegration, plan, seed }: OpenPlan, reader: Reader, pace: Pace) {
    this.written = written
    this.scenario = scenario
    this.measure = measure
    this.preintegration = preintegration
    this.plan = plan
    this.seed = seed
    this.starts = startsOf(plan)
    this.#reader = reader
    this.pace = pace
    this.base = this.#compiled(scenario)
  }

  static async of(input: string | object, reader: Reader, options: DecisionOptions, pace = new Pace(options)): Promise<Study> {
    return new Study(await openPlan(input, reader, options), reader, pace)
  }

  field(path: string): Field {
    return fieldAt(this.written.data, path)
  }

  /** Checks the name of an offer. */
  offer(name: string): string {
    return this.base.offers[offerPlace(this.base.offers, name)]
  }

  /** How the trials are sampled. Variants may have dimensions that the base plan lacks. */
  get design(): Design {
    return { ...designOf(this.base.program, this.plan, this.starts), certain: this.#shared.dimensions.length === 0 }
  }

  /** The data of the plan with other numbers in some fields. */
  data(change: Change): unknown {
    const dropped = change.flatMap(([{ path }]) => correlatedWith(this.scenario, path))
    const changed = change.reduce((data, [field, value]) => withNumber(data, field, value), this.written.data)
    if (dropped.length === 0) return changed
    // An input that is certain now can have no correlation.
    const { correlations } = changed as { readonly correlations: readonly unknown[] }
    return replaced(
      changed,
      ['correlations'],
      correlations.filter((_, k) => !dropped.includes(k)),
    )
  }

  /** Reads another plan with the same files. */
  async resolved(written: WrittenScenario): Promise<ResolvedScenario> {
    return (await resolve(written, this.#reader)).scenario
  }

  /** @throws ScenarioError for data that is no valid plan */
  variant(data: unknown): Promise<Variant> {
    const key = JSON.stringify(data)
    const known = this.#variants.get(key)
    if (known) return known
    // One after the other: the order decides the coordinates of new dimensions.
    const made = this.#before.then(async () => {
      await this.pace.turn()
      return this.#compiled((await resolve({ ...this.written, data }, this.#reader)).scenario)
    })
    this.#before = made.catch(() => undefined)
    if (this.#variants.size >= REMEMBERED) this.#variants.clear()
    this.#variants.set(key, made)
    return made
  }

  /** The variant, or undefined if the data is no valid plan. */
  possible(data: unknown): Promise<Variant | undefined> {
    return this.variant(data).catch((error: unknown) => {
      if (error instanceof ScenarioError) return undefined
      throw error
    })
  }

  /** Runs variants on the same trials, in groups, and passes the costs of each to `read`. */
  async run<T>(
    variants: readonly Variant[],
    offers: (variant: Variant) => readonly string[],
    read: (cost: CostOf, variant: Variant, k: number) => T | Promise<T>,
  ): Promise<T[]> {
    this.pace.expect(variants.length * this.plan.trials)
    const results: T[] = []
    const { budget } = this.scenario
    const other = budget && budget.measure !== this.measure ? { also: budget.measure } : {}
    const most = Math.max(...variants.map((variant) => offers(variant).length), 1) * (other.also ? 2 : 1)
    const size = Math.max(1, Math.min(MOST_GROUP, Math.floor(GROUP_BYTES / (8 * this.plan.trials * most))))
    for (let from = 0; from < variants.length; from += size) {
      const group = variants.slice(from, from + size)
      const wanted = group.map((variant) => ({
        program: variant.program,
        offers: offers(variant).map((name) => variant.offers.indexOf(name)),
        ...other,
      }))
      const costs = await this.pace.through(costsOf(wanted, this.#dimensions, this.plan, this.seed), group.length)
      for (const [k, variant] of group.entries()) {
        await this.pace.turn()
        results.push(await read(costOf(offers(variant), costs[k], this.design), variant, from + k))
      }
    }
    return results
  }

  /** The base plan's dimensions keep their coordinates. Dimensions of variants follow, in the order in which they appeared. */
  get #dimensions(): readonly Dimension[] {
    const { dimensions } = this.base.program
    return [...dimensions, ...this.#shared.dimensions.slice(dimensions.length)]
  }

  #compiled(scenario: ResolvedScenario): Variant {
    const program = compile(scenario, { measure: this.measure, pairs: 'auto' }, this.#shared)
    return { scenario, program, offers: program.offers.map(({ name }) => name) }
  }
}

function costOf(names: readonly string[], { columns, beyond, difference }: Costs, design: Design): CostOf {
  const placeOf = (offer: string) => {
    const place = names.indexOf(offer)
    if (place < 0) throw new UsageError(`there is no offer ${shown(offer)} in one of the plans to compare`)
    return place
  }
  const cost = (offer: string) => {
    const place = placeOf(offer)
    return new SampledColumn(columns[place], design, beyond[place])
  }
  const gap = (offer: string, minus: string) => {
    const [a, b] = [placeOf(offer), placeOf(minus)]
    return new SampledColumn(
      columns[a].map((value, i) => value - columns[b][i]),
      design,
      difference(a, b),
    )
  }
  const budgeted = (offer: string) => {
    const place = placeOf(offer) + (columns.length - names.length)
    return new SampledColumn(columns[place], design, beyond[place])
  }
  return Object.assign(cost, { gap, budgeted })
}
