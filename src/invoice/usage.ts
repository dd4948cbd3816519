// Counts what a contract bills in each month. The AI may work for only a part of a month.
import type { OfferProgram, Program } from '../compile/program.ts'
import type { MonthlyDrivers } from './drivers.ts'
import { Meters, type Worked } from './meters.ts'

export interface ContractUsage {
  /** The quantity that a charge counts in month m if the AI works in these shares of it, in one segment or in all of the charge. */
  count(charge: number, m: number, worked: Worked, segment?: number): number
  /** Conversations that people handle in some segments. */
  people(m: number, worked: Worked, segments: readonly number[]): number
  /** Conversations that the AI takes part in, by segment. */
  handled(m: number, worked: Worked): readonly number[]
  /** Genuine resolutions, by segment. */
  resolved(m: number, worked: Worked): readonly number[]
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
  const solved = (m: number, worked: Worked, s: number) =>
    segments[s].rate === undefined ? 0 : drivers[s].involved[m] * worked[s] * drivers[s].rate[m]
  return {
    count: (charge, m, worked, segment) =>
      contract.charges[charge].quantity
        .filter(({ meter }) => segment === undefined || program.meters[meter].segment === segment)
        .reduce((sum, { meter, weight }) => sum + weight * meters.count(meter, m, worked), 0),
    people: (m, worked, some) => some.reduce((sum, s) => sum + drivers[s].tickets[m] - solved(m, worked, s), 0),
    handled,
    resolved: (m, worked) => handled(m, worked).map((count, s) => count * drivers[s].rate[m]),
    tickets: (m) => drivers.map(({ tickets }) => tickets[m]),
    settle: (m, worked) => meters.settle(m, worked),
  }
}
