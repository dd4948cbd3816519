// Which offer is the cheapest on average, as the rate or the volume changes and all else stays: the plan runs at points of each, on the same
// trials, and lines between the points give the places where the lead changes.
import { runScenario } from '../../api/run.ts'
import { titlesOf } from '../../api/titles.ts'
import { SAME_COST } from '../../questions/compare/grades.ts'
import { capital } from '../../questions/compare/verdict-words.ts'
import { shortTitles } from '../../questions/compare/verdict.ts'
import { inlineExecutor } from '../../run/executor.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import { type FieldChange, changedPlan, type Form, formOf } from './plan.ts'
import type { Strip } from './protocol.ts'
import { secondDigitOf } from './second-digit.ts'
import { volumePlaceOf } from './volume-place.ts'

const POINTS = 11
/** Pieces of a strip between two points. */
const PIECES = 20
const TRIALS = { trials: 2_048, preintegration: false, pairs: 'none', monthly: false } as const

interface Course {
  readonly key: Strip['key']
  readonly low: number
  readonly high: number
  readonly change: (value: number) => FieldChange
}

type Limits = readonly [low: number, high: number]

/** Rates that vendors state, and more around a rate beyond them. */
function rateLimits([low, high]: Limits): Limits {
  const mean = (low + high) / 2
  return [Math.max(1, Math.min(30, Math.floor(mean / 10) * 10 - 10)), Math.min(99, Math.max(90, Math.ceil(mean / 10) * 10 + 10))]
}

/**
 * Volumes around the plan's, in round numbers. The limits on view widen where the plan comes near them, so that the axis moves seldom. A volume
 * far beyond them has limits of its own.
 */
export function volumeLimits(volume: number, before?: Limits): Limits {
  const step = secondDigitOf(volume / 2)
  const own: Limits = [Math.max(1, Math.floor(volume / 2 / step) * step), Math.ceil((1.5 * volume) / step) * step]
  if (!before || volume < before[0] / 2 || volume > 2 * before[1]) return own
  const margin = (before[1] - before[0]) / 10
  return [
    volume < before[0] + margin ? Math.min(own[0], before[0]) : before[0],
    volume > before[1] - margin ? Math.max(own[1], before[1]) : before[1],
  ]
}

/** The limits of a factor, which are those of a number of conversations to a hundredth. */
function levelLimits(level: number, before: Limits | undefined): Limits {
  const inHundredths = before && ([100 * before[0], 100 * before[1]] as const)
  const [low, high] = volumeLimits(100 * level, inHundredths)
  return [low / 100, high / 100]
}

/** The range of each strip. */
function coursesOf(form: Form, before: Limits | undefined): readonly Course[] {
  const { rate } = form
  const [lowRate, highRate] = rateLimits(rate ?? [60, 60])
  const volume = volumePlaceOf(form)
  const limits = volume?.key === 'level' ? levelLimits : volumeLimits
  const [low, high] = limits(volume?.value ?? 1, before)
  return [
    ...(rate
      ? [
          {
            key: 'rate',
            low: lowRate,
            high: highRate,
            change: (value: number): FieldChange => [['resolution', 'rate'], `${value}%`],
          } as const,
        ]
      : []),
    ...(volume ? [{ key: volume.key, low, high, change: volume.change }] : []),
  ]
}

/** @param before the limits of the volume on view */
export async function stripsOf(plan: string, reader: Reader, signal: AbortSignal, before?: Limits): Promise<readonly Strip[]> {
  const form = formOf(plan)
  if (form.offers.length < 2) return []
  const found: Strip[] = []
  for (const { key, low, high, change } of coursesOf(form, before)) {
    const points: { readonly at: number; readonly means: readonly number[] }[] = []
    let titles: readonly string[] = []
    for (let k = 0; k < POINTS; k++) {
      const at = low + ((high - low) * k) / (POINTS - 1)
      const text = changedPlan(plan, [change(at)])
      const { summary, scenario } = await runScenario(text, { signal, ...TRIALS }, { executor: () => inlineExecutor, reader })
      const names = Object.keys(summary.offers)
      const short = shortTitles(names, titlesOf(scenario))
      titles = names.map((name) => capital(short[name]))
      points.push({ at, means: names.map((name) => summary.offers[name][summary.comparison.measure].mean.value) })
    }
    found.push({ key, low, high, parts: partsOf(points, titles) })
  }
  return found
}

/** Joins neighboring pieces with the same leader. */
function partsOf(
  points: readonly { readonly at: number; readonly means: readonly number[] }[],
  titles: readonly string[],
): Strip['parts'] {
  const parts: Strip['parts'][number][] = []
  for (let k = 0; k + 1 < points.length; k++)
    for (let piece = 0; piece < PIECES; piece++) {
      const share = (piece + 0.5) / PIECES
      const means = points[k].means.map((mean, offer) => mean + share * (points[k + 1].means[offer] - mean))
      const [first, second] = [...means].sort((a, b) => a - b)
      const leader = means.indexOf(first)
      const pale = second - first < SAME_COST * Math.abs(second)
      const at = (of: number) => points[k].at + (of / PIECES) * (points[k + 1].at - points[k].at)
      const last = parts[parts.length - 1]
      if (last?.place === leader && last.pale === pale) parts[parts.length - 1] = { ...last, to: at(piece + 1) }
      else parts.push({ from: at(piece), to: at(piece + 1), place: leader, pale, title: titles[leader] })
    }
  return parts
}
