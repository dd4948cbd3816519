// One stream of conversations, that of a plan or of one of its segments: volumes, rates and counts of each month.
import { type Law, meanOf, noiseSigma, noisyRate, rateNoise, type Value } from './laws.ts'
import type { Drawn } from './biller.ts'
import type { Plan, Segment } from './plans.ts'

/** The branches that a trial takes, as one number. */
export class Branches {
  regime = 0

  take(k: number): number {
    this.regime = (Math.imul(this.regime, 1_000_003) + k + 1) | 0
    return k
  }

  is(holds: boolean): boolean {
    this.take(holds ? 1 : 0)
    return holds
  }
}

/** A rate from a month on. Improvement counts from there. */
interface Stage {
  readonly from: number
  readonly rate: Value
  readonly noise: ReturnType<typeof rateNoise> | undefined
}

export class Stream {
  readonly volumes: Float64Array
  readonly rates: Float64Array
  /** Conversations that seem resolved. */
  readonly resolved: Float64Array
  readonly #plan: Plan
  readonly #segment: Segment | undefined
  readonly #branches: Branches
  readonly #stages: readonly Stage[]
  readonly #levels: Float64Array
  readonly #growths: readonly number[]

  constructor(plan: Plan, segment: Segment | undefined, branches: Branches) {
    const { months, rateNoise: noise, ceiling } = plan
    const { rate, later } = segment ?? { rate: plan.rate, later: undefined }
    const stageOf = (from: number, own: Value): Stage => ({
      ...{ from, rate: own },
      // A contract's own rate does not change the scale of the noise.
      noise: noise && rateNoise(Math.min(meanOf(own), ceiling), noise.sd),
    })
    const empty = () => new Float64Array(months)
    this.#plan = plan
    this.#segment = segment
    this.#branches = branches
    this.#stages = [stageOf(0, rate), ...(later ? [stageOf(later.from, later.rate)] : [])]
    this.volumes = empty()
    this.resolved = empty()
    this.rates = empty()
    this.#levels = empty()
    this.#growths = Array.from({ length: months }, (_, m) => (1 + plan.growth) ** m)
  }

  /** @param own the scores of the segment's own noise */
  set(drawn: Drawn, own: ArrayLike<number> | undefined): void {
    this.#setVolumes(drawn, own)
    this.fillRates(this.rates, drawn)
    this.#count(drawn)
  }

  #setVolumes({ value, volumeScores, spikes }: Drawn, own: ArrayLike<number> | undefined): void {
    const { months, volumeNoise, spikes: program } = this.#plan
    const { volumes } = this
    const start = of((this.#segment ?? this.#plan).base, value)
    for (let m = 0; m < months; m++) volumes[m] = start * this.#growths[m]
    if (volumeNoise) this.#multiply(volumeNoise, volumeScores)
    if (own && this.#segment?.volumeNoise) this.#multiply(this.#segment.volumeNoise, own)
    if (!spikes || !program) return
    for (let s = 0; s < months; s++) for (let m = s; m < Math.min(months, s + program.months); m++) volumes[m] *= spikes[s]
  }

  #multiply({ cv, autocorrelation }: { readonly cv: number; readonly autocorrelation: number }, scores: ArrayLike<number>): void {
    const sigma = noiseSigma(cv)
    this.#autoregress(scores, autocorrelation)
    const { volumes } = this
    for (let m = 0; m < volumes.length; m++) volumes[m] *= Math.exp(sigma * this.#levels[m] - (sigma * sigma) / 2)
  }

  /** The rates of a contract: of its own, or of the stream, with a trend that begins in a month. */
  fillRates(rates: Float64Array, { value, rateScores, setbacks }: Drawn, own?: Value, begin = 0): void {
    const { months, improvement, ceiling, rateNoise: noise, setbacks: program } = this.#plan
    for (const [k, { from, rate }] of this.#stages.entries()) {
      const start = of(own ?? rate, value)
      const first = Math.max(own === undefined ? from : 0, begin)
      for (let m = from; m < (this.#stages[k + 1]?.from ?? months); m++) {
        const risen = (this.#branches.is(start > ceiling) ? ceiling : start) + improvement * Math.max(0, m - first)
        rates[m] = this.#branches.is(risen > ceiling) ? ceiling : risen
      }
    }
    if (setbacks && program) {
      for (let s = 0; s < months; s++)
        for (let m = s; m < Math.min(months, s + program.months); m++) rates[m] -= setbacks[s] * (1 - (m - s) / program.months)
      for (let m = 0; m < months; m++) rates[m] = Math.min(1, Math.max(0, rates[m]))
    }
    if (!noise) return
    this.#autoregress(rateScores, noise.autocorrelation)
    for (const [k, stage] of this.#stages.entries()) {
      if (!stage.noise) continue
      for (let m = stage.from; m < (this.#stages[k + 1]?.from ?? months); m++)
        rates[m] = noisyRate(rates[m], stage.noise, this.#levels[m])
    }
  }

  /** The resolved part of a Poisson number has a Poisson distribution, and so has the rest, independently. */
  #count({ whole }: Drawn): void {
    const { volumes, resolved } = this
    for (let m = 0; m < volumes.length; m++) {
      const [volume, rate] = [volumes[m], this.rates[m]]
      if (whole) {
        resolved[m] = whole(volume * rate)
        volumes[m] = resolved[m] + whole(volume * (1 - rate))
      } else resolved[m] = volume * rate
    }
  }

  /** A stationary series of variance 1. */
  #autoregress(scores: ArrayLike<number>, phi: number): void {
    const levels = this.#levels
    const step = Math.sqrt(1 - phi * phi)
    for (let m = 0; m < levels.length; m++) levels[m] = m === 0 ? scores[0] : phi * levels[m - 1] + step * scores[m]
  }
}

export const of = (value: Value, drawn: (law: Law) => number): number => (typeof value === 'number' ? value : drawn(value))
