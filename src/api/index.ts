// The library, for Node, Deno, browsers and notebooks. Their differences come by `#platform` (package.json, "imports").
// Each function loads its code when it is called, so that a program starts fast.
import * as platform from '#platform'
import type { Table } from 'apache-arrow'
import type { GivenRow } from '../invoice/audit/given.ts'
import type { TotalCheck } from '../invoice/check/check.ts'
import type { OfferInput } from '../invoice/contract.ts'
import { currentName, type WithOldNames, withNewNames, withOldNames } from '../old-names.ts'
import { checkOptions } from '../options/check.ts'
import { type FilePlace, place } from '../options/shared.ts'
import type { Reader } from '../scenario/resolve/resolve.ts'
import { SimulationResult } from './result.ts'
import type * as T from './types.ts'

export { png, scenarioJsonSchema } from '#platform'
export { ParameterError, ScenarioError, UsageError } from '../errors.ts'
export { Chart, charts } from '../present/charts/index.ts'
export { notebookProgress } from './notebook.ts'
export { type ChartKind, SimulationResult } from './result.ts'
export type * from './types.ts'

/** Splits the options of a function into its own options and a reader of the plan's files. */
function placed<O extends FilePlace>(options: O): { readonly own: Omit<O, keyof FilePlace>; readonly reader: Reader } {
  const object = typeof options === 'object' && options !== null
  checkOptions(object ? { folder: options.folder, files: options.files } : options, place)
  const { folder, files, ...own } = withNewNames(options)
  return { own, reader: platform.readerOf({ ...(folder !== undefined && { folder }), ...(files !== undefined && { files }) }) }
}

/** Answers a question, and rejects if its options are wrong. */
async function ask<O extends FilePlace, R>(
  options: O,
  question: (own: Omit<O, keyof FilePlace>, reader: Reader) => Promise<R>,
): Promise<R> {
  const { own, reader } = placed(options)
  return question(own, reader)
}

/**
 * Simulates a plan and bills every offer on the same trials.
 * @param scenario YAML or JSON text, or the same content as an object. Its files come from `folder` or `files`.
 * @throws ScenarioError with all problems of the plan, UsageError for the options
 */
export async function simulate(
  scenario: string | T.Scenario,
  options: T.SimulateOptions & FilePlace = {},
): Promise<SimulationResult> {
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
 * Bills one offer line by line.
 * @param usage the usage to bill, by default every driver at its mean
 * @throws ScenarioError for the plan, UsageError for the offer and the usage
 */
export const invoice = (
  scenario: string | T.Scenario,
  offer: string,
  usage: T.InvoiceUsage = {},
  options: FilePlace = {},
): Promise<T.Invoice> =>
  ask(options, async (own, reader) => {
    checkOptions(own, place)
    return (await import('../invoice/invoice.ts')).runInvoice(scenario, offer, usage, reader)
  })

/**
 * Finds the value of a field at which two offers cost the same, on average or in half of the trials. The unit is that of the field.
 * @param path the name of any number in the plan, such as `resolution.rate` or `offers.fin.charges[0].price`
 * @throws ScenarioError for the plan, UsageError for the request, also if there is no such value
 */
export const breakEven = (
  scenario: string | T.Scenario,
  path: string,
  offers: readonly [string, string],
  options: T.BreakEvenOptions & FilePlace = {},
): Promise<T.BreakEven> =>
  ask(options, async (own, reader) =>
    (await import('../questions/negotiate/break-even.ts')).breakEvenOf(scenario, path, offers, reader, own),
  )

/**
 * Finds the price at which an offer is as good as its rival: the price to ask its vendor for. Money per unit of the charge.
 * @param path the name of the price, such as `offers.fin.charges[0].price`
 * @throws ScenarioError for the plan, UsageError for the request, also if there is no such price
 */
export const fairPrice = (
  scenario: string | T.Scenario,
  path: string,
  options: T.FairPriceOptions & FilePlace,
): Promise<T.FairPrice> =>
  ask(options, async (own, reader) =>
    (await import('../questions/negotiate/fair-price.ts')).fairPriceOf(scenario, path, own, reader),
  )

/**
 * Finds the values of one or two fields (a commitment, a limit, a tier) with the lowest mean cost, percentile or expected shortfall.
 * @throws ScenarioError for the plan, UsageError for the request, also if nothing meets the conditions
 */
export const optimize = (scenario: string | T.Scenario, options: WithOldNames<T.OptimizeOptions> & FilePlace): Promise<T.Optimum> =>
  ask<T.OptimizeOptions & FilePlace, T.Optimum>(options, async (own, reader) =>
    withOldNames(await (await import('../questions/negotiate/optimize.ts')).optimumOf(scenario, own, reader)),
  )

/**
 * Computes every combination of some values of some fields on the same trials.
 * @returns an Arrow table with one row per combination and offer
 * @throws ScenarioError for the plan, UsageError for the request
 */
export const sweep = (scenario: string | T.Scenario, vary: T.Vary, options: T.DecisionOptions & FilePlace = {}): Promise<Table> =>
  ask(options, async (own, reader) => (await import('../questions/negotiate/sweep.ts')).sweepOf(scenario, vary, reader, own))

/**
 * Lists the inputs that differ between two plans, and the change in mean and P80 that each explains.
 * @throws ScenarioError for the plans, UsageError if they have no offer in common
 */
export const diff = (
  from: string | T.Scenario,
  to: string | T.Scenario,
  options: T.DecisionOptions & FilePlace = {},
): Promise<T.Diff> =>
  ask(options, async (own, reader) => (await import('../questions/explain/diff.ts')).diffOf(from, to, reader, own))

/** @deprecated Use `diff`. */
export const bridge: typeof diff = (...given) => {
  currentName('bridge')
  return diff(...given)
}

/**
 * Forecasts the rest of the year from the closed months, which are the `actuals` of the plan or of the options.
 * @throws ScenarioError for the plan and its actuals, UsageError if hardly any trial of the plan agrees with them
 */
export const reforecast = (scenario: string | T.Scenario, options: T.ReforecastOptions & FilePlace = {}): Promise<T.Reforecast> =>
  ask(options, async (own, reader) => (await import('../questions/replan/reforecast.ts')).reforecastOf(scenario, own, reader))

/**
 * Shows which inputs drive an offer's cost, or the difference between two offers: shares of the variance, rank correlations, a tornado.
 * @throws ScenarioError for the plan, UsageError for the request
 */
export const sensitivity = (scenario: string | T.Scenario, options: T.SensitivityOptions & FilePlace): Promise<T.Sensitivity> =>
  ask(options, async (own, reader) => (await import('../questions/explain/sensitivity.ts')).sensitivityOf(scenario, own, reader))

/**
 * Computes how much you save on average if you know everything (EVPI) or some inputs (EVPPI) before you sign. Money.
 * @throws ScenarioError for the plan, UsageError for the request
 */
export const valueOfInformation = (
  scenario: string | T.Scenario,
  options: T.InformationOptions & FilePlace = {},
): Promise<T.ValueOfInformation> =>
  ask(options, async (own, reader) => (await import('../questions/explain/information.ts')).informationOf(scenario, own, reader))

/**
 * Computes the value of pilots of several sizes, and the size with the highest value after its cost.
 * @throws ScenarioError for the plan, UsageError for the request
 */
export const pilot = (scenario: string | T.Scenario, options: T.PilotOptions & FilePlace): Promise<T.Pilot> =>
  ask(options, async (own, reader) => (await import('../questions/explain/pilot.ts')).pilotOf(scenario, own, reader))

/**
 * Describes the worst trials of an offer, and bills the plan's named what-ifs.
 * @throws ScenarioError for the plan, UsageError for the request
 */
export const stress = (scenario: string | T.Scenario, options: T.StressOptions & FilePlace): Promise<T.Stress> =>
  ask(options, async (own, reader) => (await import('../questions/explain/stress.ts')).stressOf(scenario, own, reader))

/**
 * Fits drivers to a history of months or days: level, growth, seasons, noise, resolution rate and prices, each with its error.
 * @param history CSV text, or rows such as `{ month: '2024-01', conversations: 41200 }`
 * @throws UsageError for rows and options
 */
export const calibrate = async (
  history: string | Iterable<T.HistoryRow>,
  options: T.CalibrateOptions = {},
): Promise<T.Calibration> => (await import('../questions/backtest/calibration.ts')).calibrationOf(history, options)

/**
 * Forecasts past months of a history from the months before them, and compares the forecasts with the actual values.
 * @param history CSV text, or rows such as `{ month: '2024-01', conversations: 41200 }`
 * @throws UsageError for rows and options
 */
export const backtest = async (history: string | Iterable<T.HistoryRow>, options: T.BacktestOptions = {}): Promise<T.Backtest> =>
  (await import('../questions/backtest/backtest.ts')).backtestOf(history, options)

/**
 * Compares the closed months with their plan, says whether to plan again, and forecasts the rest of the year.
 * @param plan the scenario as it was planned
 * @throws ScenarioError for the plan and the closed months, UsageError for the options
 */
export const track = (plan: string | T.Scenario, options: T.TrackOptions & FilePlace): Promise<T.Track> =>
  ask(options, async (own, reader) => (await import('../questions/replan/track.ts')).trackOf(plan, own, reader))

/**
 * Counts resolutions by each definition, bills each count under one contract, and finds conversations that were billed wrongly.
 * @param conversations CSV text or rows: `id, started, involved, escalated, confirmed, last_customer, last_agent, reopened`
 * @param offer an offer of a plan, as `{ scenario, offer }`, the name of an offer in the catalog, or an offer as a plan writes it
 * @throws UsageError for rows and options, ScenarioError for the contract
 */
export const audit = (
  conversations: string | readonly GivenRow[],
  offer: OfferInput,
  options: T.AuditOptions & FilePlace = {},
): Promise<T.AuditResult> =>
  ask<T.AuditOptions & FilePlace, T.AuditResult>(options, async (own, reader) =>
    (await import('../invoice/audit/index.ts')).auditRows(conversations, offer, own, reader),
  )

/**
 * Compares invoices with their contract, part by part, and names the rule that explains a difference.
 * @param invoices CSV text or rows: `month, meter, quantity, amount`, or the columns of FOCUS
 * @param offer an offer of a plan, as `{ scenario, offer }`, the name of an offer in the catalog, or an offer as a plan writes it
 * @throws UsageError for the rows, ScenarioError for the contract
 */
export const checkInvoices = (
  invoices: string | readonly GivenRow[],
  offer: OfferInput,
  options: T.CheckOptions = {},
): Promise<readonly TotalCheck[]> =>
  ask<T.CheckOptions, readonly TotalCheck[]>(options, async (own, reader) =>
    (await import('../invoice/audit/index.ts')).checkedInvoices(invoices, offer, reader, own),
  )
