// Compiles a resolved scenario into a program of dimensions, tables, trends and operations.
import type { ResolvedOffer } from '../contract/offer.ts'
import { byMonth, type Staged } from '../contract/fields.ts'
import type { Bound, Value } from '../contract/operation.ts'
import { PriceTable } from '../contract/prices.ts'
import type { Dimension } from '../numerics/random/source.ts'
import type { ResolvedScenario, RunOptions } from '../scenario/resolved.ts'
import { actualsProgram, mixesOf } from './correlations.ts'
import { bindInputs } from './inputs.ts'
import { MeterTable } from './meters.ts'
import { offerProgram } from './offers.ts'
import type { Measure, Program } from './program.ts'
import { Rates } from './rates.ts'
import { compileTools, type Shared, sharedNothing } from './tools.ts'
import { volumeProgram } from './volume.ts'

export { type Shared, sharedNothing } from './tools.ts'

const PAIRED_OFFERS = 12

/** @param shared programs compiled with the same one have the same dimensions and tables, so they are billed on the same trials */
export function compile(
  scenario: ResolvedScenario,
  options: { readonly measure: Measure; readonly pairs: RunOptions['pairs'] },
  shared: Shared = sharedNothing(),
): Program {
  const { months, start } = scenario
  const tools = compileTools(shared, months)
  const { bound, inputs, jumps, mean } = bindInputs(scenario, tools)
  // The order of these calls fixes the dimensions: the volume's noise comes before that of the rates.
  const rates = new Rates(bound.resolution, mean, tools, { start, months })
  const volume = volumeProgram(scenario, bound, tools)
  const common = rates.add('resolution')
  const meters = new MeterTable()
  if (common !== undefined) meters.place({ kind: 'genuine', rate: common })
  const prices = new PriceTable(start, months, bound.exchange ?? {})
  const context = { start, months, rates, common, meters, prices }
  const offers = bound.offers.map((offer) => offerProgram(offer as Bound<ResolvedOffer>, context))
  const counting = scenario.counting === 'sampled' && {
    volume: tools.each('conversations.count'),
    involved: tools.each('involved.count'),
    resolved: tools.each('resolution.count'),
  }
  // Inputs that are drawn once a trial matter most. With the rates' noise before the volume's, a commitment's mean has half the variance.
  const noises = [...rates.noises, ...(volume.noise ? [volume.noise] : [])]
  const mixes = mixesOf(scenario, inputs, noises, tools)
  const important = [
    inputs.map((input) => input.dimension),
    mixes.flatMap(({ tail }) => (tail ? [tail.dimension] : [])),
    ...noises.map((noise) => noise.dimensions),
  ]
  return {
    months,
    dimensions: inOrder(shared.dimensions, important.flat()),
    inputs,
    jumps,
    mixes,
    volume,
    noises: rates.noises,
    setbacks: rates.setbacks,
    rates: rates.rates,
    sharedRate: common !== undefined,
    ...(counting && { counting }),
    ...(bound.human && {
      human: {
        cost: byMonth(bound.human.cost as Staged<Value>, start, months),
        uplift: byMonth(bound.human.uplift as Staged<Value>, start, months),
      },
    }),
    ...(scenario.actuals && { actuals: actualsProgram(scenario.actuals) }),
    meters: meters.meters,
    prices: prices.entries,
    offers,
    measure: options.measure,
    distinctTotal: bound.human !== undefined || offers.some(({ running }) => running !== undefined),
    pairs: options.pairs === 'all' || (options.pairs === 'auto' && offers.length <= PAIRED_OFFERS),
  }
}

/** Assigns Sobol' coordinates to dimensions: first the important ones in their order, then the rest. */
function inOrder(dimensions: readonly Dimension[], first: readonly number[]): Dimension[] {
  const order = new Set([...first, ...dimensions.keys()])
  const place = new Map([...order].map((d, coordinate) => [d, coordinate]))
  return dimensions.map(({ name }, d) => ({ name, coordinate: place.get(d) ?? d }))
}
