// Computes the cost of people in one trial: a price for each contact, or the pay of heads whose number follows the work with delays.
import type { Uncertain } from '../../src/numerics/distributions/distribution.ts'
import type { ResolvedScenario, ResolvedStaff, StaffPay } from '../../src/scenario/resolved.ts'
import { certain } from '../../src/invoice/certain.ts'
import { conversationsOf, lastOf, monthsOf } from './drivers.ts'
import { type Draws, drawsOf } from './inputs.ts'
import { holding, type Staged, stageOf } from './stages.ts'

type Months = readonly number[]

/** By segment and month. */
interface Handling {
  /** Conversations without the AI, and with those that come back to it. */
  readonly alone: readonly Months[]
  readonly volumes: readonly Months[]
  readonly genuine: readonly Months[]
  /** What the AI takes off people. */
  readonly freed: readonly Months[]
}

/** The cost of people by segment and month. */
export function peopleCosts(scenario: ResolvedScenario, { alone, volumes, genuine, freed }: Handling, draws: Draws): number[][] {
  const { human: shared, segments, start } = scenario
  const all = { path: 'human', human: shared }
  const owns = segments?.map(({ name, human }) => ({ path: `segments.${name}.human`, human })) ?? [all]
  /** Where a segment's people are stated, if they are paid in this way. */
  const statedBy = (s: number) => {
    const own = owns[s]
    return own.human?.cost !== undefined || own.human?.staff !== undefined ? own : all
  }
  const upliftIn = (s: number, m: number) => {
    const [where, share] = lastOf([
      ['human.uplift', shared?.uplift],
      [`${owns[s].path}.uplift`, owns[s].human?.uplift],
    ]) ?? ['', 0]
    return draws.staged(share, start + m, where)
  }
  const weighted = volumes.map((volume, s) =>
    volume.map((count, m) => (count - freed[s][m]) * (count === 0 ? 1 : 1 + (upliftIn(s, m) * genuine[s][m]) / count)),
  )
  const costs = volumes.map((volume) => volume.map(() => 0))
  volumes.forEach((_, s) => {
    const { path, human } = statedBy(s)
    const { cost } = human ?? {}
    if (cost === undefined) return
    alone[s].forEach((count, m) => {
      const cashable = holding(owns[s].human?.cashable ?? shared?.cashable ?? 1, start + m)
      const price = draws.staged(cost, start + m, `${path}.cost`)
      // Freed work that is not cashable stays.
      costs[s][m] = price * count - cashable * price * (count - weighted[s][m])
    })
  })
  for (const holder of segments ? [all, ...owns] : [all]) {
    const { path, human } = holder
    const staff = human?.staff
    const places = volumes.map((_, s) => s).filter((s) => statedBy(s) === holder)
    if (!staff || places.length === 0) continue
    const minutes = places.map((s) => {
      const own = owns[s] === holder ? undefined : owns[s].human?.minutes
      return (m: number, drawn: Draws) =>
        own === undefined
          ? drawn.staged(staff.minutes, start + m, `${path}.staff.minutes`)
          : drawn.staged(own, start + m, `${owns[s].path}.minutes`)
    })
    const work = places.map((s, k) => weighted[s].map((count, m) => count * minutes[k](m, draws)))
    const contacts = monthsOf(scenario).map((m) => places.reduce((sum, s) => sum + volumes[s][m] - freed[s][m], 0))
    const total = monthsOf(scenario).map((m) => work.reduce((sum, own) => sum + own[m], 0))
    const first = () => {
      const sure = certain(scenario)
      const plain = sure.segments?.find(({ name }) => `segments.${name}.human` === path)?.human ?? sure.human
      const calm = drawsOf({ trials: 1, columns: new Map() }, 0)
      const planned = conversationsOf(sure, calm)
      const each = places.map((s) => {
        const own = owns[s] === holder ? undefined : sure.segments?.[s].human?.minutes
        return planned[s][0] * calm.staged(own ?? plain?.staff?.minutes ?? 0, start)
      })
      return (
        each.reduce((sum, one) => sum + one, 0) / (60 * hoursOnContacts(plain?.staff ?? staff, 0, { start, draws: calm, path }))
      )
    }
    const cost = poolCost(staff, { total, contacts, first }, { start, draws, path })
    places.forEach((s, k) =>
      cost.forEach((amount, m) => {
        costs[s][m] = amount * (total[m] > 0 ? work[k][m] / total[m] : 1 / places.length)
      }),
    )
  }
  return costs
}

interface Place {
  readonly start: number
  readonly draws: Draws
  /** Of the people who are on the payroll. */
  readonly path: string
}

/** A number for a month or a year, in a calendar month. */
function perMonth(stated: unknown, m: number, key: string, { start, draws, path }: Place): readonly [value: number, per: string] {
  const own = holding(stated as Staged<{ value: Uncertain; per: string }>, start + m)
  const stage = Array.isArray(stated) ? `[${stageOf(stated as never, start + m)}].value` : ''
  return [draws.value(own.value, `${path}.staff.${key}${stage}`), own.per]
}

function hoursOnContacts(staff: ResolvedStaff, m: number, place: Place): number {
  const { start, draws, path } = place
  const [hours, per] = perMonth(staff.hours, m, 'hours', place)
  const shrinkage = draws.staged(staff.shrinkage, start + m, `${path}.staff.shrinkage`)
  const occupancy = draws.staged(staff.occupancy, start + m, `${path}.staff.occupancy`)
  return (per === 'year' ? hours / 12 : hours) * (1 - shrinkage) * occupancy
}

function attritionIn(staff: ResolvedStaff, m: number, place: Place): number {
  const [share, per] = perMonth(staff.attrition, m, 'attrition', place)
  return per === 'year' ? 1 - (1 - share) ** (1 / 12) : share
}

/** Heads by their notes in a calendar: who arrives and who leaves in which month. */
function poolCost(
  staff: ResolvedStaff,
  { total, contacts, first }: { readonly total: Months; readonly contacts: Months; readonly first: () => number },
  place: Place,
): number[] {
  const { start, draws, path } = place
  const money = (stated: unknown, m: number, key: string) =>
    draws.staged(stated as Staged<Uncertain>, start + m, `${path}.staff.${key}`)
  const { lag, ramp } = staff.hire
  const { release } = staff
  const arriving = new Map<number, number>()
  const leaving: { readonly decided: number; readonly from: number; readonly heads: number }[] = []
  let heads = staff.start === undefined ? first() : draws.value(staff.start, `${path}.staff.start`)
  const arrived: number[] = []
  return total.map((minutes, m) => {
    const need = minutes / 60 / hoursOnContacts(staff, m, place)
    const attrition = attritionIn(staff, m, place)
    let here = heads * (1 - attrition) + (arriving.get(m) ?? 0)
    let left = leaving.filter(({ from }) => from === m).reduce((sum, one) => sum + one.heads, 0)
    left = Math.min(left, here)
    here -= left
    if (lag === 0) {
      arriving.set(m, Math.max(0, need - here))
      here += arriving.get(m) ?? 0
    }
    if (release?.immediate) {
      left = Math.max(0, here - need)
      here -= left
    }
    arrived.push(arriving.get(m) ?? 0)
    const learning = ramp === 0 ? 0 : arrived.slice(-ramp).reduce((sum, one) => sum + one, 0)
    const productive = Math.max(0, here - learning / 2)
    heads = here
    // The decision at the end of the month.
    const coming = [...arriving].filter(([month]) => month > m).reduce((sum, [, one]) => sum + one, 0)
    const later = (here + coming) * (1 - attrition) ** lag
    const under = leaving.filter(({ from }) => from > m)
    const gone = under.filter(({ from }) => from <= m + lag).reduce((sum, one) => sum + one.heads, 0)
    const all = under.reduce((sum, one) => sum + one.heads, 0)
    if (later - gone < need) {
      if (lag > 0) arriving.set(m + lag, need - (later - gone))
    } else if (release && !release.immediate) {
      const [number, per] = release.most === undefined ? [Infinity, 'month'] : perMonth(release.most, m, 'release.most', place)
      const most = per === 'year' ? number / 12 : number
      leaving.push({ decided: m, from: m + (release.notice ?? 0) + 1, heads: Math.min(most, Math.max(0, later - all - need)) })
    }
    return (
      payIn(staff, m, place) * here +
      money(staff.hire.cost, m, 'hire.cost') * arrived[m] +
      (release ? money(release.cost, m, 'release.cost') * left : 0) +
      money(staff.shortfall, m, 'shortfall') * (need > 0 ? contacts[m] * Math.max(0, 1 - productive / need) : 0)
    )
  })
}

/** Pay rises at each anniversary of the plan's start, by the escalator of that month. */
function payIn({ pay }: ResolvedStaff, m: number, { start, draws, path }: Place): number {
  const stated = 'per' in pay ? undefined : pay
  const { value, per }: StaffPay = stated ? stated.value : (pay as StaffPay)
  const key = stated ? `${path}.staff.pay.value` : `${path}.staff.pay`
  let amount = draws.staged(value as Staged<Uncertain>, start + m, key)
  for (let anniversary = 12; anniversary <= m; anniversary += 12)
    amount *= 1 + draws.staged((stated?.escalator ?? 0) as Staged<Uncertain>, start + anniversary, `${path}.staff.pay.escalator`)
  return amount / { month: 1, quarter: 3, year: 12 }[per]
}
