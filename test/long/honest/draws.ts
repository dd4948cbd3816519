// The inputs of a plan as functions of uniform numbers, one for each input and for each month's noise, spike or setback.
import { normalCdf, normalDensity } from '../../closed-forms/mathematics.ts'
import type { Drawn } from './biller.ts'
import { coordinateOf, type Law, SCORE, valueAt } from './laws.ts'
import { inputsOf, type Plan } from './plans.ts'
import { poisson } from './poisson.ts'

/** Scores at even distances, and the probabilities below them. */
const STEP = 1 / 64
const SCORES = Array.from({ length: 8.5 / STEP + 1 }, (_, k) => (k - 8.5 / STEP) * STEP)
const BELOW = Float64Array.from(SCORES, normalCdf)
/** How far a score moves by a unit of probability. */
const SLOPES = Float64Array.from(SCORES, (z) => 1 / normalDensity(z))
const LEAST = BELOW[0]
/** The first score to look at, by the share of trials below. */
const CELLS = 4096
const FIRST = Uint16Array.from({ length: CELLS }, (_, k) => Math.max(0, BELOW.findIndex((share) => share > k / CELLS) - 1))

/** The score below which a share u of all trials lies: Hermite's cubic between the two nearest scores of a table. */
export function scoreAt(u: number): number {
  if (u > 0.5) return -scoreAt(1 - u)
  const share = Math.max(u, LEAST)
  let low = FIRST[Math.floor(share * CELLS)]
  while (BELOW[low + 1] < share) low++
  const width = BELOW[low + 1] - BELOW[low]
  const t = (share - BELOW[low]) / width
  const left = SLOPES[low] * width
  const right = SLOPES[low + 1] * width
  return SCORES[low] + STEP * t * t * (3 - 2 * t) + t * (1 - t) * ((1 - t) * left - t * right)
}

/** The value of a law below which a share u of all trials lies. */
export function quantileOf(law: Law, u: number): number {
  if (law.kind === 'discrete') {
    const total = law.atoms.reduce((sum, [, weight]) => sum + weight, 0)
    let left = u * total
    for (const [value, weight] of law.atoms) {
      if (left < weight) return value
      left -= weight
    }
    return law.atoms[law.atoms.length - 1][0]
  }
  if (coordinateOf(law) === SCORE) return valueAt(law, scoreAt(u))
  return valueAt(law, law.kind === 'pareto' ? -Math.log1p(-u) : u)
}

type Events = { readonly probability: number; readonly size: Law }

/** Fills an array with what happens in each month by uniform numbers from a place on: a size, or what is usual. */
function fillEvents(found: Float64Array, { probability, size }: Events, usual: number, u: Float64Array, from: number): void {
  for (let m = 0; m < found.length; m++) {
    const own = u[from + m]
    found[m] = own < probability ? quantileOf(size, own / probability) : usual
  }
}

function fillScores(found: Float64Array, u: Float64Array, from: number): void {
  for (let m = 0; m < found.length; m++) found[m] = scoreAt(u[from + m])
}

export class Draws {
  /** How many uniform numbers a trial takes. */
  readonly size: number
  readonly #plan: Plan
  readonly #laws: readonly Law[]
  readonly #base: number
  readonly #rate: number
  readonly #values = new Map<Law, number>()
  readonly #volumeScores: Float64Array
  readonly #rateScores: Float64Array
  readonly #spikes: Float64Array
  readonly #setbacks: Float64Array
  readonly #ownScores: readonly Float64Array[]
  readonly #drawn: Drawn

  /** @param next gives more uniform numbers, for whole numbers */
  constructor(plan: Plan, next: () => number) {
    const { months, volumeNoise, rateNoise, spikes, setbacks, sampled, segments = [] } = plan
    this.#plan = plan
    this.#laws = inputsOf(plan).map(({ law }) => law)
    this.#base = this.#laws.findIndex((law) => law === plan.base)
    this.#rate = this.#laws.findIndex((law) => law === plan.rate)
    const series = [volumeNoise, rateNoise, spikes, setbacks].filter((one) => one !== undefined)
    const own = segments.filter((segment) => segment.volumeNoise).length
    this.size = this.#laws.length + months * (series.length + own)
    this.#ownScores = segments.map(() => new Float64Array(months))
    this.#volumeScores = new Float64Array(months)
    this.#rateScores = new Float64Array(months)
    this.#spikes = new Float64Array(months).fill(1)
    this.#setbacks = new Float64Array(months)
    this.#drawn = {
      value: (law) => this.#values.get(law) ?? NaN,
      volumeScores: this.#volumeScores,
      rateScores: this.#rateScores,
      spikes: this.#spikes,
      setbacks: this.#setbacks,
      ownScores: this.#ownScores,
      ...(sampled && { whole: (mean: number) => poisson(mean, next) }),
    }
  }

  /** The trial of some uniform numbers, valid until the next one. */
  trial(u: Float64Array): Drawn {
    const { months, volumeNoise, rateNoise, spikes, setbacks, segments = [] } = this.#plan
    for (let k = 0; k < this.#laws.length; k++) this.#values.set(this.#laws[k], quantileOf(this.#laws[k], u[k]))
    this.#correlate(u)
    let from = this.#laws.length
    if (volumeNoise) {
      fillScores(this.#volumeScores, u, from)
      from += months
    }
    if (rateNoise) {
      fillScores(this.#rateScores, u, from)
      from += months
    }
    if (spikes) {
      fillEvents(this.#spikes, spikes, 1, u, from)
      from += months
    }
    if (setbacks) {
      fillEvents(this.#setbacks, setbacks, 0, u, from)
      from += months
    }
    for (const [s, { volumeNoise: own }] of segments.entries()) {
      if (!own) continue
      fillScores(this.#ownScores[s], u, from)
      from += months
    }
    return this.#drawn
  }

  #correlate(u: Float64Array): void {
    const { correlation, rate } = this.#plan
    if (correlation === undefined || typeof rate === 'number') return
    const own = Math.sqrt(1 - correlation * correlation) * scoreAt(u[this.#rate])
    this.#values.set(rate, valueAt(rate, correlation * scoreAt(u[this.#base]) + own))
  }
}
