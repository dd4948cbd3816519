// The differences between two plans: which inputs changed, and how much of the change in mean and P80 each explains.
import { ScenarioError, UsageError } from '../../errors.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import type { Estimate } from '../../summary/summary.ts'
import { readScenario } from '../../scenario/read.ts'
import { applied, type ScenarioDifference, differencesBetween, sectionOf, together } from '../../scenario/edit/changes.ts'
import { combined, estimateOf, type Figure } from '../../numerics/estimators/figure.ts'
import { Anchors } from '../anchors.ts'
import { askedFigure } from '../asked.ts'
import { columnMean, percentileFigure } from '../../numerics/estimators/figures.ts'
import { checkOptions } from '../../options/check.ts'
import { comparing, type DecisionOptions } from '../../options/questions.ts'
import { Study, type Variant } from '../study.ts'

export interface DiffFigures {
  readonly mean: Estimate
  readonly p80: Estimate
}

export interface DiffStep {
  /** The input that changed, by its canonical name. */
  readonly path: string
  /** As written; absent where it was not there. */
  readonly from?: unknown
  readonly to?: unknown
  /** By how much the change moves each offer's cost. */
  readonly offers: Readonly<Record<string, DiffFigures>>
}

export interface Diff {
  /** `shapley`: each change's mean effect over all orders; `sequential`: one after the other, as they are written. */
  readonly method: 'shapley' | 'sequential'
  /** The offers that both plans have. */
  readonly offers: Readonly<Record<string, { readonly from: DiffFigures; readonly to: DiffFigures; readonly change: DiffFigures }>>
  /** They add up to the change. */
  readonly changes: readonly DiffStep[]
}

/** Up to so many changes are taken in all orders: 2^6 variants. */
const MOST_SHARED = 6
const MOST_CHANGES = 500

interface Measured {
  readonly mean: Figure
  readonly p80: Figure
}
/** Of one variant, offer by offer. */
type Costs = ReadonlyMap<string, Measured>

const weighted = (parts: readonly (readonly [number, Measured])[]): DiffFigures => ({
  mean: estimateOf(combined(parts.map(([weight, { mean }]) => [weight, mean] as const))),
  p80: estimateOf(combined(parts.map(([weight, { p80 }]) => [weight, p80] as const))),
})

/** The sets of changes that have to be run, as lists of their places. */
function setsOf(count: number): readonly (readonly number[])[] {
  const places = Array.from({ length: count }, (_, k) => k)
  if (count > MOST_SHARED) return Array.from({ length: count + 1 }, (_, made) => places.slice(0, made))
  return Array.from({ length: 1 << count }, (_, bits) => places.filter((k) => (bits >> k) & 1))
}

/** Shapley's weight of a set of so many others: s! (n − 1 − s)! / n! */
function shapley(size: number, count: number): number {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  return (factorial(size) * factorial(count - 1 - size)) / factorial(count)
}

/** How each change moves a cost: sets of changes by place, with their weights. */
function effectOf(change: number, count: number): readonly (readonly [weight: number, set: number])[] {
  if (count > MOST_SHARED)
    return [
      [1, change + 1],
      [-1, change],
    ]
  const own = 1 << change
  return Array.from({ length: 1 << count }, (_, bits) => bits)
    .filter((bits) => !(bits & own))
    .flatMap((bits) => {
      const size = Array.from({ length: count }, (_, k) => (bits >> k) & 1).reduce((a, b) => a + b, 0)
      const weight = shapley(size, count)
      return [[weight, bits | own] as const, [-weight, bits] as const]
    })
}

/** Variants of all sets; changes that only hold together are taken as one. */
async function variantsOf(
  study: Study,
  found: readonly ScenarioDifference[],
): Promise<{ readonly changes: readonly ScenarioDifference[]; readonly variants: readonly Variant[] }> {
  const attempts = [found, together(found, sectionOf), together(found, () => 'everything that changed')]
  let refused: unknown
  for (const changes of attempts) {
    try {
      const variants: Variant[] = []
      for (const set of setsOf(changes.length))
        variants.push(
          await study.variant(
            applied(
              study.written.data,
              set.map((k) => changes[k]),
            ),
          ),
        )
      return { changes, variants }
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error
      refused = error
    }
  }
  throw refused
}

/** Which inputs differ between two plans, and how much of the change in cost each explains. */
export async function diffOf(
  from: string | object,
  to: string | object,
  reader: Reader,
  options: DecisionOptions = {},
): Promise<Diff> {
  checkOptions(options, comparing)
  const study = await Study.of(from, reader, options)
  const second = await study.resolved(readScenario(to))
  if (second.currency !== study.scenario.currency)
    throw new UsageError(`expected two plans in one currency, got ${study.scenario.currency} and ${second.currency}`)
  const found = differencesBetween(study.written.data, readScenario(to).data)
  if (found.length > MOST_CHANGES)
    throw new UsageError(`expected plans with at most ${MOST_CHANGES} changes between them, got ${found.length}`)
  const offers = study.base.offers.filter((name) => second.offers.some((offer) => offer.name === name))
  if (offers.length === 0)
    throw new UsageError(
      `expected an offer that both plans have, got ${study.base.offers.join(', ')} and ${second.offers.map(({ name }) => name).join(', ')}`,
    )
  const { changes, variants } = await variantsOf(
    study,
    await telling(
      study,
      found.filter((change) => concerns(change, offers)),
    ),
  )
  const anchors = await Anchors.of(study, offers, [askedFigure('p80', true)])
  const costs = await study.run(
    variants,
    () => offers,
    (cost): Costs =>
      new Map(
        offers.map((offer) => {
          const column = study.column(cost(offer))
          return [offer, { mean: columnMean(column), p80: anchors.pinned(offer, 'p80', percentileFigure(column, 0.8)) }] as const
        }),
      ),
  )
  const at = (set: number, offer: string): Measured => {
    const measured = costs[set].get(offer)
    if (!measured) throw new Error('a variant lost an offer')
    return measured
  }
  const last = costs.length - 1
  return {
    method: changes.length > MOST_SHARED ? 'sequential' : 'shapley',
    offers: Object.fromEntries(
      offers.map((offer) => [
        offer,
        {
          from: weighted([[1, at(0, offer)]]),
          to: weighted([[1, at(last, offer)]]),
          change: weighted([
            [1, at(last, offer)],
            [-1, at(0, offer)],
          ]),
        },
      ]),
    ),
    changes: changes.map((change, k) => ({
      path: change.path,
      ...(change.from !== undefined && { from: change.from }),
      ...(change.to !== undefined && { to: change.to }),
      offers: Object.fromEntries(
        offers.map((offer) => [
          offer,
          weighted(effectOf(k, changes.length).map(([weight, set]) => [weight, at(set, offer)] as const)),
        ]),
      ),
    })),
  }
}

/** Without what only says the same in other words, such as 0.65 for 65%. */
async function telling(study: Study, found: readonly ScenarioDifference[]): Promise<readonly ScenarioDifference[]> {
  const before = JSON.stringify(study.scenario)
  const kept: ScenarioDifference[] = []
  for (const one of found) {
    const after = await study.possible(applied(study.written.data, [one]))
    if (!after || JSON.stringify(after.scenario) !== before) kept.push(one)
  }
  return kept
}

/** An offer that only one of the plans has changes the cost of no other. */
const concerns = ({ parts: [{ keys }] }: ScenarioDifference, offers: readonly string[]): boolean =>
  keys[0] !== 'offers' || keys.length < 2 || offers.includes(String(keys[1]))
