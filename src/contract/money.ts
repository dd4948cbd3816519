// Amounts of money and their currencies.
import type { Uncertain } from '../numerics/distributions/distribution.ts'
import { ParameterError } from '../errors.ts'
import { FileColumn } from '../notation/column.ts'

/**
 * An amount: plain in the scenario's currency, or with a currency that has an exchange rate. While the plan is read, `currency` is the
 * symbol before the amount, if any; `settleMoney` replaces it by a code.
 */
export type Money = Uncertain | Foreign
type Foreign = { readonly value: Uncertain; readonly currency: string }

export const isForeign = (node: object): node is Foreign => 'currency' in node && 'value' in node && Object.keys(node).length === 2

/** Reads an amount in any currency with a reader for dollars, and returns its symbol too. */
export function readMoney<T>(raw: unknown, read: (raw: unknown) => T): { readonly read: T; readonly symbol: string } {
  const symbols = new Set<string>()
  const plain = inDollars(raw, symbols)
  const [symbol = '', ...more] = symbols
  if (more.length > 0) throw new ParameterError('', 'a single currency in an amount', raw)
  try {
    return { read: read(plain), symbol }
  } catch (error) {
    if (!(error instanceof ParameterError) || symbol === '' || symbol === '$') throw error
    const value = typeof error.value === 'string' ? error.value.replaceAll('$', symbol) : error.value
    throw new ParameterError(error.parameter, error.expected, value)
  }
}

function inDollars(node: unknown, found: Set<string>): unknown {
  const change = (text: string): string =>
    text.replace(/[$€£¥]/g, (symbol) => {
      found.add(symbol)
      return '$'
    })
  if (typeof node === 'string') return change(node)
  if (node instanceof FileColumn) return node.map(change)
  if (Array.isArray(node)) return node.map((item) => inDollars(item, found))
  if (typeof node !== 'object' || node === null || node instanceof FileColumn) return node
  return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, inDollars(item, found)]))
}

/** Settles every amount below `node`, where `settle` returns the currency code of a symbol at a path. */
export function settleMoney(node: unknown, path: string, own: string, settle: (symbol: string, path: string) => string): unknown {
  if (typeof node !== 'object' || node === null) return node
  if (Array.isArray(node)) return node.map((item, k) => settleMoney(item, `${path}[${k}]`, own, settle))
  if (isForeign(node)) {
    const currency = settle(node.currency, path)
    return currency === own ? node.value : { value: node.value, currency }
  }
  return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, settleMoney(item, `${path}.${key}`, own, settle)]))
}
