// Compiles the expected volume of each month: base, growth, seasons and days, or the volumes of `monthly`.
import { atMonth, byMonth, type Staged, stageStarts } from '../contract/stages.ts'
import type { Bound, Value } from '../contract/operation.ts'
import { ScenarioError } from '../errors.ts'
import { calendarMonth, DAYS_A_MONTH, daysIn } from '../months.ts'
import { expm1, log1p, pow } from '../numerics/kernel/math.ts'
import type { Conversations } from '../scenario/resolved.ts'
import type { GrowthStep, LevelProgram } from './program.ts'

type Stated = Pick<Conversations, 'monthly' | 'seasonality' | 'days'>
type Drawn = Pick<Bound<Conversations>, 'base' | 'growth' | 'level'>
type Growth = { readonly value: Value; readonly per: 'month' | 'year' }

interface Calendar {
  readonly start: number
  readonly months: number
}

/** @param path of the conversations, for errors */
export function levelProgram(stated: Stated, drawn: Drawn, { start, months }: Calendar, path: string): LevelProgram {
  const season = stated.seasonality ?? new Array<number>(12).fill(1)
  const average = season.reduce((sum, factor) => sum + factor, 0) / 12
  if (!(average > 0)) throw new ScenarioError([{ path: `${path}.seasonality`, message: 'expected at least one factor above 0' }])
  // `level` scales the volumes of `monthly` as a base does, and never stands beside one.
  const base = (drawn.base ?? drawn.level) as Staged<Value> | undefined
  const growth = drawn.growth as Staged<Growth> | undefined
  const since = base === undefined ? new Array<number>(months).fill(0) : stageStarts(base, start, months)
  const length = (m: number) => (stated.days ? daysIn(start + m) / DAYS_A_MONTH : 1)
  const level = (from: number, m: number) =>
    certainGrowth(growth, start, from, m) * (stated.seasonality ? season[calendarMonth(start + m)] / average : 1) * length(m)
  const levels = Float64Array.from({ length: months }, (_, m) => stated.monthly?.[m] ?? level(since[m], m))
  const steps = growth === undefined ? [] : byMonth(growth, start, months).map(stepOf)
  return {
    levels,
    since,
    before: level(0, -1),
    ...(base !== undefined && { bases: byMonth(base, start, months) }),
    ...(steps.some((step) => step !== undefined) && { growths: steps }),
  }
}

const stepOf = ({ value, per }: Growth): GrowthStep | undefined =>
  typeof value === 'number' ? undefined : { input: value.input, yearly: per === 'year' }

/** The growth from month `from` to month m, as far as it is certain. The step to a month has the growth of that month. */
function certainGrowth(growth: Staged<Growth> | undefined, start: number, from: number, m: number): number {
  const counts = new Map<number, number>()
  const count = (month: number, steps: number) => {
    const stated = growth && atMonth(growth, start + month)
    if (!stated || typeof stated.value !== 'number') return
    const monthly = stated.per === 'year' ? expm1(log1p(stated.value) / 12) : stated.value
    counts.set(monthly, (counts.get(monthly) ?? 0) + steps)
  }
  for (let k = from + 1; k <= m; k++) count(k, 1)
  for (let k = from; k > m; k--) count(k, -1)
  return [...counts].reduce((factor, [monthly, steps]) => factor * pow(1 + monthly, steps), 1)
}
