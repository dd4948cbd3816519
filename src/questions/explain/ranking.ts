// Ranks in steps, for columns of a million trials.
import { orderOf } from '../../numerics/estimators/order-of.ts'
import type { Steps } from '../../pace.ts'
import { ranksIn } from './ranks.ts'

/** Ranks from 0 to 1. Ties share their mean rank. */
export function* ranking(values: Float64Array): Steps<Float64Array> {
  const order = yield* orderOf(values)
  yield 0
  return ranksIn(values, order)
}
