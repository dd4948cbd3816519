// billcast for browsers and Observable-style notebooks: the library on the page's own thread, or in a Web Worker that imports it.
// The figures are those of Node, to the last bit. Files that a scenario names are given as `files`.
import type { Table } from 'apache-arrow'
import { type Backtest, type BacktestOptions, backtest as backtestOf } from './questions/backtest/backtest.ts'
import { type CalibrateOptions, type Calibration, calibrate as calibrateOf } from './questions/backtest/calibration.ts'
import {
  type InformationOptions,
  type ValueOfInformation,
  valueOfInformation as valueOfInformationOf,
} from './questions/explain/information.ts'
import { type Pilot, type PilotOptions, pilot as pilotOf } from './questions/explain/pilot.ts'
import { type Sensitivity, type SensitivityOptions, sensitivity as sensitivityOf } from './questions/explain/sensitivity.ts'
import { type Stress, type StressOptions, stress as stressOf } from './questions/explain/stress.ts'
import type { HistoryRow } from './forecasting/history/rows.ts'
import { type BreakEven, type BreakEvenOptions, breakEven as breakEvenOf } from './questions/negotiate/break-even.ts'
import { type Bridge, bridge as bridgeOf } from './questions/explain/bridge.ts'
import { type FairPrice, type FairPriceOptions, fairPrice as fairPriceOf } from './questions/negotiate/fair-price.ts'
import { type OptimizeOptions, type Optimum, optimize as optimizeOf } from './questions/negotiate/optimize.ts'
import { type Reforecast, type ReforecastOptions, reforecast as reforecastOf } from './questions/replan/reforecast.ts'
import type { DecisionOptions } from './questions/study.ts'
import { sweep as sweepOf, type Vary } from './questions/negotiate/sweep.ts'
import { type Track, type TrackOptions, track as trackOf } from './questions/replan/track.ts'
import { inlineExecutor } from './run/executor.ts'
import { arrowTable } from './present/tables/arrow.ts'
import type { Invoice, InvoiceUsage } from './invoice/invoice.ts'
import { runInvoice } from './invoice/read.ts'
import { givenFiles } from './api/given.ts'
import { SimulationResult } from './api/result.ts'
import { runScenario, type SimulateOptions } from './api/run.ts'
import type { Scenario } from './scenario/schema.ts'

export { audit, checkInvoices } from './invoice/audit/index.ts'
export { Chart, charts } from './present/charts/index.ts'
export { ParameterError, ScenarioError, UsageError } from './errors.ts'
export { SimulationResult } from './api/result.ts'
export type { SimulateOptions } from './api/run.ts'
export type { Estimate, Summary } from './summary/summary.ts'
export type { Scenario, ScenarioInput } from './scenario/schema.ts'
export { scenarioJsonSchema } from './scenario/json-schema.ts'

/** Texts of the files that a scenario names, by name. */
interface Files {
  readonly files?: Readonly<Record<string, string>>
}

/**
 * Samples a scenario's futures and bills every offer on each; the event loop has a turn now and then, and `signal` stops it.
 * @throws ScenarioError with all that is wrong with the scenario, UsageError for the options
 */
export async function simulate(scenario: string | Scenario, options: SimulateOptions & Files = {}): Promise<SimulationResult> {
  const platform = { executor: () => inlineExecutor, reader: givenFiles(options.files) }
  return new SimulationResult(await runScenario(scenario, options, platform), arrowTable)
}

/** One offer billed line by line. @throws ScenarioError for the scenario, UsageError for the offer and the usage */
export const invoice = (
  scenario: string | Scenario,
  offer: string,
  usage: InvoiceUsage = {},
  options: Files = {},
): Promise<Invoice> => runInvoice(scenario, offer, usage, givenFiles(options.files))

/** The number in a field at which two offers cost the same. @throws ScenarioError, UsageError */
export const breakEven = (
  scenario: string | Scenario,
  path: string,
  offers: readonly [string, string],
  options: BreakEvenOptions & Files = {},
): Promise<BreakEven> => breakEvenOf(scenario, path, offers, givenFiles(options.files), options)

/** The price at which an offer is as good as a rival. @throws ScenarioError, UsageError */
export const fairPrice = (scenario: string | Scenario, path: string, options: FairPriceOptions & Files): Promise<FairPrice> =>
  fairPriceOf(scenario, path, options, givenFiles(options.files))

/** The numbers in one or two fields that make an offer cost least. @throws ScenarioError, UsageError */
export const optimize = (scenario: string | Scenario, options: OptimizeOptions & Files): Promise<Optimum> =>
  optimizeOf(scenario, options, givenFiles(options.files))

/** Every combination of some numbers in some fields, as an Arrow table. @throws ScenarioError, UsageError */
export const sweep = (scenario: string | Scenario, vary: Vary, options: DecisionOptions & Files = {}): Promise<Table> =>
  sweepOf(scenario, vary, givenFiles(options.files), options)

/** Which inputs differ between two plans, and how much of the change each explains. @throws ScenarioError, UsageError */
export const bridge = (from: string | Scenario, to: string | Scenario, options: DecisionOptions & Files = {}): Promise<Bridge> =>
  bridgeOf(from, to, givenFiles(options.files), options)

/** The rest of the horizon, given the months that are closed. @throws ScenarioError, UsageError */
export const reforecast = (scenario: string | Scenario, options: ReforecastOptions & Files = {}): Promise<Reforecast> =>
  reforecastOf(scenario, options, givenFiles(options.files))

/** What drives an offer's cost, or the difference of two. @throws ScenarioError, UsageError */
export const sensitivity = (scenario: string | Scenario, options: SensitivityOptions & Files): Promise<Sensitivity> =>
  sensitivityOf(scenario, options, givenFiles(options.files))

/** What it is worth to know everything, or some inputs, before signing. @throws ScenarioError, UsageError */
export const valueOfInformation = (
  scenario: string | Scenario,
  options: InformationOptions & Files = {},
): Promise<ValueOfInformation> => valueOfInformationOf(scenario, options, givenFiles(options.files))

/** What pilots of some sizes are worth. @throws ScenarioError, UsageError */
export const pilot = (scenario: string | Scenario, options: PilotOptions & Files): Promise<Pilot> =>
  pilotOf(scenario, options, givenFiles(options.files))

/** What the worst futures of an offer look like, and what named what-ifs cost. @throws ScenarioError, UsageError */
export const stress = (scenario: string | Scenario, options: StressOptions & Files): Promise<Stress> =>
  stressOf(scenario, options, givenFiles(options.files))

/** Fits drivers to a history of months or days, CSV text or rows. @throws UsageError */
export const calibrate = (history: string | Iterable<HistoryRow>, options: CalibrateOptions = {}): Promise<Calibration> =>
  calibrateOf(history, options)

/** Fits, simulates and compares at every past month of a history. @throws UsageError */
export const backtest = (history: string | Iterable<HistoryRow>, options: BacktestOptions = {}): Promise<Backtest> =>
  backtestOf(history, options)

/** The year so far against its plan. @throws ScenarioError, UsageError */
export const track = (plan: string | Scenario, options: TrackOptions & Files): Promise<Track> =>
  trackOf(plan, options, givenFiles(options.files))
