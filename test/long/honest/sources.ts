// Chooses the source of each truth: quadrature if one continuous input moves the figure, otherwise replicates. Quadrature looks for what
// moves a figure at some places only; where replicates contradict the odds of an offer, it has overlooked an input.
import type { Plan } from './plans.ts'
import { continuousOf, quadratureTruths } from './quadrature.ts'
import { replicateTruths } from './replicates.ts'
import type { Truth } from './truth.ts'

/** With more continuous inputs than this, nearly all of them move nearly every figure. */
const FEW = 2

/** Replicates contradict quadrature from this distance on, in standard errors of the replicates. */
const APART = 6

/** Odds of an offer. Other figures can have heavy tails, of which replicates say less than quadrature. */
const ODDS = /^comparison\.(cheapest|cheaper)\.|^regret\.\w+\.none$/

const contradicts = (path: string, replicates: Truth | undefined, { value, error }: Truth): boolean =>
  ODDS.test(path) &&
  replicates !== undefined &&
  Math.abs(replicates.value - value) > APART * replicates.error + error + 1e-9 * Math.abs(value)

export function truthsOf(plan: Plan): ReadonlyMap<string, Truth> {
  // Quadrature knows no segments.
  if (plan.segments) return replicateTruths(plan)
  const count = continuousOf(plan)
  const exact = count <= FEW ? quadratureTruths(plan) : []
  if (count < 2) return new Map(exact)
  const replicates = replicateTruths(plan)
  return new Map([...replicates, ...[...exact].filter(([path, truth]) => !contradicts(path, replicates.get(path), truth))])
}
