// Mixtures of two or three normal distributions by expectation and maximization (Dempster, Laird and Rubin 1977, JRSS B 39): on the values,
// or on the logarithms of amounts, or on the log-odds of shares.
import type { DistributionSpec } from '../distributions/index.ts'
import { lognormalCenter, lognormalSpec } from '../distributions/lognormal.ts'
import { exp, log, logit } from '../kernel/math.ts'
import { type Family, Unfit } from './family.ts'
import { bicOf, logLikelihoodOf } from './likelihood.ts'
import { centerOf, type FitSample } from './sample.ts'

interface Part {
  readonly weight: number
  readonly mean: number
  readonly sd: number
}

/** A component narrower than this share of the whole only repeats equal values, where the likelihood has no limit (Day 1969). */
const NARROWEST = 1e-3
/** A component holds at least this many values. */
const FEWEST = 3
/** When a search ends: after this many rounds, or when a round gains less mean log-likelihood than this. A search that only ranks starts is short. */
interface Ends {
  readonly rounds: number
  readonly gain: number
}
const ROUGH: Ends = { rounds: 60, gain: 1e-6 }
const FINE: Ends = { rounds: 300, gain: 1e-9 }
/** Values that the starts are compared on; the best start continues on all. */
const THINNED = 1_000

interface Mixed {
  readonly parts: readonly Part[]
  /** Mean log-likelihood of the values in their scale. */
  readonly value: number
}

/** One round of expectation and maximization. */
function round(values: Float64Array, parts: readonly Part[]): Mixed {
  const sums = parts.map(() => ({ weight: 0, first: 0, second: 0 }))
  const terms = new Float64Array(parts.length)
  const fronts = parts.map(({ weight, sd }) => log(weight) - log(sd))
  let value = 0
  for (const x of values) {
    let most = -Infinity
    for (let k = 0; k < parts.length; k++) {
      const z = (x - parts[k].mean) / parts[k].sd
      terms[k] = fronts[k] - 0.5 * z * z
      if (terms[k] > most) most = terms[k]
    }
    let total = 0
    for (let k = 0; k < parts.length; k++) total += terms[k] = exp(terms[k] - most)
    value += most + log(total)
    for (let k = 0; k < parts.length; k++) {
      const share = terms[k] / total
      const d = x - parts[k].mean
      sums[k].weight += share
      sums[k].first += share * d
      sums[k].second += share * d * d
    }
  }
  const next = parts.map(({ mean }, k) => {
    const { weight, first, second } = sums[k]
    const shift = first / weight
    return { weight: weight / values.length, mean: mean + shift, sd: Math.sqrt(Math.max(0, second / weight - shift * shift)) }
  })
  return { parts: next, value: value / values.length }
}

const usable = (parts: readonly Part[], count: number, least: number): boolean =>
  parts.every(({ weight, mean, sd }) => sd > least && weight * count > FEWEST && Number.isFinite(mean))

/** A mixture as one point: means, logarithms of standard deviations, and logarithms of weights. */
const pointOf = (parts: readonly Part[]): number[] => parts.flatMap(({ weight, mean, sd }) => [mean, log(sd), log(weight)])

function partsAt(point: readonly number[]): Part[] {
  const parts = Array.from({ length: point.length / 3 }, (_, k) => ({
    mean: point[3 * k],
    sd: exp(point[3 * k + 1]),
    weight: exp(point[3 * k + 2]),
  }))
  const total = parts.reduce((sum, { weight }) => sum + weight, 0)
  return parts.map((part) => ({ ...part, weight: part.weight / total }))
}

/** Two rounds from a point show where the rounds lead: the squared extrapolation of Varadhan and Roland (2008), Scand. J. Stat. 35. */
function leap(before: readonly Part[], one: readonly Part[], two: readonly Part[]): Part[] {
  const [x, y, z] = [before, one, two].map(pointOf)
  const first = y.map((value, k) => value - x[k])
  const second = z.map((value, k) => value - 2 * y[k] + x[k])
  const size = (v: readonly number[]) => Math.sqrt(v.reduce((sum, own) => sum + own * own, 0))
  const length = Math.max(1, size(first) / Math.max(1e-300, size(second)))
  return partsAt(x.map((value, k) => value + 2 * length * first[k] + length * length * second[k]))
}

/** Repeats rounds until the likelihood stands still. Undefined if a component shrinks to equal values or loses its values. */
function converged(values: Float64Array, start: readonly Part[], least: number, { rounds, gain }: Ends): Mixed | undefined {
  const ok = (parts: readonly Part[]) => usable(parts, values.length, least)
  let parts = start
  let before = -Infinity
  for (let k = 0; k < rounds; k += 3) {
    const one = round(values, parts)
    if (!ok(one.parts)) return undefined
    const two = round(values, one.parts)
    if (!ok(two.parts)) return undefined
    if (two.value - before < gain) return { parts: two.parts, value: two.value }
    before = two.value
    const far = leap(parts, one.parts, two.parts)
    const leapt = ok(far) ? round(values, far) : undefined
    parts = leapt && leapt.value >= two.value && ok(leapt.parts) ? leapt.parts : two.parts
  }
  return { parts, value: before }
}

/** Splits at these ranks begin with a rare part below, equal parts, or a rare part above. */
const SPLITS: readonly (readonly number[])[] = [[0.1], [0.3], [0.5], [0.7], [0.9], [0.1, 0.5], [0.33, 0.67], [0.5, 0.9], [0.1, 0.9]]

function startAt(values: Float64Array, split: readonly number[]): Part[] {
  const cuts = [0, ...split.map((rank) => Math.round(rank * values.length)), values.length]
  const least = centerOf(values).sd / 20
  return cuts.slice(1).map((to, k) => {
    const own = values.subarray(cuts[k], to)
    const { mean, sd } = centerOf(own)
    return { weight: own.length / values.length, mean, sd: Math.max(sd, least) }
  })
}

const thinned = (values: Float64Array): Float64Array =>
  values.length <= THINNED
    ? values
    : Float64Array.from({ length: THINNED }, (_, k) => values[Math.floor(((k + 0.5) * values.length) / THINNED)])

/** The best mixture with this number of parts. @param values in rising order */
function bestOf(values: Float64Array, count: number): Mixed | undefined {
  const least = NARROWEST * centerOf(values).sd
  const few = thinned(values)
  const found = SPLITS.filter((split) => split.length === count - 1).flatMap((split) => {
    const own = converged(few, startAt(few, split), least, ROUGH)
    return own ? [own] : []
  })
  if (found.length === 0) return undefined
  const best = found.reduce((a, b) => (b.value > a.value ? b : a))
  return converged(values, best.parts, least, FINE)
}

/** A scale on which the parts are normal, a part as plain data, and the part that such data describe. */
interface Scale {
  readonly distribution: string
  readonly to: (x: number) => number
  readonly spec: (mean: number, sd: number) => DistributionSpec
  readonly center: (spec: DistributionSpec) => { readonly mean: number; readonly sd: number }
}
const PLAIN: Scale = {
  distribution: 'normal',
  to: (x) => x,
  spec: (mean, sd) => ({ distribution: 'normal', mean, sd }),
  center: ({ mean, sd }) => ({ mean: Number(mean), sd: Number(sd) }),
}
const LOGS: Scale = {
  distribution: 'lognormal',
  to: (x) => log(x),
  spec: lognormalSpec,
  center: (spec) => lognormalCenter(Number(spec.mean), Number(spec.sd)),
}
const ODDS: Scale = {
  distribution: 'logitNormal',
  to: logit,
  spec: (location, scale) => ({ distribution: 'logitNormal', location, scale }),
  center: ({ location, scale }) => ({ mean: Number(location), sd: Number(scale) }),
}

const scalesFor = ({ min, max, shares }: FitSample): readonly Scale[] =>
  shares && min > 0 && max < 1 ? [ODDS] : min > 0 ? [LOGS, PLAIN] : [PLAIN]

/** @param values on the scale, in rising order */
function mixtureSpec(values: Float64Array, count: number, scale: Scale): DistributionSpec | undefined {
  const found = bestOf(values, count)
  return found && specOf(found.parts, scale)
}

function specOf(parts: readonly Part[], { spec }: Scale): DistributionSpec {
  const rising = [...parts].sort((a, b) => a.mean - b.mean)
  return {
    distribution: 'mixture',
    components: rising.map(({ mean, sd }) => spec(mean, sd)),
    weights: rising.map(({ weight }) => weight),
  }
}

/** Each part has a mean and a standard deviation, and all weights but one are free. */
const freeIn = ({ components }: DistributionSpec): number => 3 * (components as readonly unknown[]).length - 1

/** On each scale with two parts, and with three if two are better than one. */
export const mixtureFit: Family = {
  holds: 'any',
  free: freeIn,
  fit(sample) {
    const { values, count } = sample
    const specs = scalesFor(sample).flatMap((scale) => {
      const scaled = values.map(scale.to)
      const two = mixtureSpec(scaled, 2, scale)
      if (!two) return []
      const { mean, sd } = centerOf(scaled)
      const one = scale.spec(mean, sd)
      const bic = (spec: DistributionSpec, free: number) => bicOf(logLikelihoodOf(spec, sample), free, count)
      const three = bic(two, freeIn(two)) < bic(one, 2) ? mixtureSpec(scaled, 3, scale) : undefined
      return three ? [two, three] : [two]
    })
    return specs.length > 0 ? specs : new Unfit('no two groups of different values stand out')
  },
  near({ values }, { components, weights }) {
    const own = components as readonly DistributionSpec[]
    const scale = [PLAIN, LOGS, ODDS].find(({ distribution }) => distribution === own[0].distribution)
    if (!scale) return undefined
    const total = (weights as readonly number[]).reduce((sum, weight) => sum + weight, 0)
    const parts = own.map((part, k) => ({ ...scale.center(part), weight: (weights as readonly number[])[k] / total }))
    const scaled = values.map(scale.to)
    const found = converged(scaled, parts, NARROWEST * centerOf(scaled).sd, FINE)
    return found && specOf(found.parts, scale)
  },
}
