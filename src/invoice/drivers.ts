// The drivers of a scenario without uncertainty: one number each per month.
import type { Value } from '../contract/operation.ts'
import { exp, expm1, log1p, pow } from '../numerics/kernel/math.ts'
import type { ImprovementStep, OfferProgram, Program, RateProgram, SegmentProgram } from '../compile/program.ts'

/** Of one segment, for each month: all conversations, those the AI takes part in, and the share that it resolves. */
export interface MonthlyDrivers {
  readonly tickets: readonly number[]
  readonly involved: readonly number[]
  readonly rate: readonly number[]
}

/** A value of a program without uncertain inputs. */
export function plainValue(value: Value): number {
  if (typeof value !== 'number') throw new Error('an invoice needs values without uncertainty')
  return value
}

/** By segment and month. A segment that is undefined has the plan's. */
export interface StatedDrivers {
  readonly conversations?: readonly (readonly number[] | undefined)[]
  readonly rate?: readonly (readonly number[] | undefined)[]
}

/** The scenario's drivers by segment, with those in `stated` in place of its own. */
export function driversOf(program: Program, offer: Pick<OfferProgram, 'segments'>, stated: StatedDrivers = {}): MonthlyDrivers[] {
  const { months, rates } = program
  const each = <T>(of: (m: number) => T): T[] => Array.from({ length: months }, (_, m) => of(m))
  const volumes = expectedVolumes(program)
  const resolved = resolvedOf(program, volumes)
  return program.segments.map((segment, s): MonthlyDrivers => {
    const { served, involvement, rate } = offer.segments[s]
    const tickets = each((m) => stated.conversations?.[s]?.[m] ?? volumes[s][m])
    const involved = each((m) => (served ? tickets[m] * plainValue(involvement[m]) : 0))
    const course = rate === undefined ? undefined : rates[rate]
    // Closed months keep their actual rate, unless the caller states the usage.
    const inherited = program.actuals?.offer === undefined && rate === segment.rate
    const actual = inherited && stated.conversations?.[s] === undefined ? resolved[s] : undefined
    const known = (m: number) => (actual?.[m] === undefined || involved[m] === 0 ? undefined : Math.min(1, actual[m] / involved[m]))
    return { tickets, involved, rate: each((m) => stated.rate?.[s]?.[m] ?? known(m) ?? (course ? rateAt(course, m) : 0)) }
  })
}

/** By segment and month. Closed months have their actual volumes, in which segments keep their expected parts of a total. */
export function expectedVolumes(program: Program): number[][] {
  const { months, actuals, segments } = program
  const fractions = fractionsOf(program)
  const levels = segments.map((segment, s) =>
    Array.from({ length: months }, (_, m) => levelAt(segment, m) * (fractions?.[s][m] ?? 1)),
  )
  const total = (m: number) => levels.reduce((sum, own) => sum + own[m], 0)
  return levels.map((own, s) =>
    own.map((level, m) => {
      const known = actuals?.segments?.[s].volumes[m]
      const all = actuals?.volumes[m]
      if (known !== undefined || all === undefined) return known ?? level
      return segments.length === 1 ? all : (all * level) / total(m)
    }),
  )
}

/** Resolutions of closed months by segment. Segments keep their expected parts of a total. */
function resolvedOf(
  { actuals, segments, rates }: Program,
  volumes: readonly (readonly number[])[],
): (readonly number[] | undefined)[] {
  if (actuals?.segments) return actuals.segments.map(({ resolved }) => resolved)
  const totals = actuals?.resolved
  if (totals === undefined) return []
  if (segments.length === 1) return [totals]
  const expected = segments.map(({ rate, involvement }, s) =>
    totals.map((_, m) => (rate === undefined ? 0 : volumes[s][m] * plainValue(involvement[m]) * rateAt(rates[rate], m))),
  )
  return expected.map((own) =>
    totals.map((number, m) => {
      const all = expected.reduce((sum, other) => sum + other[m], 0)
      return all === 0 ? 0 : (number * own[m]) / all
    }),
  )
}

const levelAt = ({ level: { levels, bases } }: SegmentProgram, m: number): number =>
  (bases === undefined ? 1 : plainValue(bases[m])) * levels[m]

/** Shares of the plan's volume, divided by their sum. */
function fractionsOf({ segments, months }: Program): number[][] | undefined {
  const shares = segments.flatMap(({ shares: own }) => (own ? [own.map(plainValue)] : []))
  if (shares.length === 0) return undefined
  const sums = Array.from({ length: months }, (_, m) => shares.reduce((sum, own) => sum + own[m], 0))
  return shares.map((own) => own.map((share, m) => share / sums[m]))
}

/** Equal steps of consecutive months: how many there are since the stage of the rate began. */
type Steps = ReadonlyMap<number, number>

function stepsTo(m: number, improvements: readonly ImprovementStep[], from: number): Steps {
  const counts = new Map<number, number>()
  for (let k = from + 1; k <= m; k++) {
    const { kind, per, value } = improvements[k]
    const stepped = plainValue(value)
    const step = per === 'month' ? stepped : kind === 'points' ? stepped / 12 : expm1(log1p(stepped) / 12)
    counts.set(step, (counts.get(step) ?? 0) + 1)
  }
  return counts
}

function rateAt({ rates, since, ceilings, offsets, improvements, approach }: RateProgram, m: number): number {
  const ceiling = plainValue(ceilings[m])
  const start = Math.min(plainValue(rates[m]), ceiling)
  const shift = offsets === undefined ? 0 : plainValue(offsets[m])
  return Math.min(1, Math.max(0, trend() + shift))

  function trend(): number {
    if (!improvements) return start
    const [{ kind }] = improvements
    const steps = [...stepsTo(m, improvements, since[m])]
    if (approach === 'saturating') {
      const gap = ceiling - start
      const points = steps.reduce((sum, [step, count]) => sum + (kind === 'points' ? step : step * start) * count, 0)
      return gap > 0 ? ceiling - gap * exp(-points / gap) : ceiling
    }
    if (kind === 'points') return Math.min(ceiling, start + steps.reduce((sum, [step, count]) => sum + step * count, 0))
    return Math.min(ceiling, start * steps.reduce((factor, [step, count]) => factor * pow(1 + step, count), 1))
  }
}
