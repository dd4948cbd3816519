// billcast for Node and Deno: the library on worker threads.
import type { Table } from 'apache-arrow'
import {
  type InformationOptions,
  type ValueOfInformation,
  valueOfInformation as valueOfInformationOf,
} from './analysis/information.ts'
import { type Pilot, type PilotOptions, pilot as pilotOf } from './analysis/pilot.ts'
import { type Sensitivity, type SensitivityOptions, sensitivity as sensitivityOf } from './analysis/sensitivity.ts'
import { type Stress, type StressOptions, stress as stressOf } from './analysis/stress.ts'
import { type BreakEven, type BreakEvenOptions, breakEven as breakEvenOf } from './decisions/break-even.ts'
import { type Bridge, bridge as bridgeOf } from './decisions/bridge.ts'
import { type FairPrice, type FairPriceOptions, fairPrice as fairPriceOf } from './decisions/fair-price.ts'
import { type OptimizeOptions, type Optimum, optimize as optimizeOf } from './decisions/optimize.ts'
import { type Reforecast, type ReforecastOptions, reforecast as reforecastOf } from './decisions/reforecast.ts'
import type { DecisionOptions } from './decisions/study.ts'
import { sweep as sweepOf, type Vary } from './decisions/sweep.ts'
import type { Invoice, InvoiceUsage } from './invoice/invoice.ts'
import { runInvoice } from './invoice/read.ts'
import { SimulationResult } from './library/result.ts'
import { runScenario, type SimulateOptions } from './library/run.ts'
import { freeMemory } from './node/memory.ts'
import { folderReader } from './node/reader.ts'
import { threadExecutor } from './node/threads/pool.ts'
import type { Scenario } from './scenario/schema.ts'

export type { InformationOptions, ValueOfInformation } from './analysis/information.ts'
export type { Pilot, PilotOptions, PilotSize } from './analysis/pilot.ts'
export type { InputSensitivity, Sensitivity, SensitivityOptions } from './analysis/sensitivity.ts'
export type { Stress, StressOptions } from './analysis/stress.ts'
export { Chart, charts } from './charts/index.ts'
export type { Acceptability, AcceptabilityOffer, AcceptabilityPoint } from './decisions/acceptability.ts'
export type { BreakEven, BreakEvenOptions } from './decisions/break-even.ts'
export type { Bridge, BridgeStep } from './decisions/bridge.ts'
export type { Contingency, CurvePoint as BudgetPoint, Overrun } from './decisions/budget.ts'
export type { Dominance } from './decisions/dominance.ts'
export type { FairPrice, FairPriceOptions } from './decisions/fair-price.ts'
export type { CurvePoint, OptimizeOptions, Optimum } from './decisions/optimize.ts'
export type { Phased } from './decisions/phased.ts'
export type { Ranked, Ranking } from './decisions/ranking.ts'
export type { Reforecast, ReforecastOffer, ReforecastOptions } from './decisions/reforecast.ts'
export type { Payback, Savings } from './decisions/savings.ts'
export type { DecisionOptions } from './decisions/study.ts'
export type { Vary } from './decisions/sweep.ts'
export type { WinnerCell, WinnerMap } from './decisions/winners.ts'
export { ParameterError, ScenarioError, UsageError } from './errors.ts'
export type { Invoice, InvoiceLine, InvoiceUsage } from './invoice/invoice.ts'
export { notebookProgress } from './library/notebook.ts'
export type { Precision } from './library/precision.ts'
export { type ChartKind, SimulationResult } from './library/result.ts'
export type { SimulateOptions } from './library/run.ts'
export { type PngOptions, png } from './node/png.ts'
export type { Estimate, Summary } from './result/summary.ts'
export type { Scenario } from './scenario/schema.ts'
export { scenarioJsonSchema } from './scenario/schema.ts'

/**
 * Samples a scenario's futures and bills every offer on each.
 * @param scenario YAML or JSON text, or the same as an object; files that it names are read from `folder`
 * @throws ScenarioError with all that is wrong with the scenario, UsageError for the options
 */
export async function simulate(
  scenario: string | Scenario,
  options: SimulateOptions & { readonly folder?: string } = {},
): Promise<SimulationResult> {
  return new SimulationResult(
    await runScenario(scenario, options, {
      executor: threadExecutor,
      reader: folderReader(options.folder ?? '.'),
      free: freeMemory,
    }),
  )
}

/**
 * Bills one offer line by line, for the usage that the scenario expects (every driver at its mean or stated value) or another.
 * @throws ScenarioError for the scenario, UsageError for the offer and the usage
 */
export async function invoice(
  scenario: string | Scenario,
  offer: string,
  usage: InvoiceUsage = {},
  options: { readonly folder?: string } = {},
): Promise<Invoice> {
  return runInvoice(scenario, offer, usage, folderReader(options.folder ?? '.'))
}

/** Where files that a scenario names are read from. */
interface Folder {
  readonly folder?: string
}

/**
 * The number in a field at which two offers cost the same, on average or in half of the futures, in the units of the field.
 * @param path any number of the scenario by its name, such as `resolution.rate` or `offers.fin.charges[0].price`
 * @throws ScenarioError for the scenario, UsageError for the request, also where there is no such number
 */
export const breakEven = (
  scenario: string | Scenario,
  path: string,
  offers: readonly [string, string],
  options: BreakEvenOptions & Folder = {},
): Promise<BreakEven> => breakEvenOf(scenario, path, offers, folderReader(options.folder ?? '.'), options)

/**
 * The price at which an offer is as good as a rival: what to ask its vendor for.
 * @throws ScenarioError for the scenario, UsageError for the request, also where there is no such price
 */
export const fairPrice = (scenario: string | Scenario, path: string, options: FairPriceOptions & Folder): Promise<FairPrice> =>
  fairPriceOf(scenario, path, options, folderReader(options.folder ?? '.'))

/**
 * The numbers in one or two fields (a commitment, a limit, a tier) that make an offer's mean, percentile or shortfall least.
 * @throws ScenarioError for the scenario, UsageError for the request, also where nothing meets what is required
 */
export const optimize = (scenario: string | Scenario, options: OptimizeOptions & Folder): Promise<Optimum> =>
  optimizeOf(scenario, options, folderReader(options.folder ?? '.'))

/**
 * Every combination of some numbers in some fields, on the same futures: an Arrow table of one row a variant and offer.
 * @throws ScenarioError for the scenario, UsageError for the request
 */
export const sweep = (scenario: string | Scenario, vary: Vary, options: DecisionOptions & Folder = {}): Promise<Table> =>
  sweepOf(scenario, vary, folderReader(options.folder ?? '.'), options)

/**
 * Which inputs differ between two plans, and how much of the change in mean and P80 each explains.
 * @throws ScenarioError for the scenarios, UsageError where they have no offer in common
 */
export const bridge = (from: string | Scenario, to: string | Scenario, options: DecisionOptions & Folder = {}): Promise<Bridge> =>
  bridgeOf(from, to, folderReader(options.folder ?? '.'), options)

/**
 * The rest of the horizon, given the months that are closed (`actuals` in the scenario, or in the options).
 * @throws ScenarioError for the scenario and its actuals, UsageError where hardly a future of the plan agrees with them
 */
export const reforecast = (scenario: string | Scenario, options: ReforecastOptions & Folder = {}): Promise<Reforecast> =>
  reforecastOf(scenario, options, folderReader(options.folder ?? '.'))

/**
 * What drives an offer's cost, or the difference of two: shares of the variance, rank correlations, a tornado, chance and ignorance.
 * @throws ScenarioError for the scenario, UsageError for the request
 */
export const sensitivity = (scenario: string | Scenario, options: SensitivityOptions & Folder): Promise<Sensitivity> =>
  sensitivityOf(scenario, options, folderReader(options.folder ?? '.'))

/**
 * What it is worth to know everything (EVPI), or some inputs (EVPPI), before signing.
 * @throws ScenarioError for the scenario, UsageError for the request
 */
export const valueOfInformation = (
  scenario: string | Scenario,
  options: InformationOptions & Folder = {},
): Promise<ValueOfInformation> => valueOfInformationOf(scenario, options, folderReader(options.folder ?? '.'))

/**
 * What pilots of some sizes are worth, and which is worth most when it is paid.
 * @throws ScenarioError for the scenario, UsageError for the request
 */
export const pilot = (scenario: string | Scenario, options: PilotOptions & Folder): Promise<Pilot> =>
  pilotOf(scenario, options, folderReader(options.folder ?? '.'))

/**
 * What the worst futures of an offer look like, and what the scenario's named what-ifs cost.
 * @throws ScenarioError for the scenario, UsageError for the request
 */
export const stress = (scenario: string | Scenario, options: StressOptions & Folder): Promise<Stress> =>
  stressOf(scenario, options, folderReader(options.folder ?? '.'))
