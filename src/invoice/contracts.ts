// Bills every contract of an offer: its parts, each with its share of the conversations, or the offer itself.
import { contractsOf, isOpenIn, type OfferProgram, type Program, returnsToAi } from '../compile/program.ts'
import { shareAt } from '../contract/shares.ts'
import { billContract, billCourse, type ContractBill } from './bill.ts'
import { withClosedRates } from './closed-parts.ts'
import { driversOf, expectedVolumes, type MonthlyDrivers, plainValue, type StatedDrivers } from './drivers.ts'
import { usageOfDrivers } from './usage.ts'

export interface BilledContract {
  readonly offer: OfferProgram
  readonly bill: ContractBill
  /** Its usage by segment, with what comes back to the AI. */
  readonly drivers: readonly MonthlyDrivers[]
  /** All conversations of the plan by month and segment, with those that come back to the AI. */
  readonly volumes: readonly (readonly number[])[]
}

export function billOffer(program: Program, offer: OfferProgram, stated: StatedDrivers = {}): BilledContract[] {
  const volumes = expectedVolumes(program).map((own, s) => stated.conversations?.[s] ?? own)
  const contracts = contractsOf(offer)
  const drivers = contractDrivers(program, offer, stated)
  const { bills, all, used } = returnsToAi(offer)
    ? billReturning(program, offer, drivers, volumes)
    : { bills: contracts.map((contract, p) => billContract(program, contract, drivers[p])), all: volumes, used: drivers }
  const tickets = byMonth(all)
  // Amounts that no quantity decides are split between segments by all of their conversations.
  return contracts.map((contract, p) => ({
    offer: contract,
    bill: offer.parts ? { ...bills[p], tickets } : bills[p],
    drivers: used[p],
    volumes: tickets,
  }))
}

/** Bills all contracts of an offer month by month, since what comes back to the AI is part of a later month. */
function billReturning(
  program: Program,
  offer: OfferProgram,
  drivers: readonly (readonly MonthlyDrivers[])[],
  volumes: readonly (readonly number[])[],
): {
  readonly bills: readonly ContractBill[]
  readonly all: readonly (readonly number[])[]
  readonly used: readonly (readonly MonthlyDrivers[])[]
} {
  const contracts = contractsOf(offer)
  const all = volumes.map((own) => [...own])
  const arriving = volumes.map((own) => own.map(() => 0))
  const flows = contracts.map((contract, p) => {
    const streams = drivers[p].map(growing)
    return { contract, streams, course: billCourse(program, contract.contract, usageOfDrivers(program, contract, streams)) }
  })
  for (let m = 0; m < program.months; m++) {
    arriving.forEach((months, s) => {
      all[s][m] += months[m]
      flows.forEach(({ contract, streams }, p) => {
        const share = offer.parts ? shareAt(offer.parts.sharing, p, [s, m], plainValue) : 1
        streams[s].tickets[m] += share * months[m]
        if (isOpenIn(contract, s, m)) streams[s].involved[m] += share * months[m]
      })
    })
    for (const { contract, course } of flows) {
      course.step(m).forEach((count, s) => {
        const { returns } = contract.segments[s]
        if (returns?.to === 'ai' && m + returns.lag < program.months) arriving[s][m + returns.lag] += count
      })
    }
  }
  return { bills: flows.map(({ course }) => course.complete()), all, used: flows.map(({ streams }) => streams) }
}

/** Drivers whose later months may still grow. */
interface Growing extends MonthlyDrivers {
  readonly tickets: number[]
  readonly involved: number[]
}

const growing = ({ tickets, involved, rate }: MonthlyDrivers): Growing => ({
  tickets: [...tickets],
  involved: [...involved],
  rate,
})

/** The usage of each contract, by segment. */
export function contractDrivers(
  program: Program,
  offer: OfferProgram,
  stated: StatedDrivers = {},
): readonly (readonly MonthlyDrivers[])[] {
  const planned = contractsOf(offer).map((contract, p) => partDrivers(offer, p, driversOf(program, contract, stated)))
  return stated.conversations ? planned : withClosedRates(program, offer, planned)
}

function partDrivers({ parts }: OfferProgram, p: number, drivers: readonly MonthlyDrivers[]): readonly MonthlyDrivers[] {
  if (!parts) return drivers
  return drivers.map(({ tickets, involved, rate }, s): MonthlyDrivers => {
    const scaled = (counts: readonly number[]) => counts.map((count, m) => count * shareAt(parts.sharing, p, [s, m], plainValue))
    return { tickets: scaled(tickets), involved: scaled(involved), rate }
  })
}

const byMonth = (segments: readonly (readonly number[])[]): number[][] => segments[0].map((_, m) => segments.map((own) => own[m]))
