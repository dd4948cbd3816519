import { formatMoney, formatShare } from '../../notation/money.ts'
import { comparingOffers } from '../../options/questions.ts'
import { differenceWords } from '../../present/report/difference.ts'
import { dominanceWords } from '../../present/report/dominance.ts'
import { amountsOf } from '../../questions/compare/rounding.ts'
import { outOf100Words } from '../../questions/compare/verdict-words.ts'
import { type Block, figureCell, strong, type TextTable } from '../../present/report/text-table.ts'
import { type ComparedDifference, type ComparedOffers, comparedOffers } from '../../api/compare.ts'
import type { Acceptability } from '../../questions/compare/acceptability.ts'
import type { Savings } from '../../questions/compare/savings.ts'
import { inputNumber } from '../../scenario/input-words.ts'
import { chosen, defineCommand, scenarioArgument } from '../command.ts'
import { runOnce } from '../once.ts'
import { asking } from '../options.ts'
import { foot, printJson, printLines } from '../print.ts'

type Money = (value: number) => string

export const summary = 'choose an offer: rankings, dominance, odds and regret'
export const group = 'decide'

export const command = defineCommand({
  arguments: [scenarioArgument],
  options: {
    ...asking,
    ...comparingOffers,
  },
  async run(flags, file) {
    const result = await runOnce(file, flags)
    const { name, currency, offers } = result.summary
    const compared = comparedOffers(result, chosen(flags, comparingOffers))
    if (flags.json) return printJson(compared)
    const { measure, verdict, ranking, dominance, acceptability, difference, savings = [] } = compared
    const { se = false } = flags
    const money = (value: number) => formatMoney(value, currency)
    printLines(
      [
        `${name}: offers compared by ${measure === 'bill' ? "the vendor's bill" : 'bill, people and running costs'}`,
        '',
        verdict.grade === 'clear' ? { text: verdict.words, tone: 'good' } : strong(verdict.words),
        '',
        rankingTable(compared, se ? money : amountsOf(result.summary).whole.text, se),
        '',
        ranking.words,
        '',
        ...dominanceWords(dominance, Object.keys(offers)),
        ...(acceptability ? ['', ...acceptabilityLines(acceptability, money)] : []),
        ...(difference ? ['', ...differenceLines(difference, money, se)] : []),
        '',
        ...(savings.length > 0 ? [savingsTable(savings, money), ''] : []),
        'Regret is how much more an offer costs than the cheapest offer of the same trial.',
        foot(flags),
      ],
      flags,
    )
  },
})

/** A row for each offer in the order of the means: its costs, its odds and its regret. */
function rankingTable({ ranking, verdict, cheapest, regret, regrets }: ComparedOffers, money: Money, errors: boolean): TextTable {
  const { mean, p80, p95, expectedShortfall95 } = ranking
  const rows = mean.map((own) => {
    const { offer } = own
    const of = (list: ComparedOffers['ranking']['mean']) => {
      const found = list.find((one) => one.offer === offer)
      return found ? figureCell(found, money) : '–'
    }
    const odds = cheapest[offer]
    return [
      offer,
      figureCell(own, money),
      ...[p80, p95, expectedShortfall95].map(of),
      errors
        ? { text: formatShare(odds.value), error: formatShare(odds.se, 2) }
        : `${outOf100Words(verdict.odds[offer], odds.value)} of 100`,
      figureCell(regret[offer], money),
      figureCell(regrets[offer].percentiles.p90, money),
    ]
  })
  return {
    head: ['', 'mean', 'P80', 'P95', 'worst 5%', 'cheapest in', 'regret', 'P90 of regret'],
    spare: ['P90 of regret', 'P95', 'worst 5%'],
    strong: [verdict.offer],
    rows,
  }
}

/** The difference of two offers. */
function differenceLines(found: ComparedDifference, money: Money, errors: boolean): Block[] {
  const { offer, minus, mean, percentiles, expectedShortfall: shortfall } = found
  return [
    differenceWords(found, errors),
    '',
    {
      head: [`${offer} minus ${minus}`, 'amount'],
      rows: [
        ['mean', figureCell(mean, money)],
        ...Object.entries(percentiles).map(([key, one]) => [key.toUpperCase(), figureCell(one, money)]),
        ['mean of the worst 5%', figureCell(shortfall.expectedShortfall, money)],
        ...shortfall.offers.map((part) => [`part of ${part.offer}`, figureCell(part.amount, money)]),
      ],
    },
  ]
}

/** Odds below this round to 0.0%. */
const NEVER = 0.0005

function acceptabilityLines({ against, points, words }: Acceptability, money: Money): Block[] {
  const names = Object.keys(points[0].offers)
  const never = names.filter((name) => points.every(({ offers }) => offers[name].cheapest.value < NEVER))
  return [
    `How often each offer is the cheapest, by ${against}:`,
    {
      head: [against, ...names, 'lowest mean', 'its mean'],
      spare: [...never, 'its mean'],
      rows: points.map(({ at, offers, frontier }) => [
        inputNumber(against, at),
        ...names.map((name) => formatShare(offers[name].cheapest.value)),
        frontier,
        figureCell(offers[frontier].mean, money),
      ]),
    },
    '',
    words,
  ]
}

const savingsTable = (all: readonly Savings[], money: Money): TextTable => ({
  head: ['against people alone', 'savings', 'P10', 'P90', 'return', 'pays by month', 'never pays'],
  spare: ['never pays', 'return'],
  rows: all.map(({ offer, savings, return: earned, payback }) => [
    offer,
    figureCell(savings.mean, money),
    money(savings.percentiles.p10.value),
    money(savings.percentiles.p90.value),
    earned ? formatShare(earned.mean.value) : '–',
    String(payback.percentiles.p50 ?? 'never'),
    formatShare(payback.never.value),
  ]),
})
