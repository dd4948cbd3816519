// The picture of the first screen as data: one bar per offer from P5 to P95, with the median and P80, sorted by P80.
import { isWithinScale } from '../charts/beyond.ts'
import { capitalMeasure, colorPlace } from '../charts/theme.ts'
import { spanWords, trialsWord } from '../../months.ts'
import { amountsOf } from '../../questions/compare/rounding.ts'
import { capital, outOf100Words, smallestBudgetWords } from '../../questions/compare/verdict-words.ts'
import { shortTitles, type Verdict } from '../../questions/compare/verdict.ts'
import { SAME_COST } from '../../questions/compare/grades.ts'
import type { Estimate, Summary } from '../../summary/summary.ts'
import type { TableData } from './pieces.ts'
import { roundTicks } from './round-scale.ts'

/** Percentiles in the order of a bar. */
const MARKS = ['p5', 'p50', 'p80', 'p95'] as const
type Mark = (typeof MARKS)[number]

export interface RangeRow {
  readonly offer: string
  readonly title: string
  /** What it charges, in a few words. */
  readonly about?: string
  /** The offer's place in the plan, which gives its color. Absent for a gray one, which is neither recommended nor tied. */
  readonly color?: number
  readonly recommended: boolean
  /** Places of the marks on the scale, from 0 to 1. Absent for an offer beyond the scale. */
  readonly places?: Readonly<Record<Mark, number>>
  readonly p5: string
  readonly p80: string
  readonly p95: string
  readonly mean: string
  /** Out of 100, in words. */
  readonly odds: string
}

/** The order of the bars, their axis in money, and the offers that it has room for. Bars that follow a slider keep it until the slider rests. */
export interface BarScale {
  readonly order: readonly string[]
  readonly within: readonly string[]
  readonly low: number
  readonly high: number
  readonly ticks: readonly number[]
}

export interface Ranges {
  readonly title: string
  readonly subtitle: string
  readonly rows: readonly RangeRow[]
  /** The heading above the bars of tied offers, and above those that cost more. Only where each stand together. */
  readonly groups?: { readonly tied: readonly string[]; readonly heading: string; readonly next: string }
  /** The heading above offers that the scale has no room for. */
  readonly beyond: string
  readonly ticks: readonly { readonly text: string; readonly place: number }[]
  /** "simulated years", or "trials" for another horizon. */
  readonly trials: string
  readonly scale: BarScale
  /** The figures behind the bars. */
  readonly table: TableData
}

interface Bar {
  readonly offer: string
  readonly mean: number
  /** P80 with its error. */
  readonly budget: Estimate
  readonly at: Readonly<Record<Mark, number>>
}

interface RangeOptions {
  /** The scale of an earlier answer on the same offers, whose order and axis stay. */
  readonly held?: BarScale | undefined
  /** Few words about offers, for a page at rest: its bars stand in groups too. */
  readonly about?: Readonly<Record<string, string>>
}

/** Nothing for a run with too few trials for these percentiles. */
export function rangesOf(
  summary: Summary,
  verdict: Verdict,
  titles: Readonly<Record<string, string>>,
  { held, about }: RangeOptions = {},
): Ranges | undefined {
  const { offers, comparison, currency, months } = summary
  const names = Object.keys(offers)
  const bars = names.flatMap((offer): Bar[] => {
    const { mean, percentiles } = offers[offer][comparison.measure]
    const [p5, p50, p80, p95] = MARKS.map((mark) => percentiles[mark]?.value)
    if (p5 === undefined || p50 === undefined || p80 === undefined || p95 === undefined) return []
    return [{ offer, mean: mean.value, budget: percentiles.p80 ?? mean, at: { p5, p50, p80, p95 } }]
  })
  if (bars.length < names.length) return undefined
  bars.sort((a, b) => a.at.p80 - b.at.p80)
  const scale = held ?? scaleOf(bars)
  const { low, high, ticks, within, order } = scale
  const shown = held ? [...bars].sort((a, b) => order.indexOf(a.offer) - order.indexOf(b.offer)) : bars
  const money = amountsOf(summary).whole
  const place = (amount: number) => Math.min(1, Math.max(0, (amount - low) / (high - low)))
  const short = shortTitles(names, titles)
  const rows = shown.map(({ offer, mean, at }): RangeRow => {
    const odds = outOf100Words(verdict.odds[offer], comparison.cheapest[offer].value)
    const told = verdict.offer === offer || verdict.offers.includes(offer)
    const color = told ? colorPlace(names, offer, verdict.offer) : undefined
    return {
      ...{ offer, title: capital(short[offer]), recommended: verdict.offer === offer },
      ...{ p5: money.text(at.p5), p80: money.text(at.p80), p95: money.text(at.p95), mean: money.text(mean), odds },
      ...(color !== undefined && { color }),
      ...(about && Object.hasOwn(about, offer) && { about: about[offer] }),
      ...(within.includes(offer) && {
        places: { p5: place(at.p5), p50: place(at.p50), p80: place(at.p80), p95: place(at.p95) },
      }),
    }
  })
  const trials = trialsWord(months.length)
  const isCertain = bars.every(({ at }) => at.p5 === at.p95)
  return {
    title: smallestBudgetWords(
      bars.map(({ offer, budget }) => ({ title: short[offer], p80: budget })),
      money.text,
    ),
    subtitle: `${capitalMeasure(summary)}, ${spanWords(months)}, ${currency}. ${
      isCertain
        ? `Each cost is the same in all ${trials}.`
        : `Bars hold 90 of 100 ${trials} (P5 to P95). The gap marks the median, the line P80.`
    }`,
    ...{ rows, trials, scale },
    ...(about && groupsOf(verdict, bars, within)),
    beyond: beyondWords(bars, within),
    ticks: ticks.map((amount) => ({ text: money.text(amount), place: place(amount) })),
    table: {
      caption: `Budgets by confidence, average cost, and how many of 100 ${trials} each offer is the cheapest in`,
      head: ['Offer', 'P5', 'Median', 'P80', 'P95', 'Average', 'Cheapest in'],
      rows: shown.map(({ at }, k) => [
        rows[k].title,
        ...MARKS.map((mark) => money.text(at[mark])),
        rows[k].mean,
        `${rows[k].odds} of 100`,
      ]),
    },
  }
}

/** Groups of a toss-up on the average, if the tied offers also need the smallest budgets. */
function groupsOf({ grade, offers }: Verdict, bars: readonly Bar[], within: readonly string[]): Pick<Ranges, 'groups'> {
  const lowest = Math.min(...bars.map(({ mean }) => mean))
  const tied = bars.filter(({ mean }) => mean <= lowest + SAME_COST * Math.abs(lowest)).map(({ offer }) => offer)
  const isTogether = tied.every((offer, k) => bars[k].offer === offer && offers.includes(offer) && within.includes(offer))
  if (grade !== 'toss-up' || tied.length < 2 || bars.length === tied.length || !isTogether) return {}
  return { groups: { tied, heading: 'Same average cost: within 1%', next: 'Higher average cost' } }
}

const TIMES = ['', '', 'twice', 'three times', 'four times', 'five times', 'six times', 'seven times', 'eight times', 'nine times']

/** How much more the offers cost that the scale has no room for. */
function beyondWords(bars: readonly Bar[], within: readonly string[]): string {
  const least = Math.min(...bars.map(({ mean }) => mean))
  const times = bars.filter(({ offer }) => !within.includes(offer)).map(({ mean }) => Math.round(mean / least))
  const [low, high] = [Math.min(...times), Math.max(...times)]
  const word = low === high && least > 0 ? TIMES[low] : undefined
  return word ? `About ${word} the cost: off this scale` : 'More than twice the lowest budget: off this scale'
}

/** A scale with round ends around all bars that fit one. @param all sorted by P80 */
function scaleOf(all: readonly Bar[]): BarScale {
  const bars = all.filter(({ at }) => isWithinScale(at.p80, all[0].at.p80))
  const names = (some: readonly Bar[]) => some.map(({ offer }) => offer)
  const least = Math.min(...bars.map(({ at }) => at.p5))
  const most = Math.max(...bars.map(({ at }) => at.p95))
  const ticks = roundTicks(least, most)
  return { order: names(all), within: names(bars), low: ticks[0], high: ticks[ticks.length - 1], ticks }
}
