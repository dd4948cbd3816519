// Computes the figures of a report from the trials of a run.
import { expectedShortfallOf, regretP90 } from '../../questions/budget/asked.ts'
import { phasedOf } from '../../questions/budget/phased.ts'
import { shortfallPartsOf } from '../../questions/budget/worst-trials.ts'
import { askingOf } from '../../questions/compare/asking.ts'
import { convergenceOf, FEWEST_TO_CONVERGE } from '../../questions/compare/convergence.ts'
import { fifthsOf, leadCourses } from '../../questions/compare/courses.ts'
import { Difference } from '../../questions/compare/difference.ts'
import { hasPeople, savingsOf } from '../../questions/compare/savings.ts'
import { type VerdictOptions, verdictOf } from '../../questions/compare/verdict.ts'
import { needBandsOf } from '../../questions/need.ts'
import { rankCorrelation, ranksOf } from '../../questions/explain/ranks.ts'
import type { Trials } from '../../questions/trials.ts'
import { densitiesOf } from '../../summary/densities.ts'
import type { Summary } from '../../summary/summary.ts'
import { type BadYears, figuresOf, type FullFigures, type Saving } from './figures.ts'

/** The share of trials that counts as good enough. The others are bad years. */
const WORST = 0.95

export function fullFiguresOf(summary: Summary, trials: Trials, asked: Pick<VerdictOptions, 'clearAt'> = {}): FullFigures {
  const { names, starts } = trials
  // Densities and drivers use only the recorded trials.
  const recorded = trials.recordedCosts()
  const figures = figuresOf(summary, trials, asked)
  const { best, curves } = figures
  const ranks = ranksOf(recorded[trials.offer(best)])
  const offers = movedOffers(summary, best, asked)
  const costs = offers.map((name) => recorded[trials.offer(name)])
  const inputs = trials.drivers().flatMap((input) => {
    const values = trials.driver(input)
    const still = values.every((value) => value === values[0])
    if (still) return []
    return [{ input, rank: rankCorrelation(ranksOf(values), ranks, starts), fifths: fifthsOf(values, costs) }]
  })
  const drivers = inputs.map(({ input, rank, fifths }) => {
    const [own] = fifths ?? []
    return { input, rank, ...(own && { fifths: [own[0].value, own[1].value] as const }) }
  })
  const need = needBandsOf(trials, best)
  const phased = phasedOf(trials, best, 0.8, curves[best].p80, summary)
  return {
    ...figures,
    months: phased.months.map(({ month, amount }) => ({ month, amount })),
    densities: densitiesOf(new Map(names.map((name, k) => [name, recorded[k]]))),
    drivers: drivers.sort((a, b) => Math.abs(b.rank.value) - Math.abs(a.rank.value)),
    moves: { offers, inputs: inputs.flatMap(({ input, fifths }) => (fifths ? [{ input, fifths }] : [])) },
    bad: badYearsOf(summary, trials, best),
    ...(names.length > 1 && {
      changes: {
        courses: leadCourses(trials),
        asking: askingOf(trials, summary, asked.clearAt),
      },
    }),
    ...(need && { need }),
    ...(hasPeople(trials.scenario) && { saving: savingOf(summary, trials, best) }),
    ...(summary.trials >= FEWEST_TO_CONVERGE && { convergence: convergenceOf(trials, summary, 'p80', best) }),
  }
}

/** The most offers that a picture has columns for. */
const MOST_MOVED = 4

/** The recommended offer, and those that a toss-up names beside it. */
function movedOffers(summary: Summary, best: string, asked: Pick<VerdictOptions, 'clearAt'>): readonly string[] {
  const verdict = verdictOf(summary, asked)
  const named = verdict?.grade === 'toss-up' ? verdict.offers : []
  return [best, ...named.filter((name) => name !== best)].slice(0, MOST_MOVED)
}

function savingOf({ offers }: Summary, trials: Trials, best: string): Saving {
  const { withoutAi, savings, payback } = savingsOf(trials, best, offers[best])
  const { p10, p90 } = savings.percentiles
  const paid = payback.percentiles.p50
  return { withoutAi: withoutAi.mean, p10, p90, ...(paid !== undefined && { paid }), never: payback.never }
}

/** The offer other than the best one whose mean is the lowest. */
function runnerUp({ offers, comparison }: Summary, best: string): string | undefined {
  const mean = (name: string) => offers[name][comparison.measure].mean.value
  return Object.keys(offers)
    .filter((name) => name !== best)
    .reduce<string | undefined>((least, name) => (least === undefined || mean(name) < mean(least) ? name : least), undefined)
}

function badYearsOf(summary: Summary, trials: Trials, best: string): BadYears {
  const other = runnerUp(summary, best)
  return {
    shortfall: shortfallPartsOf(trials, best, WORST, expectedShortfallOf(trials, summary, best, WORST)),
    ...(other !== undefined && { difference: Difference.of(trials, summary, best, other).expectedShortfall(WORST) }),
    regret: Object.fromEntries(trials.names.map((name) => [name, regretP90(trials, name)])),
  }
}
