// The scenario without uncertainty: distributions become their means, and noise, spikes and setbacks are left out.
import type { ResolvedOffer } from '../contract/offer.ts'
import { distributionOf } from '../numerics/distributions/index.ts'
import { mapInputs } from '../scenario/names.ts'
import type { ResolvedScenario, ResolvedSegment } from '../scenario/resolved.ts'

const calm = <T extends object>(resolution: T): T => {
  const { noise: _noise, setbacks: _setbacks, ...rest } = resolution as T & { noise?: unknown; setbacks?: unknown }
  return rest as unknown as T
}

const calmRate = <T extends { readonly resolution?: object }>(part: T): T => ({
  ...part,
  ...(part.resolution && { resolution: calm(part.resolution) }),
})

function calmSegment(segment: ResolvedSegment): ResolvedSegment {
  const { noise: _n, history: _h, last: _l, bootstrap: _b, spikes: _s, ...conversations } = segment.conversations
  return calmRate({ ...segment, conversations })
}

const calmOffer = (offer: ResolvedOffer): ResolvedOffer => ({
  ...calmRate(offer),
  ...(offer.segments && { segments: offer.segments.map(calmRate) }),
  ...(offer.parts && { parts: offer.parts.map(calmOffer) }),
})

export function certain(scenario: ResolvedScenario): ResolvedScenario {
  const plain = mapInputs(scenario, (_, spec) => distributionOf(spec).mean) as ResolvedScenario
  const { noise: _n, history: _h, last: _l, bootstrap: _b, spikes: _s, ...conversations } = plain.conversations
  return {
    ...plain,
    correlations: [],
    counting: 'expected',
    conversations,
    ...(plain.resolution && { resolution: calm(plain.resolution) }),
    ...(plain.segments && { segments: plain.segments.map(calmSegment) }),
    offers: plain.offers.map(calmOffer),
  }
}
