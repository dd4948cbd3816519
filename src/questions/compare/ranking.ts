// Which offer is best depends on what is asked: the mean, a budget, or the bad futures.
import type { Estimate, Summary } from '../../summary/summary.ts'

export interface Ranked extends Estimate {
  readonly offer: string
}

export interface Ranking {
  readonly mean: readonly Ranked[]
  readonly p80: readonly Ranked[]
  readonly p95: readonly Ranked[]
  /** Mean of the worst 5 % of futures. */
  readonly expectedShortfall95: readonly Ranked[]
  /** Whether the same offer leads all four. */
  readonly agree: boolean
  readonly words: string
}

export function rankingOf({ offers, comparison }: Summary): Ranking {
  const by = (figure: (cost: Summary['offers'][string]['bill']) => Estimate | undefined): Ranked[] =>
    Object.entries(offers)
      .flatMap(([offer, own]): Ranked[] => {
        const found = figure(own[comparison.measure])
        return found ? [{ offer, ...found }] : []
      })
      .sort((a, b) => a.value - b.value)
  const mean = by((cost) => cost.mean)
  const p80 = by((cost) => cost.percentiles.p80)
  const p95 = by((cost) => cost.percentiles.p95)
  const expectedShortfall95 = by((cost) => cost.expectedShortfall.p95)
  const first = mean[0]?.offer ?? ''
  const others = [
    ['P80', p80],
    ['P95', p95],
    ['the worst 5 % of futures', expectedShortfall95],
  ] as const
  const apart = others.filter(([, list]) => list.length > 0 && list[0].offer !== first)
  const words =
    apart.length === 0
      ? `${first} costs least on average, and also by P80, P95 and in the worst 5 % of futures.`
      : `${first} costs least on average, but ${apart.map(([what, list]) => `${list[0].offer} by ${what}`).join(', ')}: who cannot bear a bad year chooses differently.`
  return { mean, p80, p95, expectedShortfall95, agree: apart.length === 0, words }
}
