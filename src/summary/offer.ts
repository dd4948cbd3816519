// Summarizes one offer: its costs, resolutions, overage and layers.
import type { PointEstimate } from '../invoice/point.ts'
import type { Functional } from '../numerics/estimators/layout.ts'
import type { MeasuredOverage, MeasuredPeople } from '../simulation/measured.ts'
import { costOf, type Read } from './cost.ts'
import type { Cost, Estimate, Mean, OfferSummary, Overage, PeopleSummary, SegmentCostSummary } from './summary.ts'

export function offerSummary(read: Read, offer: number, point: PointEstimate): OfferSummary {
  const { outcome, estimates } = read
  const { measured, program } = outcome
  const { genuine, billable, overage, layers, people, running, meanBill, staffed } = measured.offers[offer]
  const bill = costOf(read, offer, 'bill', point)
  const total = program.distinctTotal ? costOf(read, offer, 'total', point) : bill
  const billed = measured.offers[offer].bill.series
  const all = measured.offers[offer].total.series
  const perConversation = estimates.ratio(meanBill, measured.means.sumOf(measured.tickets), billed)
  const perResolution = genuine && estimates.ratio(meanBill, genuine, billed)
  const mean = (functional: Functional): Mean => ({ mean: estimates.mean(functional, billed) })
  const segments = segmentsOf(read, offer, bill, point)
  return {
    bill,
    total,
    ...(genuine && { resolutions: mean(genuine) }),
    ...(billable && { billable: mean(billable) }),
    ...(perConversation && { costPerConversation: { mean: perConversation } }),
    ...(perResolution && { costPerResolution: { mean: perResolution } }),
    overage: overage ? overageOf(read, overage, billed) : noOverage(measured.tickets.length),
    layers: Object.fromEntries(layers.map(({ layer, mean: amount }) => [layer, estimates.mean(amount, billed)])),
    beyondBill: {
      ...(program.segments.some(({ human }) => human) && { people: estimates.mean(people, all) }),
      ...(program.offers[offer].running && { running: estimates.mean(running, all) }),
    },
    ...(staffed && { people: peopleOf(read, staffed, all) }),
    ...(segments && { segments }),
  }
}

/** People on the payroll: figures of the work, whose errors widen with those of the total. */
function peopleOf({ estimates }: Read, people: MeasuredPeople, total: number): PeopleSummary {
  const { heads, need, hires, releases, shortfall, turns } = people
  const mean = (functional: Functional): Mean => ({ mean: estimates.mean(functional, total) })
  const errors = turns.map((own) => Math.max(0, ...own.map((turn) => estimates.turnError(turn))))
  /** A mean that arrivals and departures up to a month move. */
  const turning = (functional: Functional, months: number): Mean => {
    const { value, se } = estimates.mean(functional, total)
    return { mean: { value, se: Math.max(se, ...errors.slice(0, months)) } }
  }
  return {
    heads: { monthly: heads.map((own, m) => turning(own, m + 1)) },
    need: { monthly: need.map(mean) },
    hires: turning(hires, turns.length),
    releases: turning(releases, turns.length),
    shortfall: mean(shortfall),
  }
}

function overageOf({ outcome, estimates }: Read, overage: MeasuredOverage, cost: number): Overage {
  return {
    any: estimates.counted(overage.any),
    months: overage.months.map((month) => estimates.counted(month)),
    monthsMean: estimates.counted(outcome.measured.means.sumOf(overage.months)),
    quantity: estimates.mean(overage.quantity, cost),
    amount: estimates.mean(overage.amount, cost),
    unused: estimates.mean(overage.unused, cost),
  }
}

function noOverage(count: number): Overage {
  const none: Estimate = { value: 0, se: 0 }
  const months = Array.from({ length: count }, () => none)
  return { any: none, months, monthsMean: none, quantity: none, amount: none, unused: none }
}

/**
 * The costs by segment. A segment's budget is its mean and a share of the contingency in proportion to its covariance with the bill (Euler
 * allocation; Tasche, "Capital allocation to business units and sub-portfolios: the Euler principle", 2007), so that budgets add up.
 */
function segmentsOf(
  { outcome, estimates }: Read,
  offer: number,
  { percentiles }: Cost,
  point: PointEstimate,
): OfferSummary['segments'] {
  const { measured, program } = outcome
  const { segments, bill, total, meanBill } = measured.offers[offer]
  if (segments.length === 0) return undefined
  const { p80 } = percentiles
  const means = [meanBill, ...segments.flatMap((own) => [own.bill, own.product])]
  const statistic = (of: (values: readonly number[]) => number) => estimates.statistic(of, means, bill.series)
  const mean = (functional: Functional) => estimates.mean(functional, bill.series)
  const varianceOf = (s: number) =>
    estimates.statistic((values) => varianceShares(values)?.[s] ?? 1 / segments.length, means, bill.series, 'sd')
  const varies = varianceShares(means.map((functional) => mean(functional).value)) !== undefined
  const budgetOf = (s: number): Estimate | undefined => {
    if (!p80) return undefined
    const { value, se } = statistic((values) => allocatedTo(s, p80.value, values))
    // The budget is known within its own error, of which the segment has its share.
    const share = statistic((values) => allocatedTo(s, values[0] + 1, values) - values[1 + 2 * s])
    return { value, se: Math.sqrt(se * se + share.value * share.value * p80.se * p80.se) }
  }
  return Object.fromEntries(
    program.segments.map(({ name }, s): [string, SegmentCostSummary] => {
      const p = budgetOf(s)
      const own = segments[s]
      const planned = point.segments[s]
      return [
        name,
        {
          bill: {
            point: planned.bill,
            mean: mean(own.bill),
            monthly: own.monthly.map((month, m) => ({ point: planned.monthly[m], mean: mean(month) })),
          },
          total: { point: planned.total, mean: estimates.mean(own.total, total.series) },
          budget: { ...(p && { p80: p }) },
          risk: { ...(varies && { variance: varianceOf(s) }) },
        },
      ]
    }),
  )
}

/** A segment's part of a budget, from the mean of the bill, then of each segment's bill and of its product with the whole. */
function allocatedTo(s: number, budget: number, values: readonly number[]): number {
  const [whole, part] = [values[0], values[1 + 2 * s]]
  // A bill that does not vary is shared in proportion to its parts.
  const even = whole === 0 ? 2 / (values.length - 1) : part / whole
  return part + (varianceShares(values)?.[s] ?? even) * (budget - whole)
}

/** Each segment's share of the variance of the bill, from the same means. Undefined if the bill does not vary. */
function varianceShares([whole, ...rest]: readonly number[]): readonly number[] | undefined {
  const parts = rest.filter((_, k) => k % 2 === 0)
  const covariances = parts.map((part, k) => rest[2 * k + 1] - part * whole)
  const variance = covariances.reduce((sum, own) => sum + own, 0)
  return variance > 1e-12 * whole * whole ? covariances.map((own) => own / variance) : undefined
}
