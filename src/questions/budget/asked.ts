// Figures of a finished run that callers name: expected shortfall at any level, the odds of staying within a share of the budget, and
// the distribution of regret.
import { UsageError } from '../../errors.ts'
import { estimateOf } from '../../numerics/estimators/figure.ts'
import { shareFigure, withinFigure } from '../../numerics/estimators/figures.ts'
import { percentileOf, shortfallOf } from '../../numerics/estimators/percentile.ts'
import type { Estimate, Summary } from '../../summary/summary.ts'
import { regretColumn } from '../../summary/statistics/regret.ts'
import type { Trials } from '../trials.ts'

/** The mean of the worst 1 − level of trials. A level that the summary states has the summary's figure. */
export function expectedShortfallOf(trials: Trials, { offers, comparison }: Summary, offer: string, level: number): Estimate {
  const stated = Object.entries(offers[offer][comparison.measure].expectedShortfall).map(([key, estimate]) => ({
    p: Number(key.slice(1)) / 100,
    estimate,
  }))
  const own = stated.find(({ p }) => Math.abs(p - level) < 1e-9)
  if (own) return own.estimate
  const { value, se } = shortfallOf(trials.cost(trials.offer(offer)).selectTail(level), level)
  const low = stated.filter(({ p }) => p < level).map(({ estimate }) => estimate.value)
  const high = stated.filter(({ p }) => p > level).map(({ estimate }) => estimate.value)
  return { value: Math.max(...low, Math.min(...high, value)), se }
}

/** The probability that an offer stays within a share of the scenario's budget. */
export function withinBudgetOf(trials: Trials, offer: string, share: unknown): Estimate {
  const { budget } = trials.scenario
  if (!budget)
    throw new UsageError(
      'the scenario states no budget: expected one such as budget: { offer: fin, amount: $480k, confidence: 80% } in it',
    )
  if (typeof share !== 'number' || !(share > 0 && share < Infinity))
    throw new UsageError(`share: expected a share of the budget above 0 such as 1.1, got ${String(share)}`)
  return estimateOf(withinFigure(trials.cost(trials.offer(offer)), share * budget.amount))
}

const PERCENTS = [50, 75, 80, 90, 95, 99] as const
const TAILS = [90, 95] as const

/** What an offer costs above the cheapest of the same trial. Money. */
export interface Regret {
  readonly offer: string
  /** The probability that no other offer is cheaper. */
  readonly none: Estimate
  readonly mean: Estimate
  readonly percentiles: Readonly<Record<`p${(typeof PERCENTS)[number]}`, Estimate>>
  /** Mean regret of the trials in which it is largest. */
  readonly expectedShortfall: Readonly<Record<`p${(typeof TAILS)[number]}`, Estimate>>
}

/** The distribution of regret, read from the kept trials when it is asked for: it costs the run nothing. */
export function regretOf(trials: Trials, { comparison }: Summary, offer: string): Regret {
  const place = trials.offer(offer)
  const own = trials.cost(place)
  const column = regretColumn({ own, all: () => trials.names.map((_, k) => trials.cost(k).values) })
  const sample = column.select(PERCENTS.map((percent) => percent / 100))
  const percentiles = PERCENTS.map((percent) => {
    const { value, se } = percentileOf(sample, percent / 100)
    return [`p${percent}`, { value, se }] as const
  })
  const tails = TAILS.map((percent) => [`p${percent}`, shortfallOf(column.selectTail(percent / 100), percent / 100)] as const)
  return {
    offer,
    none: estimateOf(shareFigure(column.design, (i) => (column.values[i] === 0 ? 1 : 0))),
    mean: comparison.regret[offer],
    percentiles: Object.fromEntries(percentiles) as Regret['percentiles'],
    expectedShortfall: Object.fromEntries(tails) as Regret['expectedShortfall'],
  }
}
