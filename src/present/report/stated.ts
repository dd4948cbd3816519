// The two tables of the plan in words.
import { monthWords } from '../../months.ts'
import { formatStatedShare, formatWhole } from '../../notation/money.ts'
import { formatNumber } from '../../notation/number.ts'
import type { StatedPlan, TypicalMonth } from '../words/plan.ts'
import type { TableData } from './pieces.ts'

const IN_PLAN = 'Stated in the plan'

/** The names of the columns of bills, one for each rate. */
export const billHeads = ({ months }: TypicalMonth): string[] =>
  months.map(({ rate }) => (rate === undefined ? 'bill of a month' : `bill at ${shareWords(rate)} resolved`))

const shareWords = (rate: number): string => formatStatedShare(Number(rate.toFixed(2)))

/** What the bills are for. */
export function billsWords({ conversations, months }: TypicalMonth): string {
  const rated = months.flatMap(({ month, rate }) =>
    rate === undefined ? [] : [`in ${monthWords(month)} (${shareWords(rate)} resolved)`],
  )
  const [bills, are] = months.length > 1 ? ['bills', 'are'] : ['bill', 'is']
  const as = rated.length > 0 ? `, with the resolution rate as ${rated.join(' and ')}` : ''
  return `The ${bills} ${are} for a month of ${formatNumber(conversations)} conversations${as}. Yearly amounts count with their part.`
}

/** Sources have a column if the plan or the catalog names any. */
const hasSources = (terms: readonly { readonly source?: string }[]): boolean => terms.some(({ source }) => source !== undefined)

export function chargesTable({ charges, month }: StatedPlan, currency: string): TableData {
  const heads = month ? billHeads(month) : []
  const sourced = hasSources(charges)
  return {
    caption: month ? billsWords(month) : 'Each contract and its charges, as the plan or the catalog states them',
    head: ['contract', 'what it charges', ...heads, ...(sourced ? ['source'] : [])],
    rows: charges.map(({ name, words, bills, source = IN_PLAN }) => [
      name,
      words,
      ...heads.map((_, k) => (bills?.[k] === undefined ? '–' : formatWhole(bills[k], currency))),
      ...(sourced ? [source] : []),
    ]),
    words: sourced ? [1, 2 + heads.length] : [1],
  }
}

export function inputsTable({ inputs, notIncluded }: StatedPlan): TableData {
  const sourced = hasSources(inputs)
  return {
    caption: 'A range such as "A to B" holds in 90 of 100 cases. Change these figures in the plan and run again.',
    head: ['input', 'what we assumed', ...(sourced ? ['source'] : [])],
    rows: [
      ...inputs.map(({ name, words, source = IN_PLAN }) => [name, words, ...(sourced ? [source] : [])]),
      ...(notIncluded === undefined ? [] : [['Not included', notIncluded, ...(sourced ? ['Not stated in the plan'] : [])]]),
    ],
    words: sourced ? [1, 2] : [1],
  }
}
