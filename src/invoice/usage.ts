// Counts what a contract bills in each month. The AI may work for only a part of a month.
import type { OfferProgram, Program } from '../compile/program.ts'
import type { MonthlyDrivers } from './drivers.ts'
import { Meters } from './meters.ts'

export interface ContractUsage {
  /** The quantity that a charge counts in month m if the AI works in a share `factor` of it. */
  count(charge: number, m: number, factor: number): number
  /** Conversations that people handle. */
  people(m: number, factor: number): number
  /** Conversations that the AI takes part in. */
  handled(m: number, factor: number): number
  /** Genuine resolutions. */
  resolved(m: number, factor: number): number
  /** Months must be settled in order, since later credits refer to the counts of earlier months. */
  settle(m: number, factor: number): void
}

export function usageOfDrivers(program: Program, { contract, rate }: OfferProgram, drivers: MonthlyDrivers): ContractUsage {
  const meters = new Meters(program, drivers)
  const handled = (m: number, factor: number) => drivers.involved[m] * factor
  return {
    count: (charge, m, factor) =>
      contract.charges[charge].quantity.reduce((sum, { meter, weight }) => sum + weight * meters.count(meter, m, factor), 0),
    people: (m, factor) => drivers.tickets[m] - (rate === undefined ? 0 : drivers.involved[m] * factor * drivers.rate[m]),
    handled,
    resolved: (m, factor) => handled(m, factor) * drivers.rate[m],
    settle: (m, factor) => meters.settle(m, factor),
  }
}
