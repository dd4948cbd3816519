import { formatMoney, formatShare } from '../../notation/money.ts'
import { explaining, sensing } from '../../options/questions.ts'
import { type Block, figureCell, textTable } from '../../present/report/text-table.ts'
import { shareWords } from '../../present/report/text.ts'
import { type ValueOfInformation, informationOf } from '../../questions/explain/information.ts'
import { type Pilot, pilotOf } from '../../questions/explain/pilot.ts'
import { questionOf } from '../../questions/explain/question.ts'
import { type Sensitivity, sensitivityOf } from '../../questions/explain/sensitivity.ts'
import { type Beside, type Stress, stressOf } from '../../questions/explain/stress.ts'
import type { Estimate } from '../../summary/summary.ts'
import { inputNumber } from '../../scenario/input-words.ts'
import { chartFlag, chartsAsked } from '../chart.ts'
import { chosen, defineCommand, scenarioArgument } from '../command.ts'
import { json, replace, se } from '../options.ts'
import { loadPlan } from '../plan.ts'
import { count, foot, printJson, printLines } from '../print.ts'
import { watching } from '../watched.ts'
import { formatNumber } from '../../notation/number.ts'

export const summary = 'show what drives cost, what is worth finding out before you sign, and what bad years look like'
export const group = 'decide'
type Money = (value: number) => string

export const command = defineCommand({
  arguments: [scenarioArgument],
  options: { ...sensing, chart: chartFlag('explain'), force: replace, json, se },
  async run(flags, file) {
    const draw = chartsAsked('explain', flags)
    const options = { ...chosen(flags, explaining), ...watching(flags, 'Explaining') }
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
    await draw((charts) => ({
      tornado: () => charts.tornado(drivers, scenario.currency),
      information: () => charts.information(information, scenario.currency),
    }))
    if (flags.json) return printJson({ sensitivity: drivers, valueOfInformation: information, ...(pilot && { pilot }), stress })
    const money = (value: number) => formatMoney(value, scenario.currency)
    printLines(
      [
        `${scenario.name}: what drives ${offer}${against === undefined ? '' : ` minus ${against}`}, and what is worth finding out`,
        '',
        ...driverLines(drivers, money, flags.se === true),
        '',
        ...informationLines(information, pilot, money),
        '',
        ...stressLines(stress, money),
        '',
        foot(flags),
      ],
      flags,
    )
  },
})

function driverLines({ inputs, pairs, ignorance, method, words }: Sensitivity, money: Money, errors: boolean): Block[] {
  if (method === 'none') return [words]
  const share = (estimate: Estimate | undefined) => (estimate ? figureCell(estimate, formatShare) : '–')
  const shapley = method === 'shapley'
  const columns = shapley ? ['share (Shapley)'] : ['by itself', 'with interactions']
  return [
    textTable(
      [
        ['', ...columns, 'rank correlation', 'mean at P10', 'mean at P90'],
        ...Object.entries(inputs).map(([name, one]) => [
          name,
          ...(shapley ? [share(one.shapley)] : [share(one.first), share(one.total)]),
          { text: one.rank.value.toFixed(2), error: one.rank.se.toFixed(3) },
          money(one.low.value),
          money(one.high.value),
        ]),
      ],
      { spare: ['rank correlation', 'by itself'] },
    ),
    '',
    ...(pairs && pairs.length > 0
      ? [
          textTable([
            ['two inputs', 'together, beyond each by itself'],
            ...pairs.map(({ inputs: both, second }) => [both.join(' and '), share(second)]),
          ]),
          '',
        ]
      : []),
    words,
    `Unknown inputs explain ${shareWords(ignorance, errors)} of the variance. The rest is chance.`,
    'A share is the part of the spread of cost that an input explains. The means at its P10 and P90 move one input, and those correlated with it follow. A rank correlation says how reliably cost rises with the input. An input may lead one column and not another.',
  ]
}

const informationLines = ({ best, evpi, evppi, words }: ValueOfInformation, pilot: Pilot | undefined, money: Money): Block[] => [
  textTable([
    [`before signing ${best}`, 'is worth up to'],
    ...Object.entries(evppi).map(([name, value]) => [`knowing ${name}`, figureCell(value, money)]),
    ['knowing everything, chance included', figureCell(evpi, money)],
  ]),
  '',
  words,
  ...(pilot
    ? [
        '',
        textTable([
          [`${pilot.unit} in the pilot`, 'is worth'],
          ...pilot.sizes.map(({ n, evsi }) => [formatNumber(n), figureCell(evsi, money)]),
        ]),
      ]
    : []),
]

function stressLines({ offer, share, cost, inputs, months, whatIfs }: Stress, money: Money): Block[] {
  const beside = ({ usual, worst }: Beside, write: Money) => [write(usual.value), write(worst.value)]
  const row = (name: string, figures: Beside, write: Money) => [name, ...beside(figures, write)]
  const hasRate = months.some(({ rate }) => rate)
  const [first] = Object.values(whatIfs)
  const offers = Object.keys(first ?? {})
  return [
    `The worst ${formatShare(share, 0)} of trials for ${offer}:`,
    '',
    textTable([
      ['', 'all trials', 'worst trials'],
      row('cost', cost, money),
      ...Object.entries(inputs).map(([name, one]) => row(name, one, (value) => inputNumber(name, value))),
    ]),
    '',
    textTable([
      ['', 'conversations', 'in worst trials', ...(hasRate ? ['resolution rate', 'in worst trials'] : [])],
      ...months.map(({ month, conversations, rate }) => [
        month,
        ...beside(conversations, count),
        ...(hasRate ? (rate ? beside(rate, formatShare) : ['–', '–']) : []),
      ]),
    ]),
    ...(first
      ? [
          '',
          textTable(
            [
              ['what if', ...offers.map((name) => `${name}, mean`), ...offers.map((name) => `${name}, P90`)],
              ...Object.entries(whatIfs).map(([name, own]) => [
                name,
                ...Object.values(own).map(({ mean }) => money(mean.value)),
                ...Object.values(own).map(({ p90 }) => money(p90.value)),
              ]),
            ],
            { spare: offers.map((name) => `${name}, P90`).reverse() },
          ),
        ]
      : []),
  ]
}
