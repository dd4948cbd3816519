// Compares an offer with people who handle everything: savings, return and payback, as vendors' calculators show them, with uncertainty.
// Each trial has its own ratio, and percentiles of a ratio are taken over these.
import { byMonth, type Staged } from '../../contract/stages.ts'
import { UsageError } from '../../errors.ts'
import type { Estimate } from '../../summary/summary.ts'
import { estimateOf } from '../../numerics/estimators/figure.ts'
import { columnMean, shareFigure } from '../../numerics/estimators/figures.ts'
import { formatShare } from '../../notation/money.ts'
import type { SampledColumn } from '../../numerics/estimators/sorted.ts'
import type { Node, Term } from '../../simulation/graph.ts'
import { percentilesOf } from '../percentiles.ts'
import type { Trials } from '../trials.ts'

const LEVELS = [5, 10, 25, 50, 75, 80, 90, 95] as const

/** Mean and percentiles of an amount or a ratio. */
type Saved = { readonly mean: Estimate; readonly percentiles: Readonly<Record<string, Estimate>> }

export interface Payback {
  /** The probability that savings have paid for the cost by the end of each month. */
  readonly byMonth: readonly Estimate[]
  /** The probability that they do not within the horizon. */
  readonly never: Estimate
  /** The first month (1, 2 …) by which this share of trials has paid back. Absent if too few ever do. */
  readonly percentiles: Readonly<Record<string, number>>
}

export interface Savings {
  readonly offer: string
  /** Money over the horizon. */
  readonly savings: Saved
  /** Savings divided by the spending on the vendor and on running it. Absent if a trial spends nothing. */
  readonly return?: Saved
  readonly payback: Payback
  readonly costPerConversation?: Saved
  readonly costPerResolution?: Saved
  /** Absent if the plan does not state how long a contact takes (human.minutes). */
  readonly hoursFreed?: Saved
  readonly words: string
}

/** @throws UsageError for a plan without the cost of people */
export function savingsOf(trials: Trials, offer: string): Savings {
  const place = trials.offer(offer)
  const { model, months } = trials
  const { graph, conversations } = model
  const billing = model.offers[place]
  const program = trials.outcome.program
  if (program.segments.every(({ human }) => human === undefined))
    throw new UsageError('savings need the cost of people to compare with. Add it to the plan, such as human: { cost: $6.00 }')
  const times = Array.from({ length: months }, (_, m) => m)
  const { parts, running: stated } = program.offers[place]
  const even = !parts && new Set(stated?.values).size <= 1
  const running = times.map((m) => (even ? graph.scale(1 / months, billing.running) : billing.runningMonth(m)))
  const streams = streamsOf(trials, place, running)
  const saved = times.map((m) =>
    graph.linear(0, [
      ...streams.map(({ cashable, freed }): Term => [cashable[m], freed[m]]),
      [-1, billing.billMonth(m)],
      [-1, running[m]],
    ]),
  )
  const [savings, spent] = [graph.add(...saved), graph.add(billing.bill, billing.running)]
  const { bill } = billing
  const volume = graph.add(...conversations.volume)
  const resolved = billing.genuine && graph.add(...billing.genuine)
  const ratio = (above: Node, below: Node): Saved | undefined => {
    if (!trials.columns([below])[0].every((value) => value > 0)) return undefined
    return savedOf(trials.derived([above, below], ([one, other], i) => one[i] / other[i]))
  }
  const earned = ratio(savings, spent)
  const perConversation = ratio(bill, volume)
  const perResolution = resolved && ratio(bill, resolved)
  const hours = hoursOf(trials, streams)
  const payback = paybackOf(trials, trials.sampled(saved))
  return {
    offer,
    savings: savedOf(trials.sampled([savings])[0]),
    ...(earned && { return: earned }),
    payback,
    ...(perConversation && { costPerConversation: perConversation }),
    ...(perResolution && { costPerResolution: perResolution }),
    ...(hours && { hoursFreed: savedOf(hours) }),
    words: wordsOf(offer, payback),
  }
}

/** The contacts that the AI takes off people in one segment. By month. */
interface Stream {
  readonly cost: readonly Node[]
  /** The cost of the freed contacts. */
  readonly freed: readonly Node[]
  readonly cashable: readonly number[]
  readonly minutes?: readonly number[]
}

function streamsOf({ model, outcome, scenario, months }: Trials, place: number, running: readonly Node[]): Stream[] {
  const { graph, conversations, inputs } = model
  const { segments } = outcome.program
  const billing = model.offers[place]
  const times = Array.from({ length: months }, (_, m) => m)
  const stated = <T>(value: Staged<T>) => byMonth(value, scenario.start, months)
  // The total consists of the bill, people and running costs.
  const beyond = (m: number) => graph.subtract(graph.subtract(billing.totalMonth(m), billing.billMonth(m)), running[m])
  return segments.map(({ human }, s): Stream => {
    const own = { ...scenario.human, ...scenario.segments?.[s].human }
    const cost = times.map((m) => (human ? inputs.value(human.cost[m]) : graph.constant(0)))
    const people = (m: number) => (segments.length === 1 ? beyond(m) : billing.peopleMonth(s, m))
    const { volume } = conversations.segments[s]
    return {
      cost,
      freed: times.map((m) => graph.subtract(graph.multiply(cost[m], volume[m]), people(m))),
      cashable: stated(own.cashable ?? 1),
      ...(own.minutes !== undefined && { minutes: stated(own.minutes) }),
    }
  })
}

/** The working time of the freed contacts, from their cost. Contacts with the same cost and time are added up first. */
function hoursOf(trials: Trials, streams: readonly Stream[]): SampledColumn | undefined {
  const groups = new Map<string, { readonly freed: Node[]; readonly cost: Node; readonly minutes: number }>()
  for (const { cost, freed, minutes } of streams) {
    if (!minutes) return undefined
    freed.forEach((node, m) => {
      const key = `${cost[m]} ${minutes[m]}`
      const group = groups.get(key) ?? { freed: [], cost: cost[m], minutes: minutes[m] }
      group.freed.push(node)
      groups.set(key, group)
    })
  }
  const { graph } = trials.model
  const parts = [...groups.values()].map(({ freed, cost, minutes }) => ({ nodes: [graph.add(...freed), cost], minutes }))
  return trials.derived(
    parts.flatMap(({ nodes }) => nodes),
    (columns, i) =>
      parts.reduce((sum, part, k) => {
        const [work, price] = [columns[2 * k][i], columns[2 * k + 1][i]]
        return sum + (price > 0 ? ((work / price) * part.minutes) / 60 : 0)
      }, 0),
  )
}

function savedOf(column: SampledColumn): Saved {
  return { mean: estimateOf(columnMean(column)), percentiles: percentilesOf(column, LEVELS) }
}

/** Finds the first month with cumulative savings of 0 or more in each trial. */
function paybackOf({ design }: Trials, months: readonly SampledColumn[]): Payback {
  const n = months[0].values.length
  const first = new Int32Array(n).fill(-1)
  const running = new Float64Array(n)
  months.forEach(({ values }, m) => {
    for (let i = 0; i < n; i++) {
      running[i] += values[i]
      if (first[i] < 0 && running[i] >= 0) first[i] = m
    }
  })
  const certain = design.certain || months.every(({ beyond }) => beyond.constant)
  const share = (is: (month: number) => boolean) => estimateOf(shareFigure({ ...design, certain }, (i) => (is(first[i]) ? 1 : 0)))
  const byMonth = months.map((_, m) => share((month) => month >= 0 && month <= m))
  const percentiles = LEVELS.flatMap((p) => {
    const month = byMonth.findIndex(({ value }) => value >= p / 100)
    return month < 0 ? [] : [[`p${p}`, month + 1] as const]
  })
  return { byMonth, never: share((month) => month < 0), percentiles: Object.fromEntries(percentiles) }
}

function wordsOf(offer: string, { never, percentiles }: Payback): string {
  const half = percentiles.p50
  const chance = formatShare(never.value)
  if (half === undefined) return `${offer} does not pay for itself within the horizon in ${chance} of trials.`
  const rest = never.value > 0 ? ` In ${chance} of trials it does not within the horizon.` : ''
  return `${offer} pays for itself by month ${half} in half of all trials.${rest}`
}
