// An offer's costs by month, charge, layer and segment: the finest parts that a ledger books. Their sums are the bill, people and running.
import { partPrefix } from '../contract/offer.ts'
import { type CostEntries, splitParts, EntrySplit, type SplitEntries } from './allocation.ts'
import { type Entry, total } from './entries.ts'
import type { Node } from './graph.ts'

export interface CostCell {
  readonly month: number
  /** The charge's name in its offer, a term of the offer such as `minimum`, `people` or `running`. */
  readonly charge: string
  readonly layer: string
  /** The place of the segment. */
  readonly segment: number
  /** The number of months that the amount pays for in advance, from its own on. */
  readonly covers: number
  readonly amount: Node
}

type Placed = Pick<CostCell, 'charge' | 'layer' | 'covers'>

/** The cells of the bill, then those of people and of running, in which no amount is certain to be 0. */
export function costCells(costs: CostEntries): CostCell[] {
  const { people, running } = costs
  const shares = new EntrySplit(costs)
  const bill = costs.contracts.flatMap((contract) => {
    const prefix = partPrefix(contract.name)
    const charges = contract.charges.flatMap((own) => {
      const { charge, used, floor } = own
      return byLayer([...used, ...floor]).flatMap(([placed, entries]) => {
        const within = { used: used.filter((entry) => entries.has(entry)), floor: floor.filter((entry) => entries.has(entry)) }
        const parts = splitParts(costs.program)
        shares.split({ ...own, ...within }, contract.handled, parts)
        return cellsOf(costs, { ...placed, charge: charge.name }, parts)
      })
    })
    const terms = contract.namedTerms.flatMap(({ term, entries }) =>
      byLayer(entries).flatMap(([placed, own]) => {
        const parts = splitParts(costs.program)
        shares.byVolume([...own], contract.served, parts)
        return cellsOf(costs, { ...placed, charge: `${prefix}${term}` }, parts)
      }),
    )
    return [...charges, ...terms]
  })
  const ran = splitParts(costs.program)
  for (const { entries, served } of running) shares.byVolume(entries, served, ran)
  const worked = people.bySegment.map((own): SplitEntries => ({ own: [...own], even: [] }))
  shares.byWork(people.pools, worked)
  const beyond = (layer: string) => ({ charge: layer, layer, covers: 1 })
  return [...bill, ...cellsOf(costs, beyond('people'), worked), ...cellsOf(costs, beyond('running'), ran)]
}

/** Entries by their layer, and by the months that they pay for. */
function byLayer(entries: readonly Entry[]): [Pick<Placed, 'layer' | 'covers'>, ReadonlySet<Entry>][] {
  const groups = new Map<string, [Pick<Placed, 'layer' | 'covers'>, Set<Entry>]>()
  for (const entry of entries) {
    const { layer = '', covers = 1 } = entry
    const key = `${layer} ${covers}`
    const group = groups.get(key) ?? [{ layer, covers }, new Set<Entry>()]
    groups.set(key, group)
    group[1].add(entry)
  }
  return [...groups.values()]
}

/** The entries of each segment, added up by month. */
function cellsOf({ program, inputs }: CostEntries, placed: Placed, parts: readonly SplitEntries[]): CostCell[] {
  const { graph } = inputs
  return parts.flatMap((part, segment) =>
    Array.from({ length: program.months }, (_, month) => month).flatMap((month): CostCell[] => {
      const inMonth = (entries: readonly Entry[]) => entries.filter((entry) => entry.month === month)
      const amount = graph.add(total(graph, inMonth(part.own)), total(graph, inMonth(part.even)))
      return graph.known(amount) === 0 ? [] : [{ ...placed, month, segment, amount }]
    }),
  )
}
