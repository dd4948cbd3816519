import { formatMoney, formatShare } from '../../notation/money.ts'
import { comparingOffers } from '../../options/questions.ts'
import { differenceWords } from '../../present/report/difference.ts'
import { dominanceWords } from '../../present/report/dominance.ts'
import { align, withError } from '../../present/report/text.ts'
import { type ComparedDifference, comparedOffers } from '../../api/compare.ts'
import type { Acceptability } from '../../questions/compare/acceptability.ts'
import type { Savings } from '../../questions/compare/savings.ts'
import { chosen, defineCommand, scenarioArgument } from '../command.ts'
import { runOnce } from '../once.ts'
import { asking } from '../options.ts'
import { cells, FOOT, printJson, printLines, short } from '../print.ts'

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
    const { measure, verdict, ranking, dominance, cheapest, regret, regrets, acceptability, difference, savings = [] } = compared
    const money = (value: number) => formatMoney(value, currency)
    const lists = [ranking.mean, ranking.p80, ranking.p95, ranking.expectedShortfall95]
    printLines([
      `${name}: offers compared by ${measure === 'bill' ? "the vendor's bill" : 'bill, people and running costs'}`,
      '',
      verdict.words,
      '',
      ...align([
        ['', 'by mean', 'by P80', 'by P95', 'in the worst 5%'],
        ...ranking.mean.map((_, k) => [
          `${k + 1}`,
          ...lists.map(({ [k]: one }) => (one ? `${one.offer} ${withError(one, currency)}` : '–')),
        ]),
      ]),
      '',
      ranking.words,
      '',
      ...align([
        ['', 'cheapest', '±', 'regret', '±', 'P90 of regret', '±'],
        ...ranking.mean.map(({ offer }) => {
          const { value, se } = cheapest[offer]
          const tail = cells(regrets[offer].percentiles.p90, money)
          return [offer, formatShare(value), formatShare(se, 2), ...cells(regret[offer], money), ...tail]
        }),
      ]),
      '',
      ...dominanceWords(dominance, Object.keys(offers)),
      ...(acceptability ? ['', ...acceptabilityLines(acceptability, money)] : []),
      ...(difference ? ['', ...differenceLines(difference, money)] : []),
      ...(savings.length > 0 ? ['', ...savingsLines(savings, money), ''] : []),
      'Regret is how much more an offer costs than the cheapest offer of the same trial.',
      FOOT,
    ])
  },
})

/** The difference of two offers as lines. */
function differenceLines(found: ComparedDifference, money: (value: number) => string): string[] {
  const { offer, minus, mean, percentiles, expectedShortfall: shortfall } = found
  return [
    differenceWords(found),
    '',
    ...align([
      [`${offer} minus ${minus}`, 'amount', '±'],
      ['mean', ...cells(mean, money)],
      ...Object.entries(percentiles).map(([key, one]) => [key.toUpperCase(), ...cells(one, money)]),
      ['mean of the worst 5%', ...cells(shortfall.expectedShortfall, money)],
      ...shortfall.offers.map((part) => [`part of ${part.offer}`, ...cells(part.amount, money)]),
    ]),
  ]
}

function acceptabilityLines({ against, points, words }: Acceptability, money: (value: number) => string): string[] {
  const names = Object.keys(points[0].offers)
  return [
    ...align([
      [against, ...names.map((name) => `${name} cheapest`), 'lowest mean', 'its mean', '±'],
      ...points.map(({ at, offers, frontier }) => [
        short(at),
        ...names.map((name) => formatShare(offers[name].cheapest.value)),
        frontier,
        ...cells(offers[frontier].mean, money),
      ]),
    ]),
    '',
    words,
  ]
}

const savingsLines = (all: readonly Savings[], money: (value: number) => string): string[] =>
  align([
    ['against people alone', 'savings', '±', 'P10', 'P90', 'return', 'pays by month', 'never pays'],
    ...all.map(({ offer, savings, return: earned, payback }) => [
      offer,
      ...cells(savings.mean, money),
      money(savings.percentiles.p10.value),
      money(savings.percentiles.p90.value),
      earned ? formatShare(earned.mean.value) : '–',
      String(payback.percentiles.p50 ?? 'never'),
      formatShare(payback.never.value),
    ]),
  ])
