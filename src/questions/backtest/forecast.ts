// The forecasts of one start, as a plan with the history makes them: courses of volumes, a rate that goes with them, and a contract's bill.
import { compile } from '../../compile/compile.ts'
import { fittedDrivers, fieldsBesideFutures, rateBesideFutures } from '../../forecasting/fit/drivers.ts'
import { futuresOf } from '../../forecasting/ensemble/futures.ts'
import { workingMonths } from '../../forecasting/ensemble/past-fit.ts'
import { type WorkCalendar, workingIn } from '../../forecasting/history/working-days.ts'
import { fitHistory } from '../../forecasting/fit/per-day.ts'
import type { RateFit } from '../../forecasting/fit/rate.ts'
import { formatMonth } from '../../months.ts'
import { planTrials } from '../../numerics/random/plan.ts'
import type { Steps } from '../../pace.ts'
import { readScenario } from '../../scenario/read.ts'
import { noFiles } from '../../scenario/resolve/files.ts'
import { resolve } from '../../scenario/resolve/resolve.ts'
import type { PlanHistory } from '../../scenario/resolved.ts'
import { modelOf } from '../../simulation/model.ts'
import { recording } from '../../simulation/recorded.ts'
import type { ForecastQuantity } from './cases.ts'
import type { ContractAlike } from './prices.ts'

/** What was known when the forecast was made. */
export interface KnownCounts {
  /** The month of the first count. */
  readonly first: number
  /** NaN if unknown. */
  readonly conversations: readonly number[]
  /** Fitted to these months. */
  readonly rate: RateFit | undefined
  readonly days: boolean
  readonly calendar: WorkCalendar | undefined
  readonly contract: ContractAlike | undefined
}

export interface ForecastSettings {
  readonly horizon: number
  readonly trials: number
  readonly seed: string
}

/** By quantity, each month ahead, trial by trial. */
export type Forecast = ReadonlyMap<ForecastQuantity, readonly Float64Array[]>

export async function forecastFrom(known: KnownCounts, { horizon, trials, seed }: ForecastSettings): Promise<Steps<Forecast>> {
  const { contract } = known
  const start = known.first + known.conversations.length
  const { conversations, resolution, correlations, history, between } = volumesOf(known, horizon)
  const written = readScenario({
    start: formatMonth(start),
    months: horizon,
    conversations,
    correlations,
    ...(resolution && { resolution }),
    offers: {
      volume: { charges: [{ meter: 'tickets', price: 1 }] },
      ...(contract && { contract: { catalog: contract.offer } }),
    },
  })
  const { scenario, run } = await resolve(written, noFiles)
  const drawn = history
    ? {
        ...scenario,
        conversations: { ...scenario.conversations, history },
        correlations: [...scenario.correlations, ...between],
      }
    : scenario
  const model = modelOf(compile(drawn, { measure: 'bill', pairs: 'none' }))
  const months = Array.from({ length: horizon }, (_, m) => m)
  const { graph, conversations: volumes, usage, offers, program } = model
  const { rate: stream } = program.segments[0]
  const resolved = stream === undefined ? undefined : usage.handled.resolved(0, stream)
  const place = program.offers.findIndex(({ name }) => name === 'contract')
  const nodes = new Map<ForecastQuantity, readonly number[]>([
    ['conversations', volumes.volume],
    ...(resolved ? [['resolutions', resolved] as const] : []),
    ...(contract && place >= 0
      ? [['bill', months.map((m) => graph.linear(contract.beyond, [[1, offers[place].billMonth(m)]]))] as const]
      : []),
  ])
  const plan = planTrials(trials, run.method)
  return columnsOf(recording(model, plan, `${seed} ${formatMonth(start)}`, [...nodes.values()].flat(), plan.trials), nodes, horizon)
}

function* columnsOf(
  all: Steps<Float64Array[]>,
  nodes: ReadonlyMap<ForecastQuantity, readonly number[]>,
  horizon: number,
): Steps<Forecast> {
  const columns = yield* all
  return new Map([...nodes.keys()].map((of, k) => [of, columns.slice(k * horizon, (k + 1) * horizon)]))
}

interface Fields {
  readonly conversations: object
  readonly resolution?: object | undefined
  readonly correlations: readonly object[]
  readonly history?: PlanHistory
  /** Correlations of the history's months, which the plan knows only beside it. */
  readonly between: readonly { readonly between: readonly [string, string]; readonly rho: number }[]
}

/** Small counts have plain fields, all other histories their futures. */
function volumesOf({ first, conversations, days, calendar, rate }: KnownCounts, horizon: number): Fields {
  const start = first + conversations.length
  if (conversations.includes(0)) {
    const { together: _, ...drivers } = fittedDrivers(fitHistory({ first, volumes: conversations, days }, start), rate)
    return { ...drivers, between: [] }
  }
  const working = workingIn(calendar, first, workingMonths(first, start, horizon))
  const past = { first, volumes: conversations.map((volume) => (volume > 0 ? volume : 0)), days, ...working }
  const futures = futuresOf(past, start, horizon)
  const beside = rate && rateBesideFutures(futures.innovations, rate)
  const isMonthly = ({ between }: { readonly between: readonly [string, string] }) => between[0] === 'conversations.noise'
  return {
    conversations: { ...fieldsBesideFutures(futures), monthly: [...futures.driver.means] },
    resolution: beside?.resolution,
    correlations: beside?.correlations.filter((pair) => !isMonthly(pair)) ?? [],
    history: { ...past, digest: futures.digest },
    between: beside?.correlations.filter(isMonthly) ?? [],
  }
}
