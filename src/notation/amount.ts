// Amounts of money in their currency, as people write them: $480k, €400k, CHF 400k.
import { ParameterError } from '../errors.ts'
import { codeOf } from './currency.ts'
import { parseScalar } from './scalar.ts'

export interface CurrencyAmount {
  readonly value: number
  readonly currency: string
}

const WRITTEN = /^(-?)(?:([A-Z]{3}|[A-Z]{0,2}[$€£¥₹])\s*)?(.*)$/s

/**
 * @param own the currency of a number without a sign
 * @throws ParameterError with an empty parameter
 */
export function parseAmount(raw: unknown, own: string): CurrencyAmount {
  if (typeof raw !== 'string') return { value: parseScalar(raw, 'money').value, currency: own }
  const [, minus = '', sign, rest = ''] = WRITTEN.exec(raw.trim()) ?? []
  const currency = sign === undefined ? own : codeOf(sign, own)
  try {
    const { value } = parseScalar(`${minus}$${rest}`, 'money')
    if (currency !== undefined) return { value, currency }
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error
    throw new ParameterError('', error.expected, raw)
  }
  throw new ParameterError('', 'a currency such as $, € or EUR', raw)
}
