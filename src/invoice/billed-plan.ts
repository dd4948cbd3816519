// The bills of a plan with every input at its mean, which notes read.
import { compile } from '../compile/compile.ts'
import type { Program } from '../compile/program.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import { certain } from './certain.ts'
import { type BilledContract, billOffer } from './contracts.ts'

export interface BilledPlan {
  readonly program: Program
  /** The contracts of each offer. */
  readonly offers: readonly (readonly BilledContract[])[]
}

export function billedPlan(scenario: ResolvedScenario): BilledPlan {
  const program = compile(certain(scenario), { measure: 'bill', pairs: 'none' })
  return { program, offers: program.offers.map((offer) => billOffer(program, offer)) }
}
