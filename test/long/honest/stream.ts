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
  readonly genuine: Float64Array
  /** Conversations that people handle. */
  readonly handled: Float64Array
  readonly #plan: Plan
  readonly #segment: Segment | undefined
  readonly #branches: Branches
  readonly #stages: readonly Stage[]
  readonly #rates: Float64Array
  readonly #levels: Float64Array
  readonly #growths: readonly number[]

  constructor(plan: Plan, segment: Segment | undefined, branches: Branches) {
    const { months, rateNoise: noise, ceiling } = plan
    const { rate, later } = segment ?? { rate: plan.rate, later: undefined }
    const stageOf = (from: number, own: Value): Stage => ({
      ...{ from, rate: own },
      noise: noise && rateNoise(Math.min(meanOf(own), ceiling), noise.sd),
    })
    const empty = () => new Float64Array(months)
    this.#plan = plan
    this.#segment = segment
    this.#branches = branches
    this.#stages = [stageOf(0, rate), ...(later ? [stageOf(later.from, later.rate)] : [])]
    this.volumes = empty()
    this.genuine = empty()
    this.handled = empty()
    this.#rates = empty()
    this.#levels = empty()
    this.#growths = Array.from({ length: months }, (_, m) => (1 + plan.growth) ** m)
  }

  /** @param own the scores of the segment's own noise */
  set(drawn: Drawn, own: ArrayLike<number> | undefined): void {
    this.#setVolumes(drawn, own)
    this.#setRates(drawn)
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

  #setRates({ value, rateScores, setbacks }: Drawn): void {
    const { months, improvement, ceiling, rateNoise: noise, setbacks: program } = this.#plan
    const rates = this.#rates
    for (const [k, { from, rate }] of this.#stages.entries()) {
      const start = of(rate, value)
      for (let m = from; m < (this.#stages[k + 1]?.from ?? months); m++) {
        const own = (this.#branches.is(start > ceiling) ? ceiling : start) + improvement * (m - from)
        rates[m] = this.#branches.is(own > ceiling) ? ceiling : own
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
    const { volumes, genuine, handled } = this
    for (let m = 0; m < volumes.length; m++) {
      const [volume, rate] = [volumes[m], this.#rates[m]]
      if (whole) {
        genuine[m] = whole(volume * rate)
        handled[m] = whole(volume * (1 - rate))
        volumes[m] = genuine[m] + handled[m]
      } else {
        genuine[m] = volume * rate
        handled[m] = volume - genuine[m]
      }
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
