// Fits one family of distributions to a sample, by the cells of rounded values if it has any.
import { ParameterError } from '../../errors.ts'
import type { DistributionSpec } from '../distributions/index.ts'
import { simplexTop } from './ascend.ts'
import { canHold, type Family, freeIn, Unfit } from './family.ts'
import { bicOf, logLikelihoodOf } from './likelihood.ts'
import { freeNumbers, withNumbers } from './numbers.ts'
import { type FitSample, spreadOver } from './sample.ts'

/** How long a search goes on, for each number that the fit chooses. */
interface Effort {
  readonly width: number
  readonly steps: number
}
const FINE: Effort = { width: 1e-6, steps: 100 }
/** For the many numbers of a mixture or of percentiles, which the values determine less. */
const MANY: Effort = { width: 1e-3, steps: 25 }
/** Enough for a distance from the values, which is flat near the best fit. */
const ROUGH: Effort = { width: 0.02, steps: 20 }

/** The member of a family with the largest likelihood; of several parts of the family, that with the smallest BIC. */
export function fittedTo(family: Family, sample: FitSample): DistributionSpec | Unfit {
  const smooth = family.exact ? sample : spreadOver(sample)
  if (!canHold(family.holds, smooth)) return new Unfit(`it needs values ${family.holds}`)
  const found = family.fit(smooth, smooth !== sample)
  if (found instanceof Unfit) return found
  const all = [found]
    .flat()
    .map((spec): DistributionSpec => (family.exact ? spec : inCells(spec, sample, family.free ? MANY : FINE)))
  if (all.length === 1) return all[0]
  const bic = (spec: DistributionSpec) => bicOf(logLikelihoodOf(spec, sample), freeIn(family, spec), sample.count)
  return all.map((spec) => ({ spec, bic: bic(spec) })).reduce((a, b) => (b.bic < a.bic ? b : a)).spec
}

/**
 * The same for one of many samples near a member of the family. It may stop at a fit of the values spread over their cells, so its distances
 * compare with each other only. Undefined if there is none.
 */
export function fittedNear(family: Family, sample: FitSample, spec: DistributionSpec): DistributionSpec | undefined {
  const smooth = spreadOver(sample)
  if (!canHold(family.holds, smooth)) return undefined
  const found = family.near ? family.near(smooth, spec) : family.fit(smooth)
  if (found === undefined || found instanceof Unfit) return undefined
  const [one] = [found].flat()
  return family.near ? one : inCells(one, sample, ROUGH)
}

/**
 * The numbers with the largest likelihood of the cells. A fit of values that are spread over their cells is near it. Without cells it is
 * the fit itself.
 */
function inCells(spec: DistributionSpec, sample: FitSample, { width, steps }: Effort): DistributionSpec {
  if (!sample.cells) return spec
  const free = freeNumbers(spec, sample.sd)
  const at = (point: readonly number[]) =>
    withNumbers(
      spec,
      free.map(({ value, step }, k) => value + step * point[k]),
    )
  const start = free.map(() => 0)
  return normalized(at(simplexTop((point) => likelihoodAt(at(point), sample), start, { width, steps: steps * free.length })))
}

/** The same distribution with weights that add up to 1. */
function normalized(spec: DistributionSpec): DistributionSpec {
  const { weights } = spec
  if (!Array.isArray(weights)) return spec
  const total = weights.reduce((sum: number, weight: number) => sum + weight, 0)
  return { ...spec, weights: weights.map((weight: number) => weight / total) }
}

/** −∞ for numbers that are no distribution. */
function likelihoodAt(spec: DistributionSpec, sample: FitSample): number {
  try {
    const found = logLikelihoodOf(spec, sample)
    return Number.isNaN(found) ? -Infinity : found
  } catch (error) {
    if (error instanceof ParameterError) return -Infinity
    throw error
  }
}
