// The figures of a report beyond the summary, as plain data that a file can keep and a worker can send.
import { curveOf } from '../../questions/budget/curve.ts'
import { singlePlanHolds } from '../../questions/budget/single-plan.ts'
import type { ShortfallParts } from '../../questions/budget/worst-trials.ts'
import type { PricesToAsk } from '../../questions/compare/asking.ts'
import type { Convergence } from '../../questions/compare/convergence.ts'
import type { Fifths, LeadCourse } from '../../questions/compare/courses.ts'
import type { DifferenceShortfall } from '../../questions/compare/difference.ts'
import { recommendedIn, type VerdictOptions } from '../../questions/compare/verdict.ts'
import type { NeedBand } from '../../questions/need.ts'
import type { Trials } from '../../questions/trials.ts'
import type { Densities } from '../../summary/densities.ts'
import type { Estimate, Summary } from '../../summary/summary.ts'

/** A point of an S-curve. The page does not need its standard error. */
export interface ChancePoint {
  readonly probability: number
  readonly amount: number
  readonly se?: number
}

/** An offer's S-curve and its marks. */
interface Curve {
  readonly points: readonly ChancePoint[]
  /** The share of trials in which the point estimate is enough. */
  readonly pointSuffices: Estimate
  readonly p80: Estimate
}

interface Driver {
  readonly input: string
  /** The rank correlation with the cost of the best offer. */
  readonly rank: Estimate
  /** The mean cost of the best offer in the fifth of the trials with the lowest values, and in that with the highest. Money. */
  readonly fifths?: readonly [low: number, high: number]
}

export interface Figures {
  readonly summary: Summary
  /** The offer that the verdict recommends. */
  readonly best: string
  /** By offer. The first answer to a slider has only the offer on view. */
  readonly curves: Readonly<Record<string, Curve>>
}

/** What an answer to a slider shows. */
export interface LiveFigures extends Pick<Figures, 'summary' | 'best'> {
  readonly curves: Readonly<Record<string, Pick<Curve, 'points'>>>
}

export interface FullFigures extends Figures {
  /** The best offer's budget at P80, month by month. */
  readonly months: readonly { readonly month: string; readonly amount: number }[]
  readonly densities: Densities
  readonly drivers: readonly Driver[]
  /** What follows is absent in a folder of an earlier version. */
  readonly bad?: BadYears
  /** Absent for a plan without the cost of people. */
  readonly saving?: Saving
  /** Heads that the contacts need, by month. Absent where nobody is on the payroll. */
  readonly need?: readonly NeedBand[]
  readonly moves?: Moves
  /** What would change the answer. */
  readonly changes?: Changes
  /** P80 of the best offer after more and more trials. Absent for a short run. */
  readonly convergence?: Convergence
}

/** How the inputs move the cost of the offers between which a verdict leaves the choice. */
export interface Moves {
  /** The recommended one first. */
  readonly offers: readonly string[]
  readonly inputs: readonly {
    readonly input: string
    /** For each of them. Money. */
    readonly fifths: readonly Fifths[]
  }[]
}

/** Along volume and rate, and by price. */
interface Changes {
  readonly courses: readonly LeadCourse[]
  readonly asking: readonly PricesToAsk[]
}

/** What the recommended offer saves against people who answer everything. Money. */
export interface Saving {
  readonly withoutAi: Estimate
  readonly p10: Estimate
  readonly p90: Estimate
  /** The month (1, 2 …) by which the savings have paid for the offer in half of all trials. Absent if fewer ever do. */
  readonly paid?: number
  /** The share of trials in which they do not within the horizon. */
  readonly never: Estimate
}

/** The worst trials of the best offer. */
export interface BadYears {
  readonly shortfall: ShortfallParts
  /** How much more than the runner-up it costs in the worst trials for the choice. Absent for a single offer. */
  readonly difference?: DifferenceShortfall
  /** P90 of each offer's regret. */
  readonly regret: Readonly<Record<string, Estimate>>
}

type Asked = Pick<VerdictOptions, 'clearAt'> & {
  /** The offers whose S-curves are needed. */
  readonly names?: readonly string[]
}

export function figuresOf(summary: Summary, trials: Trials, { names = trials.names, ...asked }: Asked = {}): Figures {
  const curves = names.map((name): [string, Curve] => {
    const pointSuffices = singlePlanHolds(trials, summary, name)
    const curve = curveOf(trials, summary, name)
    return [name, { points: curve.points(), pointSuffices, p80: curve.at(0.8) }]
  })
  return { summary, best: recommendedIn(summary, asked), curves: Object.fromEntries(curves) }
}

export function liveFiguresOf(summary: Summary, trials: Trials, asked: Pick<VerdictOptions, 'clearAt'>): LiveFigures {
  const curves = trials.names.map((name) => [name, { points: curveOf(trials, summary, name).points() }] as const)
  return { summary, best: recommendedIn(summary, asked), curves: Object.fromEntries(curves) }
}
