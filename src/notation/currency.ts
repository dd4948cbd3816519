// Currencies: their signs, and the decimals of their amounts.
import { ParameterError } from '../errors.ts'

const SYMBOLS: Readonly<Record<string, string>> = { USD: '$', EUR: '€', GBP: '£', JPY: '¥' }
/** The symbol before an amount: "$", or "CHF " for a currency without one. */
export const currencySymbol = (currency: string): string => (Object.hasOwn(SYMBOLS, currency) ? SYMBOLS[currency] : `${currency} `)

/** The minor units of ISO 4217 other than two decimals. `Intl` follows the cash in use instead, such as no decimals for IQD. */
const DECIMALS: Readonly<Record<string, number>> = {
  'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF': 0,
  'BHD IQD JOD KWD LYD OMR TND': 3,
  'CLF UYW': 4,
}

/** The decimals of an amount in a currency. */
export const decimalsOf = (currency: string): number =>
  Object.entries(DECIMALS).find(([codes]) => codes.includes(currency))?.[1] ?? 2

/** How many of a currency's smallest units are in one: 100 cents in a dollar. */
export const smallestUnits = (currency: string): number => Number(`1e${decimalsOf(currency)}`)

/** The currencies that use a sign. A plan's own currency goes first, and the first of the list follows. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  $: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN'],
  '€': ['EUR'],
  '£': ['GBP'],
  '¥': ['JPY', 'CNY'],
}

/** The currency of a sign in an offer. `$` means the offer's or the plan's currency if that is a dollar, and USD otherwise. */
export function currencyOf(sign: string, offer: string | undefined, plan: string): string {
  const own = offer ?? plan
  if (sign === '') return own
  const code = SIGNS[sign].includes(own) ? own : SIGNS[sign][0]
  if (offer !== undefined && code !== offer)
    throw new ParameterError('', `an amount in ${offer}, the offer's currency (write the number without a symbol)`, sign)
  return code
}

/** Signs that name a country. */
const NATIONAL: Readonly<Record<string, string>> = {
  ...{ US$: 'USD', C$: 'CAD', CA$: 'CAD', A$: 'AUD', AU$: 'AUD', NZ$: 'NZD', S$: 'SGD', SG$: 'SGD', HK$: 'HKD', MX$: 'MXN' },
  '₹': 'INR',
}

/** The code of a currency that is written as a code or a sign: EUR, €, US$. Undefined for an unknown sign. */
export function codeOf(written: string, own: string): string | undefined {
  const sign = written.toUpperCase()
  if (/^[A-Z]{3}$/.test(sign)) return sign
  if (Object.hasOwn(SIGNS, sign)) return currencyOf(sign, undefined, own)
  return Object.hasOwn(NATIONAL, sign) ? NATIONAL[sign] : undefined
}
