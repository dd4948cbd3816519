// The point estimate has every input at its mean and no noise, as a spreadsheet does. It reads the same operations as a
// trial, so that each amount is worked out in one place.
import { compile } from '../compile/compile.ts'
import { contractsOf, type OfferProgram, type Program } from '../compile/program.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import { certain } from './certain.ts'
import { type BilledContract, billOffer } from './contracts.ts'
import { expectedVolumes, plainValue } from './drivers.ts'
import { peopleCosts } from './people.ts'
import { sharesOfSum, sharesOf } from './split.ts'

export interface PointEstimate {
  readonly offer: string
  readonly bill: number
  readonly total: number
  readonly monthly: { readonly bill: readonly number[]; readonly total: readonly number[] }
  /** By segment of the program. */
  readonly segments: readonly SegmentCostPoint[]
}

/** A segment's part of the costs, split as in a trial. */
interface SegmentCostPoint {
  readonly bill: number
  readonly total: number
  readonly monthly: readonly number[]
}

export function pointEstimates(scenario: ResolvedScenario): PointEstimate[] {
  const program = compile(certain(scenario), { measure: 'bill', pairs: 'auto' })
  return program.offers.map((offer) => pointEstimate(program, offer))
}

function pointEstimate(program: Program, offer: OfferProgram): PointEstimate {
  const contracts = billOffer(program, offer)
  // Without the AI, nobody comes back.
  const alone = expectedVolumes(program)
  const bill = new Array<number>(program.months).fill(0)
  for (const { month, amount } of contracts.flatMap((own) => own.bill.entries)) bill[month] += amount
  const running = (m: number) => sum(ranBy(offer).map((own) => runningIn(own)(m)))
  const all = (s: number, m: number) => contracts[0].volumes[m][s]
  const costs = peopleCosts(program, {
    alone: (s, m) => alone[s][m],
    all,
    left: (s, m) => all(s, m) - sum(contracts.map((own) => freedIn(own, s, m))),
    resolved: (s, m) => sum(contracts.map((own) => own.bill.resolutions[m][s])),
  })
  const people = (s: number, m: number) => costs[s][m]
  const total = bill.map((amount, m) => amount + running(m) + program.segments.reduce((all, _, s) => all + people(s, m), 0))
  return {
    offer: offer.name,
    bill: sum(bill),
    total: sum(total),
    monthly: { bill, total },
    segments: splitPoint(program, offer, contracts, people),
  }
}

/** The conversations that a contract takes off people: what seems resolved, less those who come back to people. */
function freedIn({ offer, bill }: BilledContract, s: number, m: number): number {
  const { returns } = offer.segments[s]
  const resolved = bill.resolutions[m][s] + bill.returning[m][s]
  if (returns?.to !== 'people') return resolved
  return m < returns.lag ? resolved : resolved - bill.returning[m - returns.lag][s]
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

const runningIn =
  ({ running }: OfferProgram) =>
  (m: number): number =>
    running ? plainValue(running.values[m]) * running.times : 0

/** An offer and its parts, each of which may have a cost of running it. */
const ranBy = (offer: OfferProgram): readonly OfferProgram[] => [...(offer.parts ? [offer] : []), ...contractsOf(offer)]

function splitPoint(
  program: Program,
  offer: OfferProgram,
  contracts: readonly BilledContract[],
  people: (segment: number, m: number) => number,
): SegmentCostPoint[] {
  const { months } = program
  const alone = program.segments.length === 1
  const billed = program.segments.map(() => new Array<number>(months).fill(0))
  for (const { bill, offer: own } of contracts)
    for (const entry of bill.entries)
      for (const { segment, share } of alone ? [{ segment: 0, share: 1 }] : sharesOf(entry, bill, own.contract))
        billed[segment][entry.month] += share * entry.amount
  const [{ bill: any }] = contracts
  return billed.map((monthly, s): SegmentCostPoint => {
    const volumeShare = (own: OfferProgram, m: number) =>
      sharesOfSum(any.tickets[m], own.contract.segments).find(({ segment }) => segment === s)?.share ?? 0
    const ran = (m: number) => sum(ranBy(offer).map((own) => runningIn(own)(m) * volumeShare(own, m)))
    const beyond = monthly.map((_, m) => people(s, m) + ran(m))
    return { bill: sum(monthly), total: sum(monthly) + sum(beyond), monthly }
  })
}
