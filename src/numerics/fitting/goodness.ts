// Whether values may come from a fitted distribution: how often samples of that distribution, fitted in the same way, are at least as far
// from their own fit (the parametric bootstrap: Stute, González Manteiga and Presedo Quindimil 1993, Metrika 40). The published bounds of
// the distance hold for single families and for parameters that are known or estimated in one way (Stephens 1974, JASA 69).
import { Arena } from '../kernel/arena.ts'
import { type DistributionSpec, distributionOf } from '../distributions/index.ts'
import { planTrials } from '../random/plan.ts'
import { createSource } from '../random/source.ts'
import { cellsWith } from './cells.ts'
import type { Family } from './family.ts'
import { fittedNear } from './fitted.ts'
import { andersonDarling } from './likelihood.ts'
import { type FitSample, plainSample } from './sample.ts'

/** The largest number of samples, and the number that is enough if none of them is as far from its fit as the values are. */
const [SAMPLES, ENOUGH] = [199, 59]
/** Sampling stops when this many samples are farther from their fit than the values are: Besag and Clifford (1991), Biometrika 78. */
const FARTHER = 10
/** The largest size of a sample. The distribution of the distance hardly depends on their number. */
const MOST_VALUES = 100
const SEED = 'goodness of fit'

/** The probability that a sample of the distribution is at least as far from its fit, with its standard error. */
export interface Goodness {
  readonly value: number
  readonly se: number
}

/** @returns undefined if too few samples of the distribution can be fitted */
export function goodnessOf(family: Family, spec: DistributionSpec, sample: FitSample): Goodness | undefined {
  const observed = distanceOf(family, sample, spec)
  if (observed === undefined) return undefined
  let [samples, farther] = [0, 0]
  for (const distance of distances(family, spec, sample)) {
    samples += 1
    if (distance >= observed) farther += 1
    if (farther === FARTHER || (farther === 0 && samples === ENOUGH)) break
  }
  if (samples < FARTHER) return undefined
  const value = farther === FARTHER ? farther / samples : (farther + 1) / (samples + 1)
  // Half a sample more keeps the error above 0 if all or no samples are farther.
  const share = (farther + 0.5) / (samples + 1)
  return { value, se: Math.sqrt((share * (1 - share)) / samples) }
}

/** The distances of samples of the distribution from their own fits. Samples that the family does not fit are left out. */
export function* distances(
  family: Family,
  spec: DistributionSpec,
  { count, shares, cells }: Pick<FitSample, 'count' | 'shares' | 'cells'>,
  samples = SAMPLES,
): Generator<number> {
  const size = Math.min(count, MOST_VALUES)
  const { quantile } = distributionOf(spec)
  const arena = new Arena()
  const source = createSource(arena, planTrials(1, 'random'), SEED, [{ name: 'values', coordinate: 0 }])
  const column = arena.column(MOST_VALUES)
  for (let block = 0; block < samples; block++) {
    source.fill(0, 0, block, column, MOST_VALUES)
    const drawn = arena.view(column, size).map((p) => quantile(p, 1 - p))
    const own = cells ? roundedSample(drawn, shares, cells) : plainSample(drawn, shares)
    const found = own.min < own.max ? distanceOf(family, own, spec) : undefined
    if (found !== undefined) yield found
  }
}

/** The distance of a sample from its own fit. */
function distanceOf(family: Family, sample: FitSample, near: DistributionSpec): number | undefined {
  const found = fittedNear(family, sample, near)
  return found && andersonDarling(distributionOf(found), sample)
}

/** Values rounded to the centers of cells. */
function roundedSample(drawn: Float64Array, shares: boolean, { width, values }: NonNullable<FitSample['cells']>): FitSample {
  const [origin] = values
  const rounded = plainSample(
    drawn.map((x) => origin + width * Math.round((x - origin) / width)),
    shares,
  )
  return { ...rounded, cells: cellsWith(rounded.values, width) }
}
