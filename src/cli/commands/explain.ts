// billcast explain: what drives the cost, what is worth finding out, and what bad years look like, on one page.
import { explaining, sensing } from '../../options/questions.ts'
import type { FlagsOf } from '../../options/option.ts'
import { chosen } from '../flags.ts'
import { json } from '../options.ts'
import { FOOT, printJson, printLines } from '../print.ts'
import { defineCommand, scenarioArgument } from '../command.ts'
import { dirname } from 'node:path'
import { type ValueOfInformation, informationOf } from '../../questions/explain/information.ts'
import { type Pilot, pilotOf } from '../../questions/explain/pilot.ts'
import { questionOf } from '../../questions/explain/question.ts'
import { type Sensitivity, sensitivityOf } from '../../questions/explain/sensitivity.ts'
import { type Beside, type Stress, stressOf } from '../../questions/explain/stress.ts'
import { folderReader } from '../../platform/node/reader.ts'
import { formatMoney, formatShare } from '../../notation/money.ts'
import { align } from '../../present/report/text.ts'
import type { Estimate } from '../../summary/summary.ts'
import { loadScenario } from '../load.ts'

export const summary = 'what drives the cost, what is worth finding out before signing, and what bad years look like'
export const group = 'decide'

const flagged = { ...sensing, json } as const

async function explainCommand(flags: FlagsOf<typeof flagged>, file: string): Promise<void> {
  const options = chosen(flags, explaining)
  const text = await loadScenario(file)
  const reader = folderReader(dirname(file))
  const question = await questionOf(text, reader, options)
  const information = await informationOf(text, options, reader)
  const offer = flags.offer ?? information.best
  const drivers = await sensitivityOf(
    text,
    { ...options, offer, ...(flags.against !== undefined && { against: flags.against }) },
    reader,
  )
  const bad = await stressOf(text, { ...options, offer }, reader)
  const rate = question.program.inputs.find(({ name }) => name === 'resolution.rate')
  const trial = rate && (await pilotOf(text, { ...options, input: rate.name }, reader))
  if (flags.json)
    return printJson({ sensitivity: drivers, valueOfInformation: information, ...(trial && { pilot: trial }), stress: bad })
  const money = (value: number) => formatMoney(value, question.scenario.currency)
  printLines([
    `${question.scenario.name}: what drives ${offer}${flags.against === undefined ? '' : ` minus ${flags.against}`}, and what is worth finding out`,
    '',
    ...driverLines(drivers, money),
    '',
    ...informationLines(information, trial, money),
    '',
    ...stressLines(bad, money),
    '',
    FOOT,
  ])
}

function driverLines({ inputs, ignorance, method, words }: Sensitivity, money: (value: number) => string): string[] {
  if (method === 'none') return [words]
  const share = (estimate: Estimate | undefined) =>
    estimate ? `${formatShare(estimate.value)} ± ${formatShare(estimate.se)}` : '–'
  const shapley = method === 'shapley'
  return [
    ...align([
      [
        '',
        ...(shapley ? ['share (Shapley)'] : ['by itself', 'with interactions']),
        'rank correlation',
        'mean at its P10',
        'mean at its P90',
      ],
      ...Object.entries(inputs).map(([name, one]) => [
        name,
        ...(shapley ? [share(one.shapley)] : [share(one.first), share(one.total)]),
        `${one.rank.value.toFixed(2)} ± ${one.rank.se.toFixed(3)}`,
        money(one.low.value),
        money(one.high.value),
      ]),
    ]),
    '',
    words,
    `Not known yet: ${share(ignorance)} of the variance.`,
    'Shares say how much of the spread an input makes; the means at its P10 and P90 move one input and leave the others as they are; a rank',
    'correlation says how reliably cost rises with it. An input may lead one column and not another.',
  ]
}

function informationLines(
  { best, evpi, evppi, words }: ValueOfInformation,
  trial: Pilot | undefined,
  money: (value: number) => string,
): string[] {
  return [
    ...align([
      [`before signing ${best}`, 'is worth up to', '±'],
      ...Object.entries(evppi).map(([name, { value, se }]) => [`knowing ${name}`, money(value), money(se)]),
      ['knowing everything, chance included', money(evpi.value), money(evpi.se)],
    ]),
    '',
    words,
    ...(trial
      ? [
          '',
          ...align([
            ['a pilot of so many conversations', 'teaches', '±'],
            ...trial.sizes.map(({ n, evsi }) => [n.toLocaleString('en-US'), money(evsi.value), money(evsi.se)]),
          ]),
        ]
      : []),
  ]
}

function stressLines({ offer, share, cost, inputs, months, whatIfs }: Stress, money: (value: number) => string): string[] {
  const short = (value: number) => String(Number(value.toPrecision(4)))
  const row = (name: string, { usual, worst }: Beside, shown: (value: number) => string) => [
    name,
    shown(usual.value),
    shown(worst.value),
  ]
  const named = Object.entries(whatIfs)
  const [first] = named
  return [
    `The worst ${formatShare(share, 0)} of futures for ${offer}:`,
    '',
    ...align([
      ['', 'usually', 'there'],
      row('cost', cost, money),
      ...Object.entries(inputs).map(([name, one]) => row(name, one, short)),
      ...months.flatMap(({ month, conversations, rate }) => [
        row(`${month} conversations`, conversations, (value) => Math.round(value).toLocaleString('en-US')),
        ...(rate ? [row(`${month} rate`, rate, (value) => formatShare(value))] : []),
      ]),
    ]),
    ...(first
      ? [
          '',
          ...align([
            [
              'what if',
              ...Object.keys(first[1]).map((name) => `${name}, mean`),
              ...Object.keys(first[1]).map((name) => `${name}, P90`),
            ],
            ...named.map(([name, offers]) => [
              name,
              ...Object.values(offers).map(({ mean }) => money(mean.value)),
              ...Object.values(offers).map(({ p90 }) => money(p90.value)),
            ]),
          ]),
        ]
      : []),
  ]
}

export const command = defineCommand({
  arguments: scenarioArgument,
  options: flagged,
  run: explainCommand,
})
