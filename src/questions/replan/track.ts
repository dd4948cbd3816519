// Compares the closed months with the plan: where they fall among the planned years, whether to plan again, and the rest of the year.
import { sorting } from '../../numerics/estimators/sorting.ts'
import { type Pace, paced, type Steps } from '../../pace.ts'
import { UsageError } from '../../errors.ts'
import { formatMonth } from '../../months.ts'
import { compile } from '../../compile/compile.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import { readScenario } from '../../scenario/read.ts'
import { withoutActuals } from '../../scenario/resolve/futures.ts'
import type { Node } from '../../simulation/graph.ts'
import { type Model, modelOf } from '../../simulation/model.ts'
import { sharedResolutions } from '../../simulation/shared-resolutions.ts'
import { quantileOf, shareBelow } from '../../numerics/estimators/sorted.ts'
import { checkOptions } from '../../options/check.ts'
import { type TrackOptions, tracking } from '../../options/questions.ts'
import type { Actuals, PlanHistory, ResolvedScenario } from '../../scenario/resolved.ts'
import { type PastCourse, fittedPast } from '../backtest/course.ts'
import { settled } from '../open-plan.ts'
import { sampled } from '../trials.ts'
import { ExclusionError } from './agreement.ts'
import { type ForeignInvoices, foreignInvoices } from './invoiced.ts'
import { type Reforecast, reforecastWith } from './reforecast.ts'

type Percentiles = Readonly<Record<'p5' | 'p10' | 'p25' | 'p50' | 'p75' | 'p90' | 'p95', number>>

/** The planned conversations of one month, and the actual ones if the month is closed. */
export interface TrackedMonth {
  readonly month: string
  readonly mean: number
  readonly percentiles: Percentiles
  /** Absent if the month is open. */
  readonly actual?: number
  /** The share of planned years below the actual value. */
  readonly percentile?: number
}

/** A count or an amount over the closed months. */
export interface TrackedSum {
  readonly planned: number
  readonly percentiles: Percentiles
  readonly actual: number
  readonly percentile: number
  readonly months: readonly {
    readonly month: string
    readonly planned: number
    readonly actual: number
    readonly percentile: number
  }[]
}

export interface TrackedSegment {
  readonly conversations: TrackedSum
  readonly resolutions?: TrackedSum
}

export interface Track {
  readonly name: string
  readonly currency: string
  readonly trials: number
  readonly closed: readonly string[]
  /** Which columns of the closed months and of other files were read, and a doubt about the plan. */
  readonly notes: readonly string[]
  /** The past that the plan draws its futures from. Absent if it draws none. */
  readonly history?: PastCourse
  /** The conversations of each month of the plan, as it was before a month closed. */
  readonly months: readonly TrackedMonth[]
  readonly yearToDate: {
    readonly conversations: TrackedSum
    readonly resolutions?: TrackedSum
    /** `foreign` is absent if the invoices are in the plan's currency. */
    readonly invoice?: TrackedSum & { readonly offer: string; readonly foreign?: ForeignInvoices }
  }
  /** By segment, if the closed months state segments. */
  readonly segments?: Readonly<Record<string, TrackedSegment>>
  readonly verdict: { readonly redo: boolean; readonly reasons: readonly string[]; readonly words: string }
  /** The rest of the year. `none` gives the reason if there is no forecast, such as a plan that excludes the closed months. */
  readonly reforecast: Reforecast | { readonly none: string }
}

const LEVELS = { p5: 0.05, p10: 0.1, p25: 0.25, p50: 0.5, p75: 0.75, p90: 0.9, p95: 0.95 } as const
/** Plan again if the sum so far is outside the planned 90% interval, or two months in a row are, on the same side. */
const OUTSIDE = 0.05

/** @throws ScenarioError for the plan and the closed months, UsageError for the options */
export async function trackOf(plan: string | object, options: TrackOptions, reader: Reader): Promise<Track> {
  checkOptions(options, tracking)
  return paced(options, (pace) => tracked(plan, options, reader, pace))
}

async function tracked(plan: string | object, options: TrackOptions, reader: Reader, pace: Pace): Promise<Track> {
  const { actuals: file, offer, decimal, ...rest } = options
  const written = readScenario(plan)
  const data = {
    ...(written.data as object),
    actuals: { file, ...(offer !== undefined && { offer }), ...(decimal && { decimal }) },
  }
  const { scenario, measure, plan: sampling, seed, tables } = await settled({ ...written, data }, reader, rest)
  const known = scenario.actuals
  if (!known) throw new UsageError('actuals: expected a CSV file of closed months, such as closed.csv, got none')
  const planned = withoutActuals(scenario)
  const program = compile(planned, { measure, pairs: 'none' })
  const model = modelOf(program)
  const closed = known.conversations.length
  const foreign = foreignInvoices(known, scenario.currency)
  const place = scenario.offers.findIndex(({ name }) => name === known.offer)
  const months = (of: (m: number) => Node) => Array.from({ length: closed }, (_, m) => of(m))
  const { volume } = model.conversations
  const streams = known.segments ? program.segments.map((_, s) => streamOf(model, known, s)) : []
  const genuine = known.resolutions ? resolvedIn(model, known).slice(0, closed) : []
  const bills = known.invoices && place >= 0 ? months((m) => model.offers[place].billMonth(m)) : []
  // The reforecast and its offers follow.
  pace.expect(sampling.trials * (2 + scenario.offers.length))
  const inStreams = streams.flatMap(({ volume: own, genuine: resolved = [] }) => [...own, ...resolved])
  const column = await pace.through(sampled(model, sampling, seed, [...volume, ...genuine, ...bills, ...inStreams]))
  const names = Array.from({ length: scenario.months }, (_, m) => formatMonth(scenario.start + m))
  const tracked: TrackedMonth[] = []
  for (const m of volume.keys()) {
    const values = column(volume[m])
    const sorted = await pace.through(sorting(values))
    const actual = m < closed ? known.conversations[m] : undefined
    tracked.push({
      month: names[m],
      mean: meanOf(values),
      percentiles: percentilesOf(sorted),
      ...(actual !== undefined && { actual, percentile: shareBelow(sorted, actual) }),
    })
    await pace.turn()
  }
  const sum = (nodes: readonly Node[], actual: readonly number[]) => pace.through(summed(nodes.map(column), actual, names))
  const yearToDate = {
    conversations: await sum(volume.slice(0, closed), known.conversations),
    ...(genuine.length > 0 && known.resolutions && { resolutions: await sum(genuine, known.resolutions) }),
    ...(bills.length > 0 &&
      known.invoices && {
        invoice: {
          ...(await sum(bills, known.invoices)),
          offer: scenario.offers[place].name,
          ...(foreign && { foreign }),
        },
      }),
  }
  const segments: [name: string, sums: TrackedSegment][] = []
  for (const { name, actual, volume: own, genuine: resolved } of streams) {
    const conversations = await sum(own, actual.conversations)
    const resolutions = resolved && actual.resolutions && (await sum(resolved, actual.resolutions))
    segments.push([name, { conversations, ...(resolutions && { resolutions }) }])
  }
  const past = fittedPast(historiesOf(planned), scenario.start)
  const forecast = await reforecastOrReason(data, rest, reader, pace)
  const failed = 'none' in forecast
  const doubt = failed ? undefined : forecast.agreement.doubt
  return {
    name: scenario.name,
    currency: scenario.currency,
    trials: sampling.trials,
    closed: names.slice(0, closed),
    notes: doubt === undefined ? tables : [...tables, doubt],
    ...(past && { history: past }),
    months: tracked,
    yearToDate,
    ...(segments.length > 0 && { segments: Object.fromEntries(segments) }),
    verdict: verdictOf(yearToDate, failed && forecast.excluded),
    reforecast: failed ? { none: forecast.none } : forecast,
  }
}

/** The histories that the conversations come from: the plan's own, or one for each segment. */
function historiesOf({ conversations, segments = [] }: ResolvedScenario): PlanHistory[] {
  if (conversations.history) return [conversations.history]
  const own = segments.flatMap(({ conversations: { history } }) => history ?? [])
  return own.length === segments.length ? own : []
}

interface Stream {
  readonly name: string
  readonly actual: Pick<Actuals, 'conversations' | 'resolutions'>
  readonly volume: readonly Node[]
  readonly genuine?: readonly Node[]
}

/** The closed months of a segment, as the plan draws them. */
function streamOf({ program, conversations, usage }: Model, { segments = [], answered }: Actuals, s: number): Stream {
  const actual = segments[s]
  const closed = actual.conversations.length
  const { name, rate } = program.segments[s]
  return {
    name,
    actual,
    volume: conversations.segments[s].volume.slice(0, closed),
    ...(rate !== undefined &&
      answered === undefined &&
      actual.resolutions && { genuine: usage.handled.resolved(s, rate).slice(0, closed) }),
  }
}

/** The resolutions of all segments by month: those of the contracts that answered, or those before any offer's own rate. */
function resolvedIn(model: Model, { answered }: Actuals): readonly Node[] {
  const offer = model.program.offers.findIndex(({ name }) => name === answered)
  return (offer >= 0 ? model.offers[offer].genuine : sharedResolutions(model)) ?? []
}

/** A reforecast, or why there is none. */
const reforecastOrReason = (...input: Parameters<typeof reforecastWith>) =>
  reforecastWith(...input).catch((error: unknown) => {
    if (error instanceof UsageError) return { none: error.message, excluded: error instanceof ExclusionError }
    throw error
  })

const meanOf = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length

const percentilesOf = (sorted: Float64Array): Percentiles =>
  Object.fromEntries(Object.entries(LEVELS).map(([name, p]) => [name, quantileOf(sorted, p)])) as Percentiles

function* summed(columns: readonly Float64Array[], actual: readonly number[], names: readonly string[]): Steps<TrackedSum> {
  const sums = columns[0].map((_, i) => columns.reduce((sum, column) => sum + column[i], 0))
  yield 0
  const sorted = yield* sorting(sums)
  const total = actual.reduce((a, b) => a + b, 0)
  const months: TrackedSum['months'][number][] = []
  for (const [m, column] of columns.entries()) {
    yield 0
    months.push({
      month: names[m],
      planned: meanOf(column),
      actual: actual[m],
      percentile: shareBelow(yield* sorting(column), actual[m]),
    })
  }
  return {
    planned: meanOf(sums),
    percentiles: percentilesOf(sorted),
    actual: total,
    percentile: shareBelow(sorted, total),
    months,
  }
}

/** −1 below the planned 90% interval, 1 above it, 0 inside. */
const side = (percentile: number): number => (percentile < OUTSIDE ? -1 : percentile > 1 - OUTSIDE ? 1 : 0)

function verdictOf(sums: Readonly<Record<string, TrackedSum>>, excluded: boolean): Track['verdict'] {
  const where = (percentile: number) => `${side(percentile) < 0 ? 'below' : 'above'} the planned 90% interval`
  const reasons = Object.entries(sums).flatMap(([what, { percentile, months }]) => {
    const pair = months.findIndex(
      ({ percentile: own }, m) => m > 0 && side(own) !== 0 && side(own) === side(months[m - 1].percentile),
    )
    return [
      ...(side(percentile) === 0 ? [] : [`${what} so far are ${where(percentile)}`]),
      ...(pair > 0
        ? [`${what} in ${months[pair - 1].month} and ${months[pair].month} are both ${where(months[pair].percentile)}`]
        : []),
    ]
  })
  if (excluded) reasons.push('the plan excludes the closed months')
  const redo = reasons.length > 0
  return {
    redo,
    reasons,
    words: redo
      ? `Plan again: ${reasons.join('; ')}.`
      : 'Keep the plan: the year so far is inside the planned 90% interval, and no two months in a row are outside it on the same side.',
  }
}
