// The point estimate: what a spreadsheet gives, with every driver at its mean or stated value. It is billed by the same
// program as a trial, so that no amount is worked out in two places.
import { distributionOf } from '../distributions/index.ts'
import { compile } from '../program/compile.ts'
import { mapInputs } from '../scenario/names.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import { modelOf } from '../simulation/model.ts'

export interface PointEstimate {
  readonly offer: string
  readonly bill: number
  readonly total: number
  readonly monthly: { readonly bill: readonly number[]; readonly total: readonly number[] }
}

/** The scenario without uncertainty: distributions at their mean, noise, spikes and setbacks off. */
function certain(scenario: ResolvedScenario): ResolvedScenario {
  const plain = mapInputs(scenario, (_, spec) => distributionOf(spec).mean) as ResolvedScenario
  const { noise: _n, spikes: _s, ...conversations } = plain.conversations
  const calm = <T extends object>(resolution: T): T => {
    const { noise: _noise, setbacks: _setbacks, ...rest } = resolution as T & { noise?: unknown; setbacks?: unknown }
    return rest as unknown as T
  }
  return {
    ...plain,
    correlations: [],
    counting: 'expected',
    conversations,
    ...(plain.resolution && { resolution: calm(plain.resolution) }),
    offers: plain.offers.map((offer) => ({ ...offer, ...(offer.resolution && { resolution: calm(offer.resolution) }) })),
  }
}

/** Without uncertainty every amount of the graph is a constant. */
export function pointEstimates(scenario: ResolvedScenario): PointEstimate[] {
  const program = compile(certain(scenario), { measure: 'bill', pairs: 'auto' })
  const { graph, offers } = modelOf(program)
  const value = (node: number): number => {
    const known = graph.known(node)
    if (known === undefined) throw new Error('an amount of the point estimate is not known')
    return known
  }
  const months = Array.from({ length: program.months }, (_, m) => m)
  return program.offers.map(({ name }, k) => {
    const { bill, total, billMonth, totalMonth } = offers[k]
    const monthly = { bill: months.map((m) => value(billMonth(m))), total: months.map((m) => value(totalMonth(m))) }
    return { offer: name, bill: value(bill), total: value(total), monthly }
  })
}
