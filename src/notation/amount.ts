// Amounts of money in their currency, as people write them: $480k, €400k, CHF 400k.
import { ParameterError } from '../errors.ts'
import { currencyOf } from './currency.ts'
import { parseScalar } from './scalar.ts'

export interface Amount {
  readonly value: number
  readonly currency: string
}

const WRITTEN = /^(-?)(?:([A-Z]{3})\s*|([$€£¥]))?(.*)$/s

/**
 * @param own the currency of a number without a sign
 * @throws ParameterError with an empty parameter
 */
export function parseAmount(raw: unknown, own: string): Amount {
  if (typeof raw !== 'string') return { value: parseScalar(raw, 'money').value, currency: own }
  const [, minus = '', code, symbol = '', rest = ''] = WRITTEN.exec(raw.trim()) ?? []
  try {
    const { value } = parseScalar(`${minus}$${rest}`, 'money')
    return { value, currency: code ?? currencyOf(symbol, undefined, own) }
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error
    throw new ParameterError('', error.expected, raw)
  }
}
