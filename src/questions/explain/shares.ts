// Estimates shares of a variance from trials that have some inputs in common.
import type { Estimate } from '../../numerics/estimators/estimate.ts'
import { type Figure, meanFigure, ratioOf } from '../../numerics/estimators/figure.ts'
import { MOMENTS, noErrorOf } from '../../numerics/estimators/infinite.ts'
import { rangeOf } from './stratified.ts'

/** How the trials of a share were drawn. */
export interface Trialled {
  /** Where each replicate begins, and where the last one ends. */
  readonly starts: readonly number[]
  /** The error of a share of trials that the spread of the replicates may not show, because an input jumps or an event is rare. */
  readonly unseen: number
  /** The error that rare values leave in the variance of the outcome, and how heavy the outcome is. Absent if it is light and nothing is rare. */
  readonly rare?: { readonly variance: number; readonly heaviness: number }
}

type Term = (trial: number) => number

/**
 * The ratio of two means. What a jump may hide moves it by its largest range, as the ratio's derivative carries it on. Rare values may add a
 * part to the variance that is all explained, or not at all.
 */
export function shareOf(part: Term, whole: Figure & { readonly of: Term }, { starts, unseen, rare }: Trialled): Figure {
  const noError = rare && noErrorOf(rare, MOMENTS.sd)
  const found = { ...ratioOf(meanFigure(starts, part, 0), whole), noError }
  const added = rare && rare.variance > 0 ? rare.variance / (whole.value + rare.variance) : 0
  if (unseen === 0) return { ...found, least: added }
  const move = (i: number) => (part(i) - found.value * whole.of(i)) / whole.value
  return { ...found, least: Math.max(added, unseen * rangeOf(starts[starts.length - 1], move)) }
}

/** Var(Y), pooled over two columns of the same distribution, with their common mean. */
function pooled(y: Float64Array, other: Float64Array, { starts }: Trialled) {
  const [a, b] = [y, other].map((column) => meanFigure(starts, (i) => column[i], 0).value)
  const center = (a + b) / 2
  const of = (i: number) => ((y[i] - center) * (y[i] - center) + (other[i] - center) * (other[i] - center)) / 2
  return { center, variance: { ...meanFigure(starts, of, 0), of } }
}

/**
 * Var(E[Y | shared]) / Var(Y), from trials that share some inputs (Janon, Klein, Lagnoux, Nodet and Prieur, ESAIM: Probability and
 * Statistics 18, 2014). Centering keeps the digits of a covariance that is small beside the mean.
 */
export function explained(y: Float64Array, other: Float64Array, trials: Trialled): Figure {
  const { center, variance } = pooled(y, other, trials)
  return shareOf((i) => (y[i] - center) * (other[i] - center), variance, trials)
}

/** E[(Y − Y')²] / 2 Var(Y), from trials that differ in one group. It is never negative (Jansen, Computer Physics Communications 117, 1999). */
export function missing(y: Float64Array, other: Float64Array, trials: Trialled): Figure {
  return shareOf((i) => ((y[i] - other[i]) * (y[i] - other[i])) / 2, pooled(y, other, trials).variance, trials)
}

/** The outcome by which of two inputs have the values of the first trial. The others have those of the second. */
export interface Crossed {
  readonly both: Float64Array
  readonly one: Float64Array
  readonly other: Float64Array
  readonly none: Float64Array
}

/**
 * The second-order index of two inputs: the share of Var(Y) that they explain together beyond what each explains by itself (Sobol',
 * Mathematical Modelling and Computational Experiment 1, 1993). It is a quarter of the mean product of two second differences, which change
 * the two inputs in different surroundings. If the inputs do not interact, both differences are 0, and the index too.
 * @param inFirst the outcomes if all further inputs have the values of the first trial
 * @param inSecond the same with the values of the second
 */
export function interaction(inFirst: Crossed, inSecond: Crossed, trials: Trialled): Figure {
  const { variance } = pooled(inFirst.both, inSecond.none, trials)
  const change = ({ both, one, other, none }: Crossed, i: number) => both[i] - one[i] - other[i] + none[i]
  return shareOf((i) => (change(inFirst, i) * change(inSecond, i)) / 4, variance, trials)
}

/** Keeps a share between 0 and 1, whatever its error. */
export const within = ({ value, ...rest }: Estimate): Estimate => ({ ...rest, value: Math.min(1, Math.max(0, value)) })
