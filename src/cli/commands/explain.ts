import { formatError, formatMoney, formatShare } from '../../notation/money.ts'
import { explaining, sensing } from '../../options/questions.ts'
import { align } from '../../present/report/text.ts'
import { type ValueOfInformation, informationOf } from '../../questions/explain/information.ts'
import { type Pilot, pilotOf } from '../../questions/explain/pilot.ts'
import { questionOf } from '../../questions/explain/question.ts'
import { type Sensitivity, sensitivityOf } from '../../questions/explain/sensitivity.ts'
import { type Beside, type Stress, stressOf } from '../../questions/explain/stress.ts'
import type { Estimate } from '../../summary/summary.ts'
import { chosen, defineCommand, scenarioArgument } from '../command.ts'
import { json } from '../options.ts'
import { loadPlan } from '../plan.ts'
import { cells, count, FOOT, printJson, printLines, short } from '../print.ts'
import { watching } from '../watched.ts'
import { formatNumber } from '../../notation/number.ts'

export const summary = 'show what drives cost, what is worth finding out before you sign, and what bad years look like'
export const group = 'decide'
type Money = (value: number) => string

export const command = defineCommand({
  arguments: [scenarioArgument],
  options: { ...sensing, json },
  async run(flags, file) {
    const options = { ...chosen(flags, explaining), ...watching(flags) }
    const { text, reader } = await loadPlan(file)
    const { scenario, program } = await questionOf(text, reader, options)
    const information = await informationOf(text, options, reader)
    const { offer = information.best, against, order } = flags
    const asked = { ...options, offer }
    const more = { ...(against !== undefined && { against }), ...(order !== undefined && { order }) }
    const drivers = await sensitivityOf(text, { ...asked, ...more }, reader)
    const stress = await stressOf(text, asked, reader)
    const rate = program.inputs.find(({ name }) => name === 'resolution.rate')
    const pilot = rate && (await pilotOf(text, { ...options, input: rate.name }, reader))
    if (flags.json) return printJson({ sensitivity: drivers, valueOfInformation: information, ...(pilot && { pilot }), stress })
    const money = (value: number) => formatMoney(value, scenario.currency)
    printLines([
      `${scenario.name}: what drives ${offer}${against === undefined ? '' : ` minus ${against}`}, and what is worth finding out`,
      '',
      ...driverLines(drivers, money),
      '',
      ...informationLines(information, pilot, money),
      '',
      ...stressLines(stress, money),
      '',
      FOOT,
    ])
  },
})

function driverLines({ inputs, pairs, ignorance, method, words }: Sensitivity, money: Money): string[] {
  if (method === 'none') return [words]
  const share = (estimate: Estimate | undefined) =>
    estimate ? `${formatShare(estimate.value)} ${formatError(estimate.se, formatShare)}` : '–'
  const shapley = method === 'shapley'
  const columns = shapley ? ['share (Shapley)'] : ['by itself', 'with interactions']
  return [
    ...align([
      ['', ...columns, 'rank correlation', 'mean at its P10', 'mean at its P90'],
      ...Object.entries(inputs).map(([name, one]) => [
        name,
        ...(shapley ? [share(one.shapley)] : [share(one.first), share(one.total)]),
        `${one.rank.value.toFixed(2)} ± ${one.rank.se.toFixed(3)}`,
        money(one.low.value),
        money(one.high.value),
      ]),
    ]),
    '',
    ...(pairs && pairs.length > 0
      ? [
          ...align([
            ['two inputs', 'together, beyond each by itself'],
            ...pairs.map(({ inputs: both, second }) => [both.join(' and '), share(second)]),
          ]),
          '',
        ]
      : []),
    words,
    `Unknown inputs explain ${share(ignorance)} of the variance. The rest is chance.`,
    'A share is the part of the spread of cost that an input explains. The means at its P10 and P90 move one input, and those correlated',
    'with it follow. A rank correlation says how reliably cost rises with the input. An input may lead one column and not another.',
  ]
}

const informationLines = ({ best, evpi, evppi, words }: ValueOfInformation, pilot: Pilot | undefined, money: Money): string[] => [
  ...align([
    [`before signing ${best}`, 'is worth up to', '±'],
    ...Object.entries(evppi).map(([name, value]) => [`knowing ${name}`, ...cells(value, money)]),
    ['knowing everything, chance included', ...cells(evpi, money)],
  ]),
  '',
  words,
  ...(pilot
    ? [
        '',
        ...align([
          [`${pilot.unit} in the pilot`, 'is worth', '±'],
          ...pilot.sizes.map(({ n, evsi }) => [formatNumber(n), ...cells(evsi, money)]),
        ]),
      ]
    : []),
]

function stressLines({ offer, share, cost, inputs, months, whatIfs }: Stress, money: Money): string[] {
  const row = (name: string, { usual, worst }: Beside, write: Money) => [name, write(usual.value), write(worst.value)]
  const [first] = Object.values(whatIfs)
  const offers = Object.keys(first ?? {})
  return [
    `The worst ${formatShare(share, 0)} of trials for ${offer}:`,
    '',
    ...align([
      ['', 'all trials', 'worst trials'],
      row('cost', cost, money),
      ...Object.entries(inputs).map(([name, one]) => row(name, one, short)),
      ...months.flatMap(({ month, conversations, rate }) => [
        row(`${month} conversations`, conversations, count),
        ...(rate ? [row(`${month} rate`, rate, (value) => formatShare(value))] : []),
      ]),
    ]),
    ...(first
      ? [
          '',
          ...align([
            ['what if', ...offers.map((name) => `${name}, mean`), ...offers.map((name) => `${name}, P90`)],
            ...Object.entries(whatIfs).map(([name, own]) => [
              name,
              ...Object.values(own).map(({ mean }) => money(mean.value)),
              ...Object.values(own).map(({ p90 }) => money(p90.value)),
            ]),
          ]),
        ]
      : []),
  ]
}
