// The answer beside a report's sliders: the verdict, the bars, each offer's figures with their change, and its S-curve.
import type { Estimate, Summary } from '../../summary/summary.ts'
import { trialsWord } from '../../months.ts'
import { formatWhole } from '../../notation/money.ts'
import { type Amounts, amountsOf } from '../../questions/compare/rounding.ts'
import { capital, outOf100Words } from '../../questions/compare/verdict-words.ts'
import { shortTitles, type VerdictOptions, verdictOf } from '../../questions/compare/verdict.ts'
import { colorPlace } from '../charts/theme.ts'
import type { ChancePoint, LiveFigures } from './figures.ts'
import { rangesOf } from './ranges.ts'
import { rangesHtml } from './ranges-html.ts'

/** A figure of an offer as text, how much it changed, and what it is exactly. */
export interface LiveFigure {
  readonly text: string
  /** Such as "+$12,000". Empty for no change, and before anything changed. */
  readonly change: string
  readonly exact: Estimate
}

export interface LiveOffer {
  readonly name: string
  readonly title: string
  /** Place in the plan, which gives the color. Absent for a gray one. */
  readonly color?: number
  readonly mean: LiveFigure
  /** Absent for a run with too few trials. */
  readonly p80?: LiveFigure
  /** Out of 100. */
  readonly odds: LiveFigure
  /** The offer's S-curve. */
  readonly points: readonly ChancePoint[]
}

export interface LiveAnswer {
  /** The verdict. Empty for a run that has none. */
  readonly sentences: readonly string[]
  /** The bars as HTML. */
  readonly bars: string
  readonly offers: readonly LiveOffer[]
  /** The offer that the verdict names first. */
  readonly best: string
  readonly years: string
  readonly currency: string
}

/** @param before the summary of the plan as it is, from which the changes count */
export function liveAnswerOf({ summary, best, curves }: LiveFigures, options: VerdictOptions, before?: Summary): LiveAnswer {
  const { offers, comparison, currency, months } = summary
  const { measure, cheapest } = comparison
  const { titles = {} } = options
  const verdict = verdictOf(summary, options)
  const ranges = verdict && rangesOf(summary, verdict, titles)
  const names = Object.keys(offers)
  const short = shortTitles(names, titles)
  const { whole } = amountsOf(summary)
  return {
    sentences: verdict?.sentences ?? [],
    bars: ranges ? rangesHtml(ranges, ', with the sliders') : '',
    offers: names.map((name): LiveOffer => {
      const color = colorPlace(names, name, best)
      const [cost, was] = [offers[name][measure], before?.offers[name][measure]]
      const { p80 } = cost.percentiles
      return {
        ...{ name, title: capital(short[name]) },
        ...(color !== undefined && { color }),
        mean: amount(cost.mean, was?.mean, whole, currency),
        ...(p80 && { p80: amount(p80, was?.percentiles.p80, whole, currency) }),
        odds: {
          text: verdict ? outOf100Words(verdict.odds[name], cheapest[name].value) : String(Math.round(100 * cheapest[name].value)),
          change: oddsChange(cheapest[name], before?.comparison.cheapest[name]),
          exact: cheapest[name],
        },
        points: Object.hasOwn(curves, name) ? curves[name].points : [],
      }
    }),
    ...{ best, currency, years: trialsWord(months.length) },
  }
}

/** The change is that of the amounts as they are rounded, or "slightly" more or less if they round to the same. */
function amount(now: Estimate, was: Estimate | undefined, { round, text, step }: Amounts, currency: string): LiveFigure {
  const change = was === undefined ? 0 : now.value - was.value
  const rounded = was === undefined ? 0 : round(now.value) - round(was.value)
  const words =
    change === 0 || was === undefined
      ? ''
      : rounded === 0
        ? `${change > 0 ? 'up' : 'down'} by less than ${formatWhole(step, currency)}`
        : `${rounded > 0 ? '+' : '−'}${formatWhole(Math.abs(rounded), currency)}`
  return { text: text(now.value), change: words, exact: now }
}

function oddsChange(now: Estimate, was: Estimate | undefined): string {
  if (was === undefined || now.value === was.value) return ''
  const points = Math.round(100 * (now.value - was.value))
  return points === 0 ? '' : `${points > 0 ? '+' : '−'}${Math.abs(points)}`
}

/**
 * The figures of the report, moved by the difference of two runs on the same trials: the changed plan's and the plan's own. An offer that the
 * change does not touch keeps its figures to the last digit, which a run with other trials than the report's would not leave it.
 */
export function movedFigures(report: LiveFigures, own: LiveFigures, changed: LiveFigures): LiveFigures {
  const summary = movedSummary(report.summary, own.summary, changed.summary)
  const curves = Object.entries(changed.curves).map(([name, curve]) => {
    const points = curve.points.map((point, k) => ({
      ...point,
      amount: report.curves[name].points[k].amount + (point.amount - own.curves[name].points[k].amount),
    }))
    return [name, { ...curve, points }] as const
  })
  return { summary, best: changed.best, curves: Object.fromEntries(curves) }
}

/** Moves the figures of a report's summary by the difference between two other summaries. */
export function movedSummary(report: Summary, before: Summary, after: Summary): Summary {
  const { measure, cheapest } = report.comparison
  const offers = Object.entries(after.offers).map(([name, offer]) => {
    const [stated, from, to] = [report.offers[name][measure], before.offers[name][measure], offer[measure]]
    const cost = {
      ...to,
      mean: shifted(stated.mean, from.mean, to.mean),
      percentiles: eachShifted(stated.percentiles, from.percentiles, to.percentiles),
      expectedShortfall: eachShifted(stated.expectedShortfall, from.expectedShortfall, to.expectedShortfall),
    }
    return [name, { ...offer, [measure]: cost }] as const
  })
  const odds = eachShifted(cheapest, before.comparison.cheapest, after.comparison.cheapest)
  return { ...after, offers: Object.fromEntries(offers), comparison: { ...after.comparison, cheapest: shares(odds) } }
}

const shifted = (stated: Estimate, from: Estimate, to: Estimate): Estimate => ({
  value: stated.value + (to.value - from.value),
  se: to.se,
})

type Some = Readonly<Record<string, Estimate | undefined>>

/** Figures that all three have. */
function eachShifted<T extends Some>(stated: T, before: Some, after: Some): T {
  const found = Object.entries(stated).flatMap(([key, own]) => {
    const [from, to] = [before[key], after[key]]
    return own && from && to ? [[key, shifted(own, from, to)] as const] : []
  })
  return Object.fromEntries(found) as unknown as T
}

/** A difference can leave a share a little below 0 or above 1. */
const shares = (all: Readonly<Record<string, Estimate>>): Readonly<Record<string, Estimate>> =>
  Object.fromEntries(Object.entries(all).map(([name, { value, se }]) => [name, { value: Math.min(1, Math.max(0, value)), se }]))
