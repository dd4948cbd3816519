// States the inputs that move the cost of the recommended offer, in words and as a table.
import { trialsWord } from '../../months.ts'
import { START_RATE } from '../../questions/compare/courses.ts'
import { SAME_COST } from '../../questions/compare/grades.ts'
import { amountsOf } from '../../questions/compare/rounding.ts'
import { capital, inSentence } from '../../questions/compare/verdict-words.ts'
import { placeAt } from '../../scenario/places.ts'
import { groupHeading } from '../words/plan.ts'
import type { ReportData } from './data.ts'
import { type Piece, table } from './pieces.ts'

type Titles = Readonly<Record<string, string>>

/** Inputs in the sentence. */
const MOST_NAMED = 2

/** Names of the drivers that the engine derives, and the inputs that they sum up. */
const DERIVED: Readonly<Record<string, { readonly words: string; readonly holds: string }>> = {
  conversations: { words: 'number of conversations', holds: 'conversations.' },
  rate: { words: 'share that the AI resolves', holds: 'resolution.' },
}

/** An input in words: "resolution rate of chat" or "price of Ada". */
export function inputWords(input: string, titles: Titles = {}): string {
  if (Object.hasOwn(DERIVED, input)) return DERIVED[input].words
  if (input === START_RATE) return 'resolution rate at the start'
  const keys = input.replace(/\[(\d+)\]/g, '.$1').split('.')
  const [top, owner] = keys
  const isOwned = top === 'offers' || top === 'segments'
  const label = groupHeading(isOwned ? keys.slice(2) : keys) ?? placeAt(keys)?.field?.label
  if (label === undefined) return input
  const name = label.charAt(0).toLowerCase() + label.slice(1)
  return isOwned ? `${name} of ${top === 'offers' && Object.hasOwn(titles, owner) ? inSentence(titles[owner]) : owner}` : name
}

/** The first inputs that move the cost, without those that another one sums up. Empty if nothing does. */
function movers({ figures: { drivers, summary, best } }: ReportData) {
  const { mean } = summary.offers[best][summary.comparison.measure]
  const derived = drivers.flatMap(({ input }) => (Object.hasOwn(DERIVED, input) ? [DERIVED[input].holds] : []))
  return drivers.flatMap(({ input, fifths }) => {
    if (!fifths || derived.some((prefix) => input.startsWith(prefix))) return []
    const [low, high] = fifths
    // A difference below 1% counts as none, as in the verdict.
    const gap = Math.abs(high - low)
    return gap < SAME_COST * Math.abs(mean.value) ? [] : [{ input, low, high, gap }]
  })
}

/** "The number of conversations moves the cost of Fin most: from $408,000 … to $449,000 …" */
export function moverWords(data: ReportData): string | undefined {
  const { owners = {} } = data
  const { summary, best } = data.figures
  const { part } = amountsOf(summary)
  const found = movers(data).sort((a, b) => b.gap - a.gap)
  if (found.length === 0) return undefined
  const years = trialsWord(summary.months.length)
  const [first, ...others] = found.slice(0, MOST_NAMED)
  const words = ({ input }: (typeof found)[number]) => `The ${inputWords(input, owners)}`
  const next = others.map((own) => ` ${words(own)} comes next: from ${part.text(own.low)} to ${part.text(own.high)}.`)
  const range = `from ${part.text(first.low)} on average in the fifth of ${years} where it is lowest to ${part.text(first.high)} where it is highest`
  return `${words(first)} moves the cost of ${inSentence(best)} most: ${range}.${next.join('')}`
}

export function driversTable({ figures: { drivers, best, summary }, owners = {} }: ReportData): Piece {
  if (drivers.length === 0) return { kind: 'text', text: `Nothing uncertain affects the cost of ${inSentence(best)}.` }
  const { part } = amountsOf(summary)
  const rows = drivers.map(({ input, rank, fifths }) => [
    capital(inputWords(input, owners)),
    ...[0, 1].map((end) => (fifths ? part.text(fifths[end]) : '–')),
    Math.abs(rank.value) < 0.005 ? '0.00' : rank.value.toFixed(2),
  ])
  return table(
    `The average cost of ${inSentence(best)} in the fifth of all trials with the lowest values of an input, and in the fifth with the highest, and their rank correlation. Run billcast explain for shares of the spread.`,
    ['input', 'cost in the lowest fifth', 'cost in the highest fifth', 'rank correlation'],
    rows,
  )
}
