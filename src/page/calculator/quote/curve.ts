// The bill of one month of an offer at other quantities, while all other months stay.
import type { OfferProgram, Program } from '../../../compile/program.ts'
import { type BilledContract, billOffer } from '../../../invoice/contracts.ts'
import { expectedVolumes } from '../../../invoice/drivers.ts'
import { formatAmount, formatWhole } from '../../../notation/money.ts'
import { formatNumber } from '../../../notation/number.ts'
import type { QuoteBill, QuotePoint, QuoteTick } from '../protocol.ts'
import { secondDigitOf } from '../second-digit.ts'

/** Points of the curve between no use and its end. */
const POINTS = 60
/** The curve ends at twice the month's use, or beyond the turn if that is further, but at most here. */
const [TWICE, BEYOND, MOST] = [2, 1.3, 50] as const

export const added = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

export interface BilledMonth {
  readonly program: Program
  readonly offer: OfferProgram
  readonly at: number
}

/** The bill of one month if all its conversations change by a factor, and the quantity that it goes by. */
export function pointAt(
  { program, offer, at }: BilledMonth,
  factor: number,
): { readonly contracts: readonly BilledContract[]; readonly amount: number } {
  const conversations = expectedVolumes(program).map((own) => own.map((volume, m) => (m === at ? factor * volume : volume)))
  const contracts = billOffer(program, offer, { conversations })
  return {
    contracts,
    amount: added(contracts.flatMap(({ bill }) => bill.entries.flatMap(({ month, amount }) => (month === at ? [amount] : [])))),
  }
}

/** The quantity in a month of the first charge that counts, or else all conversations. */
export function usedIn([{ bill, volumes }]: readonly BilledContract[], m: number): number {
  const counted = bill.counted.flatMap((own) => (own[m] ? [own[m].used] : []))
  return counted[0] ?? added(volumes[m] ?? [])
}

/** A round number that is not below the value, whose half is round too. */
function roundAbove(value: number): number {
  const tenth = secondDigitOf(value)
  return tenth * ([10, 12, 16, 20, 24, 30, 40, 50, 60, 80].find((lead) => lead * tenth >= value) ?? 100)
}

const ticksTo = (end: number, text: (value: number) => string): QuoteTick[] =>
  [0, end / 2, end].map((at) => ({ at, text: text(at) }))

/** @param turn a quantity at which the price changes */
export function monthCurve(
  billed: BilledMonth,
  currency: string,
  turn: number | undefined,
): Pick<QuoteBill, 'curve' | 'here' | 'ticks'> {
  const pointOf = (factor: number): QuotePoint => {
    const { contracts, amount } = pointAt(billed, factor)
    return { quantity: usedIn(contracts, billed.at), amount, text: formatAmount(amount, currency) }
  }
  const here = pointOf(1)
  const turned = turn !== undefined && here.quantity > 0 ? turn / here.quantity : 0
  const wanted = Math.min(MOST, Math.max(TWICE, BEYOND * turned))
  const last = here.quantity > 0 ? roundAbove(wanted * here.quantity) : 1
  const end = here.quantity > 0 ? last / here.quantity : 1
  const factors = Array.from({ length: POINTS + 1 }, (_, k) => (end * k) / POINTS)
  const all = turned > 0 && turned < end ? [...factors, turned].sort((a, b) => a - b) : factors
  const curve = all.map(pointOf)
  const most = roundAbove(curve.reduce((top, { amount }) => Math.max(top, amount), 1))
  return {
    curve,
    here,
    ticks: { quantity: ticksTo(last, formatNumber), amount: ticksTo(most, (value) => formatWhole(value, currency)) },
  }
}
