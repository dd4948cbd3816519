// Compiles resolution rates: the shared one, and those of offers that state their own.
import type { OfferResolution } from '../contract/offer.ts'
import type { Bound, Value } from '../contract/operation.ts'
import { byMonth, type Staged, stageStarts } from '../contract/stages.ts'
import { logitNormalByMoments } from '../numerics/distributions/special/logit-normal.ts'
import { logit } from '../numerics/kernel/math.ts'
import type { Resolution } from '../scenario/resolved.ts'
import { startingRates } from '../scenario/starting-rate.ts'
import { eventProgram } from './events.ts'
import type { EventProgram, ImprovementStep, NoiseLevel, NoiseProgram, RateProgram } from './program.ts'
import type { CompileTools } from './tools.ts'

/** The noise of the log-odds for which a rate with the mean `start` keeps that mean and has the standard deviation `sd`. */
function logOddsOf(start: number, sd: number): NoiseLevel {
  // Log-odds are infinite at 0 and 1, so a stage with such a rate has no noise.
  if (sd === 0 || !(start > 0 && start < 1)) return { shift: 0, sd: 0 }
  const { location, scale } = logitNormalByMoments(start, sd)
  return { shift: location - logit(start), sd: scale }
}

/** The keys of a resolution that decide the strength of its noise. */
interface Starting {
  readonly rate: Staged<Value>
  readonly ceiling: Value
  readonly offset?: Staged<Value>
}

interface Noise {
  readonly sd: number
  readonly autocorrelation: number
}

export class Rates {
  readonly rates: RateProgram[] = []
  readonly noises: NoiseProgram[] = []
  readonly setbacks: EventProgram[] = []
  readonly #shared: Bound<Resolution> | undefined
  readonly #mean: (value: Value) => number
  readonly #tools: CompileTools
  readonly #calendar: { readonly start: number; readonly months: number }

  constructor(
    shared: Bound<Resolution> | undefined,
    mean: (value: Value) => number,
    tools: CompileTools,
    calendar: { readonly start: number; readonly months: number },
  ) {
    this.#shared = shared
    this.#mean = mean
    this.#tools = tools
    this.#calendar = calendar
  }

  /** Returns the place of a rate, or undefined if none is stated. `own` has the keys that replace those of the shared one. */
  add(name: string, own?: Bound<OfferResolution>): number | undefined {
    const base = this.#shared
    const rate = own?.rate ?? base?.rate
    if (rate === undefined) return undefined
    const merged = { ...base, ...own, rate } as Bound<OfferResolution> & { rate: Staged<Value> }
    const ceiling = merged.ceiling ?? 1
    const { start, months } = this.#calendar
    const noise = this.#noise(name, own, { rate: merged.rate, ceiling, ...(own?.offset !== undefined && { offset: own.offset }) })
    const fall = this.#fall(name, own)
    const program: RateProgram = {
      rates: byMonth(merged.rate, start, months),
      since: stageStarts(merged.rate, start, months),
      ceiling,
      approach: merged.approach ?? 'linear',
      ...(merged.improvement && { improvements: byMonth(merged.improvement as Staged<ImprovementStep>, start, months) }),
      ...(own?.offset !== undefined && { offsets: byMonth(own.offset as Staged<Value>, start, months) }),
      ...(noise && { noise }),
      ...(fall !== undefined && { setbacks: fall }),
    }
    return this.rates.push(program) - 1
  }

  /** A rate's own noise, or the shared noise, which is the first. The strength of that is the one of the shared rate. */
  #noise(name: string, own: Bound<OfferResolution> | undefined, starting: Starting): RateProgram['noise'] {
    const stated = (own ? own.noise : this.#shared?.noise) as Noise | undefined
    if (!stated) return this.#shared?.noise ? this.rates[0]?.noise : undefined
    const noise = `${name}.noise`
    const levels = this.#levels(starting, stated.sd)
    const sd = levels.find((level) => level.sd > 0)?.sd ?? 0
    const program = { name: noise, phi: stated.autocorrelation, sd, dimensions: this.#tools.each(noise) }
    return { place: this.noises.push(program) - 1, levels }
  }

  #levels({ rate, ceiling, offset }: Starting, sd: number): readonly NoiseLevel[] {
    const known = new Map<number, NoiseLevel>()
    return startingRates({ rate, ceiling, offset }, this.#calendar, this.#mean).map((mean) => {
      const level = known.get(mean) ?? logOddsOf(mean, sd)
      known.set(mean, level)
      return level
    })
  }

  #fall(name: string, own: Bound<OfferResolution> | undefined): number | undefined {
    const events = own ? own.setbacks : this.#shared?.setbacks
    if (!events) return this.#shared?.setbacks ? 0 : undefined
    return this.setbacks.push(eventProgram(`${name}.setbacks`, events as never, 0, this.#tools)) - 1
  }
}
