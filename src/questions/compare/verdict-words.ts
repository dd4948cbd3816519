// The sentences of a verdict. A difference is that of the rounded amounts which stand beside it.
import { trialsWord } from '../../months.ts'
import type { Estimate } from '../../summary/summary.ts'
import { SAME_COST } from './grades.ts'
import { type Amounts, roundedParts } from './rounding.ts'
import { type Budgeted, smallestBudgets } from './smallest-budget.ts'

export interface Named {
  readonly name: string
  readonly title: string
}

interface Figures extends Named {
  readonly mean: Estimate
  readonly p80: Estimate
  readonly shortfall: Estimate
  readonly odds: number
}

/** An offer that costs less, and by how much. */
export interface CheaperInTotal {
  readonly offer: Named
  readonly less: string
}

export interface Spoken {
  readonly grade: 'clear' | 'leaning' | 'toss-up'
  readonly candidates: readonly Figures[]
  readonly odds: Readonly<Record<string, number>>
  readonly offer: Figures
  /** The offers that a toss-up names. */
  readonly named: readonly Figures[]
  /** The figures by which another offer than the one that leads is clearly lower. */
  readonly better: readonly ('mean' | 'p80' | 'shortfall')[]
  /** The offer that costs less than `offer` if people and running costs count too. */
  readonly cheaperInTotal?: CheaperInTotal | undefined
  /** How amounts are rounded, the same as in the tables beside the verdict. */
  readonly money: Amounts
  readonly months: number
}

/** Rounds shares to whole hundredths that add up to 100, by largest remainder. Equal remainders go to the first offers. */
export function outOf100(shares: readonly (readonly [name: string, share: number])[]): Readonly<Record<string, number>> {
  const whole = hundredths(shares.map(([, share]) => share))
  return Object.fromEntries(shares.map(([name], k) => [name, whole[k]]))
}

/** Shares as words out of 100 that add up to 100. A share that rounds to 100 without being certain is "more than 99". */
export function sharesOutOf100(shares: readonly number[]): readonly string[] {
  const whole = hundredths(shares)
  return shares.map((share, k) => outOf100Words(whole[k], share))
}

const hundredths = (shares: readonly number[]): readonly number[] =>
  roundedParts(
    shares.map((share) => 100 * share),
    100,
    1,
  )

/** The sentences of a verdict. The first states the choice. */
export const verdictWords = (spoken: Spoken): string[] => [...choiceWords(spoken), ...inTotal(spoken)]

const inTotal = ({ cheaperInTotal, offer }: Spoken): string[] =>
  cheaperInTotal
    ? [
        `Counting people and running costs, ${inSentence(cheaperInTotal.offer.title)} costs ${cheaperInTotal.less} less on average than ${inSentence(offer.title)}.`,
      ]
    : []

function choiceWords(spoken: Spoken): string[] {
  const { candidates, grade, offer, money } = spoken
  const amount = money.text(offer.p80.value)
  const budget = `Budget ${amount} (P80).`
  if (candidates.length === 1)
    return [`${capital(offer.title)}: a budget of ${amount} is enough in 80 of 100 ${trialsWord(spoken.months)} (P80).`]
  if (grade === 'toss-up') return tossUp(spoken)
  const cheap = `cheapest in ${oddsOf(spoken, offer)} of 100 ${trialsWord(spoken.months)}`
  const [runnerUp] = others(spoken, 'mean')
  const saving = money.less(runnerUp.mean.value, offer.mean.value)
  const cheaper =
    saving === undefined
      ? `and costs the same on average as ${inSentence(runnerUp.title)}`
      : `and ${saving} cheaper on average than ${inSentence(runnerUp.title)}`
  const lead =
    grade === 'clear'
      ? `Sign ${inSentence(offer.title)}: ${cheap} ${cheaper}.`
      : `${capital(offer.title)} leads: ${cheap} ${cheaper}.`
  return [lead, budget, ...against(spoken)]
}

/** A sentence for each figure by which another offer beats the one that leads. */
function against(spoken: Spoken): string[] {
  const { money } = spoken
  return spoken.better.flatMap((figure) => {
    const [other] = others(spoken, figure)
    const less = money.less(spoken.offer[figure].value, other[figure].value)
    if (less === undefined) return []
    const name = capital(other.title)
    return {
      mean: [`But ${inSentence(other.title)} costs ${less} less on average.`],
      p80: [`But ${inSentence(other.title)} needs ${less} less budget.`],
      shortfall: [`${name} costs ${less} less in the worst 5% of ${trialsWord(spoken.months)}.`],
    }[figure]
  })
}

function tossUp(spoken: Spoken): string[] {
  const { named, candidates, money } = spoken
  const [first, second] = sorted(named, 'mean')
  const [small] = sorted(named, 'p80')
  const often = named.reduce((a, b) => (b.odds > a.odds ? b : a))
  const gap = money.less(second.mean.value, first.mean.value)
  const tied = second.mean.value - first.mean.value <= SAME_COST * Math.abs(first.mean.value)
  if (!tied && gap !== undefined) {
    const lead = `${capital(first.title)} costs ${gap} less on average than ${inSentence(second.title)}`
    const less = money.less(first.p80.value, small.p80.value)
    if (small !== first && less !== undefined)
      return [
        `${lead}, but ${inSentence(small.title)} needs ${less} less budget (P80).`,
        'Decide whether the average or the risk matters more.',
      ]
    if (often !== first)
      return [
        `${lead}, but ${inSentence(often.title)} is cheapest more often: in ${oddsOf(spoken, often)} of 100 ${trialsWord(spoken.months)}.`,
        DECIDE,
      ]
    return [`${lead}, but the error of the simulation is too large to be sure.`, 'Run more trials.']
  }
  const who = named.length === candidates.length ? counted(named) : listWords(named.map(({ title }) => title))
  const same = `${capital(who)} cost the same on average.`
  return [same, budgetOfTie(spoken), oftenest(spoken, often), DECIDE]
}

/** Who needs the smallest budget of offers that cost the same on average. One that is not named may need less, since it costs more on average. */
function budgetOfTie({ named, candidates, money }: Spoken): string {
  const byBudget = sorted(named, 'p80')
  const small = smallestBudgets(named)
  const next = byBudget[small.length]
  const less = next && money.less(next.p80.value, small[small.length - 1].p80.value)
  if (less === undefined) return 'They need about the same budget (P80).'
  const who = listWords(small.map(({ title }) => title))
  const isLowest = smallestBudgets(candidates).every((one) => named.includes(one))
  const begin = isLowest ? capital(who) : `Of these, ${who}`
  return `${begin} ${small.length === 1 ? 'needs' : 'need'} the smallest budget, ${less} less than ${inSentence(next.title)} (P80).`
}

/** The finding of a chart of budgets: "Fin needs the smallest budget: $451,000 (P80)". @param text writes an amount */
export function smallestBudgetWords(offers: readonly (Budgeted & Pick<Named, 'title'>)[], text: Amounts['text']): string {
  const small = smallestBudgets(offers)
  const [low, high] = [small[0], small[small.length - 1]].map(({ p80 }) => text(p80.value))
  const amount = low === high ? low : `${low} to ${high}`
  if (offers.length === 1) return `${capital(small[0].title)} needs a budget of ${amount} (P80)`
  if (small.length === 1) return `${capital(small[0].title)} needs the smallest budget: ${amount} (P80)`
  const who =
    small.length === offers.length && small.length > 2 ? 'All contracts' : capital(listWords(small.map(({ title }) => title)))
  return small.length === offers.length
    ? `${who} need about the same budget: ${amount} (P80)`
    : `${who} need the smallest budget: ${amount} (P80)`
}

/** Which of them is the cheapest in the most trials. */
function oftenest(spoken: Spoken, often: Figures): string {
  const others = spoken.named.filter((one) => one !== often)
  const odds = oddsOf(spoken, often)
  if (others.some(({ name }) => spoken.odds[name] === spoken.odds[often.name]))
    return 'None of them is the cheapest more often than the others.'
  return `${capital(often.title)} is the cheapest most often: in ${odds} of 100 ${trialsWord(spoken.months)}.`
}

const DECIDE = 'Decide on other terms.'

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

const counted = (named: readonly Named[]): string =>
  named.length === 2 ? listWords(named.map(({ title }) => title)) : `all ${WORDS[named.length] ?? named.length} contracts`

/** "A, B, and C". By hand, since the first list of `Intl.ListFormat` loads for longer than the rest of a verdict takes. */
export function listWords(titles: readonly string[]): string {
  const words = titles.map(inSentence)
  const [last, others] = [words[words.length - 1] ?? '', words.slice(0, -1)]
  if (others.length === 0) return last
  return others.length === 1 ? `${others[0]} and ${last}` : `${others.join(', ')}, and ${last}`
}

/** Words that begin a title as they begin a sentence, unless the next one shows that they belong to a name, such as "One Identity". */
const OPENING = /^((A|An|The) |(One|Each|Every|All|No) [a-z])/

/** A title within a sentence: "a flat rate". */
export const inSentence = (title: string): string => (OPENING.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title)

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Odds that round to 100 without being certain are more than 99. */
const oddsOf = ({ odds }: Spoken, { name, odds: exact }: Figures): string => outOf100Words(odds[name], exact)

/** @param odds out of 100 */
export const outOf100Words = (odds: number, exact: number): string => (odds === 100 && exact < 1 ? 'more than 99' : String(odds))

const sorted = (candidates: readonly Figures[], figure: 'mean' | 'p80' | 'shortfall'): readonly Figures[] =>
  [...candidates].sort((a, b) => a[figure].value - b[figure].value)

const others = ({ candidates, offer }: Spoken, figure: 'mean' | 'p80' | 'shortfall'): readonly Figures[] =>
  sorted(
    candidates.filter((one) => one !== offer),
    figure,
  )
