// Splits an offer's costs between segments, month by month and trial by trial. A charge of one segment belongs to it. A charge by quantity
// is split by the quantities of its segments. Fees, seats, minimums and terms of the whole are split by conversations.
import type { Program } from '../compile/program.ts'
import type { ChargeProgram } from '../contract/compiled.ts'
import { type Entry, total } from './entries.ts'
import type { Node } from './graph.ts'
import type { Inputs } from './inputs.ts'
import type { People } from './people.ts'
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

/** The entries of one contract. */
export interface ContractEntries {
  /** The name of its offer, or that of its part: `switch.parts.new`. */
  readonly name: string
  readonly handled: Handled
  readonly charges: readonly ChargeEntries[]
  /** The segments that it serves. */
  readonly served: readonly number[]
  /** Its minimum, refund and guarantee. */
  readonly terms: readonly Entry[]
  /** The same by the key that states them. */
  readonly namedTerms: readonly { readonly term: 'minimum' | 'refund' | 'guarantee'; readonly entries: readonly Entry[] }[]
}

/** The entries of an offer. */
export interface CostEntries {
  readonly program: Program
  readonly inputs: Inputs
  readonly usage: Usage
  readonly contracts: readonly ContractEntries[]
  /** All conversations by segment and month. */
  readonly volumes: readonly (readonly Node[])[]
  readonly people: Pick<People, 'bySegment' | 'pools'>
  /** The buyer's own costs of some segments. */
  readonly running: readonly { readonly entries: readonly Entry[]; readonly served: readonly number[] }[]
}

/** The entries of one segment. */
export interface SplitEntries {
  readonly own: Entry[]
  /** Equal parts of amounts in months without anything to split them by. Segments with the same parts share one node. */
  readonly even: Entry[]
}

export function costsBySegment(costs: CostEntries, whole: SegmentCosts): readonly SegmentCosts[] {
  const { program, inputs, people, running } = costs
  if (program.segments.length === 1) return [whole]
  const { graph } = inputs
  const bills = splitParts(program)
  const shares = new EntrySplit(costs)
  splitBill(costs, shares, bills)
  const ran = splitParts(program)
  for (const { entries, served } of running) shares.byVolume(entries, served, ran)
  const crew = splitParts(program)
  shares.byWork(people.pools, crew)
  const sumOf = ({ own, even }: Readonly<Record<keyof SplitEntries, readonly Entry[]>>) =>
    graph.add(total(graph, own), total(graph, even))
  return bills.map((bill, s) => {
    const [own, even] = [monthsOf(bill.own), monthsOf(bill.even)]
    const beyond = {
      own: [...bill.own, ...people.bySegment[s], ...ran[s].own, ...crew[s].own],
      even: [...bill.even, ...ran[s].even, ...crew[s].even],
    }
    return {
      bill: sumOf(bill),
      total: sumOf(beyond),
      months: Array.from({ length: program.months }, (_, m) => sumOf({ own: own.get(m) ?? [], even: even.get(m) ?? [] })),
    }
  })
}

export const splitParts = ({ segments }: Program): SplitEntries[] => segments.map(() => ({ own: [], even: [] }))

/** Adds the entries of the bill to the parts of the segments. */
function splitBill({ contracts }: CostEntries, shares: EntrySplit, bills: readonly SplitEntries[]): void {
  for (const { charges, served, terms, handled } of contracts) {
    for (const entries of charges) shares.split(entries, handled, bills)
    shares.byVolume(terms, served, bills)
  }
}

/** A smaller sum counts as none, so that no amount divided by it is infinite. */
const LEAST_SUM = 1e-200

export class EntrySplit {
  readonly #costs: CostEntries

  constructor(costs: CostEntries) {
    this.#costs = costs
  }

  /** Splits the entries of a charge. */
  split(entries: ChargeEntries, handled: Handled, into: readonly SplitEntries[]): void {
    const { charge, used, floor } = entries
    const { segments, metered } = charge
    if (segments.length === 1) {
      into[segments[0]].own.push(...used, ...floor)
      return
    }
    if (metered) this.byUse(entries, handled, into)
    else this.byVolume(used, segments, into)
    this.byVolume(floor, segments, into)
  }

  /** Splits entries by the conversations of their segments in each month. */
  byVolume(entries: readonly Entry[], segments: readonly number[], into: readonly SplitEntries[]): void {
    const volumes = segments.map((s) => this.#costs.volumes[s])
    this.#split(
      entries,
      volumes,
      segments.map((s) => into[s]),
    )
  }

  /** Splits the cost of pools of people by their minutes in their segments. */
  byWork(pools: People['pools'], into: readonly SplitEntries[]): void {
    for (const { entries, segments, minutes } of pools) {
      const parts = segments.map((s) => into[s])
      if (parts.length === 1) parts[0].own.push(...entries)
      else this.#split(entries, minutes, parts)
    }
  }

  /** Splits a charge by the quantities of its segments in each month. */
  byUse({ charge, quantity, used }: ChargeEntries, handled: Handled, into: readonly SplitEntries[]): void {
    const { program, usage } = this.#costs
    const { segments } = charge
    const counts = segments.map((s) => {
      const meters = charge.quantity.filter(({ meter }) => program.meters[meter].segment === s)
      return usage.counted(meters, handled)
    })
    const parts = segments.map((s) => into[s])
    // An amount of a price times the whole quantity is that price times each segment's own.
    const isPlain = ({ month, units }: Entry) => !charge.included && units === quantity[month]
    for (const entry of used.filter(isPlain)) parts.forEach(({ own }, k) => own.push({ ...entry, units: counts[k][entry.month] }))
    this.#split(
      used.filter((entry) => !isPlain(entry)),
      counts,
      parts,
    )
  }

  /** Splits the entries of each month by weights, equally where all of them are 0. A month takes one division, whatever the segments. */
  #split(entries: readonly Entry[], weights: readonly (readonly Node[])[], into: readonly SplitEntries[]): void {
    const { graph } = this.#costs.inputs
    for (const [month, own] of monthsOf(entries)) {
      const amount = total(graph, own)
      const parts = weights.map((by) => by[month])
      const sum = graph.add(...parts)
      const some = graph.above(sum, LEAST_SUM)
      // Offers with certain amounts share the shares.
      const known = graph.known(amount)
      const each = graph.divide(known === undefined ? amount : graph.constant(1), graph.clamp(sum, LEAST_SUM, Infinity))
      const none = graph.multiply(amount, graph.complement(some))
      into.forEach((part, k) => {
        part.own.push({ month, coefficient: known ?? 1, units: graph.multiply(each, parts[k]) })
        part.even.push({ month, coefficient: 1 / parts.length, units: none })
      })
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
