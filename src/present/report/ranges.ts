// The picture of the first screen as data: one bar per offer from P5 to P95, with the median and P80, sorted by P80.
import { isWithinScale } from '../charts/beyond.ts'
import { capitalMeasure, colorPlace } from '../charts/theme.ts'
import { spanWords, trialsWord } from '../../months.ts'
import { amountsOf } from '../../questions/compare/rounding.ts'
import { capital, outOf100Words } from '../../questions/compare/verdict-words.ts'
import { shortTitles, type Verdict } from '../../questions/compare/verdict.ts'
import type { Summary } from '../../summary/summary.ts'
import type { TableData } from './pieces.ts'

const TICKS = 5

/** Percentiles in the order of a bar. */
const MARKS = ['p5', 'p50', 'p80', 'p95'] as const
type Mark = (typeof MARKS)[number]

export interface RangeRow {
  readonly offer: string
  readonly title: string
  /** The offer's place in the plan, which gives its color. Absent for a gray one, which is neither recommended nor tied. */
  readonly color?: number
  readonly recommended: boolean
  /** Places of the marks on the scale, from 0 to 1. Absent for an offer beyond the scale. */
  readonly places?: Readonly<Record<Mark, number>>
  readonly p80: string
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
  readonly at: Readonly<Record<Mark, number>>
}

/**
 * Nothing for a run with too few trials for these percentiles.
 * @param held the scale of an earlier answer on the same offers, whose order and axis stay
 */
export function rangesOf(
  summary: Summary,
  verdict: Verdict,
  titles: Readonly<Record<string, string>>,
  held?: BarScale,
): Ranges | undefined {
  const { offers, comparison, currency, months } = summary
  const names = Object.keys(offers)
  const bars = names.flatMap((offer): Bar[] => {
    const { mean, percentiles } = offers[offer][comparison.measure]
    const [p5, p50, p80, p95] = MARKS.map((mark) => percentiles[mark]?.value)
    if (p5 === undefined || p50 === undefined || p80 === undefined || p95 === undefined) return []
    return [{ offer, mean: mean.value, at: { p5, p50, p80, p95 } }]
  })
  if (bars.length < names.length) return undefined
  bars.sort((a, b) => a.at.p80 - b.at.p80)
  const title = (rows: readonly RangeRow[]) => titleOf([...rows].sort((a, b) => placeOf(bars, a) - placeOf(bars, b)))
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
      ...{ p80: money.text(at.p80), mean: money.text(mean), odds },
      ...(color !== undefined && { color }),
      ...(within.includes(offer) && {
        places: { p5: place(at.p5), p50: place(at.p50), p80: place(at.p80), p95: place(at.p95) },
      }),
    }
  })
  const trials = trialsWord(months.length)
  const isCertain = bars.every(({ at }) => at.p5 === at.p95)
  return {
    title: title(rows),
    subtitle: `${capitalMeasure(summary)}, ${spanWords(months)}, ${currency}. ${
      isCertain
        ? `Each cost is the same in all ${trials}.`
        : `Bars hold 90 of 100 ${trials} (P5 to P95). The gap marks the median, the line P80.`
    }`,
    ...{ rows, trials, scale },
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

/** Names the smallest budget, unless others round to the same. */
function titleOf([first, ...others]: readonly RangeRow[]): string {
  if (others.length === 0) return `${first.title} needs a budget of ${first.p80} (P80)`
  const same = others.filter(({ p80 }) => p80 === first.p80)
  if (same.length === 0) return `${first.title} needs the smallest budget: ${first.p80} (P80)`
  return `${[first, ...same].map(({ title }) => title).join(' and ')} need the smallest budget: ${first.p80} (P80)`
}

const placeOf = (bars: readonly Bar[], row: RangeRow): number => bars.findIndex(({ offer }) => offer === row.offer)

/** A scale with round ends around all bars that fit one. @param all sorted by P80 */
function scaleOf(all: readonly Bar[]): BarScale {
  const bars = all.filter(({ at }) => isWithinScale(at.p80, all[0].at.p80))
  const names = (some: readonly Bar[]) => some.map(({ offer }) => offer)
  const least = Math.min(...bars.map(({ at }) => at.p5))
  const most = Math.max(...bars.map(({ at }) => at.p95))
  const width = most - least > 0 ? most - least : Math.max(1, Math.abs(most) / 10)
  const step = roundStep(width / (TICKS - 1))
  const first = Math.floor(least / step)
  const last = Math.max(first + 1, Math.ceil(most / step))
  const ticks = Array.from({ length: last - first + 1 }, (_, k) => (first + k) * step)
  return { order: names(all), within: names(bars), low: ticks[0], high: ticks[ticks.length - 1], ticks }
}

/** The next of 1, 2, 2.5, 5 and 10 times a power of ten. */
function roundStep(least: number): number {
  const power = Number(`1e${least.toExponential().split('e')[1]}`)
  return power * ([1, 2, 2.5, 5].find((digit) => digit * power >= least) ?? 10)
}
