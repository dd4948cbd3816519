// Families whose ends are parameters.
import { logBeta } from '../distributions/special/beta.ts'
import { digamma } from '../distributions/special/digamma.ts'
import { integrate } from '../distributions/special/quadrature.ts'
import { exp, log } from '../kernel/math.ts'
import { ascend, goldenTop, simplexTop } from './ascend.ts'
import { type Family, Unfit } from './family.ts'
import { meanOf, type FitSample } from './sample.ts'

export const uniformFit: Family = {
  holds: 'any',
  ends: true,
  fit: ({ min, max }) => ({ distribution: 'uniform', min, max }),
}

/** A mean log-likelihood with its best mode, at given ends. */
interface Profile {
  readonly mode: number
  readonly value: number
}

/** Distances of an end from the outermost value, as powers of e in units of the range. */
const [NEAREST, FARTHEST] = [-20, 4]
const [WIDTH, ROUGH] = [1e-6, 0.1]

/**
 * The ends and the mode with the largest likelihood. An end lies beyond the outermost value, or on it if the mode is there too.
 * @param at the best mode at given ends
 */
function withEnds(
  distribution: string,
  { min, max }: FitSample,
  at: (min: number, max: number) => Profile,
): ReturnType<Family['fit']> {
  const range = max - min
  const low = (u: number) => min - range * exp(u)
  const high = (v: number) => max + range * exp(v)
  const inside = (u: number) => u >= NEAREST && u <= FARTHEST
  const free = simplexTop(([u, v]) => (inside(u) && inside(v) ? at(low(u), high(v)).value : -Infinity), [-2, -2], {
    width: WIDTH,
    steps: 400,
  })
  const open = [low(free[0]), high(free[1])] as const
  const best = at(...open).value
  // One end on the outermost value: first roughly, since that is rarely the best.
  const edges = [
    (width: number) => [min, high(goldenTop((v) => at(min, high(v)).value, NEAREST, FARTHEST, width))] as const,
    (width: number) => [low(goldenTop((u) => at(low(u), max).value, NEAREST, FARTHEST, width)), max] as const,
  ].filter((edge) => at(...edge(ROUGH)).value > best - ROUGH)
  const candidates = [open, ...edges.map((edge) => edge(WIDTH))]
  const found = candidates.map((ends) => ({ ends, ...at(...ends) })).reduce((a, b) => (b.value > a.value ? b : a))
  return { distribution, min: found.ends[0], mode: found.mode, max: found.ends[1] }
}

/** At given ends, the best mode is one of the values: Kotz and van Dorp (2004), "Beyond Beta", section 1.2. */
export const triangularFit: Family = {
  holds: 'any',
  ends: true,
  fit(sample) {
    const { values, count } = sample
    const [rises, falls] = [new Float64Array(count), new Float64Array(count)]
    return withEnds('triangular', sample, (min, max) => {
      for (let i = 0; i < count; i++) {
        rises[i] = log(values[i] - min)
        falls[i] = log(max - values[i])
      }
      // Sums over the values below the mode and above it
      let [below, above] = [0, falls.subarray(1).reduce((sum, x) => sum + x, 0)]
      let best = { mode: values[0], value: -Infinity }
      for (let k = 0; k < count; k++) {
        const rest = count - 1 - k
        const value = (k === 0 ? 0 : below - k * rises[k]) + (rest === 0 ? 0 : above - rest * falls[k])
        if (value > best.value) best = { mode: values[k], value }
        below += rises[k]
        above -= rest === 0 ? 0 : falls[k + 1]
      }
      return { mode: best.mode, value: best.value / count + log(2 / (max - min)) }
    })
  },
}

/** At given ends, the likelihood is concave in the mode, so a bisection of its slope finds the best one. */
export const pertFit: Family = {
  holds: 'any',
  ends: true,
  fit: (sample) =>
    withEnds('pert', sample, (min, max) => {
      const width = max - min
      const rise = meanOf(sample.values, (x) => log((x - min) / width))
      const fall = meanOf(sample.values, (x) => log((max - x) / width))
      let [low, high] = [1, 5]
      for (let k = 0; k < 60 && low < high; k++) {
        const alpha = 0.5 * (low + high)
        if (rise - fall - digamma(alpha) + digamma(6 - alpha) > 0) low = alpha
        else high = alpha
      }
      // A value at an end has a density only if the mode is there.
      const alpha = rise === -Infinity ? 1 : fall === -Infinity ? 5 : 0.5 * (low + high)
      const power = (times: number, mean: number) => (times === 0 ? 0 : times * mean)
      const value = power(alpha - 1, rise) + power(5 - alpha, fall) - logBeta(alpha, 6 - alpha) - log(width)
      return { mode: Math.min(max, Math.max(min, min + (width * (alpha - 1)) / 4)), value }
    }),
}

/** Where the density has fallen by e^−40 it no longer counts. */
const REACH = 80
const PANELS = 24
const POWERS: readonly ((u: number) => number)[] = [(u) => u, (u) => u * u, (u) => u * u * u, (u) => u * u * u * u]

/**
 * The smallest and largest value are the ends. Between them the density is exp(a u + b u²), an exponential family with a concave
 * likelihood. A normal distribution needs b below 0.
 */
export const truncatedNormalFit: Family = {
  holds: 'any',
  ends: true,
  fit({ values, mean, sd, min, max }) {
    const [from, to] = [(min - mean) / sd, (max - mean) / sd]
    const square = meanOf(values, (x) => ((x - mean) / sd) * ((x - mean) / sd))
    const found = ascend(
      ([a, b]) => {
        const peak = b < 0 ? Math.min(to, Math.max(from, -a / (2 * b))) : a + b * (from + to) > 0 ? to : from
        const reach = b < 0 ? Math.sqrt(REACH / (-2 * b)) : Infinity
        const height = a * peak + b * peak * peak
        const moment = (power: (u: number) => number) =>
          integrate(
            (u) => power(u) * exp(a * u + b * u * u - height),
            Math.max(from, peak - reach),
            Math.min(to, peak + reach),
            PANELS,
          )
        const mass = moment(() => 1)
        const [m1, m2, m3, m4] = POWERS.map((power) => moment(power) / mass)
        return {
          value: b * square - log(mass) - height,
          gradient: [-m1, square - m2],
          bend: [
            [m1 * m1 - m2, m1 * m2 - m3],
            [m1 * m2 - m3, m2 * m2 - m4],
          ],
        }
      },
      [0, -0.5],
    )
    if (!found) return new Unfit('the likelihood has no top')
    const [a, b] = found
    if (!(b < -1e-9))
      return new Unfit('the values lie more evenly, or nearer to the ends, than a normal distribution between limits')
    return { distribution: 'truncatedNormal', mean: mean - (sd * a) / (2 * b), sd: sd / Math.sqrt(-2 * b), min, max }
  },
}
