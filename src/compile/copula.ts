// A t copula: the correlated normal scores of a group of inputs are all multiplied by √(df / W), with one W of a χ² distribution with df
// degrees of freedom, which makes them Student t values (Demarta and McNeil, International Statistical Review 73, 2005). Their normal scores
// then give the inputs, so the distribution of each input stays as it is.
import { LruCache } from '../lru-cache.ts'
import { distributionOf } from '../numerics/distributions/index.ts'
import { FARTHEST_SCORE, normalCdf } from '../numerics/distributions/special/normal.ts'
import { studentScoreRatio } from '../numerics/distributions/special/student-score.ts'
import { log1p } from '../numerics/kernel/math.ts'
import type { StudentTail } from './program.ts'
import { TABLE_REACH, tabulateFunction } from './table.ts'

const recent = new LruCache<Uint8Array>(16)

/** √(df / W) at a normal score of −W: a high score widens. */
function widening(df: number): (score: number) => number {
  const chiSquare = distributionOf({ distribution: 'gamma', shape: df / 2, scale: 2 })
  return (score) => Math.sqrt(df / chiSquare.quantile(normalCdf(-score), normalCdf(score)))
}

/** A table of √(df / W) over the normal score of −W. */
export const wideningTable = (df: number): Uint8Array => recent.get(`widening ${df}`, () => tabulateFunction(widening(df)))

/** @param drawn false if no trial will be drawn, so that tables may be empty */
export function studentTail(df: number, dimension: number, drawn: boolean): StudentTail {
  const farthest = FARTHEST_SCORE * widening(df)(FARTHEST_SCORE)
  const perUnit = (2 * TABLE_REACH) / log1p((farthest * farthest) / df)
  const ratio = studentScoreRatio(df)
  const tableOf = () => tabulateFunction((place) => ratio((place + TABLE_REACH) / perUnit))
  return {
    dimension,
    df,
    widening: drawn ? wideningTable(df) : new Uint8Array(),
    ratio: drawn ? recent.get(`ratio ${df}`, tableOf) : new Uint8Array(),
    perUnit,
  }
}
