// Counts what a contract bills in each month. The AI may work for only a part of a month.
import type { ChargeProgram } from '../contract/compiled.ts'
import type { OfferProgram, Program } from '../compile/program.ts'
import { type MonthlyDrivers, plainValue } from './drivers.ts'
import { Meters, type Worked } from './meters.ts'

export interface ContractUsage {
  /** The quantity that a charge counts in month m if the AI works in these shares of it, in one segment or in all of the charge. */
  count(charge: number, m: number, worked: Worked, segment?: number): number
  /** The same for some meters of a charge, with their weights. */
  meters(quantity: ChargeProgram['quantity'], m: number, worked: Worked): number
  /** The part of that quantity that is credited because customers came back: it has come off the count. */
  credited(charge: number, m: number, worked: Worked): number
  /** Conversations that people handle in some segments. */
  people(m: number, worked: Worked, segments: readonly number[]): number
  /** Conversations that the AI takes part in, by segment. */
  handled(m: number, worked: Worked): readonly number[]
  /** What seems resolved, by segment. */
  resolved(m: number, worked: Worked): readonly number[]
  /** Of what seems resolved, the number that comes back later, by segment. */
  returning(m: number, worked: Worked): readonly number[]
  /** All conversations, by segment. */
  tickets(m: number): readonly number[]
  /** Months must be settled in order, since later credits refer to the counts of earlier months. */
  settle(m: number, worked: Worked): void
}

/** @param drivers by segment */
export function usageOfDrivers(
  program: Program,
  { contract, segments }: OfferProgram,
  drivers: readonly MonthlyDrivers[],
): ContractUsage {
  const meters = new Meters(program, drivers)
  const handled = (m: number, worked: Worked) => drivers.map(({ involved }, s) => involved[m] * worked[s])
  const resolved = (m: number, worked: Worked) => handled(m, worked).map((count, s) => count * drivers[s].rate[m])
  const counted: ContractUsage['meters'] = (quantity, m, worked) =>
    quantity.reduce((sum, { meter, weight }) => sum + weight * meters.count(meter, m, worked), 0)
  return {
    count(charge, m, worked, segment) {
      const { quantity } = contract.charges[charge]
      const own = quantity.filter(({ meter }) => segment === undefined || program.meters[meter].segment === segment)
      return counted(own, m, worked)
    },
    meters: counted,
    credited: (charge, m, worked) =>
      contract.charges[charge].quantity.reduce((sum, { meter, weight }) => sum + weight * meters.credited(meter, m, worked), 0),
    people: (m, worked, some) => some.reduce((sum, s) => sum + meters.count(segments[s].people, m, worked), 0),
    handled,
    resolved,
    returning: (m, worked) => returningOf(segments, resolved(m, worked), m),
    tickets: (m) => drivers.map(({ tickets }) => tickets[m]),
    settle: (m, worked) => meters.settle(m, worked),
  }
}

/** Of what seems resolved in each segment, the number that comes back later. */
export const returningOf = (segments: OfferProgram['segments'], resolved: readonly number[], m: number): number[] =>
  resolved.map((count, s) => count * plainValue(segments[s].returns?.shares[m] ?? 0))
