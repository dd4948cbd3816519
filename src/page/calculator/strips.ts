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

/** The range of each strip: rates that vendors state, and volumes around the plan's. */
function coursesOf({ rate, volume }: Form): readonly Course[] {
  return [
    ...(rate
      ? [{ key: 'rate', low: 30, high: 90, change: (value: number): FieldChange => [['resolution', 'rate'], `${value}%`] } as const]
      : []),
    ...(volume
      ? [
          {
            key: 'volume',
            low: Math.round(volume / 2),
            high: Math.round(volume * 1.5),
            change: (value: number): FieldChange => [['conversations', 'base'], Math.round(value)],
          } as const,
        ]
      : []),
  ]
}

export async function stripsOf(plan: string, reader: Reader, signal: AbortSignal): Promise<readonly Strip[]> {
  const form = formOf(plan)
  if (form.offers.length < 2) return []
  const found: Strip[] = []
  for (const { key, low, high, change } of coursesOf(form)) {
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
      const color = means.indexOf(first)
      const pale = second - first < SAME_COST * Math.abs(second)
      const place = (of: number) => points[k].at + (of / PIECES) * (points[k + 1].at - points[k].at)
      const last = parts[parts.length - 1]
      if (last?.color === color && last.pale === pale) parts[parts.length - 1] = { ...last, to: place(piece + 1) }
      else parts.push({ from: place(piece), to: place(piece + 1), color, pale, title: titles[color] })
    }
  return parts
}
