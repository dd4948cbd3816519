// A t copula: the correlated normal scores of a group of inputs are all multiplied by √(df / W), with one W of a χ² distribution with df
// degrees of freedom, which makes them Student t values (Demarta and McNeil, International Statistical Review 73, 2005). Their normal scores
// then give the inputs, so the distribution of each input stays as it is.
import { LruCache } from '../lru-cache.ts'
import { FARTHEST_SCORE } from '../numerics/distributions/special/normal.ts'
import { studentScoreRatio } from '../numerics/distributions/special/student-score.ts'
import { widening } from '../numerics/distributions/special/widening.ts'
import { log1p } from '../numerics/kernel/math.ts'
import type { StudentTail } from './program.ts'
import { TABLE_REACH, tabulateFunction } from './table.ts'
import type { CompileTools } from './tools.ts'

/** Pairs of trials that share some scores need tables for more degrees of freedom than the plan states. */
const recent = new LruCache<Uint8Array>(16)

/** A table of √(df / W) over the normal score of −W. */
export const wideningTable = (df: number): Uint8Array => recent.get(String(df), () => tabulateFunction(widening(df)))

/** @param dimension that of W */
export function studentTail(df: number, dimension: number, { table }: CompileTools): StudentTail {
  const farthest = FARTHEST_SCORE * widening(df)(FARTHEST_SCORE)
  const perUnit = (2 * TABLE_REACH) / log1p((farthest * farthest) / df)
  const ratio = studentScoreRatio(df)
  return {
    dimension,
    df,
    widening: table(['widening', df], () => wideningTable(df)),
    ratio: table(['score over t', df], () => tabulateFunction((place) => ratio((place + TABLE_REACH) / perUnit))),
    perUnit,
  }
}
