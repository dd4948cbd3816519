// One offer's contract on the trials: the entries of its bill, its overage, and the cost of people and of running it.
import type { ChargeProgram } from '../contract/compiled.ts'
import type { Layer } from '../contract/operation.ts'
import { type OfferProgram, type OfferSegmentProgram, type Program, returnsToAi } from '../compile/program.ts'
import { type ChargeEntries, type ContractEntries, type CostEntries, costsBySegment, type SegmentCosts } from './allocation.ts'
import { capped, floored } from './bounds.ts'
import { type CostCell, costCells } from './cells.ts'
import { type Entry, sumFrom, total } from './entries.ts'
import type { Graph, Node, Term } from './graph.ts'
import { quantityOf } from './included.ts'
import type { Inputs } from './inputs.ts'
import { changed, limited } from './limits.ts'
import { addedUp, type People, peopleAlone, peopleOf } from './people.ts'
import { type Amount, amountOfValue, type Prices, pricesOf } from './prices.ts'
import { returning } from './returning.ts'
import { guaranteed, billOfferMinimum, refunded } from './terms.ts'
import { shareNodes } from './traffic.ts'
import type { Handled, Usage } from './usage.ts'
import { unitsOf } from './usage-amount.ts'

export interface OverageNodes {
  /** For each month, 1 where some charge bills overage. */
  readonly hits: readonly Node[]
  readonly any: Node
  readonly quantity: Node
  readonly amount: Node
  readonly unused: Node
}

export interface Billing {
  readonly layers: readonly Layer[]
  readonly layer: (layer: Layer) => Node
  /** The bill over the horizon. */
  readonly bill: Node
  readonly total: Node
  readonly people: Node
  readonly running: Node
  /** The people beside the offer, and their cost by month. */
  readonly staffed: People
  readonly peopleMonth: (month: number) => Node
  /** The people without the AI. Their nodes are made when they are asked for. */
  readonly alone: () => People
  readonly runningMonth: (month: number) => Node
  readonly billMonth: (month: number) => Node
  readonly totalMonth: (month: number) => Node
  readonly overage?: OverageNodes
  /** The costs by segment of the program. Their nodes are made when they are asked for. */
  readonly segments: () => readonly SegmentCosts[]
  /** The finest parts of the costs. Their nodes are made when they are asked for. */
  readonly cells: () => readonly CostCell[]
  readonly genuine?: readonly Node[]
  readonly billable?: readonly Node[]
}

/** Overage billed in a month: its entry, its units, and 1 where the threshold is passed. */
type Over = { readonly entry: Entry; readonly units: Node; readonly hit: Node }

/** The unused commitments: constant + Σ terms. */
interface Unused {
  constant: number
  readonly terms: Term[]
}

/** One contract on the trials. */
interface Contracted extends ContractEntries {
  readonly offer: OfferProgram
  /** What the AI does for the buyer: nothing in months in which the contract runs in the shadow of others. */
  readonly working: Handled
  /** All entries of its bill. */
  readonly settled: readonly Entry[]
  readonly genuine?: readonly Node[]
  readonly billable?: readonly Node[]
}

interface Setting {
  readonly program: Program
  readonly inputs: Inputs
  readonly usage: Usage
  readonly prices: Prices
  readonly over: Over[]
  readonly unused: Unused
}

interface ContractSetting extends Setting {
  readonly offer: OfferProgram
  /** As for an `OfferSetting`. */
  readonly shares?: readonly (readonly Node[])[]
}

/** @param handled what it handles within its limits */
function contracted(setting: ContractSetting, handled: Handled): Contracted {
  const { program, inputs, usage, prices, over, unused, offer } = setting
  const { graph } = inputs
  const working = inShadow(graph, handled, offer.contract.shadow)
  const charges = offer.contract.charges.map((charge): ChargeEntries => {
    const quantity = quantityOf(setting, charge, handled)
    const own = [
      ...fixedEntries(charge, prices, inputs),
      ...usageEntries(graph, charge, quantity, prices, over, unused),
      ...ruleEntries(setting, charge, handled),
    ]
    return { charge, quantity, ...bounded(graph, charge, own, prices) }
  })
  const charged = charges.flatMap(({ used, floor }) => [...used, ...floor])
  const genuineIn = (s: number) => {
    const { genuine } = offer.segments[s]
    return genuine === undefined ? [] : usage.count(program.meters[genuine], working)
  }
  const terms = { graph, prices, genuine: genuineIn }
  const spend = billOfferMinimum(terms, offer.contract, charged)
  const refund = refunded(terms, offer.contract, spend, working, offer)
  const guarantee = guaranteed(terms, offer.contract, working, offer)
  const settled = [...spend, ...refund, ...guarantee]
  const sumOf = (meter: (segment: OfferSegmentProgram) => number | undefined, counted: Handled) => {
    const found = offer.segments.flatMap((segment) => meter(segment) ?? [])
    return found.length === 0 ? undefined : usage.sum(found, counted)
  }
  const [genuine, billable] = [sumOf((segment) => segment.genuine, working), sumOf((segment) => segment.billable, handled)]
  return {
    ...{ offer, handled, working, charges, settled, name: offer.name },
    served: offer.contract.segments,
    terms: settled.slice(charged.length),
    namedTerms: [
      { term: 'minimum', entries: spend.slice(charged.length) },
      { term: 'refund', entries: refund },
      { term: 'guarantee', entries: guarantee },
    ],
    ...(genuine && { genuine }),
    ...(billable && { billable }),
  }
}

/** What a contract handles, without the months that are in the shadow of others. */
function inShadow(graph: Graph, handled: Handled, shadow: readonly boolean[] | undefined): Handled {
  return shadow ? changed(handled, (node, month) => (shadow[month] ? graph.constant(0) : node)) : handled
}

/** The contracts of an offer, and all conversations by segment and month. */
function contractsIn(
  setting: Setting,
  offer: OfferProgram,
): { readonly contracts: readonly Contracted[]; readonly volumes: readonly (readonly Node[])[] } {
  const { inputs, usage } = setting
  const { parts } = offer
  const each = (parts?.contracts ?? [offer]).map((contract, p) => () => ({
    ...setting,
    offer: contract,
    ...(parts && { shares: shareNodes(parts.sharing, p, inputs) }),
  }))
  if (returnsToAi(offer)) {
    const settings = each.map((make) => make())
    const { handled, volume } = returning(settings)
    return { contracts: settings.map((own, p) => contracted(own, handled[p])), volumes: volume }
  }
  // Each contract is complete before the next, since the order of nodes fixes that of sums.
  const contracts = each.map((make) => {
    const own = make()
    return contracted(own, limited(own))
  })
  return { contracts, volumes: usage.conversations.segments.map(({ volume }) => volume) }
}

export function billingOf(program: Program, offer: OfferProgram, inputs: Inputs, usage: Usage): Billing {
  const { graph } = inputs
  const { months } = program
  const over: Over[] = []
  const unused: Unused = { constant: 0, terms: [] }
  const setting = { program, inputs, usage, prices: pricesOf(program.prices, inputs), over, unused }
  const { parts } = offer
  const { contracts, volumes } = contractsIn(setting, offer)
  const settled = contracts.flatMap((own) => own.settled)
  const [genuine, billable] = [
    addedUp(
      graph,
      contracts.map((own) => own.genuine),
    ),
    addedUp(
      graph,
      contracts.map((own) => own.billable),
    ),
  ]
  const people = peopleOf(setting, contracts, volumes)
  const ran = [...(parts ? [offer] : []), ...contracts.map((own) => own.offer)].map((own) => ({
    entries: runningEntries(months, own, inputs),
    served: own.contract.segments,
  }))
  const running = ran.flatMap(({ entries }) => entries)
  const everything = [...settled, ...people.entries, ...running]
  const sum = (list: readonly Entry[]) => total(graph, list)
  const billMonth = (m: number) => sum(settled.filter(({ month }) => month === m))
  const costs: CostEntries = { program, inputs, usage, contracts, volumes, people, running: ran }
  return {
    layers: offer.layers,
    layer: (layer) => sum(settled.filter((entry) => entry.layer === layer)),
    bill: sum(settled),
    total: sum(everything),
    people: sum(people.entries),
    running: sum(running),
    staffed: people,
    peopleMonth: (m) => sum(people.entries.filter(({ month }) => month === m)),
    alone: () => peopleAlone(setting),
    runningMonth: (m) => sum(running.filter(({ month }) => month === m)),
    billMonth,
    totalMonth: (m) => sum(everything.filter(({ month }) => month === m)),
    ...(offer.overage && { overage: overageOf(graph, months, over, unused) }),
    segments: () =>
      costsBySegment(costs, {
        ...{ bill: sum(settled), total: sum(everything) },
        months: Array.from({ length: months }, (_, m) => billMonth(m)),
      }),
    cells: () => costCells(costs),
    ...(genuine && { genuine }),
    ...(billable && { billable }),
  }
}

function fixedEntries({ fixed }: ChargeProgram, prices: Prices, inputs: Inputs): Entry[] {
  return fixed.flatMap(({ times, price, layer, units, covers }) => {
    const drawn = units === undefined ? undefined : inputs.value(units)
    return times.flatMap((number, month): Entry[] => {
      if (number === 0) return []
      const entry = entryOf(prices(price, month), number, month, layer, drawn)
      return [covers ? { ...entry, covers: covers[month] } : entry]
    })
  })
}

const entryOf = ({ coefficient, factor }: Amount, times: number, month: number, layer: Layer, units?: Node): Entry => ({
  month,
  layer,
  coefficient: coefficient * times,
  ...(factor !== undefined && { factor }),
  ...(units !== undefined && { units }),
})

/** A month bills the growth of its period's amount, at the month's own prices. */
function usageEntries(
  graph: Graph,
  { periods, ratchet }: ChargeProgram,
  quantity: readonly Node[],
  prices: Prices,
  over: Over[],
  unused: Unused,
): Entry[] {
  const entries: Entry[] = []
  let highest: Node | undefined
  for (const { start, end, operations, used, left, restarts } of periods) {
    if (restarts) highest = undefined
    const earlier = used === undefined ? undefined : graph.constant(used)
    const before = operations.map((operation) => (earlier === undefined ? undefined : unitsOf(graph, operation, earlier)))
    const beyond = operations.every((operation) => operation.kind !== 'hinge' || operation.committed !== true)
    let reached = graph.constant(0)
    for (let month = start; month < end; month++) {
      const first = month === start && earlier === undefined
      reached = sumFrom(graph, used, quantity.slice(start, month + 1))
      if (ratchet) {
        reached = highest === undefined ? reached : graph.greatest(highest, reached)
        highest = reached
      }
      operations.forEach((operation, k) => {
        const { kind, price, times, above, layer } = operation
        const units = unitsOf(graph, operation, reached)
        const last = before[k]
        before[k] = units
        const each = kind === 'hinge' && above <= 0 && !ratchet
        const increment = each ? quantity[month] : last === undefined ? units : graph.subtract(units, last)
        const entry = entryOf(prices(price, month), times, month, layer, increment)
        entries.push(entry)
        if (operation.overage !== true) return
        // If a charge bills nothing but overage, its quantity counts once, whatever the tiers.
        const counts = beyond ? k === 0 : true
        const grown = beyond ? quantity[month] : increment
        const passed = beyond ? graph.exceeds(grown, 0) : graph.exceeds(reached, above)
        const hit = beyond || first ? passed : graph.exceeds(graph.multiply(passed, increment), 0)
        over.push({ entry, units: counts ? grown : graph.constant(0), hit })
      })
    }
    // The unused quantity of a period is known at its end.
    if (left !== undefined) continue
    for (const operation of operations) {
      if (operation.kind !== 'hinge' || operation.committed !== true) continue
      // (C − q)⁺ = C − q + (q − C)⁺, where the last part exists already.
      unused.constant += operation.above
      unused.terms.push([-1, reached], [1, graph.excess(reached, operation.above)])
    }
  }
  return entries
}

/** What a rule of a program's own bills in each of its months. */
function ruleEntries({ inputs, usage, prices }: ContractSetting, { rule }: ChargeProgram, handled: Handled): Entry[] {
  if (!rule || rule.end <= rule.start) return []
  const { start, end, meters, price, layer } = rule
  const amounts = inputs.graph.ruled(
    rule,
    meters.map((quantity) => usage.counted(quantity, handled).slice(start, end)),
  )
  return amounts.map((units, k) => entryOf(prices(price, start + k), 1, start + k, layer, units))
}

/** A charge's own cap, then its own floor. */
function bounded(
  graph: Graph,
  { maximum, minimum }: ChargeProgram,
  entries: readonly Entry[],
  prices: Prices,
): Pick<ChargeEntries, 'used' | 'floor'> {
  const used = maximum ? [...entries, ...capped(graph, entries, maximum, prices, maximum.layer)] : entries
  return { used, floor: minimum ? floored(graph, used, minimum, prices, minimum.layer) : [] }
}

function overageOf(graph: Graph, months: number, over: readonly Over[], { constant, terms }: Unused): OverageNodes {
  const any = (some: readonly Over[]) =>
    some.length === 0 ? graph.constant(0) : some.map(({ hit }) => hit).reduce((one, other) => graph.greatest(one, other))
  const hits = Array.from({ length: months }, (_, m) => any(over.filter(({ entry }) => entry.month === m)))
  const entries = over.map(({ entry }) => entry)
  return {
    hits,
    any: any(over),
    quantity: graph.add(...over.map(({ units }) => units)),
    amount: total(graph, entries),
    unused: graph.linear(constant, terms),
  }
}

function runningEntries(months: number, { running }: OfferProgram, inputs: Inputs): Entry[] {
  if (!running) return []
  return Array.from({ length: months }, (_, month) => {
    const { coefficient, factor } = amountOfValue(inputs.graph, inputs.value(running.values[month]))
    return { month, coefficient: coefficient * running.times, ...(factor !== undefined && { factor }) }
  })
}
