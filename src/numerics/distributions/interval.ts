// Distributions through two percentiles: `45k to 60k` is one of these, by the kind of its field.
import { log, logit } from '../kernel/math.ts'
import type { DistributionSpec } from './distribution.ts'
import { lognormalSpec } from './lognormal.ts'
import { normalQuantile } from './special/normal.ts'

function line(p1: number, y1: number, p2: number, y2: number): readonly [number, number] {
  const [z1, z2] = [normalQuantile(p1), normalQuantile(p2)]
  const slope = (y2 - y1) / (z2 - z1)
  return [y1 - slope * z1, slope]
}

export function normalFromQuantiles(p1: number, x1: number, p2: number, x2: number): DistributionSpec {
  const [mean, sd] = line(p1, x1, p2, x2)
  return { distribution: 'normal', mean, sd }
}

export function lognormalFromQuantiles(p1: number, x1: number, p2: number, x2: number): DistributionSpec {
  const [center, sigma] = line(p1, log(x1), p2, log(x2))
  return lognormalSpec(center, sigma)
}

export function logitNormalFromQuantiles(p1: number, x1: number, p2: number, x2: number): DistributionSpec {
  const [location, scale] = line(p1, logit(x1), p2, logit(x2))
  return { distribution: 'logitNormal', location, scale }
}
