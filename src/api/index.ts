// The library, for Node, Deno, browsers and notebooks. Their differences come by `#platform` (package.json, "imports").
// Each function loads its code when it is called, so that a program starts fast.
import type { Place } from '#platform'
import * as platform from '#platform'
import type { Table } from 'apache-arrow'
import type { GivenRow } from '../invoice/audit/given.ts'
import type { TotalCheck } from '../invoice/check/check.ts'
import type { OfferInput } from '../invoice/contract.ts'
import { copied } from '../notation/copied.ts'
import { namedFile } from '../notation/file-name.ts'
import { currentName, type WithOldNames, withNewNames, withOldNames } from '../old-names.ts'
import { shown, UsageError } from '../errors.ts'
import { checkOptions } from '../options/check.ts'
import { callbacksOf } from '../options/option.ts'
import { type FilePlace, place } from '../options/shared.ts'
import { simulating } from '../options/simulate.ts'
import { guarded } from '../callbacks.ts'
import type { Watching } from '../pace.ts'
import type { About, AnswerTo, Options, QuestionName } from '../questions/list.ts'
import type { Reader } from '../scenario/resolve/resolve.ts'
import { comparedOffers } from './compare.ts'
import { noteAnswer } from './noted.ts'
import { SimulationResult } from './result.ts'
import type * as T from './types.ts'

export { png, scenarioJsonSchema } from '#platform'
export { ParameterError, ScenarioError, UsageError } from '../errors.ts'
export { Chart, charts } from '../present/charts/index.ts'
export {
  randomValue as distribution,
  type DistributionName,
  RandomValue,
  randomValues as distributions,
} from '../notation/random-value.ts'
export { defineCharge } from './define-charge.ts'
export { elementOf as element, type PageElement } from '../present/charts/element.ts'
export { notebookProgress } from './notebook.ts'
export { SimulationResult } from './result.ts'
export type { ChartKind } from '../present/charts/kinds.ts'
export type * from './types.ts'
export type { Place } from '#platform'

/** Splits the options of a function into its own options and the place of the plan's files. */
function placed<O extends FilePlace>(options: O): { readonly own: Omit<O, keyof FilePlace>; readonly at: FilePlace } {
  // A call without its options gets the message of the option that it lacks.
  const stated = options === undefined ? ({} as O) : options
  const object = typeof stated === 'object' && stated !== null
  checkOptions(object ? { folder: stated.folder, files: stated.files } : stated, place)
  const { folder, files, ...own } = withNewNames(copied(stated))
  return { own, at: { ...(folder !== undefined && { folder }), ...(files !== undefined && { files }) } }
}

/** Calls a function that reads files, and rejects if the options are wrong. */
async function reading<O extends FilePlace, R>(
  options: O,
  call: (own: Omit<O, keyof FilePlace>, reader: Reader) => Promise<R>,
): Promise<R> {
  const { own, at } = placed(options)
  return call(own, platform.readerOf(at))
}

/**
 * The same, unless it is the name of a file.
 * @throws UsageError for a name
 */
function texted<T>(given: T, what: string): T {
  const problem = namedFile(given, 'a CSV file')
  if (problem !== undefined) throw new UsageError(`${what}: ${problem}`)
  return given
}

/** Answers a question, and rejects if its options are wrong. */
async function ask<N extends QuestionName>(name: N, about: About<N>, options: Options<N> & FilePlace): Promise<AnswerTo<N>> {
  const { own, at } = placed(options)
  return answer(name, about, own as Options<N>, at)
}

async function answer<N extends QuestionName>(name: N, about: About<N>, options: Options<N>, at: FilePlace): Promise<AnswerTo<N>> {
  // Before the first wait: a program may change its plan while the answer is computed.
  const asked = copied(about)
  const { QUESTIONS } = await import('../questions/list.ts')
  checkOptions(options, QUESTIONS[name].options)
  const given: Watching = options
  const found = await guarded(given, callbacksOf(QUESTIONS[name].options), (own) =>
    platform.answered({ name, about: asked, options: own }, at),
  )
  return noteAnswer(name, found as AnswerTo<N> & object)
}

/**
 * Simulates a plan and bills every offer on the same trials.
 * @param scenario YAML or JSON text, or the same content as an object. Its files come from `folder` or `files`.
 * @throws ScenarioError with all problems of the plan, UsageError for the options
 */
export async function simulate(scenario: string | T.Scenario, options: T.SimulateOptions & Place = {}): Promise<SimulationResult> {
  const [plan, { own, at }] = [copied(scenario), placed(options)]
  checkOptions(own, simulating)
  const started = performance.now()
  const [{ arrowTable }, finished] = await Promise.all([
    import('../present/tables/arrow.ts'),
    guarded(own, callbacksOf(simulating), (safe) =>
      platform.interruptible(safe.signal, (signal) => platform.ran(plan, { ...safe, ...(signal && { signal }) }, at)),
    ),
  ])
  return SimulationResult.of(finished, {
    table: arrowTable,
    home: platform.home,
    seconds: (performance.now() - started) / 1_000,
  })
}

/**
 * Reads a plan without running it: its assumptions, notes, and the cost of each offer with every driver at its mean.
 * @throws ScenarioError with all problems of the plan
 */
export const check = (scenario: string | T.Scenario, options: Place = {}): Promise<T.PlanCheck> =>
  reading(options, async (own, reader) => {
    checkOptions(own, place)
    const plan = copied(scenario)
    return noteAnswer('check', await (await import('./check.ts')).checkedPlan(plan, reader))
  })

/**
 * Lists the catalog: offers with the sources of their figures, and vendors that sell by quote.
 * @param words the name of an offer, or words of its vendor, name or title; by default everything
 * @throws UsageError for anything but text
 */
export const offers = async (words?: string): Promise<T.CatalogList> => {
  if (words !== undefined && typeof words !== 'string')
    throw new UsageError(`offers: expected a name such as 'fin' or words of a vendor or title, got ${shown(words)}`)
  return noteAnswer('offers', copied((await import('../contract/catalog/list.ts')).catalogList(words)))
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
  options: Place = {},
): Promise<T.Invoice> =>
  reading(options, async (own, reader) => {
    checkOptions(own, place)
    const [plan, used] = [copied(scenario), copied(usage)]
    return noteAnswer('invoice', await (await import('../invoice/invoice.ts')).runInvoice(plan, offer, used, reader))
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
  options: T.BreakEvenOptions & Place = {},
): Promise<T.BreakEven> => ask('breakEven', [scenario, path, offers], options)

/**
 * Finds the price at which an offer is as good as its rival: the price to ask its vendor for. Money per unit of the charge.
 * @param path the name of the price, such as `offers.fin.charges[0].price`
 * @throws ScenarioError for the plan, UsageError for the request, also if there is no such price
 */
export const fairPrice = (scenario: string | T.Scenario, path: string, options: T.FairPriceOptions & Place): Promise<T.FairPrice> =>
  ask('fairPrice', [scenario, path], options)

/**
 * Finds the values of one or two fields (a commitment, a limit, a tier) with the lowest mean cost, percentile or expected shortfall.
 * @throws ScenarioError for the plan, UsageError for the request, also if nothing meets the conditions
 */
export const optimize = async (
  scenario: string | T.Scenario,
  options: WithOldNames<T.OptimizeOptions> & Place,
): Promise<T.Optimum> => withOldNames(await ask('optimize', [scenario], options))

/**
 * Computes every combination of some values of some fields on the same trials.
 * @returns an Arrow table with one row per combination and offer
 * @throws ScenarioError for the plan, UsageError for the request
 */
export const sweep = async (
  scenario: string | T.Scenario,
  vary: T.Vary,
  options: T.DecisionOptions & Place = {},
): Promise<Table> => {
  const found = await ask('sweep', [scenario, vary], options)
  const [{ sweepTable }, { shownTable }] = await Promise.all([
    import('../questions/negotiate/sweep.ts'),
    import('../present/tables/shown.ts'),
  ])
  return noteAnswer('sweep', shownTable(sweepTable(found)))
}

/**
 * Lists the inputs that differ between two plans, and the change in mean and P80 that each explains.
 * @throws ScenarioError for the plans, UsageError if they have no offer in common
 */
export const diff = (
  from: string | T.Scenario,
  to: string | T.Scenario,
  options: T.DecisionOptions & Place = {},
): Promise<T.Diff> => ask('diff', [from, to], options)

/** @deprecated Use `diff`. */
export const bridge: typeof diff = (...given) => {
  currentName('bridge')
  return diff(...given)
}

/**
 * Forecasts the rest of the year from the closed months, which are the `actuals` of the plan or of the options.
 * @throws ScenarioError for the plan and its actuals, UsageError if the plan excludes them
 */
export const reforecast = (scenario: string | T.Scenario, options: T.ReforecastOptions & Place = {}): Promise<T.Reforecast> =>
  ask('reforecast', [scenario], options)

/**
 * Shows which inputs drive an offer's cost, or the difference between two offers: shares of the variance, rank correlations, a tornado.
 * @throws ScenarioError for the plan, UsageError for the request
 */
export const sensitivity = (scenario: string | T.Scenario, options: T.SensitivityOptions & Place): Promise<T.Sensitivity> =>
  ask('sensitivity', [scenario], options)

/**
 * Computes how much you save on average if you know everything (EVPI) or some inputs (EVPPI) before you sign. Money.
 * @throws ScenarioError for the plan, UsageError for the request
 */
export const valueOfInformation = (
  scenario: string | T.Scenario,
  options: T.InformationOptions & Place = {},
): Promise<T.ValueOfInformation> => ask('valueOfInformation', [scenario], options)

/**
 * Computes the value of pilots of several sizes, and the size with the highest value after its cost.
 * @throws ScenarioError for the plan, UsageError for the request
 */
export const pilot = (scenario: string | T.Scenario, options: T.PilotOptions & Place): Promise<T.Pilot> =>
  ask('pilot', [scenario], options)

/**
 * Adds up many plans on the same trials: the cost of all together, what diversification saves, and a budget for each plan.
 * @param input YAML or JSON text of a portfolio, or the same content as an object. Its plans come from `folder` or `files`
 * @throws ScenarioError with all problems of the portfolio and its plans, UsageError for the options
 */
export const portfolio = (input: string | T.PortfolioInput, options: T.PortfolioOptions & Place = {}): Promise<T.Portfolio> =>
  ask('portfolio', [input], options)

/**
 * Describes the worst trials of an offer, and bills the plan's named what-ifs.
 * @throws ScenarioError for the plan, UsageError for the request
 */
export const stress = (scenario: string | T.Scenario, options: T.StressOptions & Place): Promise<T.Stress> =>
  ask('stress', [scenario], options)

/**
 * Fits drivers to a history of months or days: level, growth, seasons, noise, resolution rate and prices, each with its error.
 * @param history CSV text, or rows such as `{ month: '2024-01', conversations: 41200 }`
 * @throws UsageError for rows and options
 */
export const calibrate = async (
  history: string | Iterable<T.HistoryRow>,
  options: T.CalibrateOptions = {},
): Promise<T.Calibration> => {
  const [rows, own] = [copied(texted(history, 'history')), copied(options)]
  return noteAnswer('calibrate', await (await import('../questions/backtest/calibration.ts')).calibrationOf(rows, own))
}

/**
 * Fits every distribution that can hold the values, by maximum likelihood, and ranks them by AIC and BIC.
 * @param values at least 8 numbers, or the text of a CSV file
 * @returns the distributions, the best first, each with its notation for a plan; a constant if all values are equal
 * @throws UsageError for text, infinities, fewer than 8 values, and options
 */
export const fit = async (values: string | Iterable<number>, options: T.FitOptions = {}): Promise<T.Fit> => {
  const [given, own] = [copied(texted(values, 'values')), copied(options)]
  return noteAnswer('fit', await (await import('../questions/fit/fit.ts')).fitOf(given, own))
}

/**
 * Forecasts past months of a history from the months before them, and compares the forecasts with the actual values.
 * @param history CSV text, or rows such as `{ month: '2024-01', conversations: 41200 }`
 * @throws UsageError for rows and options
 */
export const backtest = async (history: string | Iterable<T.HistoryRow>, options: T.BacktestOptions = {}): Promise<T.Backtest> =>
  answer('backtest', [rowsOf(texted(history, 'history'))], options, {})

/** The rows as a list, because a thread receives no iterator. */
const rowsOf = (history: string | Iterable<T.HistoryRow>): string | readonly T.HistoryRow[] =>
  typeof history !== 'string' && typeof history?.[Symbol.iterator] === 'function' ? [...history] : (history as string)

/**
 * Compares the closed months with their plan, says whether to plan again, and forecasts the rest of the year.
 * @param plan the scenario as it was planned
 * @throws ScenarioError for the plan and the closed months, UsageError for the options
 */
export const track = (plan: string | T.Scenario, options: T.TrackOptions & Place): Promise<T.Track> => ask('track', [plan], options)

/**
 * Counts resolutions by each definition, bills each count under one contract, and finds conversations that were billed wrongly.
 * @param conversations CSV text or rows: `id, started, involved, escalated, confirmed, last_customer, last_agent, reopened`
 * @param offer an offer of a plan, as `{ scenario, offer }`, the name of an offer in the catalog, or an offer as a plan writes it
 * @throws UsageError for rows and options, ScenarioError for the contract
 */
export const audit = (
  conversations: string | readonly GivenRow[],
  offer: OfferInput,
  options: T.AuditOptions & Place = {},
): Promise<T.AuditResult> =>
  reading<T.AuditOptions & Place, T.AuditResult>(options, async (own, reader) => {
    const [rows, contract] = [listed(texted(conversations, 'conversations')), copied(offer)]
    return noteAnswer('audit', await (await import('../invoice/audit/index.ts')).auditRows(rows, contract, own, reader))
  })

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
  reading<T.CheckOptions, readonly TotalCheck[]>(options, async (own, reader) => {
    const [rows, contract] = [listed(texted(invoices, 'invoices')), copied(offer)]
    return noteAnswer(
      'checkInvoices',
      await (await import('../invoice/audit/index.ts')).checkedInvoices(rows, contract, reader, own),
    )
  })

/** The same rows, however the caller's list changes. */
const listed = (rows: string | readonly GivenRow[]): string | readonly GivenRow[] => (Array.isArray(rows) ? [...rows] : rows)

/**
 * Compares the offers of a result, as `billcast compare` does: the verdict, rankings, dominance, odds, regret and savings.
 * @throws UsageError for anything but a result, and for the options
 */
export function compare(result: SimulationResult, options: T.CompareOptions = {}): T.ComparedOffers {
  if (!(result instanceof SimulationResult))
    throw new UsageError(`compare: expected a result, as simulate() returns it, got ${shown(result)}`)
  return noteAnswer('compare', comparedOffers(result, options))
}

/**
 * Saves a result or any other answer into a folder, with the files that its command writes and the JSON that it prints. The folder gets
 * all of them or none.
 * @throws UsageError for anything but an answer, for a folder that cannot be written or has files of others, and in a browser
 */
export async function save(
  answer: SimulationResult | T.AnyAnswer,
  folder: string,
  options: T.SaveAnswerOptions = {},
): Promise<void> {
  if (answer instanceof SimulationResult) return answer.save(folder, options)
  await (await import('./answers.ts')).saveAnswer(answer, folder, options, platform.home)
}

/**
 * Writes the page of a portfolio or of an audit, as `billcast portfolio --out` and `billcast audit --report` do. A result has its own `report`.
 * @throws UsageError for any other value
 */
export async function report(answer: T.Portfolio | T.AuditResult): Promise<string> {
  if (typeof answer === 'object' && answer !== null) {
    if ('plans' in answer) return (await import('../present/report/portfolio.ts')).portfolioPage(answer)
    if ('disputes' in answer) return (await import('../present/report/audit.ts')).auditPage(answer)
  }
  throw new UsageError(`report: expected the answer of portfolio or audit, got ${shown(answer)}`)
}
