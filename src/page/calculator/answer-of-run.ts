// The calculator shows these parts of a run: the verdict, the bars, the odds, the budgets by month, and an invoice of each offer.
import type { Finished } from '../../api/run.ts'
import { titlesOf } from '../../api/titles.ts'
import { invoiceOf } from '../../invoice/invoice.ts'
import { monthWords, spanWords, trialsWord } from '../../months.ts'
import { formatAmount } from '../../notation/money.ts'
import { formatNumber } from '../../notation/number.ts'
import { colorPlace } from '../../present/charts/theme.ts'
import { type BarScale, rangesOf } from '../../present/report/ranges.ts'
import { rangesHtml } from '../../present/report/ranges-html.ts'
import { statedPlan } from '../../present/words/plan.ts'
import { curveOf } from '../../questions/budget/curve.ts'
import { phasedOf } from '../../questions/budget/phased.ts'
import { amountsOf } from '../../questions/compare/rounding.ts'
import { capital, outOf100Words } from '../../questions/compare/verdict-words.ts'
import { shortTitles, verdictOf } from '../../questions/compare/verdict.ts'
import { parseText } from '../../scenario/text.ts'
import type { PlanAnswer, Level, OfferView } from './protocol.ts'

const byLevel = <T>(of: (level: Level) => T): Readonly<Record<Level, T>> => ({ 50: of(50), 80: of(80), 90: of(90), 95: of(95) })

/** Bars that compare offers with their figures, as the report draws them. */
export function answerOfRun(finished: Finished, id: number, final: boolean, held?: BarScale): PlanAnswer {
  const { summary, trials, scenario } = finished
  const { offers, comparison, months, currency } = summary
  const titles = titlesOf(scenario)
  const verdict = verdictOf(summary, { titles })
  if (!verdict) throw new Error('the run has too few trials for a verdict. Set `trials` of `run` to 1,024 or more')
  const names = Object.keys(offers)
  const short = shortTitles(names, titles)
  const { whole, split } = amountsOf(summary)
  const ranges = rangesOf(summary, verdict, titles, { held })
  const stated = statedPlan(parseText(finished.written.text).data, scenario)
  const at = Math.min(5, months.length - 1)

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
      invoice: {
        month: monthWords(months[at]),
        total: formatAmount(
          own.reduce((sum, { amount }) => sum + amount, 0),
          currency,
        ),
        rows: own.map(({ line, amount, why }) => ({ line, why, amount: formatAmount(amount, currency) })),
      },
    }
  }
  return {
    ...{ id, final, trials: formatNumber(summary.trials), sentences: verdict.sentences, best: verdict.offer },
    ...(names.length > 1 && { grade: verdict.grade }),
    bars: ranges ? rangesHtml(ranges) : '',
    ...(ranges && { scale: ranges.scale }),
    heading: `${comparison.measure === 'total' ? 'Vendor and people' : 'What the vendor bills'}, ${spanWords(months)}`,
    inputs: Object.fromEntries(stated.inputs.map(({ name, words }) => [name, words])),
    offers: names.map(viewOf),
    years: trialsWord(months.length),
    notes: [...(stated.coverage === undefined ? [] : [stated.coverage]), ...finished.notes],
  }
}
