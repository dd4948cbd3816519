// The result of `simulate`: the summary as data, and questions to it as methods.
import type { Table } from 'apache-arrow'
import type { Chart } from '../present/charts/chart.ts'
import { type Acceptability, acceptabilityOf } from '../questions/compare/acceptability.ts'
import { type Contingency, checkedProbability, contingencyOf, type Overrun, overrunOf } from '../questions/budget/budget.ts'
import { expectedShortfallOf, type Regret, regretOf, withinBudgetOf } from '../questions/budget/asked.ts'
import { type SegmentShares, segmentRiskOf } from '../questions/budget/segment-risk.ts'
import { type ShortfallParts, shortfallPartsOf } from '../questions/budget/worst-trials.ts'
import { type CurvePoint, curveOf, monthCurveOf } from '../questions/budget/curve.ts'
import { type Convergence, convergenceOf } from '../questions/compare/convergence.ts'
import { TrialColumn } from '../questions/compare/column.ts'
import { Difference } from '../questions/compare/difference.ts'
import { type Dominance, dominanceOf } from '../questions/compare/dominance.ts'
import { type LedgerRow, ledgerOf } from '../questions/ledger/ledger.ts'
import type { Trials } from '../questions/trials.ts'
import { pathsOf } from '../questions/paths.ts'
import { type Phased, phasedOf } from '../questions/budget/phased.ts'
import { type Ranking, rankingOf } from '../questions/compare/ranking.ts'
import { hasPeople, type Savings, savingsOf } from '../questions/compare/savings.ts'
import { type Verdict, verdictOf } from '../questions/compare/verdict.ts'
import { type WinnerMap, winnersOf } from '../questions/compare/winners.ts'
import { shown, UsageError } from '../errors.ts'
import { withOldNames } from '../old-names.ts'
import type { Stated } from '../options/kinds.ts'
import { checkOptions } from '../options/check.ts'
import { type LedgerOptions, ledgerOptions } from '../options/ledger.ts'
import { deciding, type WinnersOptions } from '../options/questions.ts'
import { drawnInputs, type InputsOptions, type SaveOptions, type TableName } from '../options/saving.ts'
import type { Dataset } from '../present/tables/dataset.ts'
import { ledgerFocusCsv } from '../present/tables/ledger-focus.ts'
import { ledgerTable } from '../present/tables/ledger.ts'
import { pathsTable } from '../present/tables/paths.ts'
import { inputsOf, monthsOf, trialsOf } from '../present/tables/tables.ts'
import { resultHtml, resultMarkdown } from '../present/report/display.ts'
import { summaryTable } from '../present/report/text.ts'
import { trialDensities } from '../questions/densities.ts'
import type { Densities } from '../summary/densities.ts'
import { bestOf } from '../summary/comparison.ts'
import { costsIn } from '../summary/earlier.ts'
import type { Estimate, Measure, OfferSummary, Summary } from '../summary/summary.ts'
import { deepFrozen } from './deep-frozen.ts'
import { Displayed } from './displayed.ts'
import { type Background, backgroundOf } from './background.ts'
import { checkRoom, csvOf, tableFileOf, type Made, reportIn, saveInto, workbookIn } from './made.ts'
import { noteAnswer } from './noted.ts'
import type { ChartKind } from '../present/charts/kinds.ts'
import { resultChart } from './result-charts.ts'
import type { Finished } from './run.ts'
import { summaryTextOf } from './summary-text.ts'
import { titlesOf } from './titles.ts'

const copiesOf = (points: readonly CurvePoint[]): CurvePoint[] => points.map((point) => ({ ...point }))

export class SimulationResult extends Displayed {
  readonly summary: Summary
  readonly warnings: readonly string[]
  readonly #finished: Finished
  readonly #made: Made | undefined
  readonly #tables = new Map<string, Table>()

  /**
   * @internal
   * @param made is left out by a command, which asks for no tables and writes files itself
   */
  static of(finished: Finished, made?: Made): SimulationResult {
    return new SimulationResult(finished, made)
  }

  private constructor(finished: Finished, made?: Made) {
    super()
    this.#finished = finished
    this.#made = made
    this.summary = finished.summary
    for (const cost of costsIn(this.summary)) withOldNames(cost)
    this.warnings = Object.freeze([...finished.warnings, ...finished.notes])
    deepFrozen(this.summary)
    Object.freeze(this)
  }

  get #trials(): Trials {
    return this.#finished.trials
  }

  #offer(name: string): OfferSummary {
    this.#trials.offer(name)
    return this.summary.offers[name]
  }

  /**
   * The budget at a confidence: the percentile of the horizon's cost by the chosen measure. Money.
   * @param p between 0 and 1. P50, P80, P90 and P95 are the most precise.
   * @throws UsageError for an unknown offer or a p out of range
   */
  budget(offer: string, p: number): Estimate {
    this.#offer(offer)
    return curveOf(this.#trials, this.summary, offer).at(checkedProbability(p, 'p'))
  }

  /** The budget minus the point estimate and minus the mean, and the share of trials in which the point estimate is enough. */
  contingency(offer: string, p: number): Contingency {
    const { point, mean } = this.#offer(offer)[this.summary.comparison.measure]
    return contingencyOf(this.#trials, offer, checkedProbability(p, 'p'), point, this.budget(offer, p), mean)
  }

  /** The S-curve of an offer's cost over the horizon or one month ("2027-03"): the budgets at 1% to 99% confidence. */
  curve(offer: string, month?: string): CurvePoint[] {
    this.#offer(offer)
    if (month === undefined) return copiesOf(curveOf(this.#trials, this.summary, offer).points())
    const m = this.summary.months.indexOf(month)
    if (m < 0) throw new UsageError(`month: expected one of ${this.summary.months.join(', ')}, got ${shown(month)}`)
    return copiesOf(monthCurveOf(this.#trials, this.summary, offer, m).points())
  }

  /** The mean cost of the worst 1 − level of trials, such as the worst 2.5% at level 0.975. */
  expectedShortfall(offer: string, level: number): Estimate {
    this.#offer(offer)
    return expectedShortfallOf(this.#trials, this.summary, offer, checkedProbability(level, 'level'))
  }

  /** An expected shortfall by cost layer: the mean of each layer over the worst 1 − level of trials. The layers add up to it. Money. */
  shortfallParts(offer: string, level: number): ShortfallParts {
    return shortfallPartsOf(this.#trials, offer, level, this.expectedShortfall(offer, level))
  }

  /**
   * By segment, the share of the variance of an offer's bill, and of its expected shortfall at a level: the mean of the worst 1 − level of
   * trials. Each adds up to 1.
   * @throws UsageError if the plan has no segments
   */
  segmentRisk(offer: string, level = 0.95): Readonly<Record<string, SegmentShares>> {
    this.#offer(offer)
    return segmentRiskOf(this.#trials, this.summary, offer, checkedProbability(level, 'level'))
  }

  /** The probability that an offer stays within a share of the stated budget, such as 1.1 for 110% of it. */
  withinBudget(offer: string, share: number): Estimate {
    return withinBudgetOf(this.#trials, offer, share)
  }

  /** The distribution of an offer's regret: its cost minus the lowest cost of the same trial. Money. */
  regret(offer: string): Regret {
    return withOldNames(regretOf(this.#trials, this.summary, offer))
  }

  /**
   * The probability that an offer costs more than an amount, and its mean excess in those trials.
   * @param amount money in the plan's currency, or text such as "€400k", which the plan's exchange rate converts
   */
  overrun(offer: string, amount: Stated): Overrun {
    return overrunOf(this.#trials, offer, amount)
  }

  /** A budget by month and one by cost layer. Each adds up to the horizon's budget at confidence p, to the cent. */
  phased(offer: string, p: number): Phased {
    return phasedOf(this.#trials, offer, p, this.budget(offer, p), this.summary)
  }

  /**
   * Which offer to sign, and how clear that is: clear, leaning or a toss-up. docs/model.md states the rules.
   * @param options.clearAt the odds of being cheapest from which an offer may be the clear choice, 0.8 by default
   * @throws UsageError for odds out of range
   */
  verdict(options: { readonly clearAt?: number | undefined } = {}): Verdict {
    checkOptions(options, deciding)
    const found = verdictOf(this.summary, { titles: titlesOf(this.#finished.scenario), clearAt: options.clearAt })
    if (!found) throw new UsageError('verdict: this run states no P80. Run it again without a limit to means')
    return found
  }

  /** The offers ordered by mean, P80, P95 and expected shortfall. */
  ranking(): Ranking {
    return withOldNames(rankingOf(this.summary))
  }

  /**
   * The cost of an offer minus that of another in each trial: its mean, standard deviation, percentiles, the probability that it exceeds
   * an amount, and its expected shortfall with the part of each offer. Money.
   */
  difference(offer: string, minus: string): Difference {
    this.#offer(offer)
    return deepFrozen(Difference.of(this.#trials, this.summary, offer, minus))
  }

  /**
   * An offer's cost over the horizon as a column of trials, for arithmetic with others: `result.column('fin').minus(other.column('fin'))`. Both
   * results must have the same trials.
   * @param measure by default that of the comparison
   */
  column(offer: string, measure?: Measure): TrialColumn {
    this.#offer(offer)
    if (measure !== undefined && measure !== 'bill' && measure !== 'total')
      throw new UsageError(`measure: expected bill or total, got ${shown(measure)}`)
    return TrialColumn.of(this.#trials, offer, measure)
  }

  /**
   * A figure and its error after more and more trials of this run, from prefixes of the same replicates.
   * @param figure as `optimize` accepts it: `mean`, `p80`, `expectedShortfall95`, `skewness`, `regret`, `P(cheapest)`
   * @param offer by default the one that is cheapest most often
   * @throws UsageError for an unknown figure or offer, or for a run of fewer than 2,048 trials
   */
  convergence(figure: string, offer: string = bestOf(this.summary)): Convergence {
    this.#offer(offer)
    const { name: plan, currency } = this.summary
    return noteAnswer('converge', convergenceOf(this.#trials, this.summary, figure, offer), { plan, currency })
  }

  /** Pairs of offers of which every buyer prefers one (first order), or every risk-averse buyer (second order). */
  dominance(): Dominance[] {
    return dominanceOf(this.#trials)
  }

  /**
   * Each offer's odds of being cheapest, mean cost and expected loss, for classes of one input.
   * @param against the name of an uncertain input, or `conversations` or `rate` of the whole horizon
   */
  acceptability(against: string): Acceptability {
    return acceptabilityOf(this.#trials, against)
  }

  /** The offer with the lowest mean, or P80, in each cell of two inputs. */
  winners(x: string, y: string, options: WinnersOptions = {}): WinnerMap {
    return winnersOf(this.#trials, x, y, options)
  }

  /** Whether the scenario states the cost of people, which savings need. */
  get hasPeople(): boolean {
    return hasPeople(this.#finished.scenario)
  }

  /** The savings and the return of an offer, compared with people who handle everything. */
  savings(offer: string): Savings {
    return savingsOf(this.#trials, offer, this.#offer(offer))
  }

  /**
   * A chart that notebooks show.
   * @param kind `fan`, `s-curve`, `quarters`, `parts`, `segments`, `segment-risk`, `ledger` and `heads` need an offer, `acceptability` and `experts` an input, `winners` two inputs, `convergence` a figure
   * and an offer, the others nothing
   * @throws UsageError for an unknown kind or wrong names
   */
  chart(kind: ChartKind, ...names: readonly string[]): Chart {
    return resultChart(this, this.#trials, kind, names, {
      densities: () => this.#densities,
      ledger: (offer) => this.#ledgerRows({ offer }),
      titles: titlesOf(this.#finished.scenario),
    })
  }

  /** Each offer's probability of being the cheapest. Ties are shared. */
  cheapest(): ReadonlyMap<string, Estimate> {
    return new Map(Object.entries(this.summary.comparison.cheapest))
  }

  /**
   * The cost of every trial as an Arrow table: `trial`, then one column per offer. Its numbers are copies.
   * @throws Error if the trials were not kept
   */
  trials(): Table {
    return this.#once('trials', () => trialsOf(this.#finished.outcome, this.summary.currency, this.#origin))
  }

  /** The months as an Arrow table: a row per month, offer and measure, with standard errors. */
  months(): Table {
    return this.#table(monthsOf(this.summary, this.#origin))
  }

  /**
   * The drawn inputs and the horizon's conversations and rate as an Arrow table, for the first 65,536 trials at most.
   * @param options.all draws them in every trial, so that each row of `trials()` has one
   * @throws UsageError if that needs too much memory
   */
  inputs(options: InputsOptions = {}): Table {
    checkOptions(options, drawnInputs)
    const { all = false } = options
    if (all) checkRoom(this.#trials, this.#within.home)
    return this.#once(all ? 'all inputs' : 'inputs', () => inputsOf(this.#trials, this.summary.currency, this.#origin, all))
  }

  /** A table of copies, which take time and memory, is made once. */
  #once(name: string, dataset: () => Dataset): Table {
    const made = this.#tables.get(name) ?? this.#table(dataset())
    this.#tables.set(name, made)
    return made
  }

  #table(dataset: Dataset): Table {
    return this.#within.table(dataset)
  }

  get #within(): Made {
    if (!this.#made) throw new Error('this result was made without tables and files')
    return this.#made
  }

  /**
   * What each offer costs by month, charge, layer and segment, as an Arrow table: cash when it is due and accrual when it is expensed, each
   * with its mean and its budget, by the plan's `ledger`. The cash of an offer's charges adds up to the mean and to the budget of its bill.
   * @throws UsageError for an unknown offer
   */
  ledger(options: LedgerOptions = {}): Table {
    return this.#table(this.ledgerData(options))
  }

  /**
   * The same before it is a table, for commands.
   * @internal
   */
  ledgerData(options: LedgerOptions = {}): Dataset {
    return ledgerTable(this.#ledgerRows(options), this.summary.currency, this.#origin, options.unrounded)
  }

  /** The ledger as a CSV file with the columns of FOCUS 1.2, without people, running costs and later expenses. */
  ledgerFocus(options: LedgerOptions = {}): string {
    const titles = new Map(this.#finished.outcome.program.offers.map(({ name, title }) => [name, title]))
    return ledgerFocusCsv(this.#ledgerRows(options), this.summary.currency, titles, options.unrounded)
  }

  #ledgerRows(options: LedgerOptions): readonly LedgerRow[] {
    checkOptions(options, ledgerOptions)
    const { offer } = options
    if (offer !== undefined) this.#offer(offer)
    return ledgerOf(this.#trials, this.summary, offer === undefined ? undefined : [offer])
  }

  /**
   * Single trials month by month as an Arrow table: conversations, the resolution rate, and the bill and total of each offer. Plans with
   * segments also have those of each segment. The table covers the recorded trials, whose number depends on the size of the plan.
   */
  paths(): Table {
    const { months, currency } = this.summary
    return this.#table(pathsTable(pathsOf(this.#trials), months, currency, this.#origin))
  }

  /**
   * Writes the files that `billcast run --out` writes: summary, tables, report and manifest. The folder gets all of them or none.
   * @throws UsageError for a folder that cannot be written or has files of others, and in a browser
   */
  async save(folder: string, options: SaveOptions = {}): Promise<void> {
    await saveInto(folder, this.#finished, this.#within, options)
  }

  /** A table as a Parquet file, with the bytes that `save` writes. */
  toParquet(table: TableName = 'trials'): Promise<Uint8Array> {
    return tableFileOf(table, 'parquet', this.#finished, this.#within)
  }

  /** A table as an Arrow file, with the bytes that `save` writes. */
  toArrow(table: TableName = 'trials'): Promise<Uint8Array> {
    return tableFileOf(table, 'arrow', this.#finished, this.#within)
  }

  /** A table as CSV text. */
  toCSV(table: TableName = 'trials'): Promise<string> {
    return csvOf(table, this.#finished, this.#within)
  }

  /** The workbook with budgets, percentiles and assumptions. */
  toXLSX(): Promise<Uint8Array> {
    return workbookIn(this.#finished, this.#within)
  }

  /** The report as a page that needs no other file, or as Markdown. */
  report(format: 'html' | 'md' = 'html'): Promise<string> {
    return reportIn(format, this.#finished, this.#within)
  }

  /** The methods that read trials, as promises. In a page, a Web Worker answers them, so that the page stays free. */
  get background(): Background {
    return backgroundOf(this, async (call) => this.#made?.home.elsewhere?.(this.#finished, call))
  }

  get #densities(): Densities {
    return this.#finished.densities ?? trialDensities(this.#trials)
  }

  /** The table that notebooks show, with a small chart of each offer's distribution. */
  override toHTML(): string {
    return resultHtml(this.summary, this.#densities)
  }

  override toString(): string {
    return summaryTable(this.summary, summaryTextOf(this.#finished))
  }

  /** @internal */
  override fitted(columns: number): string {
    return summaryTable(this.summary, summaryTextOf(this.#finished), columns)
  }

  /** @internal */
  override markdown(): string {
    return resultMarkdown(this.summary)
  }

  get #origin() {
    const { name, seed, method, trials, currency, comparison } = this.summary
    return { name, seed, method, trials, measure: comparison.measure, currency }
  }
}
