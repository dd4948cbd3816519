// Compiles people: what a contact costs, or pools of heads on the payroll.
import { byMonth, type Staged } from '../contract/stages.ts'
import type { Bound, Period, Value } from '../contract/operation.ts'
import type { PriceTable } from '../contract/prices.ts'
import { MONTHS } from '../contract/spans.ts'
import { type Arithmetic, capacityOf, monthlyAttrition, type Pool } from '../contract/staffing.ts'
import type { ResolvedHuman, ResolvedScenario, ResolvedStaff } from '../scenario/resolved.ts'
import type { HumanProgram, SegmentProgram, StaffProgram } from './program.ts'
import { typicalTickets } from './typical.ts'

/** A pool as the plan states it. */
interface StatedPool {
  readonly staff: Bound<ResolvedStaff>
  readonly segments: { readonly segment: number; readonly minutes: readonly Value[] }[]
}

export interface StatedPeople {
  /** By segment of the program. */
  readonly humans: readonly (HumanProgram | undefined)[]
  readonly pools: readonly StatedPool[]
}

/** A segment's own cost or staff takes the place of the plan's. Segments without either share the plan's pool. */
export function statedPeople({ human, segments }: Bound<ResolvedScenario>, { start, months }: ResolvedScenario): StatedPeople {
  const pools: StatedPool[] = []
  const places = new Map<Bound<ResolvedStaff>, number>()
  const each = (value: unknown) => byMonth(value as Staged<Value>, start, months)
  const humanOf = (own: Bound<ResolvedHuman> | undefined, segment: number): HumanProgram | undefined => {
    const stated = own?.cost === undefined && own?.staff === undefined ? human : own
    const uplift = each(own?.uplift ?? human?.uplift ?? 0)
    if (stated?.cost !== undefined) {
      const cashable = byMonth((own?.cashable ?? human?.cashable ?? 1) as Staged<number>, start, months)
      const minutes = own?.minutes ?? human?.minutes
      return { uplift, cost: each(stated.cost), cashable, ...(minutes !== undefined && { minutes: each(minutes) }) }
    }
    const staff = stated?.staff
    if (!staff) return undefined
    const pool = places.get(staff) ?? pools.push({ staff, segments: [] }) - 1
    places.set(staff, pool)
    pools[pool].segments.push({ segment, minutes: each((own === human ? undefined : own?.minutes) ?? staff.minutes) })
    return { uplift, pool }
  }
  return { humans: segments ? segments.map((own, s) => humanOf(own.human, s)) : [humanOf(human, 0)], pools }
}

interface StaffContext {
  readonly start: number
  readonly months: number
  readonly segments: readonly SegmentProgram[]
  readonly prices: PriceTable
  readonly mean: (value: Value) => number
}

export function staffProgram({ staff, segments }: StatedPool, context: StaffContext): StaffProgram {
  const { start, months, prices, mean } = context
  const each = (value: unknown) => byMonth(value as Staged<Value>, start, months)
  const per = (value: unknown) => byMonth(value as Staged<{ value: Value; per: 'month' | 'year' }>, start, months)
  const monthly = (value: unknown) => per(value).map(({ value: own, per: time }) => ({ value: own, times: 1 / MONTHS[time] }))
  const { pay, hire, release } = staff
  const paid = 'per' in pay ? { value: pay, escalator: undefined } : pay
  const hours = monthly(staff.hours)
  const [shrinkage, occupancy] = [each(staff.shrinkage), each(staff.occupancy)]
  const need = () => {
    const minutes = segments.reduce(
      (sum, own) => sum + typicalTickets(context.segments, own.segment, mean) * mean(own.minutes[0]),
      0,
    )
    return minutes / (60 * mean(hours[0].value) * hours[0].times * (1 - mean(shrinkage[0])) * mean(occupancy[0]))
  }
  return {
    segments,
    pay: {
      price: prices.place(paid.value.value as Staged<never>, { escalator: paid.escalator as Staged<Value> | undefined }),
      times: 1 / MONTHS[paid.value.per as Period],
    },
    ...{ hours, shrinkage, occupancy },
    start: (staff.start as Value | undefined) ?? need(),
    attrition: per(staff.attrition),
    hire: { lag: hire.lag, ramp: hire.ramp, cost: each(hire.cost) },
    ...(release && {
      release: {
        immediate: release.immediate === true,
        notice: release.notice ?? 0,
        cost: each(release.cost),
        ...(release.most !== undefined && { most: monthly(release.most) }),
      },
    }),
    shortfall: each(staff.shortfall),
  }
}

/** A pool with the values of its fields, as numbers or as columns of trials. */
export function poolOf<T>(
  math: Arithmetic<T>,
  value: (stated: Value) => T,
  { hours, shrinkage, occupancy, start, attrition, hire, release }: StaffProgram,
): Pool<T> {
  return {
    start: value(start),
    capacity: hours.map((own, m) => capacityOf(math, value(own.value), own.times, value(shrinkage[m]), value(occupancy[m]))),
    attrition: attrition.map((own) => monthlyAttrition(math, value(own.value), own.per)),
    hire,
    ...(release && {
      release: {
        ...{ immediate: release.immediate, notice: release.notice },
        ...(release.most && { most: release.most.map((own) => math.linear(0, [[own.times, value(own.value)]])) }),
      },
    }),
  }
}
