// The amounts that one charge bills in each month of one trial: for every model the amount of a quantity in a period, then included units,
// the cap and the floor. A month bills the growth in the amount of the running quantity, at its own prices.
import { type StatedCharge, statedCharges } from './stated-charge.ts'
import type { Money } from '../../src/contract/money.ts'
import type { Layer, Meter } from '../../src/contract/operation.ts'
import type { Uncertain } from '../../src/numerics/distributions/distribution.ts'
import { billInTerm, termOf } from './terms.ts'
import { boundOf, escalated, isList, type Purse, quantityIn, renewed, type Staged, scheduled, stageOf } from './money.ts'
import { exceeds, lengthOf, monthsOfAll, type Period, roundUp, type Span, spansOf } from './periods.ts'

/** Counts by meter and month. */
export type Meters = Readonly<Record<Meter, readonly number[]>>

/** The counts of one offer's meters by month, and the source of its amounts. */
export interface Usage extends Purse {
  readonly months: number
  readonly meters: Meters
  /** The people by whose number seats are counted that include units of this charge. */
  readonly agents: readonly number[]
  /** The month from which its periods and years count, if not the first. */
  readonly anchor?: number
  /** The number of first months that are before the plan, and of those in it, if the timeline is longer than the plan. */
  readonly plan?: { readonly before: number; readonly months: number; readonly spend?: (span: Span) => number | undefined }
  /** Path of the charge: `offers.ada.charges[0]`. */
  readonly path: string
}

export interface Line {
  readonly layer: Layer
  readonly months: number[]
  /** Whether a minimum adds it. */
  readonly floor?: boolean
}

export interface ChargeBill {
  /** Before the cap and the floor. */
  readonly lines: readonly Line[]
  /** The reduction by the cap and the addition by the floor, in the charge's own layer. */
  readonly adjustments: readonly Line[]
  readonly overage?: { readonly quantity: number[]; readonly amount: number[]; readonly flag: boolean[] }
  /** The units that expire in the last month of each period. */
  readonly unused?: number[]
  /** What it bills in the months before the plan, before cap and discount. */
  readonly past?: readonly Line[]
}

type Counting = Exclude<StatedCharge, { model: 'fee' | 'seats' }>

const zeros = (months: number): number[] => Array(months).fill(0)
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
const counts = (charge: StatedCharge): charge is Counting => charge.model !== 'fee' && charge.model !== 'seats'

/** First month in which a charge applies, and the one after its last. */
export const dates = (charge: StatedCharge, { scenario, offer }: Purse): readonly [number, number] =>
  monthsOfAll([offer, charge], scenario)

/** The quantity of a charge in each month: of its meter, or credits. */
export function quantityOf(charge: Counting, meters: Usage['meters']): number[] {
  const { credits, meter } = charge
  if (meter !== undefined) return [...(meters[meter] ?? meters.tickets.map(() => 0))]
  const all = Object.entries(credits ?? {})
  return meters.tickets.map((_, m) => sum(all.map(([name, weight]) => weight * (meters[name]?.[m] ?? 0))))
}

const perOf = (bound: { per?: Period }, charge: StatedCharge): Period =>
  bound.per ?? ('period' in charge ? charge.period : undefined) ?? 'month'

/** An amount of the charge in month m: scheduled, converted, escalated, renewed; not discounted. */
const listPrice = (charge: StatedCharge, money: Staged<Money>, key: string, m: number, usage: Usage): number =>
  grown(charge, scheduled(money, `${usage.path}.${key}`, inPlan(m, usage), usage), m, usage)

/** Months outside the plan have the prices of its first and last one. */
const inPlan = (m: number, { plan }: Usage): number =>
  plan ? Math.min(Math.max(m, plan.before), plan.before + plan.months - 1) : m

/** An amount with the escalator and the renewal of month m. */
const grown = (charge: StatedCharge, amount: number, m: number, usage: Usage): number =>
  renewed(
    escalated(amount, charge.escalator, usage.path, inPlan(m, usage), usage, usage.anchor),
    inPlan(m, usage) - (usage.plan?.before ?? 0),
    usage,
  )

export const billOf = (charge: StatedCharge, usage: Usage): ChargeBill =>
  termOf(charge, usage) && !usage.plan ? billInTerm(charge, usage, billed) : billed(charge, usage)

function billed(charge: StatedCharge, usage: Usage): ChargeBill {
  const discount = charge.discount ?? 0
  const plain = counts(charge)
    ? billQuantity(charge, usage)
    : charge.model === 'fee'
      ? billFee(charge, usage)
      : billSeats(charge, usage)
  const lines = plain.lines.map(({ layer, months }) => ({ layer, months: months.map((amount) => amount * (1 - discount)) }))
  const overage = plain.overage && { ...plain.overage, amount: plain.overage.amount.map((amount) => amount * (1 - discount)) }
  const own = plain.lines[0].layer
  const billed = zeros(usage.months).map((_, m) => sum(lines.map(({ months }) => months[m])))
  const [from, end] = dates(charge, usage)
  const adjustments: Line[] = []
  const cap = 'maximum' in charge ? charge.maximum : undefined
  if (cap) {
    const off = zeros(usage.months)
    for (const span of spansOf(perOf(cap, charge), end, from, usage.anchor)) {
      const most = boundAmount(charge, cap, 'maximum', span, usage)
      let [running, before] = [0, 0]
      for (let m = span.first; m <= span.last; m++) {
        running += billed[m]
        const spend = m + 1 === usage.plan?.before ? usage.plan.spend?.(span) : undefined
        if (spend !== undefined) running = spend
        const capped = Math.min(running, most)
        off[m] = capped - before - billed[m]
        before = capped
      }
    }
    off.forEach((amount, m) => {
      if (m >= (usage.plan?.before ?? 0)) billed[m] += amount
    })
    adjustments.push({ layer: own, months: off })
  }
  const floor = 'minimum' in charge ? charge.minimum : undefined
  if (floor) {
    const added = zeros(usage.months)
    for (const span of spansOf(perOf(floor, charge), end, from, usage.anchor)) {
      const least = boundAmount(charge, floor, 'minimum', span, usage)
      const before = usage.plan?.before ?? 0
      const spend = span.first < before ? usage.plan?.spend?.(span) : undefined
      const spent = sum(billed.slice(spend === undefined ? span.first : before, span.last + 1)) + (spend ?? 0)
      added[span.last] = Math.max(0, least - spent)
    }
    adjustments.push({ layer: own, months: added, floor: true })
  }
  return { ...plain, lines, adjustments, ...(overage && { overage }), ...(usage.plan && { past: plain.lines }) }
}

/** A floor or a cap of one period, at the prices of its last month. */
function boundAmount(
  charge: StatedCharge,
  bound: { readonly money: Staged<Money> } | { readonly quantity: Staged<number> },
  key: string,
  span: Span,
  usage: Usage,
): number {
  const { last } = span
  if ('money' in bound) return grown(charge, boundOf(bound.money, `${usage.path}.${key}`, span, usage), last, usage)
  const quantity = quantityIn(bound.quantity, span, usage)
  if (charge.model === 'unit') return quantity * listPrice(charge, charge.price, 'price', last, usage)
  if (charge.model === 'seats')
    return (quantity * listPrice(charge, charge.price.value, 'price', last, usage)) / lengthOf[seatPeriod(charge)]
  throw new Error(`a ${charge.model} charge has no price of one unit`)
}

/** The month's quantity beyond the included units, of which the oldest grant is used first. */
function afterIncluded(charge: Counting, used: readonly number[], usage: Usage): number[] {
  const { included, rollover = 0 } = charge
  if (!included) return [...used]
  const [from, end] = dates(charge, usage)
  if ('once' in included) {
    let free = included.quantity
    return used.map((count, m) => {
      const taken = m < from || m >= end ? 0 : Math.min(free, count)
      free -= taken
      return count - taken
    })
  }
  const left = zeros(usage.months)
  const grants: { quantity: number; readonly lasts: number }[] = []
  spansOf(perOf(included, charge), end, from, usage.anchor).forEach((span, k) => {
    const { first, last } = span
    // Nothing is left from periods that ended before the plan.
    if (usage.plan && last >= usage.plan.before && first <= usage.plan.before) grants.length = 0
    for (let m = first; m <= last; m++) {
      if (m === first) {
        const seats = () => sum(Array.from({ length: last - first + 1 }, (_, i) => seatsIn(first + i, usage)))
        grants.push({
          quantity: 'quantity' in included ? quantityIn(included.quantity, span, usage) : included.perSeat * seats(),
          lasts: k + rollover,
        })
      }
      left[m] = used[m]
      for (const grant of grants) {
        if (grant.lasts < k) continue
        const taken = Math.min(grant.quantity, left[m])
        grant.quantity -= taken
        left[m] -= taken
      }
    }
  })
  return left
}

const isNeed = (seats: object | number): seats is { perAgent: number } => typeof seats === 'object' && 'perAgent' in seats

/** The stated number of seats in month m. */
function seatsAt(seats: Staged<Uncertain>, m: number, usage: Usage): number {
  const charge = statedCharges(usage.offer).findIndex((own) => own.model === 'seats' && own.seats === seats)
  const { id } = statedCharges(usage.offer)[charge]
  const path = `offers.${usage.offer.name}.charges${id === undefined ? `[${charge}]` : `.${id}`}`
  return usage.draws.staged(seats, usage.scenario.start + m, `${path}.seats`)
}

/** Seats of the offer's first seats charge in a month. */
function seatsIn(m: number, usage: Usage): number {
  const charge = statedCharges(usage.offer).find(({ model }) => model === 'seats')
  if (charge?.model !== 'seats') throw new Error('no seats')
  const [from, end] = dates(charge, usage)
  if (m < from || m >= end) return 0
  return isNeed(charge.seats) ? roundUp(usage.agents[m] / charge.seats.perAgent) : seatsAt(charge.seats, m, usage)
}

function billQuantity(charge: Counting, usage: Usage): Omit<ChargeBill, 'adjustments'> {
  const [from, end] = dates(charge, usage)
  const used = quantityOf(charge, usage.meters).map((q, m) => (m >= from && m < end ? q : 0))
  const chargeable = afterIncluded(charge, used, usage)
  if (charge.model === 'commitment') return billCommitment(charge, chargeable, usage)
  const layer = charge.layer ?? 'usage'
  const months = zeros(usage.months)
  let [peak, term] = [0, 0]
  const restart = termOf(charge, usage)?.months ?? 12
  for (const { first, last, share } of spansOf(perOf({}, charge), end, from, usage.anchor)) {
    const own = Math.floor((first - (usage.anchor ?? 0)) / restart)
    if (usage.plan && (last < usage.plan.before || own !== term)) peak = 0
    term = own
    let running = 0
    for (let m = first; m <= last; m++) {
      const before = running
      running += chargeable[m]
      const held = charge.model === 'bundles' && charge.ratchet ? peak : 0
      const amount = (q: number) => amountOf(charge, Math.max(held, q), share, m, usage)
      months[m] = amount(running) - (m === first ? 0 : amount(before))
    }
    peak = Math.max(peak, running)
  }
  if (!charge.included || 'once' in charge.included) return { lines: [{ layer, months }] }
  return {
    lines: [{ layer, months }],
    overage: { quantity: chargeable, amount: [...months], flag: chargeable.map((q) => exceeds(q, 0)) },
  }
}

/** The amount of quantity q in a period of which `share` counts, at the prices of month m. */
function amountOf(charge: Exclude<Counting, { model: 'commitment' }>, q: number, share: number, m: number, usage: Usage): number {
  const price = (money: Staged<Money>, key: string) => listPrice(charge, money, key, m, usage)
  switch (charge.model) {
    case 'unit':
      return q * price(charge.price, 'price')
    case 'package':
      return roundUp(q / charge.package) * price(charge.price, 'price')
    case 'bundles': {
      // The last bundle has no end.
      const reached = charge.bundles.findIndex(
        ({ to }, k) => k === charge.bundles.length - 1 || to === undefined || !exceeds(q, to * share),
      )
      return share * price(charge.bundles[reached].fee, `bundles[${reached}].fee`)
    }
    case 'graduated':
    case 'volume': {
      const all = charge.model === 'graduated' ? charge.graduated : charge.volume
      const lower = (k: number) => (k === 0 ? 0 : (all[k - 1].to ?? Infinity) * share)
      const upper = (k: number) => (k === all.length - 1 ? Infinity : (all[k].to ?? Infinity) * share)
      const fees = all.map(({ fee }, k) =>
        fee !== undefined && exceeds(q, lower(k)) ? price(fee, `${charge.model}[${k}].fee`) : 0,
      )
      if (charge.model === 'graduated') {
        const slices = all.map(
          ({ price: p }, k) => price(p, `graduated[${k}].price`) * Math.max(0, Math.min(q, upper(k)) - lower(k)),
        )
        return sum(slices) + sum(fees)
      }
      const reached = all.findLastIndex((_, k) => k === 0 || exceeds(q, lower(k)))
      return q * price(all[reached].price, `volume[${reached}].price`) + sum(fees)
    }
  }
}

function billCommitment(
  charge: Extract<Counting, { model: 'commitment' }>,
  used: readonly number[],
  usage: Usage,
): Omit<ChargeBill, 'adjustments'> {
  const committed = charge.commitment
  const stage = (m: number) => (isList(committed) ? committed[stageOf(committed, usage.scenario.start + m)].value : committed)
  const per = perOf(stage(0), charge)
  const [from, end] = dates(charge, usage)
  const [paid, over, quantity, unused] = [zeros(usage.months), zeros(usage.months), zeros(usage.months), zeros(usage.months)]
  const flag = paid.map(() => false)
  for (const { first, last } of spansOf(per, end, from, usage.anchor)) {
    const months = Array.from({ length: last - first + 1 }, (_, k) => first + k)
    const total = sum(months.map((m) => stage(m).quantity)) / lengthOf[per]
    let running = 0
    for (const m of months) {
      const before = running
      running += used[m]
      const due = charge.paid === 'upfront' ? (m === first ? total : 0) : stage(m).quantity / lengthOf[per]
      paid[m] = due * listPrice(charge, charge.price, 'price', m, usage)
      quantity[m] = Math.max(0, running - total) - Math.max(0, before - total)
      over[m] = quantity[m] * listPrice(charge, charge.overage, 'overage', m, usage)
      // A month bills overage where the quantity above the commitment grows by more than its rounding.
      flag[m] = exceeds(quantity[m] + total, total)
    }
    unused[last] = Math.max(0, total - running)
  }
  return {
    lines: [
      { layer: charge.layer ?? 'commitment', months: paid },
      { layer: charge.layer ?? 'overage', months: over },
    ],
    overage: { quantity, amount: [...over], flag },
    unused,
  }
}

/** A period's amount in equal months, or all of it in the first. A period that is cut off counts by its months. */
function due(charge: StatedCharge, per: Period, usage: Usage, amount: (m: number) => number): number[] {
  const months = zeros(usage.months)
  const [from, end] = dates(charge, usage)
  const upfront = 'paid' in charge && charge.paid === 'upfront'
  for (const { first, last, share } of spansOf(per, end, from, usage.anchor)) {
    if (upfront) months[first] = amount(first) * share
    else for (let m = first; m <= last; m++) months[m] = amount(m) / lengthOf[per]
  }
  return months
}

function billFee(charge: Extract<StatedCharge, { model: 'fee' }>, usage: Usage): Omit<ChargeBill, 'adjustments'> {
  const per = charge.fee.per ?? charge.per ?? 'month'
  const amount = (m: number) => listPrice(charge, charge.fee.value, 'fee', m, usage)
  if (per !== 'once') return { lines: [{ layer: charge.layer ?? 'platform', months: due(charge, per, usage, amount) }] }
  const [from, end] = dates(charge, usage)
  const months = zeros(usage.months).map((_, m) => (m === from && m < end ? amount(m) : 0))
  return { lines: [{ layer: charge.layer ?? 'set-up', months }] }
}

const seatPeriod = ({ price: { per = 'month' } }: Extract<StatedCharge, { model: 'seats' }>): Period => {
  if (per === 'once') throw new Error('seats are paid by the month, quarter or year')
  return per
}

function billSeats(charge: Extract<StatedCharge, { model: 'seats' }>, usage: Usage): Omit<ChargeBill, 'adjustments'> {
  const { seats, layer = 'platform' } = charge
  const price = (m: number) => listPrice(charge, charge.price.value, 'price', m, usage)
  const per = seatPeriod(charge)
  const [from, end] = dates(charge, usage)
  if (!isNeed(seats)) {
    if (charge.paid !== 'upfront')
      return { lines: [{ layer, months: due(charge, per, usage, (m) => seatsAt(seats, m, usage) * price(m)) }] }
    const months = zeros(usage.months)
    for (const { first, last } of spansOf(per, end, from, usage.anchor))
      for (let m = first; m <= last; m++) months[first] += (seatsAt(seats, m, usage) * price(first)) / lengthOf[per]
    return { lines: [{ layer, months }] }
  }
  const agents = usage.meters.people.map((handled, m) => (m >= from && m < end ? roundUp(handled / seats.perAgent) : 0))
  return { lines: [{ layer, months: agents.map((count, m) => (count * price(m)) / lengthOf[per]) }] }
}
