// Finds the numbers in a field at which two offers cost the same.
import { shown, UsageError } from '../../errors.ts'
import { paced } from '../../pace.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import type { Field } from '../../scenario/edit/field.ts'
import type { Figure } from '../../numerics/estimators/figure.ts'
import { columnMean, percentileFigure } from '../../numerics/estimators/figures.ts'
import { checkOptions } from '../../options/check.ts'
import { type BreakEvenOptions, breakingEven } from '../../options/questions.ts'
import { type CostOf, Study } from '../study.ts'
import { type Root, type Roots, search } from './search.ts'

export interface BreakEven extends Roots {
  /** The number nearest to the plan's own, in the units of the field. */
  readonly value: number
  readonly se: number
  /** Whether every trial breaks even at this number, so that it has no sampling error. */
  readonly exact: boolean
}

/** The break-even with its field, for what is printed. */
interface Crossed extends BreakEven {
  readonly field: Field
  readonly nearest: Root
}

/** Mean of a − b. */
export const meanGap =
  (a: string, b: string) =>
  (cost: CostOf): Figure =>
    columnMean(cost.gap(a, b))

/** Median of a − b, which is 0 if a is cheaper in half of the trials. */
const medianGap =
  (a: string, b: string) =>
  (cost: CostOf): Figure =>
    percentileFigure(cost.gap(a, b), 0.5)

export async function crossingOf(
  input: string | object,
  path: string,
  offers: readonly [string, string],
  reader: Reader,
  options: BreakEvenOptions,
): Promise<Crossed> {
  checkOptions(options, breakingEven)
  const { statistic = 'mean', bounds } = options
  const given: unknown = offers
  if (!Array.isArray(given) || given.length !== 2 || given[0] === given[1])
    throw new UsageError(`offers: expected two different offers to compare, such as fin and zendesk, got ${shown(given)}`)
  return paced(options, async (pace) => {
    const study = await Study.of(input, reader, options, pace)
    const [a, b] = offers.map((name) => study.offer(name))
    const field = study.field(path)
    const odds = statistic === 'odds'
    const found = await search({
      study,
      field,
      offers: [a, b],
      bounds,
      figure: odds ? medianGap(a, b) : meanGap(a, b),
      needs: [a, b],
      wish: odds ? `${a} and ${b} are each cheaper in half of the trials` : `${a} and ${b} cost the same on average`,
      tolerance: odds ? 1e-10 : 1e-14,
      money: true,
      ahead: -1,
    })
    const [nearest] = found.roots
    const { value, se, exact } = nearest
    return { value, se, exact, ...found, field, nearest }
  })
}

/** Finds the numbers in a field at which two offers cost the same. */
export async function breakEvenOf(
  input: string | object,
  path: string,
  offers: readonly [string, string],
  reader: Reader,
  options: BreakEvenOptions = {},
): Promise<BreakEven> {
  const { value, se, exact, roots, searched } = await crossingOf(input, path, offers, reader, options)
  return { value, se, exact, roots, searched }
}
