// The usage of a contract where an invoice states it, and that of the plan elsewhere.
import type { MeterProgram, OfferProgram, Program } from '../../compile/program.ts'
import { billContract, billUsage, type ContractBill } from '../bill.ts'
import { driversOf, type MonthlyDrivers } from '../drivers.ts'
import { Meters } from '../meters.ts'
import type { ContractUsage } from '../usage.ts'
import type { StatedMonth } from './statement.ts'

/** Changes a quantity that the invoice leaves out, to find out what depends on it. */
export type EstimateChange = (quantity: number, charge: number) => number

/** Bills the stated quantities. The contract's limits apply to them too, since beyond a limit nothing is due. */
export function billStated(
  program: Program,
  offer: OfferProgram,
  months: readonly StatedMonth[],
  estimate: EstimateChange = (quantity) => quantity,
): ContractBill {
  const planned = driversOf(program, offer)
  const { handled } = billContract(program, offer, planned)
  // A plan with segments is refused, since an invoice does not say which segment a quantity is for.
  const stated = new Map(months.map((month) => [month.month, month]))
  const drivers = statedDrivers(
    planned[0],
    handled.map(([only]) => only),
    stated,
  )
  return billUsage(program, offer.contract, statedUsage({ program, offer, drivers, stated, estimate }))
}

/** The plan's drivers within the contract's limits. An invoice that states conversations or tickets replaces them. */
function statedDrivers(
  { tickets, rate }: MonthlyDrivers,
  handled: readonly number[],
  stated: ReadonlyMap<number, StatedMonth>,
): MonthlyDrivers {
  const meter = (m: number, name: string) => stated.get(m)?.meters.get(name)
  const involved = handled.map((planned, m) => meter(m, 'conversations') ?? planned)
  return {
    involved,
    rate,
    tickets: tickets.map((planned, m) => {
      const scale = handled[m] > 0 ? involved[m] / handled[m] : 1
      return meter(m, 'tickets') ?? planned * scale
    }),
  }
}

/** Whether a limit leaves a count as it is. */
const isFree = (meter: MeterProgram): boolean =>
  meter.kind === 'tickets' || meter.kind === 'people' || (meter.kind === 'quantity' && meter.per === 'ticket')

interface Stated {
  readonly program: Program
  readonly offer: OfferProgram
  readonly drivers: MonthlyDrivers
  readonly stated: ReadonlyMap<number, StatedMonth>
  readonly estimate: EstimateChange
}

function statedUsage({ program, offer, drivers, stated, estimate }: Stated): ContractUsage {
  const meters = new Meters(program, [drivers])
  const kinds = program.meters.map((meter) =>
    meter.kind === 'billable' || meter.kind === 'genuine' ? 'resolutions' : meter.kind === 'quantity' ? meter.name : meter.kind,
  )
  const limited = (meter: MeterProgram, factor: number) => (isFree(meter) ? 1 : factor)
  const [{ billable, genuine, rate }] = offer.segments
  const exact = billable === genuine
  const handled = (m: number, factor: number) => drivers.involved[m] * factor
  const resolved = (m: number, factor: number) => {
    const month = stated.get(m)?.meters
    const counted = exact && month?.has('conversations') ? month.get('resolutions') : undefined
    return (counted ?? drivers.involved[m] * drivers.rate[m]) * factor
  }
  const people = (m: number, factor: number) => drivers.tickets[m] - (rate === undefined ? 0 : resolved(m, factor))
  return {
    count(charge, m, [factor]) {
      const { quantity } = offer.contract.charges[charge]
      const month = stated.get(m)
      const own = month?.charges.get(charge)
      if (own !== undefined) return own * (quantity.every(({ meter }) => isFree(program.meters[meter])) ? 1 : factor)
      const known = quantity.map(({ meter }) => month?.meters.get(kinds[meter]))
      const counted = quantity.reduce((sum, { meter, weight }, k) => {
        const kind = kinds[meter]
        const count =
          kind === 'people' ? people(m, factor) : (known[k] ?? meters.count(meter, m, [1])) * limited(program.meters[meter], factor)
        return sum + weight * count
      }, 0)
      return known.every((count) => count !== undefined) ? counted : estimate(counted, charge)
    },
    people: (m, [factor]) => people(m, factor),
    handled: (m, [factor]) => [handled(m, factor)],
    resolved: (m, [factor]) => [resolved(m, factor)],
    tickets: (m) => [drivers.tickets[m]],
    settle: (m, worked) => meters.settle(m, worked),
  }
}
