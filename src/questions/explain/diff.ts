// Compares two plans: which inputs changed, and how much of the change in mean and P80 each one explains.
import { prepared } from '../../numerics/estimators/sorting.ts'
import { ScenarioError, UsageError } from '../../errors.ts'
import { type Pace, paced } from '../../pace.ts'
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
  /** The value in each plan as written. Absent if the plan does not state it. */
  readonly from?: unknown
  readonly to?: unknown
  /** How much the change moves the cost of each offer. */
  readonly offers: Readonly<Record<string, DiffFigures>>
}

export interface Diff {
  /** `shapley`: the mean effect of each change over all orders. `sequential`: one change after the other, in the order of the second plan. */
  readonly method: 'shapley' | 'sequential'
  /** The offers that both plans have. */
  readonly offers: Readonly<Record<string, { readonly from: DiffFigures; readonly to: DiffFigures; readonly change: DiffFigures }>>
  /** The effects add up to the change of each offer. */
  readonly changes: readonly DiffStep[]
}

/** The most changes for which all orders are taken, which needs 2^6 variants. */
const MOST_SHARED = 6
const MOST_CHANGES = 500

type Measured = { readonly mean: Figure; readonly p80: Figure }

const weighted = (parts: readonly (readonly [number, Measured])[]): DiffFigures => ({
  mean: estimateOf(combined(parts.map(([weight, { mean }]) => [weight, mean] as const))),
  p80: estimateOf(combined(parts.map(([weight, { p80 }]) => [weight, p80] as const))),
})

/** The sets of changes to run. With few changes, the place of a set has one bit for each of its changes. */
function setsOf(count: number): readonly (readonly number[])[] {
  const places = Array.from({ length: count }, (_, k) => k)
  if (count > MOST_SHARED) return Array.from({ length: count + 1 }, (_, made) => places.slice(0, made))
  return Array.from({ length: 1 << count }, (_, bits) => places.filter((k) => (bits >> k) & 1))
}

/** The Shapley weight of a set of other changes: s! (n − 1 − s)! / n! */
function shapleyWeight(size: number, count: number): number {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  return (factorial(size) * factorial(count - 1 - size)) / factorial(count)
}

/** The effect of a change on a cost, as a weighted sum over sets of changes. */
function effectOf(change: number, count: number): readonly (readonly [weight: number, set: number])[] {
  if (count > MOST_SHARED)
    return [
      [1, change + 1],
      [-1, change],
    ]
  const own = 1 << change
  return setsOf(count).flatMap((set, bits) => {
    if (bits & own) return []
    const weight = shapleyWeight(set.length, count)
    return [[weight, bits | own] as const, [-weight, bits] as const]
  })
}

/** Makes the variants of all sets. Changes that a plan allows only together count as one. */
async function variantsOf(
  study: Study,
  found: readonly ScenarioDifference[],
): Promise<{ readonly changes: readonly ScenarioDifference[]; readonly variants: readonly Variant[] }> {
  const attempts = [found, together(found, sectionOf), together(found, () => 'everything that changed')]
  let refused: unknown
  for (const changes of attempts) {
    try {
      const variants: Variant[] = []
      for (const set of setsOf(changes.length)) {
        const made = set.map((k) => changes[k])
        variants.push(await study.variant(applied(study.written.data, made)))
      }
      return { changes, variants }
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error
      refused = error
    }
  }
  throw refused
}

/** @throws ScenarioError for a plan that cannot be used, UsageError for plans that cannot be compared */
export async function diffOf(
  from: string | object,
  to: string | object,
  reader: Reader,
  options: DecisionOptions = {},
): Promise<Diff> {
  checkOptions(options, comparing)
  return paced(options, async (pace) => changesOf(await Study.of(from, reader, options, pace), to, pace))
}

async function changesOf(study: Study, to: string | object, pace: Pace): Promise<Diff> {
  const second = await study.resolved(readScenario(to))
  if (second.currency !== study.scenario.currency)
    throw new UsageError(`expected two plans in the same currency, got ${study.scenario.currency} and ${second.currency}`)
  const found = differencesBetween(study.written.data, readScenario(to).data)
  if (found.length > MOST_CHANGES)
    throw new UsageError(`expected plans with at most ${MOST_CHANGES} changes between them, got ${found.length}`)
  const offers = study.base.offers.filter((name) => second.offers.some((offer) => offer.name === name))
  if (offers.length === 0)
    throw new UsageError(
      `expected an offer that both plans have. The first plan has ${study.base.offers.join(', ')}, the second ${second.offers.map(({ name }) => name).join(', ')}`,
    )
  const relevant = found.filter((change) => concerns(change, offers))
  const { changes, variants } = await variantsOf(study, await effective(study, relevant))
  const anchors = await Anchors.of(study, offers, [askedFigure('p80', true)])
  const costs = await study.run(
    variants,
    () => offers,
    async (cost) => {
      const found: Measured[] = []
      for (const offer of offers) {
        const column = await pace.through(prepared(cost(offer)))
        const p80 = anchors.pinned(offer, 'p80', percentileFigure(column, 0.8))
        await pace.turn()
        found.push({ mean: columnMean(column), p80 })
        await pace.turn()
      }
      return found
    },
  )
  const summed = (offer: number, sets: ReturnType<typeof effectOf>): DiffFigures =>
    weighted(sets.map(([weight, set]) => [weight, costs[set][offer]] as const))
  const byOffer = <T>(figures: (offer: number) => T) => Object.fromEntries(offers.map((name, k) => [name, figures(k)]))
  const last = costs.length - 1
  const whole = [[1, last] as const, [-1, 0] as const]
  return {
    method: changes.length > MOST_SHARED ? 'sequential' : 'shapley',
    offers: byOffer((k) => ({ from: summed(k, [[1, 0]]), to: summed(k, [[1, last]]), change: summed(k, whole) })),
    changes: changes.map(({ path, from: before, to: after }, change) => ({
      path,
      ...(before !== undefined && { from: before }),
      ...(after !== undefined && { to: after }),
      offers: byOffer((k) => summed(k, effectOf(change, changes.length))),
    })),
  }
}

/** Leaves out changes of notation that change no value, such as 0.65 for 65%. */
async function effective(study: Study, found: readonly ScenarioDifference[]): Promise<readonly ScenarioDifference[]> {
  const before = JSON.stringify(study.scenario)
  const kept: ScenarioDifference[] = []
  for (const one of found) {
    const after = await study.possible(applied(study.written.data, [one]))
    if (!after || JSON.stringify(after.scenario) !== before) kept.push(one)
  }
  return kept
}

/** Changes of other offers do not concern the offers that both plans have. */
const concerns = ({ parts: [{ keys }] }: ScenarioDifference, offers: readonly string[]): boolean =>
  keys[0] !== 'offers' || keys.length < 2 || offers.includes(String(keys[1]))
