// Reads conditions on figures, such as "P80 at most $500k".
import type { Require } from '../../options/questions.ts'
import { ParameterError, shown, UsageError } from '../../errors.ts'
import { parseScalar } from '../../notation/scalar.ts'
import type { AskedFigure } from '../../summary/statistic.ts'
import { parseAmount } from '../../notation/amount.ts'
import { convertible, type Exchange, rateOf } from '../../scenario/exchange.ts'
import { askedFigure } from '../asked.ts'

/** A condition. It is written as a text, or as an object with plain numbers. */
export interface Condition {
  readonly text: string
  readonly figure: AskedFigure
  readonly most: boolean
  readonly bound: number
}

const WORDS = /^(.+?)\s*(at most|at least|<=|>=|≤|≥)\s*((?:[A-Z]{3}\s+)?\S+)$/i
const USAGE = '"P80 at most $500k" or "P(cheapest) at least 60%"'
const KINDS = { share: 'rate', number: 'amount' } as const

/** @param plan the currencies of amounts */
export function conditionOf(require: Require, plan: Exchange): Condition {
  if (typeof require === 'object') {
    const { statistic, atMost, atLeast } = require
    const figure = askedFigure(statistic, false, 'require')
    const [most, bound] = atMost === undefined ? [false, atLeast] : [true, atMost]
    if (bound === undefined || !Number.isFinite(bound) || (atMost !== undefined && atLeast !== undefined))
      throw new UsageError(
        `require: expected one bound, atMost or atLeast, such as { statistic: 'p80', atMost: 500000 }, got ${shown(require)}`,
      )
    return { text: `${figure.title} ${most ? 'at most' : 'at least'} ${bound}`, figure, most, bound }
  }
  const found = typeof require === 'string' ? WORDS.exec(require.trim()) : null
  if (!found) throw new UsageError(`require: expected a condition such as ${USAGE}, got ${shown(require)}`)
  const [, name, relation, amount] = found
  const figure = askedFigure(name, false, 'require')
  try {
    const bound = figure.unit === 'money' ? moneyIn(amount, plan) : parseScalar(amount, KINDS[figure.unit]).value
    return { text: require.trim(), figure, most: /most|<|≤/i.test(relation), bound }
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error
    throw new UsageError(`require: expected ${error.expected} in ${shown(require)}, got ${shown(amount)}`)
  }
}

/** A bound in the plan's currency. */
function moneyIn(text: string, plan: Exchange): number {
  const { value, currency } = parseAmount(text, plan.currency)
  const rate = rateOf(currency, plan)
  if (rate === undefined) throw new ParameterError('', convertible(currency, plan), text)
  // A percentile is one amount, which no rate of a single trial converts.
  if (rate.uncertain)
    throw new ParameterError('', `an amount in ${plan.currency}, since the rate of ${currency} is uncertain,`, text)
  return value * rate.rate
}
