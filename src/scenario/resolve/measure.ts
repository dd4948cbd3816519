// The correlation of normal scores that gives a stated correlation of ranks or of values.
import { contractsIn } from '../../contract/offer.ts'
import { LruCache } from '../../lru-cache.ts'
import { distributionOf } from '../../numerics/distributions/index.ts'
import { crossing } from '../../numerics/distributions/special/crossing.ts'
import {
  type Expansion,
  expansionOf,
  type ScoreCurve,
  scoreCurve,
  valueCorrelation,
} from '../../numerics/distributions/special/hermite.ts'
import { logitNormalByMoments } from '../../numerics/distributions/special/logit-normal.ts'
import { exp, log1p, logistic, sin } from '../../numerics/kernel/math.ts'
import { uncertainInputs } from '../names.ts'
import type { ResolvedScenario } from '../resolved.ts'
import { startingRates } from '../starting-rate.ts'

/** How the correlation in one measure follows from that of the scores, which it rises with. */
export type FromScores = (r: number) => number

/** The correlation of scores in [−most, most] that gives `rho`, or the nearest one. */
export const scoresOf = (from: FromScores, rho: number, most: number): number => crossing((r) => 1 + from(r) - rho, -most, most)

/** Spearman's correlation of two normal scores is 6/π asin(r/2) (Pearson, 1907). */
export const fromScoresToRanks: FromScores = (r) =>
  Math.abs(r) === 1 ? r : crossing((rho) => 1 + 2 * sin((Math.PI * rho) / 6) - r, -1, 1)

/** A standard deviation that lacks more than this share rests on draws that no run contains. */
const HEAVY = 1e-3

const recent = new LruCache<Expansion | 'heavy'>(32)

/** An input or a noise of a plan. */
export interface PlannedInput {
  readonly scenario: ResolvedScenario
  readonly name: string
}

/** How the values of two inputs are correlated, or the name of one whose values have too heavy a tail. */
export function fromScoresToValues(inputs: readonly PlannedInput[]): FromScores | { readonly heavy: string } {
  const [one, other] = inputs.map(({ scenario, name }) => {
    const { key, make } = valuesOf(scenario, name)
    return recent.get(key, make)
  })
  if (one === 'heavy') return { heavy: inputs[0].name }
  if (other === 'heavy') return { heavy: inputs[1].name }
  // An input that does not vary has no correlation.
  return one.sd > 0 && other.sd > 0 ? valueCorrelation(one, other) : (r) => r
}

function valuesOf(scenario: ResolvedScenario, name: string): { readonly key: string; readonly make: () => Expansion | 'heavy' } {
  const input = uncertainInputs(scenario).find((known) => known.name === name)
  if (!input) {
    const numbers = noiseOf(scenario, name)
    return { key: JSON.stringify(numbers), make: () => expansionOf(noiseCurve(numbers)) }
  }
  const { spec, field } = input
  return {
    key: JSON.stringify([spec, field.range.map(String)]),
    make: () => {
      const distribution = distributionOf(spec)
      const expansion = expansionOf(scoreCurve(distribution, field.range))
      return Math.abs(expansion.sd - distribution.sd) > HEAVY * distribution.sd ? 'heavy' : expansion
    },
  }
}

/** The factor of a volume e^(scale z), or a rate with the log-odds location + scale z. */
type Noise = { readonly location?: number; readonly scale: number }

function noiseOf(scenario: ResolvedScenario, name: string): Noise {
  const { conversations, resolution, offers, segments } = scenario
  const volume = [
    { path: 'conversations.noise', noise: conversations.noise },
    ...(segments ?? []).map((own) => ({ path: `segments.${own.name}.conversations.noise`, noise: own.conversations.noise })),
  ].find(({ path }) => path === name)
  if (volume) {
    const cv = volume.noise?.cv ?? 0
    return { scale: Math.sqrt(log1p(cv * cv)) }
  }
  const own = offers.flatMap(contractsIn).find((offer) => name === `offers.${offer.name}.resolution.noise`)?.resolution
  const { rate, ceiling, offset, noise } = { offset: undefined, ...resolution, ...own }
  if (!noise || noise.sd === 0 || rate === undefined) return { scale: 0 }
  // A staged rate is refused beside this measure.
  const [start] = startingRates({ rate, ceiling, offset }, scenario, (value) => distributionOf(value).mean)
  return logitNormalByMoments(start, noise.sd)
}

function noiseCurve({ location, scale }: Noise): ScoreCurve {
  if (location === undefined || scale === 0) return { at: (z) => exp(scale * z), cuts: [], jumps: [] }
  // Around log-odds of 0 a wide noise changes quickly.
  const cuts = [-30, -10, -3, 0, 3, 10, 30].map((odds) => (odds - location) / scale)
  return { at: (z) => logistic(location + scale * z), cuts, jumps: [] }
}
