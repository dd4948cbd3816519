// The point estimate: what a spreadsheet gives, with every driver at its mean or stated value. It is billed by the same
// program as a trial, so that no amount is worked out in two places.
import { distributionOf } from '../distributions/index.ts'
import { Arena } from '../kernel/arena.ts'
import { compile } from '../program/compile.ts'
import { planTrials } from '../random/plan.ts'
import { mapInputs } from '../scenario/names.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import { BlockWork } from '../simulation/block.ts'
import { seriesAt, sumAt } from '../statistics/layout.ts'

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

export function pointEstimates(scenario: ResolvedScenario): PointEstimate[] {
  const program = compile(certain(scenario), { measure: 'bill', pairs: 'auto' })
  const work = new BlockWork(new Arena(), program, planTrials(32, 'random'), 'point')
  work.run(0, 0)
  const { state, layout } = work
  const n = state[0]
  return program.offers.map(({ name }, k) => {
    const of = (from: number) => Array.from({ length: program.months }, (_, m) => state[sumAt(layout, from + m)] / n)
    const monthly = { bill: of(layout.offers[k].monthly.bill), total: of(layout.offers[k].monthly.total) }
    const mean = (series: number) => state[seriesAt(series)]
    return { offer: name, bill: mean(layout.offers[k].bill), total: mean(layout.offers[k].total), monthly }
  })
}
