// The summary as text, and parts of text tables.
import { trialsWord } from '../../months.ts'
import { formatError, formatMoney, formatShare, formatStatedShare } from '../../notation/money.ts'
import { formatNumber } from '../../notation/number.ts'
import { amountsOf } from '../../questions/compare/rounding.ts'
import { type Verdict, type VerdictOptions, verdictOf } from '../../questions/compare/verdict.ts'
import { inSentence, outOf100Words } from '../../questions/compare/verdict-words.ts'
import { bestOf } from '../../summary/comparison.ts'
import type { BudgetCheck, Cost, Estimate, Measure, Summary } from '../../summary/summary.ts'
import { BUDGET_LEVELS, precisionWords } from './precision.ts'
import { type Block, figureCell, muted, PLAIN_SCREEN, plainLines, type TextTable, warning } from './text-table.ts'

/** The closing line of tables with errors. */
export const ERRORS_FOOT = '± is the standard error of the simulation.'

/** An amount with its standard error. */
export const withError = ({ value, se }: Estimate, currency: string): string =>
  `${formatMoney(value, currency)} ${formatError(se, (error) => formatMoney(error, currency))}`

/** An amount in a sentence, with its standard error if the reader asked for errors. */
export const amountWords = (estimate: Estimate, currency: string, errors: boolean): string =>
  errors ? withError(estimate, currency) : formatMoney(estimate.value, currency)

/** The same for a share. */
export const shareWords = ({ value, se }: Estimate, errors: boolean): string =>
  `${formatShare(value)}${errors ? ` (± ${formatShare(se, 2)})` : ''}`

/** An amount of a table, or a dash for a figure that a run does not state. */
export const stated = (estimate: Estimate | undefined, currency: string, errors = true): string =>
  estimate ? amountWords(estimate, currency, errors) : '–'

/** Aligns the cells of a text table: the columns in `left` to the left, all others to the right. */
export function align(rows: readonly (readonly string[])[], left: readonly number[] = [0]): string[] {
  const widths = rows[0].map((_, k) => Math.max(...rows.map((row) => [...row[k]].length)))
  const padded = (cell: string, k: number) => {
    const space = ' '.repeat(widths[k] - [...cell].length)
    return left.includes(k) ? cell + space : space + cell
  }
  return rows.map((row) => row.map(padded).join('  ').trimEnd())
}

/** The months of a summary: "2027-01 to 2027-12". */
export const spanOf = (months: readonly string[]): string =>
  months.length === 1 ? months[0] : `${months[0]} to ${months[months.length - 1]}`

const MEASURES: Readonly<Record<Measure, string>> = { bill: "the vendor's bill", total: 'bill, people and running costs' }

export const measureWords = ({ comparison }: Pick<Summary, 'comparison'>): string => MEASURES[comparison.measure]

/** Names the measure of a budget if offers are compared by another one: " for the vendor's bill". */
export const budgetMeasure = ({ measure }: { readonly measure: Measure }, compared: Measure): string =>
  measure === compared ? '' : ` for ${MEASURES[measure]}`

/** What a summary as text says beyond its own figures. */
interface SummaryText extends VerdictOptions {
  /** How often the cost of a plan with single numbers is enough for an offer. */
  readonly holds?: (offer: string) => Estimate
}

/** A run on a screen: the verdict, the table, and what else a buyer asks first. */
export function summaryBlocks(summary: Summary, { holds, ...options }: SummaryText = {}, errors = false): Block[] {
  const lead = leadOf(summary, options)
  return [
    ...(summary.partial ? [warning(`PARTIAL: ${partialWords(summary.partial)}`), ''] : []),
    muted(
      `${summary.name}: ${spanOf(summary.months)}, ${measureWords(summary)}, ${formatNumber(summary.trials)} trials (${summary.method}, seed ${summary.seed})`,
    ),
    '',
    { text: lead.verdict, tone: lead.grade === 'clear' ? 'good' : 'strong' },
    '',
    offersTable(summary, lead, errors),
    '',
    holds ? `${lead.single} ${enoughWords(holds(lead.offer), summary)}` : lead.single,
    ...headsLines(summary),
    ...(summary.budget ? [budgetWords(summary.budget, summary, errors)] : []),
    `P80 is the budget that is enough in 80 of 100 ${trialsWord(summary.months.length)}.`,
    errors ? ERRORS_FOOT : precisionWords(summary),
  ]
}

/** The costs of each offer, rounded as in the verdict. With errors, the figures are as computed. */
function offersTable(summary: Summary, { odds, offer: best }: LeadSentences, errors: boolean): TextTable {
  const { comparison, currency, offers } = summary
  const rounded = amountsOf(summary).whole.text
  const money = (value: number) => (errors ? formatMoney(value, currency) : rounded(value))
  const share = ({ value, se }: Estimate) => ({ text: formatShare(value), error: formatShare(se, 2) })
  const compares = Object.keys(offers).length > 1
  const anyOverage = Object.values(offers).some(({ overage }) => overage.any.value > 0)
  return {
    head: ['', 'mean', 'P50', 'P80', 'P90', 'P95', ...(compares ? ['cheapest in'] : []), ...(anyOverage ? ['any overage'] : [])],
    spare: ['P50', 'P95', 'P90', 'any overage'],
    strong: [best],
    rows: Object.entries(offers).map(([name, offer]) => {
      const { mean, percentiles } = offer[comparison.measure]
      const cheapest = comparison.cheapest[name]
      return [
        name,
        figureCell(mean, money),
        ...BUDGET_LEVELS.map((p) => (percentiles[p] ? figureCell(percentiles[p], money) : '–')),
        ...(compares
          ? [errors || odds === undefined ? share(cheapest) : `${outOf100Words(odds[name], cheapest.value)} of 100`]
          : []),
        ...(anyOverage ? [share(offer.overage.any)] : []),
      ]
    }),
  }
}

/**
 * The table of a run as text.
 * @param columns characters in a line, where the table must fit
 */
export const summaryTable = (summary: Summary, options: SummaryText = {}, columns = Infinity): string =>
  `${plainLines(summaryBlocks(summary, options), { ...PLAIN_SCREEN, columns }).join('\n')}\n`

/** Heads and what moves them, one line for each offer with people on the payroll. */
export function headsLines({ offers }: Pick<Summary, 'offers'>): string[] {
  return Object.entries(offers).flatMap(([name, { people }]) => {
    if (!people) return []
    const { heads, hires, releases, shortfall } = people
    const number = ({ mean }: { readonly mean: Estimate }) => formatNumber(Number(mean.value.toFixed(1)))
    const [first, last] = [heads.monthly[0], heads.monthly[heads.monthly.length - 1]]
    return [
      `${name}: on average, heads go from ${number(first)} in the first month to ${number(last)} in the last, with ${number(hires)} hires and ${number(releases)} releases. Nobody is there for ${formatNumber(Math.round(shortfall.mean.value))} contacts.`,
    ]
  })
}

/**
 * The amounts that no month and no quarter exceeds in 95 of 100 trials. Undefined without percentiles of months.
 * @param shown writes an amount, by default with its error
 */
export function worstWords(
  { worstMonth, worstQuarter, quarterly }: Cost,
  { currency, months }: Pick<Summary, 'currency' | 'months'>,
  shown?: (amount: number) => string,
): string | undefined {
  const written = (amount: Estimate) => shown?.(amount.value) ?? withError(amount, currency)
  const [month, quarter] = [worstMonth?.percentiles.p95, worstQuarter?.percentiles.p95]
  if (!month || !quarter) return undefined
  const both = quarterly.length > 1 ? `, and no quarter more than ${written(quarter)}` : ''
  return `In 95 of 100 ${trialsWord(months.length)} no month costs more than ${written(month)}${both}.`
}

/** Which trials of an offer lie far from the mean. */
export function skewnessWords(offer: string, { value, se }: Estimate, errors = true): string {
  const [far, near] = value > 0 ? ['expensive', 'cheap'] : ['cheap', 'expensive']
  const error = errors ? ` ${formatError(se, (own) => own.toPrecision(2))}` : ''
  return `The skewness of the cost of ${offer} is ${value.toFixed(2)}${error}: its ${far} trials lie farther from the mean than its ${near} ones.`
}

/** The warning on a merge of only some shards. */
export const partialWords = ({ trials, of }: NonNullable<Summary['partial']>): string =>
  `shards are missing. These figures come from ${formatNumber(trials)} of ${formatNumber(of)} trials and are less precise.`

/** Whether the stated budget holds. */
export function budgetWords(
  budget: BudgetCheck,
  { currency, months, comparison }: Pick<Summary, 'currency' | 'months' | 'comparison'>,
  errors = true,
): string {
  const { offer, amount, confidence, holds, needed, met } = budget
  const money = (value: number) => formatMoney(value, currency)
  const level = formatStatedShare(confidence)
  const story = `${offer}: ${money(amount)}${budgetMeasure(budget, comparison.measure)} holds in ${formatShare(holds.value)} of ${trialsWord(months.length)}${errors ? ` (± ${formatShare(holds.se, 2)})` : ''}`
  const need = `${level} needs ${money(needed.value)}${errors ? ` (± ${money(needed.se)})` : ''}.`
  return met ? `${story}, which meets the ${level} asked for. ${need}` : `${story}. ${need}`
}

/** The sentences that a finance director reads first. */
export interface LeadSentences {
  /** The offer to sign, or the one with the smallest budget. */
  readonly offer: string
  readonly verdict: string
  /** Absent for a run with too few trials for a verdict. */
  readonly grade?: Verdict['grade']
  /** How many of 100 trials each offer is the cheapest in, rounded together. */
  readonly odds?: Verdict['odds']
  /** What a plan with single numbers gives for the same offer. */
  readonly single: string
}

/** How often an amount is enough. */
export const enoughWords = ({ value }: Estimate, { months }: Pick<Summary, 'months'>): string =>
  `It would be enough in ${chancesWords(value)} of 100 ${trialsWord(months.length)}.`

/** A share as a number out of 100. */
export function chancesWords(share: number): string {
  const rounded = Math.round(100 * share)
  return rounded === 0 && share > 0 ? 'less than 1' : outOf100Words(rounded, share)
}

export function leadOf(summary: Summary, options: VerdictOptions): LeadSentences {
  const { comparison, offers, months } = summary
  const verdict = verdictOf(summary, options)
  const offer = verdict?.offer ?? bestOf(summary)
  const title = verdict?.title ?? offer
  const named = title === offer ? offer : `${inSentence(title)} (${offer})`
  const point = amountsOf(summary).whole.text(offers[offer][comparison.measure].point)
  const odds = formatShare(comparison.cheapest[offer].value)
  return {
    offer,
    ...(verdict && { grade: verdict.grade, odds: verdict.odds }),
    verdict: verdict?.words ?? `${offer} is the cheapest in ${odds} of ${trialsWord(months.length)}.`,
    single: `A plan with single numbers gives ${point}${Object.keys(offers).length > 1 ? ` for ${named}` : ''}.`,
  }
}
