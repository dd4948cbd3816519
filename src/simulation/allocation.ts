// Splits an offer's costs between segments, month by month and trial by trial. A charge of one segment belongs to it. A charge by quantity
// is split by the quantities of its segments. Fees, seats, minimums and terms of the whole are split by conversations.
import type { Program } from '../compile/program.ts'
import type { ChargeProgram } from '../contract/compiled.ts'
import { type Entry, total } from './entries.ts'
import type { Node } from './graph.ts'
import type { Inputs } from './inputs.ts'
import type { Handled, Usage } from './usage.ts'

export interface SegmentCosts {
  readonly bill: Node
  readonly total: Node
  /** The bill of each month. */
  readonly months: readonly Node[]
}

/** The entries of one charge. */
export interface ChargeEntries {
  readonly charge: ChargeProgram
  /** What it bills in each month. */
  readonly quantity: readonly Node[]
  /** Fixed amounts, usage and the cap. */
  readonly used: readonly Entry[]
  /** What a minimum adds. */
  readonly floor: readonly Entry[]
}

interface Costs {
  readonly program: Program
  readonly inputs: Inputs
  readonly usage: Usage
  readonly handled: Handled
  readonly charges: readonly ChargeEntries[]
  /** The segments of the offer. */
  readonly served: readonly number[]
  /** The offer's minimum, refund and guarantee. */
  readonly terms: readonly Entry[]
  /** By segment. */
  readonly people: readonly (readonly Entry[])[]
  readonly running: readonly Entry[]
  readonly whole: SegmentCosts
}

export function costsBySegment(costs: Costs): readonly SegmentCosts[] {
  const { program, inputs, people, running, served, whole } = costs
  if (program.segments.length === 1) return [whole]
  const { graph } = inputs
  const bills = billsOf(costs)
  const shares = new Shares(costs)
  const ran = program.segments.map((): Entry[] => [])
  shares.byVolume(running, served, ran)
  return bills.map((bill, s) => {
    const byMonth = monthsOf(bill)
    return {
      bill: total(graph, bill),
      total: total(graph, [...bill, ...people[s], ...ran[s]]),
      months: Array.from({ length: program.months }, (_, m) => total(graph, byMonth.get(m) ?? [])),
    }
  })
}

/** The entries of the bill by segment. */
function billsOf(costs: Costs): Entry[][] {
  const { program, charges, served, terms } = costs
  const bills = program.segments.map((): Entry[] => [])
  const shares = new Shares(costs)
  for (const entries of charges) {
    const { charge, used, floor } = entries
    const { segments, metered } = charge
    if (segments.length === 1) bills[segments[0]].push(...used, ...floor)
    else {
      if (metered) shares.byUse(entries, bills)
      else shares.byVolume(used, segments, bills)
      shares.byVolume(floor, segments, bills)
    }
  }
  shares.byVolume(terms, served, bills)
  return bills
}

class Shares {
  readonly #costs: Costs
  readonly #volumes = new Map<string, readonly Node[]>()

  constructor(costs: Costs) {
    this.#costs = costs
  }

  /** Splits entries by the conversations of their segments in each month. */
  byVolume(entries: readonly Entry[], segments: readonly number[], into: readonly Entry[][]): void {
    const { graph } = this.#costs.inputs
    for (const [month, own] of monthsOf(entries)) {
      const amount = total(graph, own)
      const shares = this.#volumeShares(segments, month)
      segments.forEach((s, k) => into[s].push({ month, coefficient: 1, units: graph.multiply(amount, shares[k]) }))
    }
  }

  #volumeShares(segments: readonly number[], month: number): readonly Node[] {
    const key = `${month} ${segments.join(' ')}`
    const made =
      this.#volumes.get(key) ?? this.#made(segments.map((s) => this.#costs.usage.conversations.segments[s].volume[month]))
    this.#volumes.set(key, made)
    return made
  }

  /** Parts of a sum, which are equal where all are 0. */
  #made(parts: readonly Node[]): readonly Node[] {
    const { graph } = this.#costs.inputs
    const sum = graph.add(...parts)
    const none = graph.complement(graph.above(sum, 0))
    return parts.map((part) =>
      graph.linear(0, [
        [1, graph.divide(part, sum)],
        [1 / parts.length, none],
      ]),
    )
  }

  /** Splits a charge by the quantities of its segments in each month. */
  byUse({ charge, quantity, used }: ChargeEntries, into: readonly Entry[][]): void {
    const { inputs, program, usage, handled } = this.#costs
    const { graph } = inputs
    const { segments } = charge
    const own = segments.map((s) => {
      const meters = charge.quantity.filter(({ meter }) => program.meters[meter].segment === s)
      return usage.counted(meters, handled)
    })
    // An amount of a price times the whole quantity is that price times each segment's own.
    const isPlain = ({ month, units }: Entry) => !charge.included && units === quantity[month]
    for (const entry of used.filter(isPlain)) segments.forEach((s, k) => into[s].push({ ...entry, units: own[k][entry.month] }))
    for (const [month, entries] of monthsOf(used.filter((entry) => !isPlain(entry)))) {
      const amount = total(graph, entries)
      const shares = this.#made(own.map((counts) => counts[month]))
      segments.forEach((s, k) => into[s].push({ month, coefficient: 1, units: graph.multiply(amount, shares[k]) }))
    }
  }
}

function monthsOf(entries: readonly Entry[]): ReadonlyMap<number, readonly Entry[]> {
  const months = new Map<number, Entry[]>()
  for (const entry of entries) {
    const own = months.get(entry.month)
    if (own) own.push(entry)
    else months.set(entry.month, [entry])
  }
  return months
}
