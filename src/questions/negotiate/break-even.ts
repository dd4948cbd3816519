// Finds the number in a field at which two offers cost the same.
import { UsageError } from '../../errors.ts'
import { paced } from '../../pace.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import { evenly, likelyNumbers, statedBounds, takesWholeNumbers } from './bounds.ts'
import type { Stated } from '../../options/kinds.ts'
import type { Field } from '../../scenario/edit/field.ts'
import type { Figure } from '../../numerics/estimators/figure.ts'
import { alike, columnMean, percentileFigure } from '../../numerics/estimators/figures.ts'
import { brackets, errorOfRoot, type FigureAt, rootIn } from './root.ts'
import { checkOptions } from '../../options/check.ts'
import { type BreakEvenOptions, breakingEven } from '../../options/questions.ts'
import { type CostOf, Study } from '../study.ts'

export interface BreakEven {
  /** The number, in the units of the field. */
  readonly value: number
  readonly se: number
  /** Whether every trial breaks even at this number, so that it has no sampling error. */
  readonly exact: boolean
}

interface Crossing extends BreakEven {
  readonly field: Field
  /** The offer that costs less below the number. */
  readonly below: string
  /** The offer that costs less above the number. */
  readonly above: string
}

const NODES = 17

interface Search {
  readonly study: Study
  readonly field: Field
  readonly offers: readonly [string, string]
  readonly bounds?: readonly [Stated, Stated] | undefined
  /** The search looks for the number at which this figure is 0. */
  readonly figure: (cost: CostOf, study: Study) => Figure
  /** Offers whose costs the figure needs. */
  readonly needs: readonly string[]
  /** The goal as a clause for errors: "a and b cost the same on average". */
  readonly wish: string
  /** The search ends when the number is known to this share of it. */
  readonly tolerance: number
  /** Whether the figure is an amount of money. */
  readonly money: boolean
}

interface Found extends BreakEven {
  /** The sign of the figure below the number. */
  readonly sign: number
}

/** Finds the number at which the figure is 0. @throws UsageError if there is none between the bounds */
export async function search({ study, field, offers, bounds, figure, needs, wish, tolerance, money }: Search): Promise<Found> {
  const valued = async (values: readonly number[]) =>
    Promise.all(values.map((value) => study.variant(study.data([[field, value]]))))
  const at: FigureAt = async (values) =>
    study.run(
      await valued(values),
      () => needs,
      (cost) => figure(cost, study),
    )
  const stated = bounds && (await statedBounds(study, field, bounds))
  const whole = await takesWholeNumbers(study, field, stated ? stated[0] : field.notation.now)
  const values = stated ? evenly(stated[0], stated[1], NODES, whole) : await likelyNumbers(study, field)
  const [first, last] = [values[0], values[values.length - 1]]
  if (first === undefined || last === undefined || values.length < 2)
    throw new UsageError(`${field.path}: the plan allows none of the numbers that were tried. State bounds, such as 20k:45k`)
  let scale = 0
  const figures = await study.run(
    await valued(values),
    () => needs,
    (cost) => {
      if (money) scale = Math.max(scale, ...offers.map((offer) => Math.abs(cost(offer)[0])))
      return figure(cost, study)
    },
  )
  const small = 1e-13 * scale
  if (figures.every(({ value }) => Math.abs(value) <= small))
    throw new UsageError(`${field.path}: ${wish} at every number from ${first} to ${last}, so that there is no single answer`)
  // Without usage, both offers cost nothing. That is an answer only if the caller's bounds ask for it.
  const trivial = !stated && first === 0 && Math.abs(figures[0].value) <= small
  const from = trivial ? 1 : 0
  const [bracket] = brackets(values.slice(from), figures.slice(from), field.notation.now || 0)
  if (!bracket) {
    const sign = figures.reduce((sum, { value }) => sum + Math.sign(value), 0)
    const cheaper = sign < 0 ? offers[0] : offers[1]
    throw new UsageError(
      `${field.path}: there is no number from ${first} to ${last} at which ${wish}, because ${cheaper} is ahead everywhere. Try other bounds`,
    )
  }
  const value = await rootIn(at, bracket, { tolerance, small, whole })
  const [low] = figures.slice(values.indexOf(bracket.low))
  const sign = Math.sign(low.value) || -Math.sign(figures[values.indexOf(bracket.high)]?.value ?? 0)
  const exact = money && !whole && (await isExact(study, field, value, offers))
  if (exact) return { value, se: 0, exact, sign }
  const se = await errorOfRoot(at, value, [first, last], whole)
  if (se === undefined)
    throw new UsageError(
      `${field.path}: ${wish} around ${value}, but the costs hardly depend on it, so that the number has no standard error`,
    )
  return { value, se, exact, sign }
}

const ROUNDING = 1e-9

async function isExact(study: Study, field: Field, value: number, [a, b]: readonly [string, string]): Promise<boolean> {
  const [same] = await study.run(
    [await study.variant(study.data([[field, value]]))],
    () => [a, b],
    (cost) => alike(cost(a), cost(b), ROUNDING),
  )
  return same
}

function gapOf(cost: CostOf, a: string, b: string): Float64Array {
  const other = cost(b)
  return cost(a).map((own, i) => own - other[i])
}

/** Mean of a − b. */
export const meanGap =
  (a: string, b: string) =>
  (cost: CostOf, study: Study): Figure =>
    columnMean(study.column(gapOf(cost, a, b)))

/** Median of a − b, which is 0 if a is cheaper in half of the trials. */
const medianGap =
  (a: string, b: string) =>
  (cost: CostOf, study: Study): Figure =>
    percentileFigure(study.column(gapOf(cost, a, b)), 0.5)

export async function crossingOf(
  input: string | object,
  path: string,
  offers: readonly [string, string],
  reader: Reader,
  options: BreakEvenOptions,
): Promise<Crossing> {
  checkOptions(options, breakingEven)
  const { statistic = 'mean', bounds } = options
  const given: unknown = offers
  if (!Array.isArray(given) || given.length !== 2 || given[0] === given[1])
    throw new UsageError(`expected two different offers to compare, such as fin and zendesk, got ${JSON.stringify(given)}`)
  return paced(options, async (pace) => {
    const study = await Study.of(input, reader, options, pace)
    const [a, b] = offers.map((name) => study.offer(name))
    const field = study.field(path)
    const odds = statistic === 'odds'
    const { sign, ...found } = await search({
      study,
      field,
      offers: [a, b],
      bounds,
      figure: odds ? medianGap(a, b) : meanGap(a, b),
      needs: [a, b],
      wish: odds ? `${a} and ${b} are each cheaper in half of the trials` : `${a} and ${b} cost the same on average`,
      tolerance: odds ? 1e-10 : 1e-14,
      money: true,
    })
    return { ...found, field, ...(sign < 0 ? { below: a, above: b } : { below: b, above: a }) }
  })
}

/** Finds the number in a field at which two offers cost the same. */
export async function breakEvenOf(
  input: string | object,
  path: string,
  offers: readonly [string, string],
  reader: Reader,
  options: BreakEvenOptions = {},
): Promise<BreakEven> {
  const { value, se, exact } = await crossingOf(input, path, offers, reader, options)
  return { value, se, exact }
}
