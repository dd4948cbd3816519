// The calculator shows these parts of a run: the verdict, the bars, the odds, the budgets by month, and an invoice of each offer.
import type { Finished } from '../../api/run.ts'
import { titlesOf } from '../../api/titles.ts'
import { type InvoiceLine, invoiceOf } from '../../invoice/invoice.ts'
import { monthWords, spanWords, trialsWord } from '../../months.ts'
import { formatAmount, formatPrice } from '../../notation/money.ts'
import { formatNumber } from '../../notation/number.ts'
import { colorPlace } from '../../present/charts/theme.ts'
import { type BarScale, rangesOf } from '../../present/report/ranges.ts'
import { precisionWords } from '../../present/report/precision.ts'
import { statedPlan } from '../../present/words/plan.ts'
import { curveOf } from '../../questions/budget/curve.ts'
import { phasedOf } from '../../questions/budget/phased.ts'
import { amountsOf } from '../../questions/compare/rounding.ts'
import { capital, outOf100Words } from '../../questions/compare/verdict-words.ts'
import { shortTitles, verdictOf } from '../../questions/compare/verdict.ts'
import { parseText } from '../../scenario/text.ts'
import { volumeMonths } from '../../questions/volume-months.ts'
import { peopleWords, strengthsOf } from './better-at.ts'
import type { PlanAnswer, Level, OfferView, VolumeYear } from './protocol.ts'

const byLevel = <T>(of: (level: Level) => T): Readonly<Record<Level, T>> => ({ 50: of(50), 80: of(80), 90: of(90), 95: of(95) })

/** "35,404 resolutions at $0.99", or the line's name with its amount. A unit like that of the line before is not repeated. */
function briefOf({ line, part, quantity, price, amount }: InvoiceLine, before: InvoiceLine | undefined, currency: string): string {
  if (quantity === undefined || price === undefined) return `${line} ${formatAmount(amount, currency)}`
  const unit = before?.part === part && before.quantity !== undefined ? '' : ` ${part.replaceAll('-', ' ')}`
  return `${formatNumber(Math.round(quantity))}${unit} at ${formatPrice(price, currency)}`
}

/** "in 2027", or the span of the months. */
function periodWords(months: readonly string[]): string {
  const [first, last] = [months[0], months[months.length - 1]]
  const isYear = first.slice(0, 4) === last.slice(0, 4) && first.endsWith('-01') && last.endsWith('-12')
  return isYear ? `in ${first.slice(0, 4)}` : `from ${spanWords(months)}`
}

function volumeOf({ trials, summary: { months, drivers } }: Finished): VolumeYear {
  const total = drivers.conversations.monthly.reduce((sum, { mean }) => sum + mean.value, 0)
  return {
    words: `${formatNumber(Number(total.toPrecision(3)))} conversations ${periodWords(months)}`,
    months: volumeMonths(trials).map((band, m) => ({ month: monthWords(months[m]), ...band })),
  }
}

/** Bars that compare offers with their figures, as the report draws them. */
export function answerOfRun(finished: Finished, id: number, final: boolean, held?: BarScale): PlanAnswer {
  const { summary, trials, scenario } = finished
  const { offers, comparison, months, currency } = summary
  const titles = titlesOf(scenario)
  const verdict = verdictOf(summary, { titles })
  if (!verdict) throw new Error('the run has too few trials for a verdict. Set `trials` of `run` to 1,024 or more')
  const names = Object.keys(offers)
  const short = shortTitles(names, titles)
  const { whole, part, split } = amountsOf(summary)
  const ranges = rangesOf(summary, verdict, titles, { held })
  const stated = statedPlan(parseText(finished.written.text).data, scenario)
  const at = Math.min(5, months.length - 1)
  const people = peopleWords(summary)

  const monthsOf = (name: string, level: Level) => {
    const budget = curveOf(trials, summary, name).at(level / 100)
    const parts = phasedOf(trials, name, level / 100, budget, summary).months
    const texts = split(
      parts.map(({ amount }) => amount),
      budget.value,
    )
    return parts.map(({ month, amount }, k) => ({ month: monthWords(month), amount, text: texts[k] }))
  }
  const viewOf = (name: string): OfferView => {
    const color = colorPlace(names, name, verdict.offer)
    const { percentiles, mean } = offers[name][comparison.measure]
    const exact = byLevel((level) => (percentiles[`p${level}`] ?? mean).value)
    const { lines } = invoiceOf(scenario, name, {})
    const own = lines.filter(({ month }) => month === months[at])
    const odds = verdict.odds[name]
    const source = stated.charges.find(({ offer }) => offer === name)?.source
    return {
      ...{ name, exact, odds, title: capital(short[name]) },
      ...(color !== undefined && { color }),
      words: stated.charges
        .filter(({ offer }) => offer === name || offer?.startsWith(`${name}.`))
        .map(({ words }) => words)
        .join('\n'),
      ...(source !== undefined && { source }),
      oddsWords: outOf100Words(odds, comparison.cheapest[name].value),
      budgets: byLevel((level) => whole.text(exact[level])),
      ...(final && summary.monthlyTrials > 0 && { months: byLevel((level) => monthsOf(name, level)) }),
      monthly: byLevel((level) => part.text(exact[level] / months.length)),
      invoice: {
        month: monthWords(months[at]),
        total: formatAmount(
          own.reduce((sum, { amount }) => sum + amount, 0),
          currency,
        ),
        rows: own.map((row, k) => ({
          ...{ line: row.line, why: row.why, amount: formatAmount(row.amount, currency) },
          brief: briefOf(row, own[k - 1], currency),
        })),
      },
    }
  }
  return {
    ...{ id, final, trials: formatNumber(summary.trials), sentences: verdict.sentences, best: verdict.offer },
    ...(names.length > 1 && { grade: verdict.grade }),
    strengths: strengthsOf(summary, verdict),
    ...(ranges && { ranges }),
    heading: `${comparison.measure === 'total' ? 'Vendor and people' : 'What the vendor bills'} ${periodWords(months)}`,
    volume: volumeOf(finished),
    ...(people !== undefined && { people }),
    precision: precisionWords(summary),
    inputs: Object.fromEntries(stated.inputs.map(({ name, words }) => [name, words])),
    offers: names.map(viewOf),
    years: trialsWord(months.length),
    notes: [...(stated.coverage === undefined ? [] : [stated.coverage]), ...finished.notes],
  }
}
