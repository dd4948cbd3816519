// billcast for programs: Node, Deno, browsers, notebooks. What differs between them comes by `#platform` (package.json, "imports").
// Whatever a function needs is loaded when it is called: a program's first line is not to wait for it.
import * as platform from '#platform'
import type { Table } from 'apache-arrow'
import type { HistoryRow } from '../forecasting/history/rows.ts'
import type { OfferInput } from '../invoice/audit/contract.ts'
import type { GivenRow } from '../invoice/audit/given.ts'
import type { AuditResult } from '../invoice/audit/index.ts'
import type { AuditOptions } from '../invoice/audit/options.ts'
import type { TotalCheck } from '../invoice/audit/totals.ts'
import type { Invoice } from '../invoice/invoice.ts'
import { currentName, type WithOldNames, withNewNames, withOldNames } from '../old-names.ts'
import type { InvoiceUsage } from '../options/billing.ts'
import { checkOptions } from '../options/check.ts'
import type { BacktestOptions, CalibrateOptions } from '../options/history.ts'
import type {
  BreakEvenOptions,
  DecisionOptions,
  FairPriceOptions,
  InformationOptions,
  OptimizeOptions,
  PilotOptions,
  ReforecastOptions,
  SensitivityOptions,
  StressOptions,
  TrackOptions,
} from '../options/questions.ts'
import { type FilePlace, place } from '../options/shared.ts'
import type { SimulateOptions } from '../options/simulate.ts'
import type { Backtest } from '../questions/backtest/backtest.ts'
import type { Calibration } from '../questions/backtest/calibration.ts'
import type { Diff } from '../questions/explain/diff.ts'
import type { ValueOfInformation } from '../questions/explain/information.ts'
import type { Pilot } from '../questions/explain/pilot.ts'
import type { Sensitivity } from '../questions/explain/sensitivity.ts'
import type { Stress } from '../questions/explain/stress.ts'
import type { BreakEven } from '../questions/negotiate/break-even.ts'
import type { FairPrice } from '../questions/negotiate/fair-price.ts'
import type { Optimum } from '../questions/negotiate/optimize.ts'
import type { Vary } from '../questions/negotiate/sweep.ts'
import type { Reforecast } from '../questions/replan/reforecast.ts'
import type { Track } from '../questions/replan/track.ts'
import type { Reader } from '../scenario/resolve/resolve.ts'
import type { Scenario } from '../scenario/schema.ts'
import { SimulationResult } from './result.ts'

export { png, scenarioJsonSchema } from '#platform'
export { ParameterError, ScenarioError, UsageError } from '../errors.ts'
export type { HistoryRow } from '../forecasting/history/rows.ts'
export type { AuditResult } from '../invoice/audit/index.ts'
export type { AuditOptions } from '../invoice/audit/options.ts'
export type { Invoice, InvoiceLine } from '../invoice/invoice.ts'
export type { InvoiceUsage } from '../options/billing.ts'
export type { BacktestOptions, CalibrateOptions } from '../options/history.ts'
export type {
  BreakEvenOptions,
  DecisionOptions,
  FairPriceOptions,
  InformationOptions,
  OptimizeOptions,
  PilotOptions,
  ReforecastOptions,
  SensitivityOptions,
  StressOptions,
  TrackOptions,
  WinnersOptions,
} from '../options/questions.ts'
export type { PngOptions } from '../options/drawing.ts'
export type { Precision, SimulateOptions } from '../options/simulate.ts'
export { Chart, charts } from '../present/charts/index.ts'
export type { Backtest, Case, Coverage, Scores } from '../questions/backtest/backtest.ts'
export type { Calibration, FittedFigure as Figure } from '../questions/backtest/calibration.ts'
export type { Regret } from '../questions/budget/asked.ts'
export type { Contingency, Overrun } from '../questions/budget/budget.ts'
export type { CurvePoint as BudgetPoint } from '../questions/budget/curve.ts'
export type { Phased } from '../questions/budget/phased.ts'
export type { Acceptability, AcceptabilityOffer, AcceptabilityPoint } from '../questions/compare/acceptability.ts'
export type { Dominance } from '../questions/compare/dominance.ts'
export type { Ranked, Ranking } from '../questions/compare/ranking.ts'
export type { Payback, Savings } from '../questions/compare/savings.ts'
export type { WinnerCell, WinnerMap } from '../questions/compare/winners.ts'
export type { Diff, Diff as Bridge, DiffStep, DiffStep as BridgeStep } from '../questions/explain/diff.ts'
export type { ValueOfInformation } from '../questions/explain/information.ts'
export type { Pilot, PilotSize } from '../questions/explain/pilot.ts'
export type { InputSensitivity, Sensitivity } from '../questions/explain/sensitivity.ts'
export type { Stress } from '../questions/explain/stress.ts'
export type { BreakEven } from '../questions/negotiate/break-even.ts'
export type { FairPrice } from '../questions/negotiate/fair-price.ts'
export type { Optimum, TriedPoint as CurvePoint } from '../questions/negotiate/optimize.ts'
export type { Vary } from '../questions/negotiate/sweep.ts'
export type { Reforecast, ReforecastOffer } from '../questions/replan/reforecast.ts'
export type { Track, TrackedMonth, TrackedSum } from '../questions/replan/track.ts'
export type { Scenario, ScenarioInput } from '../scenario/schema.ts'
export type { Estimate, Summary } from '../summary/summary.ts'
export { notebookProgress } from './notebook.ts'
export { type ChartKind, SimulationResult } from './result.ts'

/** The options of a function without the files, and what reads those. */
function placed<O extends FilePlace>(options: O): { readonly own: Omit<O, keyof FilePlace>; readonly reader: Reader } {
  const object = typeof options === 'object' && options !== null
  checkOptions(object ? { folder: options.folder, files: options.files } : options, place)
  const { folder, files, ...own } = withNewNames(options)
  return { own, reader: platform.readerOf({ ...(folder !== undefined && { folder }), ...(files !== undefined && { files }) }) }
}

/**
 * Samples a scenario's futures and bills every offer on each.
 * @param scenario YAML or JSON text, or the same as an object; files that it names are read from `folder`, or stand in `files`
 * @throws ScenarioError with all that is wrong with the scenario, UsageError for the options
 */
export async function simulate(scenario: string | Scenario, options: SimulateOptions & FilePlace = {}): Promise<SimulationResult> {
  const { own, reader } = placed(options)
  const [{ runScenario }, { arrowTable }, surroundings] = await Promise.all([
    import('./run.ts'),
    import('../present/tables/arrow.ts'),
    platform.surroundings(),
  ])
  const finished = await platform.interruptible(own.signal, (signal) =>
    runScenario(scenario, { ...own, ...(signal && { signal }) }, { ...surroundings, reader }),
  )
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
  options: FilePlace = {},
): Promise<Invoice> {
  const { own, reader } = placed(options)
  checkOptions(own, place)
  return (await import('../invoice/invoice.ts')).runInvoice(scenario, offer, usage, reader)
}

/**
 * The number in a field at which two offers cost the same, on average or in half of the futures, in the units of the field.
 * @param path any number of the scenario by its name, such as `resolution.rate` or `offers.fin.charges[0].price`
 * @throws ScenarioError for the scenario, UsageError for the request, also where there is no such number
 */
export async function breakEven(
  scenario: string | Scenario,
  path: string,
  offers: readonly [string, string],
  options: BreakEvenOptions & FilePlace = {},
): Promise<BreakEven> {
  const { own, reader } = placed(options)
  return (await import('../questions/negotiate/break-even.ts')).breakEvenOf(scenario, path, offers, reader, own)
}

/**
 * The price at which an offer is as good as a rival: what to ask its vendor for.
 * @throws ScenarioError for the scenario, UsageError for the request, also where there is no such price
 */
export async function fairPrice(
  scenario: string | Scenario,
  path: string,
  options: FairPriceOptions & FilePlace,
): Promise<FairPrice> {
  const { own, reader } = placed(options)
  return (await import('../questions/negotiate/fair-price.ts')).fairPriceOf(scenario, path, own, reader)
}

/**
 * The numbers in one or two fields (a commitment, a limit, a tier) that make an offer's mean, percentile or shortfall least.
 * @throws ScenarioError for the scenario, UsageError for the request, also where nothing meets what is required
 */
export async function optimize(scenario: string | Scenario, options: WithOldNames<OptimizeOptions> & FilePlace): Promise<Optimum> {
  const { own, reader } = placed<OptimizeOptions & FilePlace>(options)
  return withOldNames(await (await import('../questions/negotiate/optimize.ts')).optimumOf(scenario, own, reader))
}

/**
 * Every combination of some numbers in some fields, on the same futures: an Arrow table of one row a variant and offer.
 * @throws ScenarioError for the scenario, UsageError for the request
 */
export async function sweep(scenario: string | Scenario, vary: Vary, options: DecisionOptions & FilePlace = {}): Promise<Table> {
  const { own, reader } = placed(options)
  return (await import('../questions/negotiate/sweep.ts')).sweepOf(scenario, vary, reader, own)
}

/**
 * Which inputs differ between two plans, and how much of the change in mean and P80 each explains.
 * @throws ScenarioError for the scenarios, UsageError where they have no offer in common
 */
export async function diff(
  from: string | Scenario,
  to: string | Scenario,
  options: DecisionOptions & FilePlace = {},
): Promise<Diff> {
  const { own, reader } = placed(options)
  return (await import('../questions/explain/diff.ts')).diffOf(from, to, reader, own)
}

/** @deprecated Use `diff`. */
export const bridge: typeof diff = (...given) => {
  currentName('bridge')
  return diff(...given)
}

/**
 * The rest of the horizon, given the months that are closed (`actuals` in the scenario, or in the options).
 * @throws ScenarioError for the scenario and its actuals, UsageError where hardly a future of the plan agrees with them
 */
export async function reforecast(scenario: string | Scenario, options: ReforecastOptions & FilePlace = {}): Promise<Reforecast> {
  const { own, reader } = placed(options)
  return (await import('../questions/replan/reforecast.ts')).reforecastOf(scenario, own, reader)
}

/**
 * What drives an offer's cost, or the difference of two: shares of the variance, rank correlations, a tornado, chance and ignorance.
 * @throws ScenarioError for the scenario, UsageError for the request
 */
export async function sensitivity(scenario: string | Scenario, options: SensitivityOptions & FilePlace): Promise<Sensitivity> {
  const { own, reader } = placed(options)
  return (await import('../questions/explain/sensitivity.ts')).sensitivityOf(scenario, own, reader)
}

/**
 * What it is worth to know everything (EVPI), or some inputs (EVPPI), before signing.
 * @throws ScenarioError for the scenario, UsageError for the request
 */
export async function valueOfInformation(
  scenario: string | Scenario,
  options: InformationOptions & FilePlace = {},
): Promise<ValueOfInformation> {
  const { own, reader } = placed(options)
  return (await import('../questions/explain/information.ts')).informationOf(scenario, own, reader)
}

/**
 * What pilots of some sizes are worth, and which is worth most when it is paid.
 * @throws ScenarioError for the scenario, UsageError for the request
 */
export async function pilot(scenario: string | Scenario, options: PilotOptions & FilePlace): Promise<Pilot> {
  const { own, reader } = placed(options)
  return (await import('../questions/explain/pilot.ts')).pilotOf(scenario, own, reader)
}

/**
 * What the worst futures of an offer look like, and what the scenario's named what-ifs cost.
 * @throws ScenarioError for the scenario, UsageError for the request
 */
export async function stress(scenario: string | Scenario, options: StressOptions & FilePlace): Promise<Stress> {
  const { own, reader } = placed(options)
  return (await import('../questions/explain/stress.ts')).stressOf(scenario, own, reader)
}

/**
 * Fits drivers to a history of months or days: level, growth, seasons, noise, rate, prices, each with its error.
 * @param history CSV text, or rows such as `{ month: '2024-01', conversations: 41200 }`
 * @throws UsageError for rows and options
 */
export const calibrate = async (history: string | Iterable<HistoryRow>, options: CalibrateOptions = {}): Promise<Calibration> =>
  (await import('../questions/backtest/calibration.ts')).calibrationOf(history, options)

/**
 * Fits, simulates and compares at every past month of a history: whether intervals covered what came.
 * @param history CSV text, or rows such as `{ month: '2024-01', conversations: 41200 }`
 * @throws UsageError for rows and options
 */
export const backtest = async (history: string | Iterable<HistoryRow>, options: BacktestOptions = {}): Promise<Backtest> =>
  (await import('../questions/backtest/backtest.ts')).backtestOf(history, options)

/**
 * The year so far against its plan: where the closed months fall in the planned futures, whether to plan again, and the rest.
 * @param plan the scenario as it was planned
 * @throws ScenarioError for the plan and the closed months, UsageError for the options
 */
export async function track(plan: string | Scenario, options: TrackOptions & FilePlace): Promise<Track> {
  const { own, reader } = placed(options)
  return (await import('../questions/replan/track.ts')).trackOf(plan, own, reader)
}

/**
 * What counts as a resolution by each definition, what each bills under one contract, and what was billed beyond it.
 * @param conversations CSV text or rows: `id, started, involved, escalated, confirmed, last_customer, last_agent, reopened`
 * @param offer an offer of the catalog by its name, or as a scenario writes it
 * @throws UsageError for rows and options, ScenarioError for the offer
 */
export const audit = async (
  conversations: string | readonly GivenRow[],
  offer: OfferInput,
  options: AuditOptions = {},
): Promise<AuditResult> => (await import('../invoice/audit/index.ts')).auditRows(conversations, offer, options)

/**
 * Monthly totals of invoices against the contract: what they should have been, and which rule explains a difference.
 * @param invoices CSV text or rows: `month, meter, quantity, amount`
 * @throws UsageError for the rows, ScenarioError for the offer
 */
export const checkInvoices = async (invoices: string | readonly GivenRow[], offer: OfferInput): Promise<TotalCheck[]> =>
  (await import('../invoice/audit/index.ts')).checkedInvoices(invoices, offer)
