// The opinions of several people on one value, and the pool of all.
import { type Distribution, type DistributionSpec, distributionOf, type Uncertain } from './index.ts'

interface Opinion {
  readonly name: string
  /** Its weight, as a share of all weights. */
  readonly share: number
  readonly distribution: Distribution
}

export interface Opinions {
  readonly pool: Distribution
  readonly experts: readonly Opinion[]
}

/** The opinions in a distribution that was written as `experts`, or undefined for any other. */
export function opinionsIn(spec: DistributionSpec): Opinions | undefined {
  const { experts, components, weights } = spec
  if (!Array.isArray(experts) || !Array.isArray(components) || !Array.isArray(weights)) return undefined
  const total = (weights as number[]).reduce((sum, weight) => sum + weight, 0)
  return {
    pool: distributionOf(spec),
    experts: (experts as string[]).map((name, k) => ({
      name,
      share: (weights as number[])[k] / total,
      distribution: distributionOf((components as Uncertain[])[k]),
    })),
  }
}
