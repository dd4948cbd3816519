// Divides an expected shortfall by layer: the mean of each layer over the worst trials.
import { combined, estimateOf } from '../../numerics/estimators/figure.ts'
import { columnMean } from '../../numerics/estimators/figures.ts'
import { tailParts } from '../../numerics/estimators/tail-parts.ts'
import type { Estimate } from '../../summary/summary.ts'
import type { Trials } from '../trials.ts'
import { costLayers } from './cost-layers.ts'

export interface ShortfallPart {
  readonly layer: string
  /** Money. The layers add up to the expected shortfall. */
  readonly amount: Estimate
  /** Of the expected shortfall. Shares add up to 1. That of a credit is negative. */
  readonly share: number
}

export interface ShortfallParts {
  readonly offer: string
  readonly level: number
  /** The mean cost of the worst 1 − level of trials. */
  readonly expectedShortfall: Estimate
  readonly layers: readonly ShortfallPart[]
}

/**
 * @param expectedShortfall the figure that the layers add up to. Its distance from that of the recorded trials goes to the layers that vary,
 * in proportion to how far they exceed their means in the worst trials.
 */
export function shortfallPartsOf(trials: Trials, offer: string, level: number, expectedShortfall: Estimate): ShortfallParts {
  const place = trials.offer(offer)
  const { names, nodes } = costLayers(trials, place)
  const [total, ...columns] = trials.sampled([trials.model.costs[place], ...nodes])
  const [whole, ...parts] = tailParts(total, [total, ...columns], level)
  const excess = whole.value - columnMean(total).value
  const { value, se, noError } = expectedShortfall
  const layers = parts.map((part, k): ShortfallPart => {
    const own = excess > 0 ? (part.value - columnMean(columns[k]).value) / excess : 0
    // The figure of the same trials has the part's own error. Another one has an error of its own.
    const same = Math.abs(value - whole.value) <= 1e-9 * Math.abs(value)
    const rest = same ? estimateOf(part) : estimateOf(combined([[1, part] as const, [-own, whole] as const]))
    const amount = part.value + own * (value - whole.value)
    const error = (same && se < Infinity) || own === 0 ? rest.se : Math.sqrt(rest.se * rest.se + own * own * se * se)
    const reason = error === Infinity ? (rest.noError ?? noError) : undefined
    const missing = reason !== undefined && { noError: reason }
    return { layer: names[k], amount: { value: amount, se: error, ...missing }, share: value === 0 ? 0 : amount / value }
  })
  return { offer, level, expectedShortfall, layers }
}
