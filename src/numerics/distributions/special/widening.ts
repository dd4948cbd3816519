// The factor that turns normal scores into Student t values (Demarta and McNeil, International Statistical Review 73, 2005).
import { distributionOf } from '../index.ts'
import { normalCdf } from './normal.ts'

/** √(df / W) at a normal score of −W, where W has a χ² distribution with df degrees of freedom: a high score widens. */
export function widening(df: number): (score: number) => number {
  const chiSquare = distributionOf({ distribution: 'gamma', shape: df / 2, scale: 2 })
  return (score) => Math.sqrt(df / chiSquare.quantile(normalCdf(-score), normalCdf(score)))
}
