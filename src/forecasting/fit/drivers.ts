// Writes fits as fields of a plan in its notation, so that a written plan and one that names its history are read alike.
import { largestSpread } from '../../numerics/distributions/special/logit-normal.ts'
import { exp, expm1 } from '../../numerics/kernel/math.ts'
import { type CorrelationEstimate, estimatedCorrelation, type Innovation } from '../ensemble/innovations.ts'
import { largestCorrelation } from '../../numerics/distributions/special/noise-correlation.ts'
import { rounded } from './figures.ts'
import type { RateFit } from './rate.ts'
import type { VolumeFit } from './volume.ts'

type Pair = { readonly between: readonly [string, string]; readonly rho: number }

export interface Drivers {
  readonly conversations: Readonly<Record<string, unknown>>
  readonly resolution?: Readonly<Record<string, unknown>>
  /** How the months' deviations of volume and rate go together. Absent if too few months have both. */
  readonly together?: CorrelationEstimate
  readonly correlations: readonly Pair[]
}

/** A smaller standard error counts as certain, since no distribution can be that narrow. */
const NARROWEST = 1e-6
/** No draw is this many standard deviations away. */
const FAR = 8
/** The largest yearly decline: a wide distribution of growth is truncated here. */
const LEAST_GROWTH = -0.9

const percent = (value: number): string => `${rounded(100 * value)}%`
const points = (value: number): string => `${rounded(100 * value)}pt`

/** @param block months per block, if past deviations should be drawn instead of noise */
export function fittedDrivers(volume: VolumeFit, rate: RateFit | undefined, block?: number): Drivers {
  const conversations = conversationsOf(volume, block)
  const resolution = rate && resolutionOf(rate)
  const together = rate && estimatedCorrelation(volume.innovations ?? [], rate.innovations)
  const pairs: Pair[] = [
    ...(volume.base.se > NARROWEST && volume.growth.se > NARROWEST
      ? [{ between: ['conversations.base', 'conversations.growth'] as const, rho: volume.correlation }]
      : []),
    ...ratePairs(rate),
    ...(together && conversations.noise !== undefined && resolution?.noise !== undefined
      ? [noisePair(together, volume.autocorrelation.value, rate)]
      : []),
  ]
  return {
    conversations,
    ...(resolution && { resolution }),
    ...(together && { together }),
    correlations: pairs.map(written),
  }
}

/** The correlations of a plan that draws futures of the history, whose months have scores of their own. */
export function correlationsBesideFutures(
  { resolution, together }: Pick<Drivers, 'resolution' | 'together'>,
  rate: RateFit | undefined,
): readonly Pair[] {
  const noises = rate && together && resolution?.noise !== undefined ? [noisePair(together, 0, rate)] : []
  return [...ratePairs(rate), ...noises].map(written)
}

/** The rate of a plan that draws futures of the history. */
export function rateBesideFutures(innovations: readonly Innovation[], rate: RateFit) {
  const resolution = resolutionOf(rate)
  const together = estimatedCorrelation(innovations, rate.innovations)
  return { resolution, correlations: correlationsBesideFutures({ resolution, ...(together && { together }) }, rate) }
}

const written = ({ between, rho }: Pair): Pair => ({ between, rho: rounded(Math.min(0.999, Math.max(-0.999, rho))) })

const ratePairs = (rate: RateFit | undefined): Pair[] =>
  rate && rate.rate.se > NARROWEST && rate.improvement.se > NARROWEST
    ? [{ between: ['resolution.rate', 'resolution.improvement'], rho: rate.correlation }]
    : []

/** A plan states the correlation of whole deviations. Those that last for different times drift apart. */
const noisePair = ({ value }: CorrelationEstimate, phi: number, { noise }: RateFit): Pair => ({
  between: ['conversations.noise', 'resolution.noise'],
  rho: value * largestCorrelation(phi, noise.autocorrelation),
})

function conversationsOf(volume: VolumeFit, block: number | undefined): Readonly<Record<string, unknown>> {
  const { base, growth, days, cv, autocorrelation, outliers, months, last, ratios } = volume
  const { seasonality, average } = seasonsOf(volume)
  const mean = average * base.value * exp((base.se * base.se) / 2)
  const noisy = cv.value > NARROWEST
  return {
    base:
      base.se > NARROWEST
        ? `lognormal(${rounded(mean)}, ${rounded(mean * Math.sqrt(expm1(base.se * base.se)))})`
        : rounded(average * base.value),
    growth: `${distribution(growth, percent, LEAST_GROWTH, 10)}/year`,
    ...(days && { days }),
    ...(seasonality && { seasonality: seasonality.map(rounded) }),
    ...(block === undefined
      ? {
          ...(noisy && {
            noise: { cv: percent(cv.value), autocorrelation: rounded(autocorrelation.value) },
            ...(last !== undefined && { last: rounded(last) }),
          }),
        }
      : { bootstrap: { block, ratios: ratios.map(rounded) } }),
    ...(outliers.length > 0 && { spikes: spikesOf(outliers, outliers.length / months) }),
  }
}

/** Plain fields have no working days, so that their seasons contain those of the first year. */
function seasonsOf({ seasonality, workingFactors }: VolumeFit): {
  readonly seasonality?: readonly number[]
  readonly average: number
} {
  if (workingFactors === undefined) return { ...(seasonality && { seasonality }), average: 1 }
  const factors = workingFactors.map((factor, month) => factor * (seasonality?.[month] ?? 1))
  const average = factors.reduce((sum, factor) => sum + factor, 0) / factors.length
  return { seasonality: factors.map((factor) => factor / average), average }
}

/** The fields beside a history whose futures are drawn. */
export function fieldsBesideFutures({
  outliers,
  spikeChance = 0,
}: Pick<VolumeFit, 'outliers' | 'spikeChance'>): Readonly<Record<string, unknown>> {
  return spikeChance > 0 ? { spikes: spikesOf(outliers, spikeChance) } : {}
}

const spikesOf = (outliers: VolumeFit['outliers'], chance: number) => ({
  probability: percent(chance),
  size: sizesOf(outliers.map(({ ratio }) => rounded(ratio))),
})

/** A distribution of the sizes with their past frequencies. */
function sizesOf(ratios: readonly number[]): number | string {
  const distinct = [...new Set(ratios)].sort((a, b) => a - b)
  if (distinct.length === 1) return distinct[0]
  return `discrete(${distinct.map((ratio) => `${ratio}: ${ratios.filter((own) => own === ratio).length}`).join(', ')})`
}

/** A fit near 0% or 100% may ask for more variation than a rate there can have. A plan takes up to this share of what is possible. */
const WIDEST = 0.9

function resolutionOf({ rate, improvement, noise }: RateFit): Readonly<Record<string, unknown>> {
  const sd = Math.min(noise.sd, WIDEST * largestSpread(rate.value))
  return {
    rate: shareOf(rate),
    improvement: `${distribution(improvement, points, -1, 1)}/month`,
    ...(sd > NARROWEST && { noise: { sd: points(sd), autocorrelation: rounded(noise.autocorrelation) } }),
  }
}

/** A normal distribution, or a beta distribution of the same moments near 0% and 100%. */
function shareOf({ value, se }: RateFit['rate']): string {
  const sd = Math.min(se, WIDEST * largestSpread(value))
  if (!(sd > NARROWEST)) return percent(value)
  const inside = value - FAR * sd >= 0 && value + FAR * sd <= 1
  return `${inside ? 'normal' : 'betaMean'}(${percent(value)}, ${percent(sd)})`
}

/** A normal distribution, cut off where a field allows no more. */
function distribution(
  { value, se }: { readonly value: number; readonly se: number },
  write: (value: number) => string,
  low: number,
  high: number,
): string {
  if (!(se > NARROWEST)) return write(value)
  const [from, to] = [value - FAR * se, value + FAR * se]
  if (from >= low && to <= high) return `normal(${write(value)}, ${write(se)})`
  return `truncatedNormal(${write(value)}, ${write(se)}, ${write(Math.max(low, from))}, ${write(Math.min(high, to))})`
}
