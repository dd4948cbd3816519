// Ranks the offers by mean, by budget, and by their cost in bad years.
import { listWords } from './verdict-words.ts'
import type { Estimate, Summary } from '../../summary/summary.ts'

export interface Ranked extends Estimate {
  readonly offer: string
}

export interface Ranking {
  readonly mean: readonly Ranked[]
  readonly p80: readonly Ranked[]
  readonly p95: readonly Ranked[]
  /** By the mean of the worst 5% of trials. */
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
    ['at 80% confidence (P80)', p80],
    ['at 95% confidence (P95)', p95],
    ['in the worst 5% of trials', expectedShortfall95],
  ] as const
  const apart = new Map<string, string[]>()
  for (const [where, [least]] of others)
    if (least && least.offer !== first) apart.set(least.offer, [...(apart.get(least.offer) ?? []), where])
  const words =
    apart.size === 0
      ? `${first} costs least on average, at 80% and 95% confidence (P80, P95), and in the worst 5% of trials.`
      : `${first} costs least on average. If you cannot afford a bad year, choose differently: ${[...apart].map(([offer, places]) => `${offer} costs least ${listWords(places)}`).join('. ')}.`
  return { mean, p80, p95, expectedShortfall95, agree: apart.size === 0, words }
}
