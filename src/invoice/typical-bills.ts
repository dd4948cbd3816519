// The bills of each contract for a month of average volume: one at the resolution rate of the plan's first month, one at that of its last.
import { compile } from '../compile/compile.ts'
import { contractsOf, isOpenIn, type OfferProgram, type Program } from '../compile/program.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import { certain } from './certain.ts'
import { billOffer } from './contracts.ts'
import { driversOf, expectedVolumes, type MonthlyDrivers } from './drivers.ts'

export interface TypicalBills {
  /** Conversations in the month. */
  readonly conversations: number
  /** The first and the last month with the plan's resolution rate in it; only the first if both have the same, or if there is none. */
  readonly months: readonly { readonly month: number; readonly rate?: number }[]
  /** For each contract of an offer, by its own name, the bill at the rate of each of these months. Money. */
  readonly bills: ReadonlyMap<string, readonly number[]>
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

export function typicalBills(scenario: ResolvedScenario): TypicalBills {
  const program = compile(certain(scenario), { measure: 'bill', pairs: 'none' })
  const means = expectedVolumes(program).map((own) => sum(own) / own.length)
  const whole = sum(means)
  const conversations = Number(whole.toPrecision(3))
  const volumes = means.map((mean) => new Array<number>(program.months).fill(whole > 0 ? (mean * conversations) / whole : 0))
  const rates = [0, program.months - 1].map((month) => ({ month, ...rateOf(program, volumes, month) }))
  const same = rates[0].rate === rates[1].rate
  const months = same ? rates.slice(0, 1) : rates
  const bills = program.offers.flatMap((offer) =>
    contractsOf(offer).map((contract, part) => {
      const drivers = driversOf(program, contract)
      const open = openMonths(program, contract)
      const [first, last] = [open[0] ?? 0, open[open.length - 1] ?? 0]
      const at = months.map((_, k) =>
        averageBill(program, offer, { part, open, volumes, rates: ratesAt(drivers, k === 0 ? first : last) }),
      )
      return [contract.name, at] as const
    }),
  )
  return { conversations, months, bills: new Map(bills) }
}

/** Rates to the whole percent, as readers see them, so that they can check the bills. */
const ratesAt = (drivers: readonly MonthlyDrivers[], m: number): number[] =>
  drivers.map(({ rate }) => Math.round(100 * rate[m]) / 100)

/** The resolution rate of the plan over all segments; absent if no segment has one. */
function rateOf(program: Program, volumes: readonly (readonly number[])[], m: number): { readonly rate?: number } {
  const rated = program.segments.filter(({ rate }) => rate !== undefined)
  if (rated.length === 0) return {}
  const segments = program.segments.map(({ involvement, rate }) => ({
    served: rate !== undefined,
    involvement,
    people: 0,
    ...(rate !== undefined && { rate }),
  }))
  const drivers = driversOf(program, { segments }, { conversations: volumes })
  const rates = ratesAt(drivers, m)
  const involved = sum(drivers.map((own) => own.involved[m]))
  return involved > 0 ? { rate: sum(drivers.map((own, s) => own.involved[m] * rates[s])) / involved } : {}
}

const openMonths = (program: Program, contract: OfferProgram): number[] =>
  Array.from({ length: program.months }, (_, m) => m).filter((m) => program.segments.some((_, s) => isOpenIn(contract, s, m)))

interface Asked {
  readonly part: number
  readonly open: readonly number[]
  readonly volumes: readonly (readonly number[])[]
  /** By segment. */
  readonly rates: readonly number[]
}

/** The average over the months of the contract, so that yearly quantities and fees count with their part. */
function averageBill(program: Program, offer: OfferProgram, { part, open, volumes, rates }: Asked): number {
  const rate = rates.map((own) => new Array<number>(program.months).fill(own))
  const { bill } = billOffer(program, offer, { conversations: volumes, rate })[part]
  return sum(bill.entries.map(({ amount }) => amount)) / Math.max(1, open.length)
}
