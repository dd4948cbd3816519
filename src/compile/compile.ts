// A resolved scenario → a program: dimensions, tables, trends and operations.
import type { Counted, OfferResolution, ResolvedOffer } from '../contract/offer.ts'
import type { Bound, Meter, Value } from '../contract/operation.ts'
import { PriceTable } from '../contract/prices.ts'
import { compileContract, hasOverage, layersOf } from '../contract/program.ts'
import { constant } from '../numerics/distributions/constant.ts'
import { type DistributionSpec, distributionOf, type Uncertain } from '../numerics/distributions/index.ts'
import { mixture } from '../numerics/distributions/mixture.ts'
import { ScenarioError } from '../errors.ts'
import { expm1, log1p, pow } from '../numerics/kernel/math.ts'
import { calendarMonth } from '../months.ts'
import type { Dimension } from '../numerics/random/source.ts'
import { Recent } from '../lru-cache.ts'
import { mapInputs } from '../scenario/names.ts'
import type { Actuals, Conversations, ResolvedScenario, RunOptions } from '../scenario/resolved.ts'
import { cholesky } from './cholesky.ts'
import type {
  EventProgram,
  Measure,
  MeterProgram,
  NoiseProgram,
  OfferProgram,
  Program,
  RateProgram,
  ResampledProgram,
  VolumeProgram,
} from './program.ts'
import { rangeOf } from './ranges.ts'
import { tabulate } from './table.ts'

const PAIRED_OFFERS = 12
/** Jumps of an input that may be few enough to matter one by one. */
const FEW = 16

/** What the programs of several variants of a scenario have in common, so that they are billed on the same futures. */
export interface Shared {
  readonly dimensions: Dimension[]
  readonly places: Map<string, number>
  /** Tables of distributions, by what they were made from. */
  readonly tables: Map<string, Uint8Array>
}
/** Tables of earlier programs. */
const tables = new Recent<Uint8Array>(64)

export const sharedNothing = (): Shared => ({ dimensions: [], places: new Map(), tables: new Map() })

/** @param shared compiled with the same one, programs name their dimensions and tables alike */
export function compile(
  scenario: ResolvedScenario,
  options: { readonly measure: Measure; readonly pairs: RunOptions['pairs'] },
  shared: Shared = sharedNothing(),
): Program {
  const { dimensions, places } = shared
  const dimension = (name: string) => {
    const place = places.get(name) ?? dimensions.push({ name, coordinate: dimensions.length }) - 1
    places.set(name, place)
    return place
  }
  const table = (key: readonly unknown[], make: () => Uint8Array): Uint8Array => {
    const text = JSON.stringify(key)
    const made = shared.tables.get(text) ?? tables.get(text, make)
    shared.tables.set(text, made)
    return made
  }
  const inputs: { name: string; dimension: number; table: Uint8Array; mean: number }[] = []
  const jumps = new Set<number>()
  const bound = mapInputs(scenario, (name, spec) => {
    const law = distributionOf(spec)
    const [low, high] = rangeOf(name)
    const made = table([spec, low, String(high)], () => tabulate(law, low, high))
    if (law.jumps && law.jumps.length <= FEW) for (const p of law.jumps) jumps.add(p)
    inputs.push({ name, dimension: dimension(name), table: made, mean: law.mean })
    return { input: inputs.length - 1 }
  }) as Bound<ResolvedScenario>
  const mean = (value: Value) => (typeof value === 'number' ? value : inputs[value.input].mean)

  const months = scenario.months
  const each = (name: string) => Array.from({ length: months }, (_, m) => dimension(`${name}[${m}]`))
  const noises: NoiseProgram[] = []
  const setbacks: EventProgram[] = []
  const { resolution } = bound

  const rateOf = (own: Bound<OfferResolution> | undefined, name: string): RateProgram | undefined => {
    const base = resolution
    const rate = own?.rate ?? base?.rate
    if (rate === undefined) return undefined
    const merged = { ...base, ...own, rate } as Bound<OfferResolution> & { rate: Value }
    const ceiling = merged.ceiling ?? 1
    const start = Math.min(mean(rate), mean(ceiling))
    let noise: number | undefined = base?.noise && !own?.noise ? 0 : undefined
    const stated = own ? own.noise : base?.noise
    if (stated) {
      const centre = own?.offset === undefined ? start : Math.min(1, Math.max(0, start + mean(own.offset)))
      const sd = stated.sd === 0 ? 0 : stated.sd / (centre * (1 - centre))
      noise = noises.push({ name: `${name}.noise`, phi: stated.autocorrelation, sd, dimensions: each(`${name}.noise`) }) - 1
    }
    let fall: number | undefined = base?.setbacks && !own?.setbacks ? 0 : undefined
    const events = own ? own.setbacks : base?.setbacks
    if (events) fall = setbacks.push(eventProgram(`${name}.setbacks`, events as never, 0, each, table)) - 1
    return {
      rate,
      ceiling,
      approach: merged.approach ?? 'linear',
      ...(merged.improvement && { improvement: merged.improvement }),
      ...(own?.offset !== undefined && { offset: own.offset }),
      ...(noise !== undefined && { noise }),
      ...(fall !== undefined && { setbacks: fall }),
    }
  }

  const volume = volumeProgram(scenario, bound, each, dimension, table)
  const rates: RateProgram[] = []
  const common = rateOf(undefined, 'resolution')
  if (common) rates.push(common)

  const meters: MeterProgram[] = [{ kind: 'tickets' }, { kind: 'conversations' }]
  const meter = (wanted: MeterProgram): number => {
    const text = JSON.stringify(wanted)
    const known = meters.findIndex((candidate) => JSON.stringify(candidate) === text)
    return known >= 0 ? known : meters.push(wanted) - 1
  }
  if (common) meter({ kind: 'genuine', rate: 0 })

  const prices = new PriceTable(scenario.start, months, bound.exchange ?? {})

  const offers = bound.offers.map((offer): OfferProgram => {
    const own = offer.resolution ? rateOf(offer.resolution, `offers.${offer.name}.resolution`) : undefined
    const rate = own ? rates.push(own) - 1 : common ? 0 : undefined
    const counted = offer.counted as Bound<Counted>
    const plain = counted.resolved === 1 && counted.unresolved === 0 && counted.reopened.share === 0
    const genuine = rate === undefined ? undefined : meter({ kind: 'genuine', rate })
    const billable =
      rate === undefined || plain
        ? genuine
        : meter({
            kind: 'billable',
            rate,
            resolved: counted.resolved,
            unresolved: counted.unresolved,
            reopened: counted.reopened.share,
            lag: counted.reopened.lag,
          })
    const people = rate === undefined ? undefined : meter({ kind: 'people', rate })
    const placeOf = (named: Meter): number => {
      if (named === 'conversations' || named === 'tickets' || named === 'actions') return meter({ kind: named })
      if (named === 'escalations') return meter({ kind: named, rate: rate ?? 0 })
      // Without a rate nothing is resolved: people handle every ticket, meter 0.
      return (named === 'resolutions' ? billable : people) ?? 0
    }
    const contract = compileContract(offer as Bound<ResolvedOffer>, { start: scenario.start, months, prices, meter: placeOf })
    return {
      name: offer.name,
      title: offer.title,
      ...(rate !== undefined && { rate }),
      ...(genuine !== undefined && { genuine }),
      ...(billable !== undefined && { billable }),
      ...(people !== undefined && { people }),
      contract,
      ...(offer.running && { running: { value: offer.running.value, times: offer.running.per === 'year' ? 1 / 12 : 1 } }),
      layers: layersOf(contract),
      overage: hasOverage(contract),
    }
  })

  const counting = scenario.counting === 'sampled' && {
    volume: each('conversations.count'),
    involved: each('involved.count'),
    resolved: each('resolution.count'),
  }
  // Inputs of a whole trial matter most. With the rates' noise before the volume's a commitment's mean has half the variance.
  const important = [
    inputs.map((input) => input.dimension),
    ...[...noises, ...(volume.noise ? [volume.noise] : [])].map((noise) => noise.dimensions),
  ]
  return {
    months,
    dimensions: inOrder(dimensions, important.flat()),
    inputs,
    jumps: [...jumps],
    mixes: mixesOf(scenario, dimensions),
    volume,
    noises,
    setbacks,
    rates,
    sharedRate: common !== undefined,
    ...(counting && { counting }),
    ...(bound.human && { human: bound.human }),
    ...(scenario.actuals && { actuals: actualsProgram(scenario, scenario.actuals) }),
    meters,
    prices: prices.entries,
    offers,
    measure: options.measure,
    distinctTotal: bound.human !== undefined || offers.some(({ running }) => running !== undefined),
    pairs: options.pairs === 'all' || (options.pairs === 'auto' && offers.length <= PAIRED_OFFERS),
  }
}

/** Gives Sobol's coordinates to dimensions: those named first, in their order, then the rest. */
function inOrder(dimensions: readonly Dimension[], first: readonly number[]): Dimension[] {
  const order = new Set([...first, ...dimensions.keys()])
  const place = new Map([...order].map((d, coordinate) => [d, coordinate]))
  return dimensions.map(({ name }, d) => ({ name, coordinate: place.get(d) ?? d }))
}

type Each = (name: string) => number[]
type TableOf = (key: readonly unknown[], make: () => Uint8Array) => Uint8Array

/** One draw a month: in the upper tail of the score an event starts, with its own size; below it nothing happens. */
function eventProgram(
  name: string,
  events: { probability: number; size: Uncertain; months: number },
  neutral: number,
  each: Each,
  table: TableOf,
): EventProgram {
  const { probability, size, months } = events
  const made = table(['event', probability, size, neutral], () => tabulate(stacked(probability, size, neutral)))
  const own = distributionOf(size)
  const sizes = own.atoms ? undefined : table(['size', size], () => tabulate(own))
  return { name, probability, months, table: made, ...(sizes && { sizes }), neutral, dimensions: each(name) }
}

/** The neutral value with probability 1 − p, below; the size's own quantile function above. */
function stacked(probability: number, size: Uncertain, neutral: number) {
  const law = distributionOf(size)
  if (probability === 0) return constant(neutral)
  if (probability === 1) return law
  const none = 1 - probability
  const all = mixture([constant(neutral), law], [none, probability])
  if (law.atoms) {
    const { atoms: _, ...rest } = all
    return { ...rest, kinks: [none, ...law.kinks.map((p) => none + probability * p)], quantile: pick }
  }
  function pick(p: number, q: number): number {
    if (q >= probability) return neutral
    const share = Math.max(0, (p - none) / probability)
    return law.quantile(share, q / probability)
  }
  return { ...all, kinks: [none, ...law.kinks.map((p) => none + probability * p)], quantile: pick }
}

function volumeProgram(
  scenario: ResolvedScenario,
  bound: Bound<ResolvedScenario>,
  each: Each,
  dimension: (name: string) => number,
  table: TableOf,
): VolumeProgram {
  const { months, start, conversations: stated } = scenario
  const { base, growth, noise, involvement, actions } = bound.conversations
  const season = stated.seasonality ?? new Array<number>(12).fill(1)
  const average = season.reduce((sum, factor) => sum + factor, 0) / 12
  if (!(average > 0))
    throw new ScenarioError([{ path: 'conversations.seasonality', message: 'expected at least one factor above 0' }])
  const monthly =
    growth && typeof growth.value === 'number' ? (growth.per === 'year' ? expm1(log1p(growth.value) / 12) : growth.value) : 0
  const level = (m: number) => pow(1 + monthly, m) * (stated.seasonality ? season[calendarMonth(start + m)] / average : 1)
  const levels = Float64Array.from({ length: months }, (_, m) => (stated.monthly ? stated.monthly[m] : level(m)))
  const sigma = noise ? Math.sqrt(log1p(noise.cv * noise.cv)) : 0
  const stages = Array.isArray(involvement)
    ? (involvement as readonly { until?: number; value: Value }[])
    : [{ value: involvement as Value }]
  const stage = (m: number) =>
    (stages.find(({ until }) => until === undefined || start + m <= until) ?? stages[stages.length - 1]).value
  return {
    levels,
    ...(base !== undefined && { base }),
    ...(growth && typeof growth.value !== 'number' && { growth: { input: growth.value.input, yearly: growth.per === 'year' } }),
    ...(noise &&
      noise.cv > 0 && {
        noise: { name: 'conversations.noise', phi: noise.autocorrelation, sd: sigma, dimensions: each('conversations.noise') },
      }),
    ...(stated.last !== undefined && { last: { volume: stated.last, level: level(-1) } }),
    ...(stated.bootstrap && { resampled: resampledProgram(stated.bootstrap, months, dimension, table) }),
    ...(stated.spikes && { spikes: eventProgram('conversations.spikes', stated.spikes, 1, each, table) }),
    involvement: Array.from({ length: months }, (_, m) => stage(m)),
    actions,
  }
}

/**
 * Circular blocks (Politis and Romano, in "Exploring the Limits of Bootstrap", 1992): one may begin anywhere and goes on from the last
 * month to the first, so that every month is as likely in every place, and the factors have mean 1.
 */
function resampledProgram(
  { block, ratios }: NonNullable<Conversations['bootstrap']>,
  months: number,
  dimension: (name: string) => number,
  table: TableOf,
): ResampledProgram {
  const n = ratios.length
  const average = ratios.reduce((sum, ratio) => sum + ratio, 0) / n
  const sums = ratios.map((_, k) => Array.from({ length: block }, (__, j) => ratios[(k + j) % n]).reduce((a, b) => a + b, 0))
  // In order of their sums: the score of a block then goes with its volume, which Sobol' points and correlations are the better for.
  const begins = [...ratios.keys()].sort((a, b) => sums[a] - sums[b] || a - b)
  const place = (j: number) => {
    const values = begins.map((k) => ratios[(k + j) % n] / average)
    const kinks = Array.from({ length: n - 1 }, (_, k) => (k + 1) / n)
    return stepped(kinks, values)
  }
  const name = 'conversations.bootstrap'
  return {
    name,
    dimensions: Array.from({ length: Math.ceil(months / block) }, (_, k) => dimension(`${name}[${k}]`)),
    tables: Array.from({ length: block }, (_, j) => table([name, block, ratios, j], () => tabulate(place(j)))),
  }
}

/** Values in any order, each as likely: what is tabulated need not increase. */
function stepped(kinks: readonly number[], values: readonly number[]): Parameters<typeof tabulate>[0] {
  const law = constant(1)
  const atoms = { values: Float64Array.from(values), cumulative: Float64Array.from([...kinks, 1]) }
  const quantile = (p: number) => values[Math.min(values.length - 1, Math.floor(p * values.length))]
  return { ...law, kinks, atoms, quantile }
}

function actualsProgram(
  { correlations }: ResolvedScenario,
  { conversations, resolutions }: Actuals,
): NonNullable<Program['actuals']> {
  const pair = correlations.find(({ between }) => between.includes('conversations.noise') && between.includes('resolution.noise'))
  return { volumes: conversations, ...(resolutions && { resolved: resolutions }), rho: pair?.rho ?? 0 }
}

/** Correlated inputs, and the monthly noises month by month, joined in triangular factors. */
function mixesOf(scenario: ResolvedScenario, dimensions: readonly Dimension[]): Program['mixes'] {
  if (scenario.correlations.length === 0) return []
  const names = [...new Set(scenario.correlations.flatMap(({ between }) => between))]
  const split = [names.filter((name) => !name.endsWith('.noise')), names.filter((name) => name.endsWith('.noise'))]
  return split.flatMap((group, monthly) => {
    if (group.length < 2) return []
    const matrix = group.map((a) =>
      group.map((b) =>
        a === b ? 1 : (scenario.correlations.find(({ between }) => between.includes(a) && between.includes(b))?.rho ?? 0),
      ),
    )
    const found = cholesky(matrix)
    if ('row' in found) {
      const k = scenario.correlations.findLastIndex(({ between }) => between.includes(group[found.row]))
      const pair = scenario.correlations[Math.max(0, k)].between.join(' and ')
      throw new ScenarioError([
        { path: `correlations[${k}].rho`, message: `expected correlations that can hold together: relax the one between ${pair}` },
      ])
    }
    const place = (name: string) => dimensions.findIndex((dimension) => dimension.name === name)
    const places =
      monthly === 0
        ? [group.map(place)]
        : Array.from({ length: scenario.months }, (_, m) => group.map((name) => place(`${name}[${m}]`)))
    return places.filter((row) => row.every((d) => d >= 0)).map((row) => ({ dimensions: row, factor: found.factor }))
  })
}

export type { DistributionSpec }
