// billcast compare: what to choose, and what that depends on.
import { type FlagsOf, flagOnly } from '../../options/option.ts'
import { runOnce } from '../once.ts'
import { asking, words } from '../options.ts'
import { printJson, printLines } from '../print.ts'
import { defineCommand, scenarioArgument } from '../command.ts'
import type { Acceptability } from '../../questions/compare/acceptability.ts'
import type { Dominance } from '../../questions/compare/dominance.ts'
import type { Ranked } from '../../questions/compare/ranking.ts'
import type { Savings } from '../../questions/compare/savings.ts'
import { formatMoney, formatShare } from '../../notation/money.ts'
import { align } from '../../present/report/text.ts'

export const summary = 'what to choose: rankings, dominance, odds and regret, and how they depend on one input'
export const group = 'decide'

const options = {
  ...asking,
  against: flagOnly(words('<input>'), 'an uncertain input, conversations or rate'),
} as const

async function compareCommand(flags: FlagsOf<typeof options>, file: string): Promise<void> {
  const result = await runOnce(file, flags)
  const { summary } = result
  const { comparison, currency } = summary
  const ranking = result.ranking()
  const dominance = result.dominance()
  const acceptability = flags.against === undefined ? undefined : result.acceptability(flags.against)
  const savings = result.hasPeople ? Object.keys(summary.offers).map((offer) => result.savings(offer)) : []
  const { cheapest, regret } = comparison
  if (flags.json) {
    return printJson({
      measure: comparison.measure,
      ranking,
      dominance,
      cheapest,
      regret,
      ...(acceptability && { acceptability }),
      ...(savings.length > 0 && { savings }),
    })
  }
  const money = (value: number) => formatMoney(value, currency)
  const lists = [ranking.mean, ranking.p80, ranking.p95, ranking.expectedShortfall95]
  const cell = (one: Ranked | undefined) => (one ? `${one.offer} ${money(one.value)} ± ${money(one.se)}` : '–')
  printLines([
    `${summary.name}: what to choose, by ${comparison.measure === 'bill' ? 'what the vendor bills' : 'bill, people and running costs'}`,
    '',
    ...align([
      ['', 'by mean', 'by P80', 'by P95', 'in the worst 5 %'],
      ...ranking.mean.map((_, k) => [`${k + 1}`, ...lists.map((list) => cell(list[k]))]),
    ]),
    '',
    ranking.words,
    '',
    ...align([
      ['', 'cheapest', '±', 'costs beyond the cheapest', '±'],
      ...ranking.mean.map(({ offer }) => [
        offer,
        formatShare(cheapest[offer].value),
        formatShare(cheapest[offer].se, 2),
        money(regret[offer].value),
        money(regret[offer].se),
      ]),
    ]),
    '',
    ...dominanceWords(dominance),
    ...(acceptability ? ['', ...acceptabilityLines(acceptability, money)] : []),
    ...(savings.length > 0 ? ['', ...savingsLines(savings, money)] : []),
    '± is the standard error of the simulation.',
  ])
}

function dominanceWords(found: readonly Dominance[]): string[] {
  const list = (order: 1 | 2) => found.filter((one) => one.order === order).map(({ offer, over }) => `${offer} over ${over}`)
  const [first, second] = [list(1), list(2)]
  return [
    first.length > 0
      ? `Whatever amounts one fears, prefer ${first.join(', ')}: at every probability the budget is lower.`
      : 'No offer needs the lower budget at every probability.',
    ...(second.length > 0 ? [`Who would rather not gamble also prefers ${second.join(', ')}.`] : []),
  ]
}

function acceptabilityLines({ against, points, words }: Acceptability, money: (value: number) => string): string[] {
  const names = Object.keys(points[0].offers)
  const short = (value: number) => String(Number(value.toPrecision(4)))
  return [
    ...align([
      [against, ...names.map((name) => `${name} cheapest`), 'lowest mean', 'its mean', '±'],
      ...points.map(({ at, offers, frontier }) => [
        short(at),
        ...names.map((name) => formatShare(offers[name].cheapest.value)),
        frontier,
        money(offers[frontier].mean.value),
        money(offers[frontier].mean.se),
      ]),
    ]),
    '',
    words,
  ]
}

function savingsLines(all: readonly Savings[], money: (value: number) => string): string[] {
  return [
    ...align([
      ['against people alone', 'savings', '±', 'P10', 'P90', 'return', 'pays by month', 'never pays'],
      ...all.map(({ offer, savings, return: earned, payback }) => [
        offer,
        money(savings.mean.value),
        money(savings.mean.se),
        money(savings.percentiles.p10.value),
        money(savings.percentiles.p90.value),
        earned ? formatShare(earned.mean.value) : '–',
        payback.percentiles.p50 === undefined ? 'never' : String(payback.percentiles.p50),
        formatShare(payback.never.value),
      ]),
    ]),
    '',
  ]
}

export const command = defineCommand({
  arguments: scenarioArgument,
  options: options,
  run: compareCommand,
})
