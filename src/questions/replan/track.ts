// The year so far against its plan: where the closed months fall in the planned futures, whether to plan again, and the rest of the
// year given them.
import { recorded } from '../../simulation/recorded.ts'
import { UsageError } from '../../errors.ts'
import { formatMonth } from '../../months.ts'
import { compile } from '../../compile/compile.ts'
import { type Reader, resolve } from '../../scenario/resolve/resolve.ts'
import { planTrials } from '../../numerics/random/plan.ts'
import { readScenario } from '../../scenario/read.ts'
import type { Node } from '../../simulation/graph.ts'
import { modelOf } from '../../simulation/model.ts'
import { quantileOf, shareBelow, sortedOf } from '../../numerics/estimators/sorted.ts'
import { checkOptions } from '../../options/check.ts'
import { type TrackOptions, tracking } from '../../options/questions.ts'
import { type Reforecast, reforecastOf } from './reforecast.ts'

type Percentiles = Readonly<Record<'p5' | 'p10' | 'p25' | 'p50' | 'p75' | 'p90' | 'p95', number>>

/** What was planned of one month, and what came. */
export interface TrackedMonth {
  readonly month: string
  readonly mean: number
  readonly percentiles: Percentiles
  /** Absent of months that are open. */
  readonly actual?: number
  /** Share of planned futures below what came. */
  readonly percentile?: number
}

/** A count or an amount over the closed months. */
export interface TrackedSum {
  readonly planned: number
  readonly percentiles: Percentiles
  readonly actual: number
  readonly percentile: number
  /** By the month. */
  readonly months: readonly {
    readonly month: string
    readonly planned: number
    readonly actual: number
    readonly percentile: number
  }[]
}

export interface Track {
  readonly name: string
  readonly currency: string
  readonly trials: number
  readonly closed: readonly string[]
  /** Conversations. */
  readonly months: readonly TrackedMonth[]
  readonly yearToDate: {
    readonly conversations: TrackedSum
    readonly resolutions?: TrackedSum
    readonly invoice?: TrackedSum & { readonly offer: string }
  }
  readonly verdict: { readonly redo: boolean; readonly reasons: readonly string[]; readonly words: string }
  /** Why there is none where there is none: hardly a planned future agrees with what came. */
  readonly reforecast: Reforecast | { readonly none: string }
}

const TRIALS = 65_536
const LEVELS = { p5: 0.05, p10: 0.1, p25: 0.25, p50: 0.5, p75: 0.75, p90: 0.9, p95: 0.95 } as const
/** The rule: the sum so far outside the middle 90 % of what was planned, or two months in a row outside it on the same side. */
const OUTSIDE = 0.05

/** @throws ScenarioError for the plan and the closed months, UsageError for the options */
export async function trackOf(plan: string | object, options: TrackOptions, reader: Reader): Promise<Track> {
  checkOptions(options, tracking)
  const { trials = TRIALS, method, offer } = options
  const written = readScenario(plan)
  const actuals = offer === undefined ? options.actuals : { file: options.actuals, offer }
  const data = { ...(written.data as object), actuals }
  const { scenario, run } = await resolve({ ...written, data }, reader)
  const { actuals: known, ...planned } = scenario
  if (!known) throw new UsageError('actuals: expected a file of closed months, got none')
  const measure = options.measure ?? run.measure
  const program = compile(planned, { measure, pairs: 'none' })
  const model = modelOf(program)
  const closed = known.conversations.length
  const place = scenario.offers.findIndex(({ name }) => name === known.offer)
  const months = (of: (m: number) => Node) => Array.from({ length: closed }, (_, m) => of(m))
  const { volume } = model.conversations
  const resolved = known.resolutions && program.sharedRate ? model.usage.count({ kind: 'genuine', rate: 0 }) : undefined
  const genuine = resolved ? months((m) => resolved[m]) : []
  const bills = known.invoices && place >= 0 ? months((m) => model.offers[place].billMonth(m)) : []
  const sampling = planTrials(trials, method ?? run.method)
  const seed = options.seed === undefined ? run.seed : String(options.seed)
  const columns = recorded(model, sampling, seed, [...volume, ...genuine, ...bills], sampling.trials)
  const names = Array.from({ length: scenario.months }, (_, m) => formatMonth(scenario.start + m))
  const tracked = volume.map((_, m): TrackedMonth => {
    const sorted = sortedOf(columns[m])
    const actual = m < closed ? known.conversations[m] : undefined
    return {
      month: names[m],
      mean: meanOf(columns[m]),
      percentiles: percentilesOf(sorted),
      ...(actual !== undefined && { actual, percentile: shareBelow(sorted, actual) }),
    }
  })
  const sum = (from: number, actual: readonly number[]) => summed(columns.slice(from, from + closed), actual, names)
  const yearToDate = {
    conversations: sum(0, known.conversations),
    ...(genuine.length > 0 && known.resolutions && { resolutions: sum(volume.length, known.resolutions) }),
    ...(bills.length > 0 &&
      known.invoices && {
        invoice: { ...sum(volume.length + genuine.length, known.invoices), offer: scenario.offers[place].name },
      }),
  }
  return {
    name: scenario.name,
    currency: scenario.currency,
    trials: sampling.trials,
    closed: names.slice(0, closed),
    months: tracked,
    yearToDate,
    verdict: verdictOf(yearToDate),
    reforecast: await rest(data, options, reader),
  }
}

async function rest(data: object, { trials, seed, method, measure }: TrackOptions, reader: Reader): Promise<Track['reforecast']> {
  try {
    return await reforecastOf(
      data,
      {
        ...(trials !== undefined && { trials }),
        ...(seed !== undefined && { seed }),
        ...(method !== undefined && { method }),
        ...(measure !== undefined && { measure }),
      },
      reader,
    )
  } catch (error) {
    if (error instanceof UsageError) return { none: error.message }
    throw error
  }
}

const meanOf = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length

const percentilesOf = (sorted: Float64Array): Percentiles =>
  Object.fromEntries(Object.entries(LEVELS).map(([name, p]) => [name, quantileOf(sorted, p)])) as Percentiles

function summed(columns: readonly Float64Array[], actual: readonly number[], names: readonly string[]): TrackedSum {
  const sums = columns[0].map((_, i) => columns.reduce((sum, column) => sum + column[i], 0))
  const sorted = sortedOf(sums)
  const total = actual.reduce((a, b) => a + b, 0)
  return {
    planned: meanOf(sums),
    percentiles: percentilesOf(sorted),
    actual: total,
    percentile: shareBelow(sorted, total),
    months: columns.map((column, m) => ({
      month: names[m],
      planned: meanOf(column),
      actual: actual[m],
      percentile: shareBelow(sortedOf(column), actual[m]),
    })),
  }
}

/** −1 below the middle 90 %, 1 above it. */
const side = (percentile: number): number => (percentile < OUTSIDE ? -1 : percentile > 1 - OUTSIDE ? 1 : 0)

function verdictOf(sums: Readonly<Record<string, TrackedSum>>): Track['verdict'] {
  const words = (value: number) => (value < 0 ? 'below' : 'above')
  const reasons = Object.entries(sums).flatMap(([what, { percentile, months }]) => {
    const whole = side(percentile)
    const pair = months.findIndex(
      ({ percentile: own }, m) => m > 0 && side(own) !== 0 && side(own) === side(months[m - 1].percentile),
    )
    return [
      ...(whole !== 0 ? [`${what} so far are ${words(whole)} the middle 90 % of what was planned`] : []),
      ...(pair > 0
        ? [`${what} of ${months[pair - 1].month} and ${months[pair].month} both are ${words(side(months[pair].percentile))} it`]
        : []),
    ]
  })
  const redo = reasons.length > 0
  return {
    redo,
    reasons,
    words: redo
      ? `Plan again: ${reasons.join('; ')}.`
      : 'Keep the plan: all that came lies where planned futures lie (the sum so far within the middle 90 %, no two months in a row outside it on one side).',
  }
}
