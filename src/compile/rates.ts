// Compiles resolution rates: the shared one, and those of offers that state their own.
import type { OfferResolution } from '../contract/offer.ts'
import type { Bound, Value } from '../contract/operation.ts'
import { logitNormalByMoments } from '../numerics/distributions/special/logit-normal.ts'
import { logit } from '../numerics/kernel/math.ts'
import type { Resolution } from '../scenario/resolved.ts'
import { startingRate } from '../scenario/starting-rate.ts'
import { eventProgram } from './events.ts'
import type { EventProgram, RateNoiseProgram, RateProgram } from './program.ts'
import type { CompileTools } from './tools.ts'

/** The noise of the log-odds for which a rate with the mean `start` keeps that mean and has the standard deviation `sd`. */
function logOddsOf(start: number, sd: number): Pick<RateNoiseProgram, 'shift' | 'sd'> {
  if (sd === 0) return { shift: 0, sd: 0 }
  const { location, scale } = logitNormalByMoments(start, sd)
  return { shift: location - logit(start), sd: scale }
}

export class Rates {
  readonly rates: RateProgram[] = []
  readonly noises: RateNoiseProgram[] = []
  readonly setbacks: EventProgram[] = []
  readonly #shared: Bound<Resolution> | undefined
  readonly #mean: (value: Value) => number
  readonly #tools: CompileTools

  constructor(shared: Bound<Resolution> | undefined, mean: (value: Value) => number, tools: CompileTools) {
    this.#shared = shared
    this.#mean = mean
    this.#tools = tools
  }

  /** Returns the place of a rate, or undefined if none is stated. `own` has the keys that replace those of the shared one. */
  add(name: string, own?: Bound<OfferResolution>): number | undefined {
    const base = this.#shared
    const rate = own?.rate ?? base?.rate
    if (rate === undefined) return undefined
    const merged = { ...base, ...own, rate } as Bound<OfferResolution> & { rate: Value }
    const ceiling = merged.ceiling ?? 1
    const noise = this.#noise(name, own, startingRate({ rate, ceiling, offset: own?.offset }, this.#mean))
    const fall = this.#fall(name, own)
    const program: RateProgram = {
      rate,
      ceiling,
      approach: merged.approach ?? 'linear',
      ...(merged.improvement && { improvement: merged.improvement }),
      ...(own?.offset !== undefined && { offset: own.offset }),
      ...(noise !== undefined && { noise }),
      ...(fall !== undefined && { setbacks: fall }),
    }
    return this.rates.push(program) - 1
  }

  /** Returns the place of a rate's own noise, or of the shared noise, which is the first. */
  #noise(name: string, own: Bound<OfferResolution> | undefined, start: number): number | undefined {
    const stated = own ? own.noise : this.#shared?.noise
    if (!stated) return this.#shared?.noise ? 0 : undefined
    const noise = `${name}.noise`
    const program = { name: noise, phi: stated.autocorrelation, dimensions: this.#tools.each(noise) }
    return this.noises.push({ ...program, ...logOddsOf(start, stated.sd) }) - 1
  }

  #fall(name: string, own: Bound<OfferResolution> | undefined): number | undefined {
    const events = own ? own.setbacks : this.#shared?.setbacks
    if (!events) return this.#shared?.setbacks ? 0 : undefined
    return this.setbacks.push(eventProgram(`${name}.setbacks`, events as never, 0, this.#tools)) - 1
  }
}
