// The scenario without uncertainty: distributions become their means, and noise, spikes and setbacks are left out.
import { distributionOf } from '../numerics/distributions/index.ts'
import { mapInputs } from '../scenario/names.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'

export function certain(scenario: ResolvedScenario): ResolvedScenario {
  const plain = mapInputs(scenario, (_, spec) => distributionOf(spec).mean) as ResolvedScenario
  const { noise: _n, last: _l, bootstrap: _b, spikes: _s, ...conversations } = plain.conversations
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
