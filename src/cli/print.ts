// Text that commands print.
import { jsonOf, visible } from '../errors.ts'
import type { Agreement } from '../questions/replan/agreement.ts'
import type { NumberNotation } from '../scenario/edit/notation.ts'
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

const digits = (value: number): string => formatNumber(Number(value.toPrecision(6)), 0, 6)

/** Such as 80.8081%, $1.22878 or 30,380/month. */
export function inUnits(value: number, { unit, symbol, per }: NumberNotation): string {
  if (unit === 'money') return `${value < 0 ? '-' : ''}${symbol}${digits(Math.abs(value))}${per}`
  if (unit === '%' || unit === 'pt') return `${digits(100 * value)}${unit === '%' ? '%' : ' pt'}${per}`
  return `${digits(value)}${per}`
}

/** The value of the field in the plan. */
export const inPlan = (notation: NumberNotation): string =>
  Number.isNaN(notation.now) ? 'not stated' : `${inUnits(notation.now, notation)}${notation.uncertain ? ' on average' : ''}`

/** The standard error of a field's number, in its units. */
export function errorInUnits(se: number, { unit, symbol }: NumberNotation): string {
  const short = (value: number) => String(Number(value.toPrecision(2)))
  if (unit === 'money') return `${symbol}${short(se)}`
  return unit === '' ? short(se) : `${short(100 * se)} pt`
}

/** How well the closed months agree with their plan. */
export const agreementLine = ({ p }: Agreement): string =>
  `In ${Number((100 * p.value).toPrecision(2))}% of the plan's years, the closed months would be at least as far from it (p)`
