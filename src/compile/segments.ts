// Compiles segments: volumes, rates and people, of which each key comes from the segment or else from the plan.
import type { OfferResolution } from '../contract/offer.ts'
import type { Bound } from '../contract/operation.ts'
import { type RateLayer, rateLayers } from '../scenario/rate-layers.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import type { HumanProgram, SegmentProgram } from './program.ts'
import type { Rates } from './rates.ts'
import type { CompileTools } from './tools.ts'
import { segmentVolume } from './volume.ts'

/** A plan without segments has one without a name. */
export function segmentPrograms(
  scenario: ResolvedScenario,
  bound: Bound<ResolvedScenario>,
  rates: Rates,
  { humans, tools }: { readonly humans: readonly (HumanProgram | undefined)[]; readonly tools: CompileTools },
): SegmentProgram[] {
  const places = scenario.segments ? [...scenario.segments.keys()] : [undefined]
  // All volumes come before the rates, since the order of the dimensions follows that of these calls.
  const volumes = places.map((place) => segmentVolume(scenario, bound, place, tools))
  const known = new Map<unknown, number | undefined>()
  return places.map((place, s): SegmentProgram => {
    const segment = place === undefined ? undefined : bound.segments?.[place]
    const layers = rateLayers(bound.resolution, segment as never) as unknown as readonly RateLayer<Bound<OfferResolution>>[]
    // Segments without a rate of their own share that of the plan.
    const key = segment?.resolution ?? 'shared'
    if (!known.has(key)) known.set(key, rates.add(layers))
    const rate = known.get(key)
    const human = humans[s]
    return { ...volumes[s], ...(rate !== undefined && { rate }), ...(human && { human }) }
  })
}

/**
 * Counts are drawn in each segment. A single segment has the draws of a plan without segments.
 * @param returning whether something that an offer resolves in the segment comes back
 */
export function countedSegment(
  segment: SegmentProgram,
  { count, returning }: { readonly count: number; readonly returning: boolean },
  tools: CompileTools,
): SegmentProgram {
  const path = count === 1 ? '' : `segments.${segment.name}.`
  return {
    ...segment,
    counting: {
      volume: tools.each(`${path}conversations.count`),
      involved: tools.each(`${path}involved.count`),
      resolved: tools.each(`${path}resolution.count`),
      ...(returning && { returned: tools.each(`${path}returned.count`) }),
    },
  }
}
