// Compiles resolution rates: the shared one, and those of offers that state their own.
import type { OfferResolution } from '../contract/offer.ts'
import type { Bound, Value } from '../contract/operation.ts'
import type { Resolution } from '../scenario/resolved.ts'
import { eventProgram } from './events.ts'
import type { NoiseProgram, EventProgram, RateProgram } from './program.ts'
import type { CompileTools } from './tools.ts'

export class Rates {
  readonly rates: RateProgram[] = []
  readonly noises: NoiseProgram[] = []
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
    const noise = this.#noise(name, own, Math.min(this.#mean(rate), this.#mean(ceiling)))
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
    const center = own?.offset === undefined ? start : Math.min(1, Math.max(0, start + this.#mean(own.offset)))
    // Noise acts on the log-odds, whose slope is 1 / (r (1 - r)).
    const sd = stated.sd === 0 ? 0 : stated.sd / (center * (1 - center))
    const noise = `${name}.noise`
    return this.noises.push({ name: noise, phi: stated.autocorrelation, sd, dimensions: this.#tools.each(noise) }) - 1
  }

  #fall(name: string, own: Bound<OfferResolution> | undefined): number | undefined {
    const events = own ? own.setbacks : this.#shared?.setbacks
    if (!events) return this.#shared?.setbacks ? 0 : undefined
    return this.setbacks.push(eventProgram(`${name}.setbacks`, events as never, 0, this.#tools)) - 1
  }
}
