// Text that commands print.
import { jsonOf, visible } from '../errors.ts'
import type { Agreement } from '../questions/replan/agreement.ts'
import type { Estimate } from '../summary/summary.ts'
import { formatNumber } from '../notation/number.ts'
import { shortNumber } from '../present/charts/theme.ts'
import { toStderr, toStdout } from './streams.ts'

export const printJson = (value: unknown): void => toStdout(`${jsonOf(value, 2)}\n`)
export const printLines = (lines: readonly string[]): void => toStdout(`${lines.join('\n')}\n`)
export const note = (words: string): void => toStderr(`note: ${visible(words)}\n`)

/** A count without decimals. */
export const count = (value: number): string => formatNumber(Math.round(value))
/** A number of unknown size, with four digits. */
export const short = (value: number): string => shortNumber(value, 4)
/** Two cells of a table: the figure and its standard error. */
export const cells = ({ value, se }: Estimate, write: (value: number) => string): [string, string] => [
  write(value),
  se < Infinity ? write(se) : 'none',
]
/** The closing line of every table. */
export const FOOT = '± is the standard error of the simulation.'

/** How well the closed months agree with their plan. */
export const agreementLine = ({ p }: Agreement): string =>
  `In ${Number((100 * p.value).toPrecision(2))}% of the plan's years, the closed months would be at least as far from it (p)`
