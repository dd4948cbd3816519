// Formats money and numbers for people.
import { formatNumber } from './number.ts'

const SYMBOLS: Readonly<Record<string, string>> = { USD: '$', EUR: '€', GBP: '£' }
/** The symbol before an amount: "$", or "CHF " for a currency without one. */
export const currencySymbol = (currency: string): string => (Object.hasOwn(SYMBOLS, currency) ? SYMBOLS[currency] : `${currency} `)

/** Whole units with separators: $386,120; cents below 100. */
export function formatMoney(value: number, currency = 'USD'): string {
  const digits = Math.abs(value) < 100 ? 2 : 0
  const text = formatNumber(Math.abs(value), digits, digits)
  return `${value < 0 ? '-' : ''}${currencySymbol(currency)}${text}`
}

/** A share with one digit: 53.2%. */
export const formatShare = (value: number, digits = 1): string => `${(100 * value).toFixed(digits)}%`

/** Rounds to the cent, half away from zero. The slack is for amounts such as 1.005, which binary numbers cannot represent. */
export function roundCents(value: number): number {
  const cents = Math.abs(value) * 100
  return (Math.sign(value) * Math.round(cents + 1e-9 * Math.max(1, cents))) / 100 || 0
}

/** An amount as an invoice shows it: $32,175.00; a price with up to six decimals: $0.005. */
export function formatCents(value: number, currency = 'USD', mostDigits = 2): string {
  const rounded = mostDigits === 2 ? roundCents(value) : value
  const text = formatNumber(Math.abs(rounded), 2, mostDigits)
  return `${rounded < 0 ? '-' : ''}${currencySymbol(currency)}${text}`
}

/** A quantity with separators and up to two decimals. */
export const formatQuantity = (value: number): string => formatNumber(value, 0, 2)
