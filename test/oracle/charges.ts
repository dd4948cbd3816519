// What one charge bills in each month of one trial: a function a model. Each returns the months of its lines and, where it
// has a commitment, what exceeds it and what expires.
import type { CommitmentCharge } from '../../src/contract/charges/commitment.ts'
import type { FeeCharge } from '../../src/contract/charges/fee.ts'
import type { ResolvedCharge } from '../../src/contract/charges/index.ts'
import type { SeatsCharge } from '../../src/contract/charges/seats.ts'
import type { UnitCharge } from '../../src/contract/charges/unit.ts'
import type { Layer, Meter } from '../../src/contract/operation.ts'
import type { Draws } from './inputs.ts'
import { eachMonth, exceeds, lengthOf, type Period, roundUp, spansOf } from './periods.ts'

/** What one offer's meters count, month by month, and where its drawn prices are found. */
export interface Usage {
  readonly months: number
  readonly meters: Readonly<Record<Meter, readonly number[]>>
  readonly draws: Draws
  /** Path of the charge: `offers.ada.charges[0]`. */
  readonly path: string
}

export interface Line {
  readonly layer: Layer
  readonly months: number[]
}

export interface ChargeBill {
  readonly lines: readonly Line[]
  readonly overage?: { readonly quantity: number[]; readonly amount: number[]; readonly flag: boolean[] }
  /** What expires, in the last month of each period. */
  readonly unused?: number[]
}

const zeros = (months: number): number[] => Array(months).fill(0)

type Models = {
  readonly [Name in ResolvedCharge['model']]: (charge: Extract<ResolvedCharge, { model: Name }>, usage: Usage) => ChargeBill
}

const models: Models = { unit, commitment, fee, seats }

export function billOf(charge: ResolvedCharge, usage: Usage): ChargeBill {
  return (models[charge.model] as (charge: ResolvedCharge, usage: Usage) => ChargeBill)(charge, usage)
}

function unit({ meter, price, layer = 'usage', minimum }: UnitCharge, { months, meters, draws, path }: Usage): ChargeBill {
  const p = draws.value(price, `${path}.price`)
  const amounts = zeros(months).map((_, m) => p * meters[meter][m])
  if (!minimum) return { lines: [{ layer, months: amounts }] }
  const floor = 'money' in minimum ? draws.value(minimum.money, `${path}.minimum`) : p * minimum.quantity
  return {
    lines: [
      { layer, months: amounts },
      { layer, months: trueUps(amounts, floor, minimum.per) },
    ],
  }
}

/** What is missing to the floor of each period, in its last month. */
function trueUps(amounts: readonly number[], floor: number, period: Period): number[] {
  const added = zeros(amounts.length)
  for (const { first, last, share } of spansOf(period, amounts.length)) {
    const billed = amounts.slice(first, last + 1).reduce((a, b) => a + b, 0)
    added[last] = Math.max(0, floor * share - billed)
  }
  return added
}

function commitment(charge: CommitmentCharge, { months, meters, draws, path }: Usage): ChargeBill {
  const { quantity: committed, per } = charge.commitment
  const price = draws.value(charge.price, `${path}.price`)
  const overagePrice = draws.value(charge.overage, `${path}.overage`)
  const prepaid = fixed(price * committed, per, charge.paid === 'upfront', months)
  const quantity = zeros(months)
  const unused = zeros(months)
  for (const { first, last, share } of spansOf(per, months)) {
    let running = 0
    for (let m = first; m <= last; m++) {
      const before = running
      running += meters[charge.meter][m]
      quantity[m] = Math.max(0, running - committed * share) - Math.max(0, before - committed * share)
    }
    unused[last] = Math.max(0, committed * share - running)
  }
  // A month bills overage where the quantity above the commitment grows by more than its rounding.
  const flag = zeros(months).map(() => false)
  eachMonth(per, months, (m, { share }) => {
    flag[m] = exceeds(quantity[m] + committed * share, committed * share)
  })
  const amount = quantity.map((q) => overagePrice * q)
  return {
    lines: [
      { layer: 'commitment', months: prepaid },
      { layer: 'overage', months: amount },
    ],
    overage: { quantity, amount, flag },
    unused,
  }
}

/** An amount a period in equal months, or all of it in the first; a period that is cut off counts by its months. */
function fixed(amount: number, per: Period, upfront: boolean, months: number): number[] {
  const due = zeros(months)
  eachMonth(per, months, (m, { first, share }) => {
    if (!upfront) due[m] = amount / lengthOf[per]
    else if (m === first) due[m] = amount * share
  })
  return due
}

function fee(charge: FeeCharge, { months, draws, path }: Usage): ChargeBill {
  const per = charge.fee.per ?? charge.per ?? 'month'
  const amount = draws.value(charge.fee.value, `${path}.fee`, `${path}.fee.value`)
  if (per === 'once')
    return { lines: [{ layer: charge.layer ?? 'set-up', months: zeros(months).map((_, m) => (m === 0 ? amount : 0)) }] }
  return { lines: [{ layer: charge.layer ?? 'platform', months: fixed(amount, per, charge.paid === 'upfront', months) }] }
}

function seats(charge: SeatsCharge, { months, meters, draws, path }: Usage): ChargeBill {
  const { seats: number, layer = 'platform' } = charge
  const per = charge.price.per ?? 'month'
  if (per === 'once') throw new Error('seats are paid by the month, quarter or year')
  const price = draws.value(charge.price.value, `${path}.price`, `${path}.price.value`)
  if (typeof number === 'number')
    return { lines: [{ layer, months: fixed(price * number, per, charge.paid === 'upfront', months) }] }
  const agents = meters.people.map((handled) => roundUp(handled / number.perAgent))
  return { lines: [{ layer, months: agents.map((count) => (count * price) / lengthOf[per]) }] }
}
