// Tools that run a plan: which offer to sign, how the offers compare, and what to budget.
import { textKind, share, moneyAmount, type Stated } from '../../options/kinds.ts'
import { option } from '../../options/option.ts'
import { contingencyLines, overrunWords, shortfallWords } from '../../present/report/budget.ts'
import { dominanceWords } from '../../present/report/dominance.ts'
import { differenceWords } from '../../present/report/difference.ts'
import { budgetWords, leadOf } from '../../present/report/text.ts'
import { bestOf } from '../../summary/comparison.ts'
import type { Summary } from '../../summary/summary.ts'
import { runAsked, runOf } from './asked.ts'
import { amountFigure, certainly, oddsFigure } from './figures.ts'
import { defineTool, offerPair, type ToolFigure } from './tool.ts'

const clearAt = option(share('80%'), 'odds of being cheapest from which an offer may be the clear choice', '0.8')

/** The mean, the usual budgets and the odds of each offer. */
function offerFigures({ offers, comparison, currency }: Summary): ToolFigure[] {
  return Object.entries(offers).flatMap(([name, offer]) => {
    const { mean, percentiles, expectedShortfall } = offer[comparison.measure]
    const { p50, p80, p95 } = percentiles
    return [
      amountFigure(`${name}: mean`, mean, currency),
      ...Object.entries({ p50, p80, p95 }).flatMap(([level, one]) =>
        one ? [amountFigure(`${name}: ${level.toUpperCase()}`, one, currency)] : [],
      ),
      ...(expectedShortfall.p95 ? [amountFigure(`${name}: mean of the worst 5%`, expectedShortfall.p95, currency)] : []),
      oddsFigure(`${name}: odds of being cheapest`, comparison.cheapest[name]),
      ...(offer.overage.any.value > 0 ? [oddsFigure(`${name}: odds of overage`, offer.overage.any)] : []),
    ]
  })
}

export const runPlanTool = defineTool({
  title: 'Run a plan',
  help: 'Simulate a plan and answer which offer to sign, how clear that is, and what to budget for each offer. This is the main question: ask it once the plan is checked.',
  options: { ...runAsked, clearAt },
  answer: async ({ clearAt, ...given }, around) => {
    const { result, titles, common } = await runOf(given, around)
    const { summary } = result
    const { verdict, single } = leadOf(summary, { titles, clearAt })
    const { grade, offer, offers, odds } = result.verdict({ clearAt })
    const budget = summary.budget && budgetWords(summary.budget, summary)
    return {
      ...common,
      words: [`${verdict} ${single}`, ...(budget === undefined ? [] : [budget])].join('\n'),
      figures: offerFigures(summary),
      details: { grade, offer, offers, odds, measure: summary.comparison.measure, months: summary.months },
    }
  },
})

export const compareOffersTool = defineTool({
  title: 'Compare offers',
  help: 'Compare the offers of a plan: rankings by mean, budget and bad years, which offer is better at every probability, regret, savings against people alone, and the difference of two offers.',
  options: {
    ...runAsked,
    clearAt,
    difference: option(offerPair, 'two offers; the answer says how much the first costs more than the second'),
  },
  answer: async ({ clearAt, difference, ...given }, around) => {
    const { result, common } = await runOf(given, around)
    const { summary } = result
    const { currency, comparison } = summary
    const names = Object.keys(summary.offers)
    const ranking = result.ranking()
    const verdict = result.verdict({ clearAt })
    const gap = difference && result.difference(...difference)
    const savings = result.hasPeople ? names.map((name) => result.savings(name)) : []
    return {
      ...common,
      words: [
        verdict.words,
        ranking.words,
        ...dominanceWords(result.dominance(), names),
        ...(difference && gap ? [differenceWords({ ...gap, above: gap.above(0) })] : []),
      ].join('\n'),
      figures: [
        ...offerFigures(summary),
        ...names.map((name) => amountFigure(`${name}: regret`, comparison.regret[name], currency)),
        ...savings.flatMap(({ offer, savings: saved, payback }) => [
          amountFigure(`${offer}: savings against people alone`, saved.mean, currency),
          oddsFigure(`${offer}: odds that savings never pay for it`, payback.never),
        ]),
        ...(difference && gap
          ? [
              amountFigure(`${difference.join(' minus ')}: mean`, gap.mean, currency),
              ...Object.entries(gap.percentiles).map(([level, one]) =>
                amountFigure(`${difference.join(' minus ')}: ${level.toUpperCase()}`, one, currency),
              ),
              oddsFigure(`odds that ${difference[0]} costs more than ${difference[1]}`, gap.above(0)),
            ]
          : []),
      ],
      details: {
        grade: verdict.grade,
        offer: verdict.offer,
        ranking: {
          mean: ranking.mean.map(({ offer }) => offer),
          p80: ranking.p80.map(({ offer }) => offer),
          p95: ranking.p95.map(({ offer }) => offer),
        },
      },
    }
  },
})

export const setBudgetTool = defineTool({
  title: 'Set a budget',
  help: 'Answer what to budget for one offer at a confidence, by month and by cost layer, and how likely the offer is to exceed an amount.',
  options: {
    ...runAsked,
    offer: option(textKind('<name>', 'the name of an offer'), 'the offer to budget for', 'the offer that is cheapest most often'),
    confidence: option(share('80%'), 'share of simulated years in which the budget must be enough', '0.8'),
    amount: option<Stated>(moneyAmount('$480k'), 'show the risk of exceeding this amount'),
  },
  answer: async ({ offer: named, confidence = 0.8, amount, ...given }, around) => {
    const { result, common } = await runOf(given, around, true)
    const { summary } = result
    const { currency } = summary
    const offer = named ?? bestOf(summary)
    const contingency = result.contingency(offer, confidence)
    const shortfall = result.expectedShortfall(offer, confidence)
    const phased = result.phased(offer, confidence)
    const overrun = amount === undefined ? undefined : result.overrun(offer, amount)
    return {
      ...common,
      words: [
        `Budget for ${offer}.`,
        ...contingencyLines(contingency, confidence, summary),
        shortfallWords(offer, shortfall, confidence, summary),
        ...(overrun ? [overrunWords(offer, overrun, summary)] : []),
      ].join('\n'),
      figures: [
        amountFigure('budget', contingency.budget, currency),
        amountFigure('mean', contingency.mean, currency),
        amountFigure('plan with single numbers', certainly(contingency.point), currency),
        oddsFigure('odds that the plan with single numbers is enough', contingency.pointSuffices),
        ...[50, 80, 90, 95].map((p) => amountFigure(`enough in ${p} of 100 trials`, result.budget(offer, p / 100), currency)),
        amountFigure('mean of the years beyond the budget', shortfall, currency),
        ...(overrun ? [oddsFigure('odds of exceeding the amount', overrun.probability)] : []),
        ...phased.months.map(({ month, exact }) => amountFigure(`budget of ${month}`, exact, currency)),
        ...phased.layers.map(({ layer, exact }) => amountFigure(`budget for ${layer}`, exact, currency)),
      ],
      details: { offer, confidence },
    }
  },
})
