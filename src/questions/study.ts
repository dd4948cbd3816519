// Variants of one scenario on common random numbers. Each is resolved and compiled by itself, with the dimensions and tables of the
// base, and all of them run as one graph: the same futures, and what variants share is computed once.
import { costsOf } from '../simulation/costs.ts'
import { ScenarioError, UsageError } from '../errors.ts'
import { compile, type Shared, sharedNothing } from '../compile/compile.ts'
import type { Measure, Program } from '../compile/program.ts'
import { type Reader, resolve } from '../scenario/resolve/resolve.ts'
import type { DecisionOptions } from '../options/questions.ts'
import { type Method, type Plan, planTrials } from '../numerics/random/plan.ts'
import type { Dimension } from '../numerics/random/source.ts'
import { readScenario, type WrittenScenario } from '../scenario/read.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import { correlatedWith, type Field, fieldAt, replaced, withNumber } from '../scenario/edit/field.ts'
import { startsOf } from '../numerics/estimators/figure.ts'
import { type Design, SampledColumn } from '../numerics/estimators/sorted.ts'
import { designOf } from './design.ts'

/** Fields and the numbers that stand in them. */
export type Change = readonly (readonly [field: Field, value: number])[]

const TRIALS = 65_536
/** Columns of a group of variants take at most so much. */
const GROUP_BYTES = 256 * 2 ** 20
const MOST_GROUP = 64
/** Variants that are remembered in case they are asked for again. */
const REMEMBERED = 512

export interface Variant {
  readonly scenario: ResolvedScenario
  readonly program: Program
  readonly offers: readonly string[]
}

/** A variant's costs, offer by offer. */
export type CostOf = (offer: string) => Float64Array

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
  readonly #shared: Shared
  readonly #options: DecisionOptions
  readonly #variants = new Map<string, Promise<Variant>>()

  private constructor(written: WrittenScenario, scenario: ResolvedScenario, reader: Reader, options: DecisionOptions, run: Stated) {
    this.written = written
    this.scenario = scenario
    this.measure = run.measure
    this.preintegration = run.preintegration
    this.seed = run.seed
    this.#reader = reader
    this.#options = options
    this.#shared = sharedNothing()
    this.base = this.#compiled(scenario)
    this.plan = planTrials(run.trials, run.method)
    this.starts = startsOf(this.plan)
  }

  static async of(input: string | object, reader: Reader, options: DecisionOptions): Promise<Study> {
    const { trials, seed, method, measure } = options
    const written = readScenario(input)
    const { scenario, run } = await resolve(written, reader)
    if (scenario.actuals)
      throw new UsageError('a plan with closed months (actuals) is told by `billcast reforecast` only: take actuals out here')
    return new Study(written, scenario, reader, options, {
      trials: trials ?? TRIALS,
      seed: seed === undefined ? run.seed : String(seed),
      method: method ?? run.method,
      measure: measure ?? run.measure,
      preintegration: run.preintegration,
    })
  }

  field(path: string): Field {
    return fieldAt(this.written.data, path)
  }

  /** The name of an offer, checked. */
  offer(name: string): string {
    if (!this.base.offers.includes(name))
      throw new UsageError(`there is no offer "${name}": the offers are ${this.base.offers.join(', ')}`)
    return name
  }

  /** How the trials are drawn. Variants may have dimensions that the base has not. */
  get design(): Design {
    return { ...designOf(this.base.program, this.plan, this.starts), certain: this.#shared.dimensions.length === 0 }
  }

  column(values: Float64Array): SampledColumn {
    return new SampledColumn(values, this.design)
  }

  /** The data of the scenario with other numbers in some fields. */
  data(change: Change): unknown {
    const dropped = change.flatMap(([{ path }]) => correlatedWith(this.scenario, path))
    const changed = change.reduce((data, [field, value]) => withNumber(data, field, value), this.written.data)
    if (dropped.length === 0) return changed
    // What is certain now is correlated with nothing.
    const { correlations } = changed as { readonly correlations: readonly unknown[] }
    return replaced(
      changed,
      ['correlations'],
      correlations.filter((_, k) => !dropped.includes(k)),
    )
  }

  /** Another scenario, read with the same files. */
  async resolved(written: WrittenScenario): Promise<ResolvedScenario> {
    return (await resolve(written, this.#reader)).scenario
  }

  /** @throws ScenarioError where the scenario does not allow such data */
  variant(data: unknown): Promise<Variant> {
    const key = JSON.stringify(data)
    const known = this.#variants.get(key)
    if (known) return known
    const made = resolve({ ...this.written, data }, this.#reader).then(({ scenario }) => this.#compiled(scenario))
    made.catch(() => undefined)
    if (this.#variants.size >= REMEMBERED) this.#variants.clear()
    this.#variants.set(key, made)
    return made
  }

  /** The variant, or nothing where the scenario does not allow it. */
  async possible(data: unknown): Promise<Variant | undefined> {
    try {
      return await this.variant(data)
    } catch (error) {
      if (error instanceof ScenarioError) return undefined
      throw error
    }
  }

  /** Runs variants on the same futures, some at a time, and hands the costs of each to `read`. */
  async run<T>(
    variants: readonly Variant[],
    offers: (variant: Variant) => readonly string[],
    read: (cost: CostOf, variant: Variant, k: number) => T,
  ): Promise<T[]> {
    const { onProgress, signal } = this.#options
    const total = variants.length * this.plan.trials
    const results: T[] = []
    const most = Math.max(...variants.map((variant) => offers(variant).length), 1)
    const size = Math.max(1, Math.min(MOST_GROUP, Math.floor(GROUP_BYTES / (8 * this.plan.trials * most))))
    for (let from = 0; from < variants.length; from += size) {
      signal?.throwIfAborted()
      const group = variants.slice(from, from + size)
      let run = 0
      const costs = await costsOf(
        group.map((variant) => ({ program: variant.program, offers: offers(variant).map((name) => variant.offers.indexOf(name)) })),
        this.#dimensions,
        this.plan,
        this.seed,
        {
          ...(signal && { signal }),
          ...(onProgress && {
            onTrials: (trials: number) => {
              run += trials
              onProgress(Math.min(total - 1, from * this.plan.trials + run * group.length), total)
            },
          }),
        },
      )
      group.forEach((variant, k) => {
        const names = offers(variant)
        const cost: CostOf = (offer) => {
          const column = costs[k][names.indexOf(offer)]
          if (!column) throw new UsageError(`there is no offer "${offer}" in one of the scenarios that are compared`)
          return column
        }
        results.push(read(cost, variant, from + k))
      })
    }
    onProgress?.(total, total)
    return results
  }

  /** The base's, with its coordinates, then what variants have beyond it: each variant by itself would order them anew. */
  get #dimensions(): readonly Dimension[] {
    const { dimensions } = this.base.program
    return [...dimensions, ...this.#shared.dimensions.slice(dimensions.length)]
  }

  #compiled(scenario: ResolvedScenario): Variant {
    const program = compile(scenario, { measure: this.measure, pairs: 'auto' }, this.#shared)
    return { scenario, program, offers: program.offers.map(({ name }) => name) }
  }
}

interface Stated {
  readonly preintegration: boolean
  readonly trials: number
  readonly seed: string
  readonly method: Method
  readonly measure: Measure
}
