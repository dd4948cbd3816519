// Compiles a resolved scenario into a program of dimensions, tables, trends and operations.
import type { ResolvedOffer } from '../contract/offer.ts'
import type { Bound } from '../contract/operation.ts'
import { PriceTable } from '../contract/prices.ts'
import type { Dimension } from '../numerics/random/source.ts'
import type { ResolvedScenario, RunOptions } from '../scenario/resolved.ts'
import { actualsProgram, mixesOf } from './correlations.ts'
import { bindInputs } from './inputs.ts'
import { MeterTable } from './meters.ts'
import { offerProgram } from './offers.ts'
import { staffProgram, statedPeople } from './people.ts'
import { historiesOf } from './jumping.ts'
import { contractsOf, type Measure, type Program, volumeNoises } from './program.ts'
import { Rates } from './rates.ts'
import { compileTools, type Shared, sharedNothing } from './tools.ts'
import { countedSegment, segmentPrograms } from './segments.ts'
import { sharedVolume } from './volume.ts'

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
  const rates = new Rates(mean, tools, { start, months })
  const volume = sharedVolume(scenario, tools)
  const people = statedPeople(bound, scenario)
  const segments = segmentPrograms(scenario, bound, rates, { humans: people.humans, tools })
  const meters = new MeterTable(segments.length)
  segments.forEach(({ rate }, segment) => rate !== undefined && meters.place({ kind: 'seeming', segment, rate }))
  const prices = new PriceTable(start, months, bound.exchange ?? {})
  const context = { bound, start, months, rates, segments, meters, prices, mean }
  const offers = bound.offers.map((offer) => offerProgram(offer as Bound<ResolvedOffer>, context))
  const staff = people.pools.map((pool) => staffProgram(pool, context))
  const counted =
    scenario.counting === 'sampled'
      ? segments.map((segment, s) => {
          const returning = offers.flatMap(contractsOf).some((offer) => offer.segments[s].returns !== undefined)
          return countedSegment(segment, { count: segments.length, returning }, tools)
        })
      : segments
  // Inputs that are drawn once a trial matter most. With the rates' noise before the volume's, a commitment's mean has half the variance.
  const noises = [...rates.noises, ...volumeNoises({ volume, segments })]
  const mixes = mixesOf(scenario, inputs, noises, tools)
  const important = [
    historiesOf({ volume, segments }).flatMap(({ member, widening }) => [member.dimension, widening.dimension]),
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
    segments: counted,
    noises: rates.noises,
    setbacks: rates.setbacks,
    rates: rates.rates,
    sharedRate: segments.every(({ rate }) => rate !== undefined),
    ...(scenario.actuals && {
      actuals: actualsProgram(
        scenario.actuals,
        offers.map(({ name }) => name),
      ),
    }),
    meters: meters.meters,
    prices: prices.entries,
    offers,
    staff,
    measure: options.measure,
    distinctTotal: segments.some(({ human }) => human !== undefined) || offers.some(({ running }) => running !== undefined),
    pairs: options.pairs === 'all' || (options.pairs === 'auto' && offers.length <= PAIRED_OFFERS),
  }
}

/** Assigns Sobol' coordinates to dimensions: first the important ones in their order, then the rest. */
function inOrder(dimensions: readonly Dimension[], first: readonly number[]): Dimension[] {
  const order = new Set([...first, ...dimensions.keys()])
  const place = new Map([...order].map((d, coordinate) => [d, coordinate]))
  return dimensions.map(({ name }, d) => ({ name, coordinate: place.get(d) ?? d }))
}
