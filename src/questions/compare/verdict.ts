// The verdict on a comparison: which offer to sign, and how clear that is. Every page and command states this one.
import { bestOf } from '../../summary/comparison.ts'
import type { Estimate, StatedVerdict, Summary } from '../../summary/summary.ts'
import { CLEAR_AT, SAME_COST, SURE_ERRORS } from './grades.ts'
import { amountsAt, amountsOf } from './rounding.ts'
import { isClearlyBelow } from './smallest-budget.ts'
import { type Named, outOf100, type CheaperInTotal, type Spoken, verdictWords } from './verdict-words.ts'

export interface Verdict extends StatedVerdict {
  /** Its title as the words state it. */
  readonly title: string
  /** The odds of being cheapest out of 100 trials. They add up to 100. */
  readonly odds: Readonly<Record<string, number>>
  /** The budget of `offer` at 80% confidence. Money. */
  readonly budget: Estimate
  /** The same as one text. */
  readonly words: string
}

/** An offer and what speaks for it. */
interface Candidate extends Named {
  readonly mean: Estimate
  readonly p80: Estimate
  readonly shortfall: Estimate
  readonly odds: number
}

type Figure = 'mean' | 'p80' | 'shortfall'

export interface VerdictOptions {
  /** The titles of offers, by name. */
  readonly titles?: Readonly<Record<string, string>> | undefined
  /** The odds from which an offer may be the clear choice, 80% by default. */
  readonly clearAt?: number | undefined
}

/**
 * Grades the comparison. Differences below 1% of the cost count as none, before all else.
 *
 * - clear: one offer has the lowest mean and the lowest P80, each by more than 1% and two standard errors, and is the cheapest in at least
 *   80% of trials.
 * - leaning: one offer has the lowest mean by that much, no other has a lower P80, and its odds are the highest. Or its odds are 80% or more,
 *   and its mean or its P80 is the lowest by that much.
 * - toss-up: otherwise.
 *
 * @returns nothing if the summary states no P80
 */
export function verdictOf(summary: Summary, { titles = {}, clearAt = CLEAR_AT }: VerdictOptions = {}): Verdict | undefined {
  const { months } = summary
  const candidates = candidatesOf(summary, titles)
  if (!candidates) return undefined
  const odds = outOf100(candidates.map(({ name, odds }) => [name, odds]))
  const leads = (one: Candidate, figure: Figure): boolean =>
    candidates.every((other) => other === one || below(summary, one, other, figure))
  const notWorse = (one: Candidate, figure: Figure) => candidates.every((other) => !below(summary, other, one, figure))
  const most = Math.max(...candidates.map((one) => one.odds))
  const clear = candidates.find((one) => leads(one, 'mean') && leads(one, 'p80') && one.odds >= clearAt)
  const leaning =
    clear ??
    candidates.find((one) => leads(one, 'mean') && notWorse(one, 'p80') && one.odds === most) ??
    candidates.find((one) => one.odds >= clearAt && (leads(one, 'mean') || leads(one, 'p80')))
  const spoken = { candidates, odds, money: amountsOf(summary).whole, months: months.length }
  const grade = clear ? 'clear' : leaning ? 'leaning' : 'toss-up'
  const named = leaning ? [leaning] : namedInTie(candidates)
  const offer = leaning ?? least(named, 'p80')
  const beside = candidates.filter((one) => one !== offer)
  const sentences = verdictWords({
    ...spoken,
    cheaperInTotal: cheaperInTotal(summary, candidates, offer),
    grade,
    offer,
    named,
    // The figures by which another offer beats the one that leads.
    better: leaning ? BETTER.filter((figure) => beside.some((other) => below(summary, other, offer, figure))) : [],
  } satisfies Spoken)
  return {
    ...{ grade, offer: offer.name, title: offer.title, offers: named.map(({ name }) => name), odds, budget: offer.p80 },
    ...{ clearAt, sentences, words: sentences.join(' ') },
  }
}

/**
 * The offer that costs clearly less than the recommended one if people and running costs count, in a comparison by the vendor's bill
 * alone.
 */
function cheaperInTotal(
  { offers, comparison, currency }: Summary,
  candidates: readonly Candidate[],
  chosen: Candidate,
): CheaperInTotal | undefined {
  if (comparison.measure !== 'bill') return undefined
  const total = ({ name }: Candidate): Estimate => offers[name].total.mean
  const lowest = candidates.reduce((a, b) => (total(b).value < total(a).value ? b : a))
  const [own, other] = [total(chosen), total(lowest)]
  const gap = own.value - other.value
  const error = Math.sqrt(own.se * own.se + other.se * other.se)
  const same = SAME_COST * Math.abs(own.value)
  const isFromBill = gap - (chosen.mean.value - lowest.mean.value) <= same
  if (isFromBill || !(gap > same && gap > SURE_ERRORS * error)) return undefined
  const less = amountsAt(other.value, currency).less(own.value, other.value)
  return less === undefined ? undefined : { offer: lowest, less }
}

/** The summary with its verdict, at the usual odds. */
export function withVerdict(summary: Summary, titles: VerdictOptions['titles']): Summary {
  const verdict = verdictOf(summary, { titles })
  if (!verdict) return summary
  const { grade, offer, offers, clearAt, sentences } = verdict
  return { ...summary, verdict: { grade, offer, offers, clearAt, sentences } }
}

const BETTER = ['mean', 'p80', 'shortfall'] as const

/** The offer that the verdict recommends, or the one that is most often the cheapest in a summary without P80. */
export const recommendedIn = (summary: Summary, options: VerdictOptions = {}): string =>
  verdictOf(summary, options)?.offer ?? bestOf(summary)

/** Titles up to the first comma, by offer. An offer goes by its name if it has no title, or shares that part with another. */
export function shortTitles(names: readonly string[], titles: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const short = names.map((name) => (Object.hasOwn(titles, name) ? titles[name].split(',')[0].trim() : name))
  const unique = (k: number) => short[k] !== '' && short.every((title, other) => other === k || title !== short[k])
  return Object.fromEntries(names.map((name, k) => [name, unique(k) ? short[k] : name]))
}

function candidatesOf({ offers, comparison }: Summary, titles: Readonly<Record<string, string>>): readonly Candidate[] | undefined {
  const names = Object.keys(offers)
  const short = shortTitles(names, titles)
  const found = names.flatMap((name): Candidate[] => {
    const { mean, percentiles, expectedShortfall } = offers[name][comparison.measure]
    const { p80 } = percentiles
    if (!p80) return []
    const odds = comparison.cheapest[name].value
    return [{ name, title: short[name], mean, p80, shortfall: expectedShortfall.p95 ?? p80, odds }]
  })
  return found.length === names.length ? found : undefined
}

/** Whether an offer's figure is lower than another's by more than 1% and two standard errors. */
function below({ comparison }: Summary, one: Candidate, other: Candidate, figure: Figure): boolean {
  // Percentiles of two offers on the same trials move together, so that their error is too wide rather than too narrow.
  const paired = figure === 'mean' ? comparison.difference?.[one.name]?.[other.name]?.mean.se : undefined
  return isClearlyBelow(one[figure], other[figure], paired)
}

const least = (candidates: readonly Candidate[], figure: Figure): Candidate =>
  candidates.reduce((a, b) => (b[figure].value < a[figure].value ? b : a))

/** The offers within 1% of the lowest mean. If there is only one, also those with the lowest P80 and the highest odds, or else the runner-up. */
function namedInTie(candidates: readonly Candidate[]): readonly Candidate[] {
  const lowest = least(candidates, 'mean').mean.value
  const tied = candidates.filter(({ mean }) => mean.value <= lowest + SAME_COST * Math.abs(lowest))
  if (tied.length > 1) return tied
  const often = candidates.reduce((a, b) => (b.odds > a.odds ? b : a))
  const better = candidates.filter((one) => tied.includes(one) || one === often || one === least(candidates, 'p80'))
  const others = candidates.filter((one) => !tied.includes(one))
  return better.length > 1 || others.length === 0 ? better : [...better, least(others, 'mean')]
}
