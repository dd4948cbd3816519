// Money and numbers as people read them.

const SYMBOLS: Readonly<Record<string, string>> = { USD: '$', EUR: '€', GBP: '£' }

/** Whole units with separators: $386,120; cents below 100. */
export function formatMoney(value: number, currency = 'USD'): string {
  const digits = Math.abs(value) < 100 ? 2 : 0
  const text = Math.abs(value).toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  const symbol = Object.hasOwn(SYMBOLS, currency) ? SYMBOLS[currency] : `${currency} `
  return `${value < 0 ? '-' : ''}${symbol}${text}`
}

/** A share with one digit: 53.2 %. */
export const formatShare = (value: number, digits = 1): string => `${(100 * value).toFixed(digits)} %`
