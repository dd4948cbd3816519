// What `simulate` gives back: the summary as data, and questions to it as methods.
import type { Table } from 'apache-arrow'
import type { Chart } from '../present/charts/chart.ts'
import { expertsChart } from '../present/charts/experts.ts'
import { acceptability, costDistributions, winners } from '../present/charts/trials.ts'
import { cheapestChart, fan, layers, monthly, pairwise } from '../present/charts/summary.ts'
import { type Acceptability, acceptabilityOf } from '../questions/compare/acceptability.ts'
import { type Contingency, checkedProbability, contingencyOf, type Overrun, overrunOf } from '../questions/budget/budget.ts'
import { expectedShortfallOf, type Regret, regretOf, withinBudgetOf } from '../questions/budget/asked.ts'
import { type CurvePoint, curveOf, monthCurveOf } from '../questions/budget/curve.ts'
import { type Dominance, dominanceOf } from '../questions/compare/dominance.ts'
import type { Trials } from '../questions/trials.ts'
import { type Phased, phasedOf } from '../questions/budget/phased.ts'
import { type Ranking, rankingOf } from '../questions/compare/ranking.ts'
import { type Savings, savingsOf } from '../questions/compare/savings.ts'
import { type WinnerMap, winnersOf } from '../questions/compare/winners.ts'
import { shown, UsageError } from '../errors.ts'
import { withOldNames } from '../old-names.ts'
import type { WinnersOptions } from '../options/questions.ts'
import type { Dataset } from '../present/tables/dataset.ts'
import { inputsOf, monthsOf, trialsOf } from '../present/tables/tables.ts'
import { curveChart } from '../present/report/charts.ts'
import { resultHtml, resultMarkdown } from '../present/report/display.ts'
import { figuresOf } from '../present/report/figures.ts'
import { summaryTable } from '../present/report/text.ts'
import { type Densities, densitiesOf } from '../summary/densities.ts'
import { costsIn } from '../summary/earlier.ts'
import type { Estimate, OfferSummary, Summary } from '../summary/summary.ts'
import type { Finished } from './run.ts'

const CHARTS = [
  ...(['fan', 's-curve', 'distributions', 'cheapest', 'pairwise', 'layers', 'monthly'] as const),
  ...(['acceptability', 'winners', 'experts'] as const),
] as const
export type ChartKind = (typeof CHARTS)[number]

/** By this name kernels ask what to show. */
const DISPLAY = Symbol.for('Jupyter.display')

type MakeTable = (dataset: Dataset) => Table

const withoutTables: MakeTable = () => {
  throw new Error('this result was made without tables')
}

export class SimulationResult {
  readonly summary: Summary
  readonly warnings: readonly string[]
  readonly #finished: Finished
  readonly #table: MakeTable

  /** @param table makes Arrow tables: they come with a library that is loaded meanwhile */
  constructor(finished: Finished, table: MakeTable = withoutTables) {
    this.#finished = finished
    this.#table = table
    this.summary = finished.summary
    for (const cost of costsIn(this.summary)) withOldNames(cost)
    this.warnings = finished.warnings
  }

  get #trials(): Trials {
    return this.#finished.trials
  }

  #offer(name: string): OfferSummary {
    const { offers } = this.summary
    if (!Object.hasOwn(offers, name))
      throw new UsageError(`there is no offer "${name}": the offers are ${Object.keys(offers).join(', ')}`)
    return offers[name]
  }

  /**
   * The amount that suffices with probability p: the p-th percentile of the horizon's cost, of the chosen measure.
   * @param p between 0 and 1; P50, P80, P90 and P95 are the sharpest
   */
  budget(offer: string, p: number): Estimate {
    this.#offer(offer)
    return curveOf(this.#trials, this.summary, offer).at(checkedProbability(p, 'p'))
  }

  /** What a budget has beyond the point estimate and the mean, and in how many futures the point estimate is enough. */
  contingency(offer: string, p: number): Contingency {
    const { point, mean } = this.#offer(offer)[this.summary.comparison.measure]
    return contingencyOf(this.#trials, offer, checkedProbability(p, 'p'), point, this.budget(offer, p), mean)
  }

  /** The S-curve of an offer's cost, of the horizon or of one month ("2027-03"): amounts that suffice with 1 % … 99 %. */
  curve(offer: string, month?: string): CurvePoint[] {
    this.#offer(offer)
    if (month === undefined) return [...curveOf(this.#trials, this.summary, offer).points()]
    const m = this.summary.months.indexOf(month)
    if (m < 0) throw new UsageError(`month: expected one of ${this.summary.months.join(', ')}, got ${shown(month)}`)
    return [...monthCurveOf(this.#trials, this.summary, offer, m).points()]
  }

  /** The mean cost of the worst 1 − level of trials, such as the worst 2.5% at level 0.975. */
  expectedShortfall(offer: string, level: number): Estimate {
    this.#offer(offer)
    return expectedShortfallOf(this.#trials, this.summary, offer, checkedProbability(level, 'level'))
  }

  /** The probability that an offer stays within a share of the budget that the scenario states: 1.1 is 10% more than it. */
  withinBudget(offer: string, share: number): Estimate {
    return withinBudgetOf(this.#trials, offer, share)
  }

  /** What an offer costs above the cheapest of the same trial, as a distribution. */
  regret(offer: string): Regret {
    return withOldNames(regretOf(this.#trials, this.summary, offer))
  }

  /** P(cost > amount), and by how much on average where it is more. */
  overrun(offer: string, amount: number): Overrun {
    return overrunOf(this.#trials, offer, amount)
  }

  /** A monthly plan, and one by cost layer, that add up to the horizon's budget at a confidence, to the cent. */
  phased(offer: string, p: number): Phased {
    return phasedOf(this.#trials, offer, p, this.budget(offer, p), this.summary.months)
  }

  /** Offers by mean, P80, P95 and expected shortfall. */
  ranking(): Ranking {
    return withOldNames(rankingOf(this.summary))
  }

  /** Pairs of offers of which everyone prefers one (first order), or everyone who would rather not gamble (second order). */
  dominance(): Dominance[] {
    return dominanceOf(this.#trials)
  }

  /**
   * P(each is the cheapest), its mean and its expected loss as one input takes its values.
   * @param against an uncertain input by its name, `conversations` or `rate` (both of the horizon)
   */
  acceptability(against: string): Acceptability {
    return acceptabilityOf(this.#trials, against)
  }

  /** Which offer has the lowest mean, or P80, in each cell of two inputs. */
  winners(x: string, y: string, options: WinnersOptions = {}): WinnerMap {
    return winnersOf(this.#trials, x, y, options)
  }

  /** Whether the scenario says what people cost, so that savings can be told. */
  get hasPeople(): boolean {
    return this.#finished.scenario.human !== undefined
  }

  /** Savings and return against handling everything with people. */
  savings(offer: string): Savings {
    return savingsOf(this.#trials, offer)
  }

  /**
   * A chart that shows itself in notebooks: `fan` and `s-curve` of an offer; `distributions`, `cheapest`, `pairwise`, `layers` and
   * `monthly` of all; `acceptability` of an input, `winners` of two.
   */
  chart(kind: ChartKind, ...names: readonly string[]): Chart {
    const { summary } = this
    const { currency } = summary
    const [first, second] = names
    const needs = (count: number, what: string) => {
      if (names.length !== count || !names.every((name) => typeof name === 'string'))
        throw new UsageError(`chart ${kind}: expected ${what}, got ${names.length === 0 ? 'nothing' : names.map(shown).join(', ')}`)
    }
    switch (kind) {
      case 'fan':
        needs(1, 'the name of an offer')
        return fan(
          summary,
          first,
          this.phased(first, 0.8).months.map(({ amount }) => amount),
        )
      case 's-curve':
        needs(1, 'the name of an offer')
        return curveChart(figuresOf(summary, this.#trials, [first]), first)
      case 'distributions':
        needs(0, 'nothing more')
        return costDistributions(this.#densities, currency)
      case 'cheapest':
        needs(0, 'nothing more')
        return cheapestChart(summary)
      case 'pairwise':
        needs(0, 'nothing more')
        return pairwise(summary)
      case 'layers':
        needs(0, 'nothing more')
        return layers(summary)
      case 'monthly':
        needs(0, 'nothing more')
        return monthly(summary)
      case 'acceptability':
        needs(1, 'the name of an input')
        return acceptability(this.acceptability(first))
      case 'winners':
        needs(2, 'the names of two inputs')
        return winners(this.winners(first, second))
      case 'experts':
        needs(1, 'the name of an input')
        return expertsChart(first, this.#trials.opinions(first))
      default:
        throw new UsageError(`expected a chart of ${CHARTS.join(', ')}, got ${shown(kind)}`)
    }
  }

  /** Each offer's probability of being the cheapest, ties shared. */
  cheapest(): ReadonlyMap<string, Estimate> {
    return new Map(Object.entries(this.summary.comparison.cheapest))
  }

  /** Arrow table: `trial`, then one column an offer. */
  trials(): Table {
    return this.#table(trialsOf(this.#finished.outcome, this.summary.currency, this.#origin))
  }

  /** Arrow table: month × offer × measure, with standard errors. */
  months(): Table {
    return this.#table(monthsOf(this.summary, this.#origin))
  }

  /** Arrow table: what was drawn once a future and the horizon's conversations and rate, of the first 65,536 trials or fewer. */
  inputs(): Table {
    return this.#table(inputsOf(this.#trials, this.summary.currency, this.#origin))
  }

  get #densities(): Densities {
    const { names } = this.#trials
    return densitiesOf(new Map(names.map((name, k) => [name, this.#trials.cost(k).values])))
  }

  /** The table that a notebook shows, with a small picture of each offer's distribution. */
  toHTML(): string {
    return resultHtml(this.summary, this.#densities)
  }

  toString(): string {
    return summaryTable(this.summary)
  }

  /** What Jupyter kernels show: tables as HTML, Markdown and text. */
  [DISPLAY](): Readonly<Record<string, string>> {
    return { 'text/html': this.toHTML(), 'text/markdown': resultMarkdown(this.summary), 'text/plain': this.toString() }
  }

  /** The same, for kernels that ask by this name. */
  _toMime(): Readonly<Record<string, string>> {
    return this[DISPLAY]()
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }

  [Symbol.for('Deno.customInspect')](): string {
    return this.toString()
  }

  get #origin() {
    const { name, seed, method, trials, currency, comparison } = this.summary
    return { name, seed, method, trials, measure: comparison.measure, currency }
  }
}
