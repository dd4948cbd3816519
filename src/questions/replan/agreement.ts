// Whether a plan allows its closed months at all. The effective number of trials compares trials with each other, so it is blind to months
// that every trial excludes alike. p compares the months with the plan: in each trial, the squared scores of the closed months add up to a
// chi-square number if the plan is right. p is the probability of a larger number, averaged over the trials by their weights (a posterior
// predictive p-value: Meng, Annals of Statistics 22, 1994, who shows that a right plan has p below α at most 2α of the time).
import { UsageError } from '../../errors.ts'
import { formatMonth } from '../../months.ts'
import { logChiSquareTail } from '../../numerics/distributions/special/chi-square.ts'
import type { Estimate } from '../../numerics/estimators/estimate.ts'
import type { Weighted } from '../../numerics/estimators/weighted.ts'
import { exp, log } from '../../numerics/kernel/math.ts'
import type { Plan } from '../../numerics/random/plan.ts'
import type { Pace, Steps } from '../../pace.ts'
import { type ClosedMonths, distance } from '../../simulation/actuals.ts'
import type { Model } from '../../simulation/model.ts'
import { sampled } from '../trials.ts'

export interface Agreement {
  /** The share of the plan's years whose closed months would be at least as far off. */
  readonly p: Estimate
  /** How many known volumes and rates p compares. Volumes that join a history are none of them. */
  readonly compared: number
  /** Present if p is below 1%: the month that disagrees most, and the way out. */
  readonly doubt?: string
}

/** Below this p, a note doubts the plan. */
const DOUBTFUL = 0.01
/** Below this p, there is no reforecast. */
const EXCLUDED = 1e-6
/** Trials between two turns of the event loop. */
const STEP = 16_384

export interface ClosedYear {
  readonly model: Model
  readonly closed: ClosedMonths
  /** −½ of the χ² sum of each trial. */
  readonly logs: Float64Array
  readonly weighted: Weighted
}

/** The plan excludes its closed months. */
export class ExclusionError extends UsageError {}

/** @throws ExclusionError */
export async function agreementOf(year: ClosedYear, start: number, plan: Plan, seed: string, pace: Pace): Promise<Agreement> {
  const { p, logP } = await pace.through(tested(year))
  const compared = year.closed.degrees
  if (!(p.value < DOUBTFUL)) return { p, compared }
  pace.expect(plan.trials)
  const { month, field, words } = await pace.through(worstMonth(year, plan, seed))
  const worst = `${formatMonth(start + month)} disagrees most: ${words}`
  if (logP < log(EXCLUDED))
    throw new ExclusionError(
      `the plan excludes its closed months: fewer than 1 in 1,000,000 of its years are as far off (p = ${powerOfTen(logP)}). ${worst}. Give ${field} a wider range, set it to the new level if the level has shifted, or fit the plan to recent months with billcast calibrate`,
    )
  return {
    p,
    compared,
    doubt: `the plan may be wrong: fewer than 1 in 100 of its years have closed months as far off as these (p = ${Number((100 * p.value).toPrecision(2))}%). ${worst}. Consider a wider range for ${field}, a new value if the level has shifted, or billcast calibrate`,
  }
}

/** p, and its logarithm, which is finite where p itself would be 0. */
function* tested({ closed: { degrees }, logs, weighted }: ClosedYear): Steps<{ readonly p: Estimate; readonly logP: number }> {
  const tails = new Float64Array(logs.length)
  let best = -Infinity
  for (let i = 0; i < logs.length; i++) {
    if (i % STEP === 0) yield 0
    tails[i] = logChiSquareTail(-2 * logs[i], degrees)
    best = Math.max(best, tails[i])
  }
  yield 0
  // Weight and tail both fall with the distance of the months, so the best trial has the largest product.
  const { value } = weighted.mean((i) => exp(tails[i] - best))
  return { p: weighted.mean((i) => exp(tails[i])), logP: best + log(value) }
}

interface Worst {
  readonly month: number
  /** The driver that the month disagrees with. */
  readonly field: string
  readonly words: string
}

/** The closed month with the largest part in the sum of squares, on average. */
function* worstMonth({ model, closed: { months }, weighted }: ClosedYear, plan: Plan, seed: string): Steps<Worst> {
  const column = yield* sampled(
    model,
    plan,
    seed,
    months.flatMap(({ signals }) => signals.map(({ score }) => score)),
  )
  let worst = { month: 0, far: -Infinity, field: '', words: '' }
  for (const [month, { signals, form }] of months.entries()) {
    yield 0
    const columns = signals.map(({ score }) => column(score))
    const far = weighted.mean((i) =>
      distance(
        signals.map((_, k) => columns[k][i]),
        form,
      ),
    ).value
    if (far <= worst.far) continue
    const middles = columns.map((values) => weighted.mean((i) => values[i]).value)
    const stated = signals.flatMap(({ driver }, k) => (driver ? [{ ...driver, middle: middles[k] }] : []))
    const { field, words, middle } = stated.reduce((a, b) => (Math.abs(b.middle) > Math.abs(a.middle) ? b : a))
    const size = `${Math.abs(middle).toPrecision(2)} standard deviations ${middle < 0 ? 'below' : 'above'} the plan`
    worst = { month, far, field, words: `${words} ${size}` }
  }
  return worst
}

/** A logarithm as a power of ten, such as 1e-189. */
const powerOfTen = (natural: number): string => `1e${Math.ceil(natural / Math.LN10)}`
