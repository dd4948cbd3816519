// billcast for Node and Deno: the library on worker threads.
import type { Table } from 'apache-arrow'
import type { Backtest, BacktestOptions } from './questions/backtest/backtest.ts'
import type { CalibrateOptions, Calibration } from './questions/backtest/calibration.ts'
import type { InformationOptions, ValueOfInformation } from './questions/explain/information.ts'
import type { Pilot, PilotOptions } from './questions/explain/pilot.ts'
import type { Sensitivity, SensitivityOptions } from './questions/explain/sensitivity.ts'
import type { Stress, StressOptions } from './questions/explain/stress.ts'
import type { OfferInput } from './invoice/audit/contract.ts'
import type { GivenRow } from './invoice/audit/given.ts'
import type { AuditOptions, AuditResult } from './invoice/audit/index.ts'
import type { TotalCheck } from './invoice/audit/totals.ts'
import type { HistoryRow } from './forecasting/history/rows.ts'
import type { BreakEven, BreakEvenOptions } from './questions/negotiate/break-even.ts'
import type { Bridge } from './questions/explain/bridge.ts'
import type { FairPrice, FairPriceOptions } from './questions/negotiate/fair-price.ts'
import type { OptimizeOptions, Optimum } from './questions/negotiate/optimize.ts'
import type { Reforecast, ReforecastOptions } from './questions/replan/reforecast.ts'
import type { DecisionOptions } from './questions/study.ts'
import type { Vary } from './questions/negotiate/sweep.ts'
import type { Track, TrackOptions } from './questions/replan/track.ts'
import type { Invoice, InvoiceUsage } from './invoice/invoice.ts'
import { SimulationResult } from './api/result.ts'
import type { SimulateOptions } from './api/run.ts'
import { folderReader } from './platform/node/reader.ts'
import type { Scenario } from './scenario/schema.ts'

export type { Backtest, BacktestOptions, Case, Coverage, Scores } from './questions/backtest/backtest.ts'
export type { CalibrateOptions, Calibration, Figure } from './questions/backtest/calibration.ts'
export type { InformationOptions, ValueOfInformation } from './questions/explain/information.ts'
export type { Pilot, PilotOptions, PilotSize } from './questions/explain/pilot.ts'
export type { InputSensitivity, Sensitivity, SensitivityOptions } from './questions/explain/sensitivity.ts'
export type { Stress, StressOptions } from './questions/explain/stress.ts'
export type { AuditOptions, AuditResult } from './invoice/audit/index.ts'
export type { HistoryRow } from './forecasting/history/rows.ts'
export { Chart, charts } from './present/charts/index.ts'
export type { Acceptability, AcceptabilityOffer, AcceptabilityPoint } from './questions/compare/acceptability.ts'
export type { BreakEven, BreakEvenOptions } from './questions/negotiate/break-even.ts'
export type { Bridge, BridgeStep } from './questions/explain/bridge.ts'
export type { Contingency, Overrun } from './questions/budget/budget.ts'
export type { Regret } from './questions/budget/asked.ts'
export type { CurvePoint as BudgetPoint } from './questions/budget/curve.ts'
export type { Dominance } from './questions/compare/dominance.ts'
export type { FairPrice, FairPriceOptions } from './questions/negotiate/fair-price.ts'
export type { OptimizeOptions, Optimum, TriedPoint as CurvePoint } from './questions/negotiate/optimize.ts'
export type { Phased } from './questions/budget/phased.ts'
export type { Ranked, Ranking } from './questions/compare/ranking.ts'
export type { Reforecast, ReforecastOffer, ReforecastOptions } from './questions/replan/reforecast.ts'
export type { Payback, Savings } from './questions/compare/savings.ts'
export type { DecisionOptions } from './questions/study.ts'
export type { Vary } from './questions/negotiate/sweep.ts'
export type { Track, TrackedMonth, TrackedSum, TrackOptions } from './questions/replan/track.ts'
export type { WinnerCell, WinnerMap } from './questions/compare/winners.ts'
export { ParameterError, ScenarioError, UsageError } from './errors.ts'
export type { Invoice, InvoiceLine, InvoiceUsage } from './invoice/invoice.ts'
export { notebookProgress } from './api/notebook.ts'
export type { Precision } from './api/precision.ts'
export { type ChartKind, SimulationResult } from './api/result.ts'
export type { SimulateOptions } from './api/run.ts'
export { shippedJsonSchema as scenarioJsonSchema } from './platform/node/json-schema.ts'
export { type PngOptions, png } from './platform/node/png.ts'
export type { Estimate, Summary } from './summary/summary.ts'
export type { Scenario, ScenarioInput } from './scenario/schema.ts'

/**
 * Samples a scenario's futures and bills every offer on each.
 * @param scenario YAML or JSON text, or the same as an object; files that it names are read from `folder`
 * @throws ScenarioError with all that is wrong with the scenario, UsageError for the options
 */
export async function simulate(
  scenario: string | Scenario,
  options: SimulateOptions & { readonly folder?: string } = {},
): Promise<SimulationResult> {
  // Loaded when they are needed: a program's first line is not to wait for them.
  const [{ runScenario }, { threadExecutor }, { freeMemory }, { interruptibleCell }] = await Promise.all([
    import('./api/run.ts'),
    import('./platform/node/threads/pool.ts'),
    import('./platform/node/memory.ts'),
    import('./platform/node/interrupt.ts'),
  ])
  const [finished, { arrowTable }] = await Promise.all([
    interruptibleCell(options.signal, (signal) =>
      runScenario(
        scenario,
        { ...options, ...(signal && { signal }) },
        { executor: threadExecutor, reader: folderReader(options.folder ?? '.'), free: freeMemory },
      ),
    ),
    import('./present/tables/arrow.ts'),
  ])
  return new SimulationResult(finished, arrowTable)
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
  const { runInvoice } = await import('./invoice/read.ts')
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
export const breakEven = async (
  scenario: string | Scenario,
  path: string,
  offers: readonly [string, string],
  options: BreakEvenOptions & Folder = {},
): Promise<BreakEven> =>
  (await import('./questions/negotiate/break-even.ts')).breakEven(
    scenario,
    path,
    offers,
    folderReader(options.folder ?? '.'),
    options,
  )

/**
 * The price at which an offer is as good as a rival: what to ask its vendor for.
 * @throws ScenarioError for the scenario, UsageError for the request, also where there is no such price
 */
export const fairPrice = async (
  scenario: string | Scenario,
  path: string,
  options: FairPriceOptions & Folder,
): Promise<FairPrice> =>
  (await import('./questions/negotiate/fair-price.ts')).fairPrice(scenario, path, options, folderReader(options.folder ?? '.'))

/**
 * The numbers in one or two fields (a commitment, a limit, a tier) that make an offer's mean, percentile or shortfall least.
 * @throws ScenarioError for the scenario, UsageError for the request, also where nothing meets what is required
 */
export const optimize = async (scenario: string | Scenario, options: OptimizeOptions & Folder): Promise<Optimum> =>
  (await import('./questions/negotiate/optimize.ts')).optimize(scenario, options, folderReader(options.folder ?? '.'))

/**
 * Every combination of some numbers in some fields, on the same futures: an Arrow table of one row a variant and offer.
 * @throws ScenarioError for the scenario, UsageError for the request
 */
export const sweep = async (scenario: string | Scenario, vary: Vary, options: DecisionOptions & Folder = {}): Promise<Table> =>
  (await import('./questions/negotiate/sweep.ts')).sweep(scenario, vary, folderReader(options.folder ?? '.'), options)

/**
 * Which inputs differ between two plans, and how much of the change in mean and P80 each explains.
 * @throws ScenarioError for the scenarios, UsageError where they have no offer in common
 */
export const bridge = async (
  from: string | Scenario,
  to: string | Scenario,
  options: DecisionOptions & Folder = {},
): Promise<Bridge> => (await import('./questions/explain/bridge.ts')).bridge(from, to, folderReader(options.folder ?? '.'), options)

/**
 * The rest of the horizon, given the months that are closed (`actuals` in the scenario, or in the options).
 * @throws ScenarioError for the scenario and its actuals, UsageError where hardly a future of the plan agrees with them
 */
export const reforecast = async (scenario: string | Scenario, options: ReforecastOptions & Folder = {}): Promise<Reforecast> =>
  (await import('./questions/replan/reforecast.ts')).reforecast(scenario, options, folderReader(options.folder ?? '.'))

/**
 * What drives an offer's cost, or the difference of two: shares of the variance, rank correlations, a tornado, chance and ignorance.
 * @throws ScenarioError for the scenario, UsageError for the request
 */
export const sensitivity = async (scenario: string | Scenario, options: SensitivityOptions & Folder): Promise<Sensitivity> =>
  (await import('./questions/explain/sensitivity.ts')).sensitivity(scenario, options, folderReader(options.folder ?? '.'))

/**
 * What it is worth to know everything (EVPI), or some inputs (EVPPI), before signing.
 * @throws ScenarioError for the scenario, UsageError for the request
 */
export const valueOfInformation = async (
  scenario: string | Scenario,
  options: InformationOptions & Folder = {},
): Promise<ValueOfInformation> =>
  (await import('./questions/explain/information.ts')).valueOfInformation(scenario, options, folderReader(options.folder ?? '.'))

/**
 * What pilots of some sizes are worth, and which is worth most when it is paid.
 * @throws ScenarioError for the scenario, UsageError for the request
 */
export const pilot = async (scenario: string | Scenario, options: PilotOptions & Folder): Promise<Pilot> =>
  (await import('./questions/explain/pilot.ts')).pilot(scenario, options, folderReader(options.folder ?? '.'))

/**
 * What the worst futures of an offer look like, and what the scenario's named what-ifs cost.
 * @throws ScenarioError for the scenario, UsageError for the request
 */
export const stress = async (scenario: string | Scenario, options: StressOptions & Folder): Promise<Stress> =>
  (await import('./questions/explain/stress.ts')).stress(scenario, options, folderReader(options.folder ?? '.'))

/**
 * Fits drivers to a history of months or days: level, growth, seasons, noise, rate, prices, each with its error.
 * @param history CSV text, or rows such as `{ month: '2024-01', conversations: 41200 }`
 * @throws UsageError for rows and options
 */
export const calibrate = async (history: string | Iterable<HistoryRow>, options: CalibrateOptions = {}): Promise<Calibration> =>
  (await import('./questions/backtest/calibration.ts')).calibrate(history, options)

/**
 * Fits, simulates and compares at every past month of a history: whether intervals covered what came.
 * @param history CSV text, or rows such as `{ month: '2024-01', conversations: 41200 }`
 * @throws UsageError for rows and options
 */
export const backtest = async (history: string | Iterable<HistoryRow>, options: BacktestOptions = {}): Promise<Backtest> =>
  (await import('./questions/backtest/backtest.ts')).backtest(history, options)

/**
 * The year so far against its plan: where the closed months fall in the planned futures, whether to plan again, and the rest.
 * @param plan the scenario as it was planned
 * @throws ScenarioError for the plan and the closed months, UsageError for the options
 */
export const track = async (plan: string | Scenario, options: TrackOptions & Folder): Promise<Track> =>
  (await import('./questions/replan/track.ts')).track(plan, options, folderReader(options.folder ?? '.'))

/**
 * What counts as a resolution by each definition, what each bills under one contract, and what was billed beyond it.
 * @param conversations CSV text or rows: `id, started, involved, escalated, confirmed, last_customer, last_agent, reopened`
 * @param offer an offer of the catalogue by its name, or as a scenario writes it
 * @throws UsageError for rows and options, ScenarioError for the offer
 */
export const audit = async (
  conversations: string | readonly GivenRow[],
  offer: OfferInput,
  options: AuditOptions = {},
): Promise<AuditResult> => (await import('./invoice/audit/index.ts')).audit(conversations, offer, options)

/**
 * Monthly totals of invoices against the contract: what they should have been, and which rule explains a difference.
 * @param invoices CSV text or rows: `month, meter, quantity, amount`
 * @throws UsageError for the rows, ScenarioError for the offer
 */
export const checkInvoices = async (invoices: string | readonly GivenRow[], offer: OfferInput): Promise<TotalCheck[]> =>
  (await import('./invoice/audit/index.ts')).checkInvoices(invoices, offer)
