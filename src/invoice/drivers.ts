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

interface StatedDrivers {
  readonly conversations?: readonly number[]
  readonly rate?: readonly number[]
}

/** The scenario's drivers by segment, with those in `stated` in place of its own, which a plan with segments does not take. */
export function driversOf(program: Program, offer: Pick<OfferProgram, 'segments'>, stated: StatedDrivers = {}): MonthlyDrivers[] {
  const { months, rates, sharedRate, actuals } = program
  const each = <T>(of: (m: number) => T): T[] => Array.from({ length: months }, (_, m) => of(m))
  const fractions = fractionsOf(program)
  return program.segments.map((segment, s): MonthlyDrivers => {
    const { served, involvement, rate } = offer.segments[s]
    const level = (m: number) => levelAt(segment, m) * (fractions?.[s][m] ?? 1)
    const tickets = each((m) => stated.conversations?.[m] ?? actuals?.volumes[m] ?? level(m))
    const involved = each((m) => (served ? tickets[m] * plainValue(involvement[m]) : 0))
    const course = rate === undefined ? undefined : rates[rate]
    // Closed months keep their actual rate, unless the caller states the usage.
    const resolved = sharedRate && rate === 0 && stated.conversations === undefined ? actuals?.resolved : undefined
    const known = (m: number) =>
      resolved?.[m] === undefined || involved[m] === 0 ? undefined : Math.min(1, resolved[m] / involved[m])
    return { tickets, involved, rate: each((m) => stated.rate?.[m] ?? known(m) ?? (course ? rateAt(course, m) : 0)) }
  })
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

function rateAt({ rates, since, ceiling: stated, offsets, improvements, approach }: RateProgram, m: number): number {
  const ceiling = plainValue(stated)
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
