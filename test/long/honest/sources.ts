// Where the truths of a plan come from: quadrature if it has one continuous input, and otherwise replicates.
import type { Plan } from './plans.ts'
import { isExact, quadratureTruths } from './quadrature.ts'
import { replicateTruths } from './replicates.ts'
import type { Truth } from './truth.ts'

export const truthsOf = (plan: Plan): ReadonlyMap<string, Truth> => (isExact(plan) ? quadratureTruths(plan) : replicateTruths(plan))
