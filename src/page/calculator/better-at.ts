// Two remarks on the verdict: what each tied offer is better at, and what people cost in addition to the bills.
import { SAME_COST } from '../../questions/compare/grades.ts'
import { amountsAt, amountsOf } from '../../questions/compare/rounding.ts'
import { smallestBudgets } from '../../questions/compare/smallest-budget.ts'
import type { Verdict } from '../../questions/compare/verdict.ts'
import { outOf100Words } from '../../questions/compare/verdict-words.ts'
import type { Summary } from '../../summary/summary.ts'
import type { Strength } from './protocol.ts'

type Compared = Pick<Summary, 'offers' | 'comparison' | 'currency'>

/** Each offer that the verdict names: with the smallest budget, or cheapest most often. */
export function strengthsOf(
  summary: Compared,
  { grade, offers: named, odds }: Pick<Verdict, 'grade' | 'offers' | 'odds'>,
): Strength[] {
  const { offers, comparison } = summary
  if (grade !== 'toss-up' || named.length < 2) return []
  const { whole } = amountsOf(summary)
  const budgetsOf = (names: readonly string[]) =>
    names.map((name) => {
      const { percentiles, mean } = offers[name][comparison.measure]
      return { name, p80: percentiles.p80 ?? mean }
    })
  const small = smallestBudgets(budgetsOf(named)).map(({ name }) => name)
  const isSmall = (name: string) => small.length < named.length && small.includes(name)
  // An offer that is not named may need less, since it costs more on average.
  const of = smallestBudgets(budgetsOf(Object.keys(offers))).every(({ name }) => named.includes(name)) ? '' : ' of these'
  const most = Math.max(...named.map((name) => odds[name]))
  const isOftenest = (name: string) => odds[name] === most && named.every((other) => other === name || odds[other] < most)
  return budgetsOf(named)
    .sort((a, b) => a.p80.value - b.p80.value)
    .map(({ name, p80 }) => {
      const often = `${outOf100Words(odds[name], comparison.cheapest[name].value)} of 100`
      const budget = `Smallest budget${of}: ${whole.text(p80.value)} (P80)`
      if (isSmall(name)) return { offer: name, words: isOftenest(name) ? `${budget}, cheapest most often: ${often}` : budget }
      return { offer: name, words: isOftenest(name) ? `Cheapest most often: ${often}` : `Cheapest in ${often}` }
    })
}

/** What people and running costs add to the bills on average. Within 1% of the bill, they are the same with every offer. */
export function peopleWords({ offers, currency }: Compared): string | undefined {
  const all = Object.values(offers).map(({ bill, total }) => total.mean.value - bill.mean.value)
  const [least, most] = [Math.min(...all), Math.max(...all)]
  if (!(most > 0)) return undefined
  const { text } = amountsAt(most, currency)
  const bills = Object.values(offers).map(({ bill }) => Math.abs(bill.mean.value))
  if (most - least > SAME_COST * Math.min(...bills)) return `People cost ${text(least)} to ${text(most)} on average, by offer.`
  return `People cost ${text(most)} on average${all.length === 1 ? '' : ', with every offer'}.`
}
