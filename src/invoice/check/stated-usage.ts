// The usage of a contract where an invoice states it, and that of the plan elsewhere.
import type { ChargeProgram } from '../../contract/compiled.ts'
import type { MeterProgram, OfferProgram, Program } from '../../compile/program.ts'
import { billContract, billUsage, type ContractBill } from '../bill.ts'
import type { PlannedContract } from '../contract.ts'
import { type MonthlyDrivers, plainValue } from '../drivers.ts'
import { Meters, type Worked } from '../meters.ts'
import { type ContractUsage, returningOf } from '../usage.ts'
import type { StatedMonth } from './statement.ts'

/** Changes a quantity that the invoice leaves out, to find out what depends on it. */
export type EstimateChange = (quantity: number, charge: number) => number

/**
 * Bills the stated quantities. The contract's limits apply to them too, since beyond a limit nothing is due. A quantity that a row states for
 * several segments is split as the plan expects.
 */
export function billStated(
  program: Program,
  { offer, drivers: planned }: PlannedContract,
  months: readonly StatedMonth[],
  estimate: EstimateChange = (quantity) => quantity,
): ContractBill {
  const { handled } = billContract(program, offer, planned)
  const stated = new Map(months.map((month) => [month.month, month]))
  const drivers = withReturns(program, offer, statedDrivers({ program, offer, planned, handled, stated }), stated)
  return billUsage(program, offer.contract, statedUsage({ program, offer, drivers, stated, estimate }))
}

interface Planned {
  readonly program: Program
  readonly offer: OfferProgram
  readonly planned: readonly MonthlyDrivers[]
  readonly handled: readonly (readonly number[])[]
  readonly stated: ReadonlyMap<number, StatedMonth>
}

/** The plan's drivers within the contract's limits. An invoice that states conversations or tickets replaces them. */
function statedDrivers({ program, offer, planned, handled, stated }: Planned): MonthlyDrivers[] {
  const meter = (m: number, name: string) => stated.get(m)?.meters.get(name)
  /** The segments in which the contract counts a meter; all of them if no charge counts it. */
  const counted = (name: MeterProgram['kind']): readonly number[] => {
    const found = offer.contract.charges.flatMap(({ quantity }) => quantity.map((each) => program.meters[each.meter]))
    const own = new Set(found.flatMap(({ kind, segment }) => (kind === name ? [segment] : [])))
    return own.size > 0 ? [...own] : [...planned.keys()]
  }
  const inSegment = (total: number | undefined, some: readonly number[], weights: readonly number[], s: number) =>
    some.includes(s)
      ? splitOf(
          total,
          some.map((one) => weights[one]),
          some.indexOf(s),
        )
      : undefined
  const [talks, visits] = [counted('conversations'), counted('tickets')]
  return planned.map(({ tickets, rate }, s): MonthlyDrivers => {
    const involved = handled.map((own, m) => inSegment(meter(m, 'conversations'), talks, own, s) ?? own[s])
    return {
      involved,
      rate,
      tickets: tickets.map((expected, m) => {
        const weights = planned.map((own) => own.tickets[m])
        const scale = handled[m][s] > 0 ? involved[m] / handled[m][s] : 1
        return inSegment(meter(m, 'tickets'), visits, weights, s) ?? expected * scale
      }),
    }
  })
}

const comeBack = ({ segments }: OfferProgram): boolean => segments.some(({ returns }) => returns !== undefined)

/**
 * The rates at which stated resolutions were resolved, so that those who come back later are a share of what the vendor really counted. If
 * the vendor credits returns, its invoice states the number after the credit.
 */
function withReturns(
  { meters, months }: Program,
  offer: OfferProgram,
  drivers: readonly MonthlyDrivers[],
  stated: ReadonlyMap<number, StatedMonth>,
): readonly MonthlyDrivers[] {
  if (!comeBack(offer)) return drivers
  const plain = offer.segments.every(({ billable }) => billable === undefined || countsAll(meters[billable]))
  const rates = drivers.map(({ rate }) => [...rate])
  const seeming = (m: number) => drivers.map(({ involved }, s) => involved[m] * rates[s][m])
  for (let m = 0; m < months; m++) {
    const counted = stated.get(m)?.meters.get('resolutions')
    if (!plain || counted === undefined) continue
    const credits = offer.segments.reduce((sum, { billable, returns }, s) => {
      const meter = billable === undefined ? undefined : meters[billable]
      if (meter?.kind !== 'billable' || !returns || m < returns.lag || returns.lag === 0) return sum
      return sum + plainValue(returns.shares[m - returns.lag]) * seeming(m - returns.lag)[s]
    }, 0)
    const weights = seeming(m)
    drivers.forEach(({ involved }, s) => {
      const own = splitOf(counted + credits, weights, s) ?? 0
      const left = creditedAtOnce(meters, offer, s, m)
      if (involved[m] > 0) rates[s][m] = Math.min(1, own / left / involved[m])
    })
  }
  return drivers.map((own, s) => ({ ...own, rate: rates[s] }))
}

/** Whether a vendor counts what seems resolved and nothing else, before credits of those who come back. */
const countsAll = (meter: MeterProgram): boolean =>
  meter.kind === 'seeming' ||
  (meter.kind === 'billable' &&
    meter.returned !== undefined &&
    meter.resolved.every((share) => share === 1) &&
    meter.unresolved.every((share) => share === 0))

/** The share of the resolutions of a month that is left after the credit of those who come back within it. */
function creditedAtOnce(meters: readonly MeterProgram[], { segments }: OfferProgram, s: number, m: number): number {
  const { billable, returns } = segments[s]
  const credited = billable !== undefined && meters[billable].kind === 'billable' && returns?.lag === 0
  return credited ? Math.max(1e-9, 1 - plainValue(returns.shares[m])) : 1
}

/** The part of a total that falls to one of several weights, which share it equally if all are 0. */
function splitOf(total: number | undefined, weights: readonly number[], s: number): number | undefined {
  if (total === undefined) return undefined
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  return total * (all === 0 ? 1 / weights.length : weights[s] / all)
}

/** Whether a limit leaves a count as it is. */
const isFree = (meter: MeterProgram): boolean =>
  meter.kind === 'tickets' || meter.kind === 'people' || (meter.kind === 'quantity' && meter.per === 'ticket')

interface Stated {
  readonly program: Program
  readonly offer: OfferProgram
  /** By segment. */
  readonly drivers: readonly MonthlyDrivers[]
  readonly stated: ReadonlyMap<number, StatedMonth>
  readonly estimate: EstimateChange
}

function statedUsage({ program, offer, drivers, stated, estimate }: Stated): ContractUsage {
  const { charges } = offer.contract
  const meters = new Meters(program, drivers)
  const whole = drivers.map(() => 1)
  const kinds = program.meters.map((meter) =>
    meter.kind === 'billable' || meter.kind === 'seeming' ? 'resolutions' : meter.kind === 'quantity' ? meter.name : meter.kind,
  )
  const counted = [...new Set(charges.flatMap(({ quantity }) => quantity.map(({ meter }) => meter)))]
  /** What a row with the name of a meter states of it, in one segment. */
  const known = (meter: number, m: number): number | undefined => {
    const alike = counted.filter((other) => kinds[other] === kinds[meter])
    const total = stated.get(m)?.meters.get(kinds[meter])
    if (total === undefined || alike.length === 1) return total
    return splitOf(
      total,
      alike.map((other) => meters.count(other, m, whole)),
      alike.indexOf(meter),
    )
  }
  const limited = (meter: number, worked: Worked) => (isFree(program.meters[meter]) ? 1 : worked[program.meters[meter].segment])
  const resolved = (m: number, worked: Worked) =>
    drivers.map(({ involved, rate }, s) => {
      const month = stated.get(m)?.meters
      const { billable, genuine } = offer.segments[s]
      const own = billable === genuine && month?.has('conversations') ? month.get('resolutions') : undefined
      const all = splitOf(
        own,
        drivers.map((each) => each.involved[m] * each.rate[m]),
        s,
      )
      return (all ?? involved[m] * rate[m]) * worked[s]
    })
  const people = (m: number, worked: Worked, some: readonly number[]) => {
    if (comeBack(offer)) return some.reduce((sum, s) => sum + meters.count(offer.segments[s].people, m, worked), 0)
    const solved = resolved(m, worked)
    return some.reduce((sum, s) => sum + drivers[s].tickets[m] - (offer.segments[s].rate === undefined ? 0 : solved[s]), 0)
  }
  /** The quantity that a row states for a charge, of which each segment has the part that the plan expects. */
  const ofCharge = (charge: number, own: number, m: number, worked: Worked, segment: number | undefined): number => {
    const { quantity, segments } = charges[charge]
    const parts = segments.map((s) => quantity.filter(({ meter }) => program.meters[meter].segment === s))
    const expected = parts.map((some) => some.reduce((sum, { meter, weight }) => sum + weight * meters.count(meter, m, whole), 0))
    return segments.reduce((sum, s, k) => {
      if (segment !== undefined && segment !== s) return sum
      const free = parts[k].every(({ meter }) => isFree(program.meters[meter]))
      return sum + (splitOf(own, expected, k) ?? 0) * (free ? 1 : worked[s])
    }, 0)
  }
  const countOf = (quantity: ChargeProgram['quantity'], m: number, worked: Worked): number =>
    quantity.reduce((sum, { meter, weight }) => {
      const { kind, segment: s } = program.meters[meter]
      const value =
        kind === 'people' ? people(m, worked, [s]) : (known(meter, m) ?? meters.count(meter, m, whole)) * limited(meter, worked)
      return sum + weight * value
    }, 0)
  return {
    count(charge, m, worked, segment) {
      const own = stated.get(m)?.charges.get(charge)
      if (own !== undefined) return ofCharge(charge, own, m, worked, segment)
      const quantity = charges[charge].quantity.filter(
        ({ meter }) => segment === undefined || program.meters[meter].segment === segment,
      )
      const count = countOf(quantity, m, worked)
      return quantity.every(({ meter }) => known(meter, m) !== undefined) ? count : estimate(count, charge)
    },
    meters: countOf,
    // A row states what it bills, from which credits are off.
    credited: () => 0,
    people,
    handled: (m, worked) => drivers.map(({ involved }, s) => involved[m] * worked[s]),
    resolved,
    returning: (m, worked) => returningOf(offer.segments, resolved(m, worked), m),
    tickets: (m) => drivers.map(({ tickets }) => tickets[m]),
    settle: (m, worked) => meters.settle(m, worked),
  }
}
