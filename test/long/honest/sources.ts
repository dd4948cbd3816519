// Chooses the source of each truth: quadrature if one continuous input moves the figure, otherwise replicates.
import type { Plan } from './plans.ts'
import { continuousOf, quadratureTruths } from './quadrature.ts'
import { replicateTruths } from './replicates.ts'
import type { Truth } from './truth.ts'

/** With more continuous inputs than this, nearly all of them move nearly every figure. */
const FEW = 2

export function truthsOf(plan: Plan): ReadonlyMap<string, Truth> {
  // Quadrature knows no segments.
  if (plan.segments) return replicateTruths(plan)
  const count = continuousOf(plan)
  const exact = count <= FEW ? quadratureTruths(plan) : []
  return count < 2 ? new Map(exact) : new Map([...replicateTruths(plan), ...exact])
}
