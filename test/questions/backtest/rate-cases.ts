// Forecasts of a rate from one start, for tests.
import { fitRate } from '../../../src/forecasting/fit/rate.ts'
import type { History } from '../../../src/forecasting/history/history.ts'
import { type RateCase, rateCases } from '../../../src/questions/backtest/rates.ts'

/** The cases of the twelve months from `origin`, from all months before it. */
export function casesFrom(history: History & { readonly resolutions: readonly number[] }, origin: number): RateCase[] {
  const before = (values: readonly number[]) => values.slice(0, origin - history.start)
  const { start: first, conversations, resolutions } = history
  const fit = fitRate({ first, conversations: before(conversations), resolutions: before(resolutions) }, origin)
  if (fit === undefined) throw new Error('too few months with a rate')
  return rateCases(fit, history, first, origin, 12)
}
