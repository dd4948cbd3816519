// Text that commands print.
import { jsonOf, visible } from '../errors.ts'
import type { Agreement } from '../questions/replan/agreement.ts'
import { formatNumber } from '../notation/number.ts'
import { inputNumber, isShare } from '../scenario/input-words.ts'
import { type Block, type FigureCell, muted } from '../present/report/text-table.ts'
import { ERRORS_FOOT } from '../present/report/text.ts'
import type { Estimate } from '../summary/summary.ts'
import { painted, paintedText } from './screen.ts'
import { fileToStdout, terminalLines, toStdout, toTerminal } from './streams.ts'

export const printJson = (value: unknown): void => toStdout(`${jsonOf(value, 2)}\n`)
/** Whether a command shows the standard errors of its figures. */
export interface ErrorsFlag {
  readonly se?: boolean
}
/** Prints sentences, and tables that fit the terminal. */
export const printLines = (blocks: readonly Block[], { se = false }: ErrorsFlag = {}): void => fileToStdout(paintedText(blocks, se))
export function note(words: string): void {
  const [first, ...more] = terminalLines(`note: ${visible(words)}`)
  toTerminal(`${[`${painted(muted('note:'), process.stderr)}${first.slice('note:'.length)}`, ...more].join('\n')}\n`)
}

/** A count without decimals. */
export const count = (value: number): string => formatNumber(Math.round(value))
/** A number of an input of the plan, with its standard error in two digits. */
export function inputCell(input: string, { value, se }: Estimate): FigureCell {
  const short = (own: number) => String(Number(own.toPrecision(2)))
  return { text: inputNumber(input, value), error: isShare(input) ? `${short(100 * se)}%` : short(se) }
}
/** The closing line of tables. */
export const foot = ({ se = false }: ErrorsFlag): Block =>
  muted(se ? ERRORS_FOOT : 'Add --se for the standard errors of the simulation.')

/** How well the closed months agree with their plan. */
export const agreementLine = ({ p, compared }: Agreement): string =>
  compared === 0
    ? 'The closed months have joined the history, so the plan has nothing left that they could disagree with.'
    : `In ${Number((100 * p.value).toPrecision(2))}% of the plan's years, the closed months would be at least as far from it (p).`
