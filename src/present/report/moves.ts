// How much each input moves the cost, for the offers between which the choice lies: one list of inputs, and a column for each offer.
import { spanWords, trialsWord } from '../../months.ts'
import type { Fifths } from '../../questions/compare/courses.ts'
import { amountsOf } from '../../questions/compare/rounding.ts'
import { isClearlyBelow } from '../../questions/compare/smallest-budget.ts'
import { capital, inSentence, listWords } from '../../questions/compare/verdict-words.ts'
import { capitalMeasure, colorPlace } from '../charts/theme.ts'
import type { ReportData } from './data.ts'
import { driversTable, inputWords } from './drivers.ts'
import type { Piece } from './pieces.ts'

export interface MovesPicture {
  /** The finding. */
  readonly title: string
  readonly subtitle: string
  readonly columns: readonly MovesColumn[]
  readonly rows: readonly { readonly name: string; readonly cells: readonly MovesCell[] }[]
}

interface MovesColumn {
  readonly title: string
  /** The offer's place in the plan, which gives its color. Absent for a gray one. */
  readonly color: number | undefined
  readonly average: string
}

/** A bar around the average, which lies at 0. Absent for an input that moves the cost by less than 1%. */
export interface MovesCell {
  /** From -1 to 1. */
  readonly bar?: readonly [from: number, to: number]
  readonly ends?: readonly [low: string, high: string]
}

/** Inputs in the picture. The table has all of them. */
const MOST_INPUTS = 6

type Input = { readonly input: string; readonly fifths: readonly Fifths[] }

const gapOf = ([low, high]: Fifths): number => high.value - low.value

/** Whether an input moves a cost by 1% and more than its error. */
const isMoved = ([low, high]: Fifths): boolean => isClearlyBelow(low, high) || isClearlyBelow(high, low)

const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), 0)

/** The picture and the table of the recommended offer. A folder of an earlier version has the table only. */
export function movesPieces(data: ReportData): Piece[] {
  const { drivers } = data.figures
  const all = driversTable(data)
  const picture = movesPicture(data)
  if (!picture) return [all]
  return [
    { kind: 'moves', picture },
    ...(drivers.length > 0 ? [{ kind: 'details', summary: 'Show all inputs', pieces: [all] } as const] : []),
  ]
}

export function movesPicture({ figures: { best, moves, summary }, owners = {} }: ReportData): MovesPicture | undefined {
  const { offers, comparison, currency, months } = summary
  const shown = (moves?.inputs ?? [])
    .filter(({ fifths }) => fifths.some(isMoved))
    .sort((a, b) => most(b.fifths.map((own) => Math.abs(gapOf(own)))) - most(a.fifths.map((own) => Math.abs(gapOf(own)))))
    .slice(0, MOST_INPUTS)
  if (!moves || shown.length === 0) return undefined
  const { whole } = amountsOf(summary)
  const names = Object.keys(offers)
  const means = moves.offers.map((name) => offers[name][comparison.measure].mean.value)
  const farthest = most(
    shown.flatMap(({ fifths }) => fifths.flatMap((own, k) => own.map(({ value }) => Math.abs(value - means[k])))),
  )
  const noun = comparison.measure === 'bill' ? 'bill' : 'total cost'
  const years = trialsWord(months.length)
  return {
    title: findingOf(shown, moves.offers, noun, (input) => inputWords(input, owners), whole),
    subtitle: `${capitalMeasure(summary)} on average, ${spanWords(months)}, ${currency}. From the fifth of ${years} where an input is lowest to the fifth where it is highest; the line is the average of all.`,
    columns: moves.offers.map((name, k) => ({
      title: capital(name),
      color: colorPlace(names, name, best),
      average: whole.text(means[k]),
    })),
    rows: shown.map(({ input, fifths }) => ({
      name: capital(inputWords(input, owners)),
      cells: fifths.map((own, k): MovesCell => {
        if (!isMoved(own)) return {}
        const [low, high] = own.map(({ value }) => value).sort((a, b) => a - b)
        return {
          bar: [(low - means[k]) / farthest, (high - means[k]) / farthest],
          ends: [whole.text(low), whole.text(high)],
        }
      }),
    })),
  }
}

/** The input that moves the offers the most differently, or a single offer the most. */
function findingOf(
  inputs: readonly Input[],
  offers: readonly string[],
  noun: string,
  words: (input: string) => string,
  { round, text, step }: ReturnType<typeof amountsOf>['whole'],
): string {
  const score = ({ fifths }: Input): number => {
    const gaps = fifths.map((own) => (isMoved(own) ? gapOf(own) : 0))
    return gaps.length === 1 ? Math.abs(gaps[0]) : Math.max(...gaps) - Math.min(...gaps)
  }
  const first = inputs.reduce((a, b) => (score(b) > score(a) ? b : a))
  // A difference is that of the amounts that stand beside the bars.
  const gap = ([low, high]: Fifths) => Math.max(step, Math.abs(round(high.value) - round(low.value)))
  const found = offers.map((name, k) => ({ name, fifths: first.fifths[k] }))
  const moved = found.filter(({ fifths }) => isMoved(fifths)).sort((a, b) => gap(b.fifths) - gap(a.fifths))
  const still = found.filter(({ fifths }) => !isMoved(fifths))
  const parts = moved.map(({ name, fifths }) => `${inSentence(name)} by ${text(gap(fifths))}`)
  const rest = still.length > 0 ? `, and of ${listWords(still.map(({ name }) => name))} by less than 1%` : ''
  return `The ${words(first.input)} moves the ${noun} of ${parts.join(', of ')}${rest}`
}
