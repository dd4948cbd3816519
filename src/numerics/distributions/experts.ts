// What several people think of one value: each opinion beside the pool of all.
import { type Distribution, type DistributionSpec, distributionOf, type Uncertain } from './index.ts'

export interface Opinion {
  readonly name: string
  /** Of all weights. */
  readonly share: number
  readonly law: Distribution
}

export interface Opinions {
  readonly pool: Distribution
  readonly experts: readonly Opinion[]
}

/** The opinions in a distribution that was written as `experts`; nothing for any other. */
export function opinionsIn(spec: DistributionSpec): Opinions | undefined {
  const { experts, components, weights } = spec
  if (!Array.isArray(experts) || !Array.isArray(components) || !Array.isArray(weights)) return undefined
  const total = (weights as number[]).reduce((sum, weight) => sum + weight, 0)
  return {
    pool: distributionOf(spec),
    experts: (experts as string[]).map((name, k) => ({
      name,
      share: (weights as number[])[k] / total,
      law: distributionOf((components as Uncertain[])[k]),
    })),
  }
}
