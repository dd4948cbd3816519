// Bills every contract of an offer: its parts, each with its share of the conversations, or the offer itself.
import { contractsOf, type OfferProgram, type Program } from '../compile/program.ts'
import { shareAt } from '../contract/shares.ts'
import { billContract, type ContractBill } from './bill.ts'
import { driversOf, expectedVolumes, type MonthlyDrivers, plainValue, type StatedDrivers } from './drivers.ts'

export interface BilledContract {
  readonly offer: OfferProgram
  readonly bill: ContractBill
}

export function billOffer(program: Program, offer: OfferProgram, stated: StatedDrivers = {}): BilledContract[] {
  const volumes = expectedVolumes(program).map((own, s) => stated.conversations?.[s] ?? own)
  return contractsOf(offer).map((contract, p) => {
    const bill = billContract(program, contract, partDrivers(offer, p, driversOf(program, contract, stated)))
    // Amounts that no quantity decides are split between segments by all of their conversations.
    return { offer: contract, bill: offer.parts ? { ...bill, tickets: byMonth(volumes) } : bill }
  })
}

function partDrivers({ parts }: OfferProgram, p: number, drivers: readonly MonthlyDrivers[]): readonly MonthlyDrivers[] {
  if (!parts) return drivers
  return drivers.map(({ tickets, involved, rate }, s): MonthlyDrivers => {
    const scaled = (counts: readonly number[]) => counts.map((count, m) => count * shareAt(parts.sharing, p, [s, m], plainValue))
    return { tickets: scaled(tickets), involved: scaled(involved), rate }
  })
}

const byMonth = (segments: readonly (readonly number[])[]): number[][] => segments[0].map((_, m) => segments.map((own) => own[m]))
