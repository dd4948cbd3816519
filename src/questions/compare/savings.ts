// Compares an offer with people who handle everything: savings, return and payback, as vendors' calculators show them, with uncertainty.
import { UsageError } from '../../errors.ts'
import type { Estimate, Mean, OfferSummary } from '../../summary/summary.ts'
import { estimateOf } from '../../numerics/estimators/figure.ts'
import { columnMean, shareFigure } from '../../numerics/estimators/figures.ts'
import { formatShare } from '../../notation/money.ts'
import type { SampledColumn } from '../../numerics/estimators/sorted.ts'
import type { ResolvedScenario } from '../../scenario/resolved.ts'
import { total } from '../../simulation/entries.ts'
import type { Node, Term } from '../../simulation/graph.ts'
import { percentilesOf } from '../percentiles.ts'
import type { Trials } from '../trials.ts'

const LEVELS = [5, 10, 25, 50, 75, 80, 90, 95] as const

/**
 * The mean of an amount, or the ratio of two means, as in the summary: a mean of ratios would weigh small years as much as large ones.
 * Percentiles are those of the trials, each with its own amount or ratio.
 */
export type Saved = { readonly mean: Estimate; readonly percentiles: Readonly<Record<string, Estimate>> }

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
  /** The total cost without the AI: people handle every conversation. Money over the horizon. */
  readonly withoutAi: Saved
  /** The total cost without the AI less that of the offer. */
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

/** Whether a scenario states the cost of people, which savings need. */
export const hasPeople = ({ human, segments = [] }: Pick<ResolvedScenario, 'human' | 'segments'>): boolean =>
  human !== undefined || segments.some((segment) => segment.human !== undefined)

/**
 * @param summary the offer's own, whose costs per conversation and per resolution are repeated here
 * @throws UsageError for a plan without the cost of people
 */
export function savingsOf(
  trials: Trials,
  offer: string,
  summary: Pick<OfferSummary, 'costPerConversation' | 'costPerResolution'>,
): Savings {
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
  const people = billing.alone()
  const alone = times.map((m) =>
    total(
      graph,
      people.entries.filter(({ month }) => month === m),
    ),
  )
  const saved = times.map((m) =>
    graph.linear(0, [
      [1, alone[m]],
      [-1, billing.peopleMonth(m)],
      [-1, billing.billMonth(m)],
      [-1, running[m]],
    ]),
  )
  const [savings, spent] = [graph.add(...saved), graph.add(billing.bill, billing.running)]
  const { bill } = billing
  const volume = graph.add(...conversations.volume)
  const resolved = billing.genuine && graph.add(...billing.genuine)
  const earned = ratioOf(trials, savings, spent)
  const perConversation = withMean(ratioOf(trials, bill, volume), summary.costPerConversation)
  const perResolution = resolved && withMean(ratioOf(trials, bill, resolved), summary.costPerResolution)
  const hours = hoursOf(trials, place)
  const payback = paybackOf(trials, trials.sampled(saved))
  return {
    offer,
    withoutAi: savedOf(trials.sampled([graph.add(...alone)])[0]),
    savings: savedOf(trials.sampled([savings])[0]),
    ...(earned && { return: earned }),
    payback,
    ...(perConversation && { costPerConversation: perConversation }),
    ...(perResolution && { costPerResolution: perResolution }),
    ...(hours && { hoursFreed: savedOf(trials.sampled([hours])[0]) }),
    words: wordsOf(offer, payback),
  }
}

/** The ratio of two nodes, whose mean is the ratio of means. Undefined if the divisor is 0 in some trial. */
function ratioOf(trials: Trials, above: Node, below: Node): Saved | undefined {
  const [over, under] = trials.sampled([above, below])
  if (!under.values.every((value) => value > 0)) return undefined
  const each = trials.derived([above, below], ([one, other], i) => one[i] / other[i])
  const divisor = columnMean(under).value
  const ratio = columnMean(over).value / divisor
  // The influence of a trial on the ratio, of which the mean is 0.
  const moved = trials.derived([above, below], ([one, other], i) => (one[i] - ratio * other[i]) / divisor)
  return { ...savedOf(each), mean: { ...estimateOf(columnMean(moved)), value: ratio } }
}

const withMean = (saved: Saved | undefined, stated: Mean | undefined): Saved | undefined =>
  saved && stated ? { ...saved, mean: stated.mean } : saved

/** The working time of the contacts that the AI takes off people. Undefined if a segment does not state how long one takes. */
function hoursOf({ model, outcome }: Trials, place: number): Node | undefined {
  const { graph, conversations, inputs } = model
  const { segments, staff } = outcome.program
  const terms: Term[] = []
  for (const [s, { human }] of segments.entries()) {
    const pooled = staff.flatMap((pool) => pool.segments).find(({ segment }) => segment === s)
    const minutes = pooled?.minutes ?? (human && 'minutes' in human ? human.minutes : undefined)
    const work = model.offers[place].staffed.work[s]
    if (!minutes || !work) return undefined
    minutes.forEach((each, m) => {
      const freed = graph.subtract(conversations.segments[s].volume[m], work.weighted[m])
      terms.push([1 / 60, graph.multiply(inputs.value(each), freed)])
    })
  }
  return graph.linear(0, terms)
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
