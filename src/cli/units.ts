// A field's numbers in the units of the field.
import type { NumberNotation } from '../scenario/edit/notation.ts'
import { formatNumber } from '../notation/number.ts'

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
