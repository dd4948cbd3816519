// Compiles resolution rates: the shared one, and those of offers that state their own.
import type { OfferResolution } from '../contract/offer.ts'
import type { Bound, Value } from '../contract/operation.ts'
import { byMonth, type Staged, stageStarts } from '../contract/stages.ts'
import { logitNormalByMoments } from '../numerics/distributions/special/logit-normal.ts'
import { logit } from '../numerics/kernel/math.ts'
import { mergedLayers, noiseLayer, type RateLayer } from '../scenario/rate-layers.ts'
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

interface Noise {
  readonly sd: number
  readonly autocorrelation: number
}

type Layer = RateLayer<Bound<OfferResolution>>

export class Rates {
  readonly rates: RateProgram[] = []
  readonly noises: NoiseProgram[] = []
  readonly setbacks: EventProgram[] = []
  readonly #mean: (value: Value) => number
  readonly #tools: CompileTools
  readonly #calendar: { readonly start: number; readonly months: number }

  constructor(mean: (value: Value) => number, tools: CompileTools, calendar: { readonly start: number; readonly months: number }) {
    this.#mean = mean
    this.#tools = tools
    this.#calendar = calendar
  }

  /**
   * Returns the place of a rate, or undefined if no layer states one.
   * @param from the month in which the trend begins to count
   */
  add(layers: readonly Layer[], from = 0): number | undefined {
    const { rate, ceiling = 1, improvement, offset, approach = 'linear' } = mergedLayers(layers)
    if (rate === undefined) return undefined
    const { start, months } = this.#calendar
    const noise = this.#noise(layers)
    const fall = this.#fall(layers)
    const program: RateProgram = {
      rates: byMonth(rate as Staged<Value>, start, months),
      since: stageStarts(rate, start, months).map((first, m) => Math.max(first, Math.min(from, m))),
      ceilings: byMonth(ceiling as Staged<Value>, start, months),
      approach,
      ...(improvement && { improvements: byMonth(improvement as Staged<ImprovementStep>, start, months) }),
      ...(offset !== undefined && { offsets: byMonth(offset as Staged<Value>, start, months) }),
      ...(noise && { noise }),
      ...(fall !== undefined && { setbacks: fall }),
    }
    return this.rates.push(program) - 1
  }

  /** The noise of the last layer that states one. Rates share its draw, each with a strength of its own. */
  #noise(layers: readonly Layer[]): RateProgram['noise'] {
    const found = noiseLayer(layers)
    if (!found) return undefined
    const { sd, autocorrelation } = found.layer.own.noise as Noise
    const levels = this.#levels(found.strength, sd)
    const name = `${found.layer.path}.noise`
    const known = this.noises.findIndex((noise) => noise.name === name)
    if (known >= 0) return { place: known, levels }
    const first = levels.find((level) => level.sd > 0)?.sd ?? 0
    const program = { name, phi: autocorrelation, sd: first, dimensions: this.#tools.each(name) }
    return { place: this.noises.push(program) - 1, levels }
  }

  #levels(layers: readonly Layer[], sd: number): readonly NoiseLevel[] {
    // Layers with noise have a rate: that of the plan or the segment, or else the offer's.
    const { rate = 0, ceiling = 1, offset } = mergedLayers(layers)
    const known = new Map<number, NoiseLevel>()
    const starting = { rate: rate as Staged<Value>, ceiling: ceiling as Staged<Value>, offset: offset as Staged<Value> | undefined }
    return startingRates(starting, this.#calendar, this.#mean).map((mean) => {
      const level = known.get(mean) ?? logOddsOf(mean, sd)
      known.set(mean, level)
      return level
    })
  }

  #fall(layers: readonly Layer[]): number | undefined {
    const layer = layers.findLast(({ own }) => own.setbacks !== undefined)
    if (!layer) return undefined
    const name = `${layer.path}.setbacks`
    const known = this.setbacks.findIndex((events) => events.name === name)
    if (known >= 0) return known
    return this.setbacks.push(eventProgram(name, layer.own.setbacks as never, 0, this.#tools)) - 1
  }
}
