// Which segment drives the risk of a bill: its share of the variance and of the expected shortfall, by Euler's rule (Tasche, "Capital
// allocation to business units and sub-portfolios: the Euler principle", 2007).
import { UsageError } from '../../errors.ts'
import { estimateOf } from '../../numerics/estimators/figure.ts'
import { SHORTFALL_LEVELS } from '../../numerics/estimators/levels.ts'
import type { SampledColumn } from '../../numerics/estimators/sorted.ts'
import { tailShares } from '../../numerics/estimators/tail-parts.ts'
import type { Estimate, Estimates, SegmentCostSummary, Shortfall, Summary } from '../../summary/summary.ts'
import type { Trials } from '../trials.ts'

/** A segment's shares of the risk of an offer's bill. Those of all segments add up to 1. */
export interface SegmentShares {
  /** Of the variance. Absent if the bill does not vary. */
  readonly variance?: Estimate
  /** Of the mean bill of the worst 1 − level of trials. Absent for a bill of 0. */
  readonly expectedShortfall?: Estimate
}

/** @throws UsageError if the plan has no segments */
export function segmentRiskOf(
  trials: Trials,
  summary: Summary,
  offer: string,
  level: number,
): Readonly<Record<string, SegmentShares>> {
  const place = trials.offer(offer)
  const { segments } = summary.offers[offer]
  if (!segments) throw new UsageError('segmentRisk: this plan has no segments. Add `segments` to the plan to split its bills')
  const [bill, ...parts] = trials.sampled(billsOf(trials, place))
  const shares = tailShares(bill, parts, level)
  return Object.fromEntries(
    namesOf(trials).map((name, s) => {
      const { variance } = segments[name].risk
      return [name, { ...(variance && { variance }), ...(shares && { expectedShortfall: estimateOf(shares[s]) }) }]
    }),
  )
}

const namesOf = ({ outcome: { program } }: Trials): string[] => program.segments.map(({ name }) => name)

/** The bill of an offer, then those of its segments. */
function billsOf({ model }: Trials, offer: number) {
  const { bill, segments } = model.offers[offer]
  return [bill, ...segments().map((own) => own.bill)]
}

/** Adds the shares of expected shortfalls to a summary. */
export function withSegmentRisk(trials: Trials, summary: Summary): Summary {
  if (!summary.drivers.segments) return summary
  const nodes = trials.names.map((_, offer) => billsOf(trials, offer))
  const columns = trials.sampledOnce(nodes.flat())
  let from = 0
  const offers = Object.entries(summary.offers).map(([name, own], k) => {
    const [bill, ...parts] = columns.slice(from, from + nodes[k].length)
    from += nodes[k].length
    return [name, { ...own, ...(own.segments && { segments: withShares(namesOf(trials), own.segments, bill, parts) }) }] as const
  })
  return { ...summary, offers: Object.fromEntries(offers) }
}

function withShares(
  names: readonly string[],
  segments: Readonly<Record<string, SegmentCostSummary>>,
  bill: SampledColumn,
  parts: readonly SampledColumn[],
): Readonly<Record<string, SegmentCostSummary>> {
  const shares = SHORTFALL_LEVELS.map((p) => [`p${p}`, tailShares(bill, parts, p / 100)] as const)
  const ofSegment = (s: number): Estimates<Shortfall> =>
    Object.fromEntries(shares.flatMap(([key, own]) => (own ? [[key, estimateOf(own[s])]] : [])))
  if (shares.some(([, own]) => own === undefined)) return segments
  return Object.fromEntries(
    names.map((name, s) => {
      const own = segments[name]
      return [name, { ...own, risk: { ...own.risk, expectedShortfall: ofSegment(s) } }]
    }),
  )
}
