// Formats money and numbers for people.
import { currencySymbol, decimalsOf, smallestUnits } from './currency.ts'
import { formatNumber } from './number.ts'

/** Whole units with separators: $386,120; with the currency's decimals below 100. */
export function formatMoney(value: number, currency = 'USD'): string {
  const digits = Math.abs(value) < 100 ? decimalsOf(currency) : 0
  return signed(value, formatNumber(Math.abs(value), digits, digits), currency)
}

/** Whole units with separators, also below 100: $0. */
export const formatWhole = (value: number, currency = 'USD'): string => signed(value, formatNumber(Math.abs(value), 0, 0), currency)

/** A share with one digit: 53.2%. A share that only rounds to 100% is ">99.9%", since nothing about it is certain. */
export function formatShare(value: number, digits = 1): string {
  const text = (100 * value).toFixed(digits)
  return value < 1 && Number(text) === 100 ? `>99${digits > 0 ? `.${'9'.repeat(digits)}` : ''}%` : `${text}%`
}

/** A share that somebody states, with its own digits: 80% or 97.5%. */
export const formatStatedShare = (share: number): string => `${Number((100 * share).toFixed(4))}%`

/** A standard error, as text beside its figure. */
export const formatError = (se: number, write: (value: number) => string): string =>
  se < Infinity ? `± ${write(se)}` : '(no standard error)'

/** Four roundings of a binary number: those of a price, its changes and a product. */
const SLACK = 2 * Number.EPSILON

/**
 * Rounds to the currency's smallest unit, half away from zero. The slack is for amounts such as 1.005, which binary numbers cannot
 * represent. It stays below the tenth of a unit, so that numbers without room for halves are not moved.
 */
export function roundMoney(value: number, currency = 'USD'): number {
  const scale = smallestUnits(currency)
  const units = Math.abs(value) * scale
  const whole = Math.floor(units)
  const up = units - whole >= 0.5 - Math.min(0.1, Math.max(1e-9, SLACK * units))
  return (Math.sign(value) * (whole + (up ? 1 : 0))) / scale || 0
}

/** An amount as an invoice shows it: $32,175.00. */
export function formatAmount(value: number, currency = 'USD'): string {
  const digits = decimalsOf(currency)
  const rounded = roundMoney(value, currency)
  return signed(rounded, formatNumber(Math.abs(rounded), digits, digits), currency)
}

/** A price: $0.005, with up to nine decimals if these are exact, and otherwise with six decimals or six digits. */
export function formatPrice(value: number, currency = 'USD'): string {
  const [mantissa, exponent] = Math.abs(value).toExponential(14).split('e')
  const price = Number(`${mantissa}e${exponent}`)
  const most = Number(price.toFixed(9)) === price ? 9 : Math.min(20, Math.max(6, 5 - Number(exponent)))
  return signed(value, formatNumber(price, decimalsOf(currency), most), currency)
}

const signed = (value: number, text: string, currency: string): string =>
  `${value < 0 && /[1-9]/.test(text) ? '-' : ''}${currencySymbol(currency)}${text}`

/** A quantity with separators and up to two decimals. */
export const formatQuantity = (value: number): string => formatNumber(value, 0, 2)
