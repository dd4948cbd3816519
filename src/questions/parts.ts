// The bill of an offer by part and month, and how it changes as a part goes live.
import { UsageError } from '../errors.ts'
import { ownName, partPrefix } from '../contract/offer.ts'
import type { PartShares } from '../contract/shares.ts'
import { columnMean } from '../numerics/estimators/figures.ts'
import { combined, estimateOf, type Figure } from '../numerics/estimators/figure.ts'
import type { Estimate } from '../numerics/estimators/estimate.ts'
import type { Trials } from './trials.ts'

export interface PartBills {
  readonly part: string
  /** The mean bill of each month. Money. */
  readonly months: readonly Estimate[]
  /** The first month in which it takes conversations, counted from 0. Absent if it never does, or does from the start. */
  readonly live?: number
}

export interface PartsByMonth {
  readonly parts: readonly PartBills[]
  /** The mean bill of a month before and from the first month in which a part goes live. */
  readonly change?: {
    readonly part: string
    readonly month: number
    readonly before: Estimate
    readonly after: Estimate
    readonly difference: Estimate
  }
}

/** @throws UsageError for an offer without parts */
export function partsByMonthOf(trials: Trials, offer: string): PartsByMonth {
  const { model, outcome, months } = trials
  const place = trials.offer(offer)
  const { parts } = outcome.program.offers[place]
  if (!parts)
    throw new UsageError(
      `chart parts: the offer ${offer} has no parts. Give it \`parts\`, such as parts: { old: { until: 2027-06, … }, new: { from: 2027-07, … } }`,
    )
  const { graph } = model
  const cells = model.offers[place].cells()
  const nodes = parts.contracts.flatMap(({ name }) => {
    const own = cells.filter(({ charge }) => charge.startsWith(partPrefix(name)))
    return Array.from({ length: months }, (_, m) =>
      graph.add(...own.filter(({ month }) => month === m).map(({ amount }) => amount)),
    )
  })
  const figures = trials.sampledOnce(nodes).map(columnMean)
  const of = (p: number) => figures.slice(p * months, (p + 1) * months)
  const found = parts.contracts.map(({ name }, p): PartBills => {
    const live = firstMonth(parts.sharing[p], months)
    return { part: ownName(name), months: of(p).map(estimateOf), ...(live !== undefined && live > 0 && { live }) }
  })
  const [first] = found.filter(({ live }) => live !== undefined).sort((a, b) => (a.live ?? 0) - (b.live ?? 0))
  if (first?.live === undefined) return { parts: found }
  const month = first.live
  const inMonth = (m: number) => parts.contracts.map((_, p): readonly [number, Figure] => [1, of(p)[m]])
  const mean = (from: number, to: number, sign = 1) =>
    Array.from({ length: to - from }, (_, k) => inMonth(from + k))
      .flat()
      .map(([, own]) => [sign / (to - from), own] as const)
  const [before, after] = [mean(0, month), mean(month, months)]
  return {
    parts: found,
    change: {
      ...{ part: first.part, month },
      before: estimateOf(combined(before)),
      after: estimateOf(combined(after)),
      difference: estimateOf(combined([...after, ...mean(0, month, -1)])),
    },
  }
}

/** The first month in which a part takes conversations from the others. */
function firstMonth({ shares, shadow }: PartShares<unknown>, months: number): number | undefined {
  return Array.from({ length: months }, (_, m) => m).find((m) => !shadow[m] && shares.some((own) => own[m] !== 0))
}
