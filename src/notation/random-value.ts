// Distributions as values: what a plan writes, for a program to ask.
import { dataText, ParameterError, shown, UsageError } from '../errors.ts'
import { type Distribution, distributionOf, distributions, type Uncertain } from '../numerics/distributions/index.ts'
import type { records } from '../numerics/distributions/index.generated.ts'
import { logitNormalFromQuantiles, lognormalFromQuantiles, normalFromQuantiles } from '../numerics/distributions/interval.ts'
import { exp } from '../numerics/kernel/math.ts'
import { seededUniforms } from '../numerics/random/seed.ts'
import { readRange } from './range.ts'
import type { Kind } from './scalar.ts'
import { parseUncertain } from './uncertain.ts'
import { writtenUncertain } from './written.ts'

const MOST_SAMPLES = 1e8

function checkedPlace(x: unknown): number {
  if (typeof x !== 'number' || Number.isNaN(x)) throw new UsageError(`x: expected a number, got ${shown(x)}`)
  return x
}

/** A number that is uncertain. Amounts and shares are plain numbers: 45k is 45,000 and 60% is 0.6. */
export class RandomValue {
  /** The notation of a plan. */
  readonly notation: string
  readonly mean: number
  /** The standard deviation; infinite for some heavy tails. */
  readonly sd: number
  /** The smallest and the largest value, possibly infinite. */
  readonly support: readonly [number, number]
  readonly #own: Distribution

  /** @internal */
  static of(spec: Uncertain): RandomValue {
    return new RandomValue(spec)
  }

  private constructor(spec: Uncertain) {
    this.#own = distributionOf(spec)
    this.notation = writtenUncertain(spec)
    const { mean, sd, support } = this.#own
    this.mean = mean
    this.sd = sd
    this.support = support
    Object.freeze(this)
  }

  /** The value that a share p of draws stays within. @throws UsageError unless 0 ≤ p ≤ 1 */
  quantile(p: number): number {
    if (!(typeof p === 'number' && p >= 0 && p <= 1)) throw new UsageError(`p: expected a number from 0 to 1, got ${shown(p)}`)
    return this.#own.quantile(p, 1 - p)
  }

  /** The probability of a value of x or less. @throws UsageError for anything but a number */
  cdf(x: number): number {
    return this.#own.cdf(checkedPlace(x))
  }

  /** The density at x, or the probability of x where the distribution is discrete. @throws UsageError for anything but a number */
  density(x: number): number {
    return exp(this.#own.logDensity(checkedPlace(x)))
  }

  /**
   * Independent draws, the same on every machine.
   * @param n how many
   * @throws UsageError for anything but a whole number up to 100 million
   */
  sample(n: number, seed: string | number = 'billcast'): Float64Array {
    if (!(Number.isInteger(n) && n >= 0 && n <= MOST_SAMPLES))
      throw new UsageError(`sample: expected a whole number from 0 to 100,000,000, got ${shown(n)}`)
    if (typeof seed !== 'string' && !(typeof seed === 'number' && !Number.isNaN(seed)))
      throw new UsageError(`seed: expected a text or a number, got ${shown(seed)}`)
    const uniform = seededUniforms(seed)
    return Float64Array.from({ length: n }, () => {
      const p = uniform()
      return this.#own.quantile(p, 1 - p)
    })
  }

  toString(): string {
    return this.notation
  }

  toJSON(): string {
    return this.notation
  }

  /** The name of the class, which bundlers shorten. */
  get [Symbol.toStringTag](): string {
    return 'RandomValue'
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `${this.notation}: mean ${this.mean}, standard deviation ${this.sd}`
  }

  [Symbol.for('Deno.customInspect')](): string {
    return `${this.notation}: mean ${this.mean}, standard deviation ${this.sd}`
  }
}

/** A text with a percent sign is a share, and everything else an amount. */
const kindOf = (written: unknown): Kind => (/%/.test(typeof written === 'string' ? written : dataText(written)) ? 'rate' : 'amount')

/**
 * Reads a distribution as a plan writes it: '45k to 60k', 'pert(1, 2, 4)', { p10: '40k', p90: '65k' }.
 * @throws ParameterError for any other notation
 */
export function randomValue(written: string | number | object): RandomValue {
  try {
    return RandomValue.of(parseUncertain(written, kindOf(written)))
  } catch (error) {
    if (error instanceof ParameterError && error.parameter === '')
      throw new ParameterError('distribution', error.expected, error.value)
    throw error
  }
}

/** Families whose two ends of a range are P5 and P95. */
const BY_RANGE: Readonly<Record<string, typeof normalFromQuantiles>> = {
  normal: normalFromQuantiles,
  lognormal: lognormalFromQuantiles,
  logitNormal: logitNormalFromQuantiles,
}

function named(name: string, given: readonly (string | number)[]): RandomValue {
  const [first, ...rest] = given
  if (typeof first === 'string' && rest.length === 0) {
    const ends = readRange(first, kindOf(first))
    const family = BY_RANGE[name]
    if (ends && !family)
      throw new UsageError(`${name}: expected its parameters, since only ${Object.keys(BY_RANGE).join(', ')} follow from a range`)
    if (ends) return RandomValue.of(family(0.05, ends[0].value, 0.95, ends[1].value))
  }
  return randomValue(`${name}(${given.map((one) => (typeof one === 'string' ? one : shown(one))).join(', ')})`)
}

type NameIn<Key> = Key extends `${infer Name}Distribution` ? Name : never
export type DistributionName = NameIn<keyof typeof records>

/** Every distribution by its name, with the parameters that a plan writes: `uniform(1, 3)`, `lognormal('45k to 60k')`. */
export const randomValues = Object.fromEntries(
  [...distributions.keys()].map((name) => [name, (...given: readonly (string | number)[]) => named(name, given)]),
) as Readonly<Record<DistributionName, (...given: readonly (string | number)[]) => RandomValue>>
