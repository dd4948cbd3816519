// Savings and return against handling everything with people: what vendors' calculators show, with uncertainty. Percentiles of ratios
// are those of each future's own ratio.
import { UsageError } from '../../errors.ts'
import type { Estimate } from '../../summary/summary.ts'
import type { Node } from '../../simulation/graph.ts'
import { estimateOf } from '../../numerics/estimators/figure.ts'
import { columnMean, shareFigure } from '../../numerics/estimators/figures.ts'
import { percentileOf } from '../../numerics/estimators/percentile.ts'
import type { Trials } from '../trials.ts'

const LEVELS = [5, 10, 25, 50, 75, 80, 90, 95] as const

/** Mean and percentiles of what is saved or spent. */
export interface Saved {
  readonly mean: Estimate
  readonly percentiles: Readonly<Record<string, Estimate>>
}

export interface Payback {
  /** Probability that savings have paid for the cost by the end of each month. */
  readonly byMonth: readonly Estimate[]
  readonly never: Estimate
  /** The first month (1, 2 …) by which so many of futures have paid; absent where fewer ever do. */
  readonly percentiles: Readonly<Record<string, number>>
}

export interface Savings {
  readonly offer: string
  /** Money over the horizon. */
  readonly savings: Saved
  /** Savings by what is spent on the vendor and on running it; absent where nothing is spent. */
  readonly return?: Saved
  readonly payback: Payback
  readonly costPerConversation?: Saved
  readonly costPerResolution?: Saved
  /** Absent where the scenario does not say how long a contact takes. */
  readonly hoursFreed?: Saved
  readonly words: string
}

/** @throws UsageError where the scenario has no people to compare with */
export function savingsOf(trials: Trials, offer: string): Savings {
  const place = trials.offer(offer)
  const { human } = trials.scenario
  if (!human)
    throw new UsageError(
      'savings need the cost of handling everything with people: expected human: { cost: $6.00 } in the scenario',
    )
  const { model, months } = trials
  const { graph, conversations, inputs } = model
  const billing = model.offers[place]
  const program = trials.outcome.program
  const cost = program.human ? inputs.value(program.human.cost) : graph.constant(0)
  const times = Array.from({ length: months }, (_, m) => m)
  const sum = (nodes: readonly Node[]) =>
    graph.linear(
      0,
      nodes.map((node) => [1, node] as const),
    )
  // People and running costs are what the total has beyond the bill.
  const beyond = times.map((m) => graph.subtract(billing.totalMonth(m), billing.billMonth(m)))
  const running = graph.scale(1 / months, billing.running)
  const people = beyond.map((node) => graph.subtract(node, running))
  const alone = conversations.volume.map((volume) => graph.multiply(cost, volume))
  const freed = times.map((m) => graph.subtract(alone[m], people[m]))
  const saved = times.map((m) =>
    graph.linear(0, [
      [human.cashable, freed[m]],
      [-1, billing.billMonth(m)],
      [-1, running],
    ]),
  )
  const genuine = billing.genuine && sum(billing.genuine)
  const [savings, spent, bill, volume, price, work] = trials.columns([
    sum(saved),
    graph.linear(0, [
      [1, billing.bill],
      [1, billing.running],
    ]),
    billing.bill,
    sum(conversations.volume),
    cost,
    sum(freed),
  ])
  const resolved = genuine === undefined ? undefined : trials.columns([genuine])[0]
  const ratio = (above: Float64Array, below: Float64Array): Saved | undefined =>
    below.every((value) => value > 0)
      ? savedOf(
          trials,
          above.map((value, i) => value / below[i]),
        )
      : undefined
  const told = savedOf(trials, savings)
  const earned = ratio(savings, spent)
  const perConversation = ratio(bill, volume)
  const perResolution = resolved && ratio(bill, resolved)
  const hours =
    human.minutes === undefined
      ? undefined
      : work.map((money, i) => (price[i] > 0 ? ((money / price[i]) * (human.minutes ?? 0)) / 60 : 0))
  const payback = paybackOf(trials, trials.columns(saved))
  return {
    offer,
    savings: told,
    ...(earned && { return: earned }),
    payback,
    ...(perConversation && { costPerConversation: perConversation }),
    ...(perResolution && { costPerResolution: perResolution }),
    ...(hours && { hoursFreed: savedOf(trials, hours) }),
    words: wordsOf(offer, payback),
  }
}

function savedOf(trials: Trials, values: Float64Array): Saved {
  const column = trials.column(values)
  const sample = column.select(LEVELS.map((p) => p / 100))
  const percentiles = LEVELS.map((p) => {
    const { value, se } = percentileOf(sample, p / 100)
    return [`p${p}`, { value, se }] as const
  })
  return { mean: estimateOf(columnMean(column)), percentiles: Object.fromEntries(percentiles) }
}

/** The first month whose cumulative savings are not below 0. */
function paybackOf({ design }: Trials, months: readonly Float64Array[]): Payback {
  const n = months[0].length
  const first = new Int32Array(n).fill(-1)
  const running = new Float64Array(n)
  months.forEach((saved, m) => {
    for (let i = 0; i < n; i++) {
      running[i] += saved[i]
      if (first[i] < 0 && running[i] >= 0) first[i] = m
    }
  })
  const same = first.every((month) => month === first[0])
  const share = (is: (month: number) => boolean) =>
    estimateOf(shareFigure({ ...design, certain: same }, (i) => (is(first[i]) ? 1 : 0)))
  const byMonth = months.map((_, m) => share((month) => month >= 0 && month <= m))
  const percentiles = LEVELS.flatMap((p) => {
    const month = byMonth.findIndex(({ value }) => value >= p / 100)
    return month < 0 ? [] : [[`p${p}`, month + 1] as const]
  })
  return { byMonth, never: share((month) => month < 0), percentiles: Object.fromEntries(percentiles) }
}

function wordsOf(offer: string, { never, percentiles }: Payback): string {
  const half = percentiles.p50
  const chance = `${Number((100 * never.value).toPrecision(3))} %`
  if (half === undefined) return `${offer} never pays for itself in ${chance} of futures.`
  const rest = never.value > 0 ? `; in ${chance} of futures it never does` : ''
  return `In half of all futures ${offer} has paid for itself by month ${half}${rest}.`
}
