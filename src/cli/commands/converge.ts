import { flagOnly } from '../../options/option.ts'
import { sampling } from '../../options/simulate.ts'
import { figureWriter } from '../../present/charts/convergence.ts'
import { type Block, figureCell, textTable } from '../../present/report/text-table.ts'
import { ERRORS_FOOT } from '../../present/report/text.ts'
import type { Convergence } from '../../questions/compare/convergence.ts'
import { bestOf } from '../../summary/comparison.ts'
import { formatNumber } from '../../notation/number.ts'
import { answerInto } from '../answer.ts'
import { defineCommand, scenarioArgument } from '../command.ts'
import { runOnce } from '../once.ts'
import { force, json, waitLock, words } from '../options.ts'
import { printJson, printLines } from '../print.ts'

export const summary = 'show how a figure and its error settle as trials are added'
export const group = 'run'

export const command = defineCommand({
  arguments: [scenarioArgument, ['<figure>', 'mean, p80, expectedShortfall95, skewness, regret or "P(cheapest)"']],
  options: {
    ...sampling,
    json,
    offer: flagOnly(words('<name>'), 'the offer (default: the one that is cheapest most often)'),
    out: flagOnly(words('<folder>'), 'write converge.json and the chart'),
    force,
    waitLock,
  },
  async run(flags, file, figure) {
    const ask = async (): Promise<Answer> => {
      const result = await runOnce(file, flags)
      const { name, currency } = result.summary
      return { name, currency, found: result.convergence(figure, flags.offer ?? bestOf(result.summary)) }
    }
    const answer = await answerInto(flags, ask, {
      kind: 'converge',
      answer: ({ found }) => found,
      origin: ({ name, currency }) => ({ plan: name, currency }),
    })
    if (flags.json) return printJson(answer.found)
    // A figure settles as its error shrinks, so that this table always has errors.
    printLines(linesOf(answer), { se: true })
  },
})

interface Answer {
  readonly name: string
  readonly currency: string
  readonly found: Convergence
}

function linesOf({ name, currency, found: { offer, title, unit, points, integrated } }: Answer): Block[] {
  const written = figureWriter(unit, currency)
  return [
    `${name}: ${title} of ${offer}`,
    '',
    textTable([
      ['trials', title],
      ...points.map(({ trials, value, se }) => [formatNumber(trials), figureCell({ value, se }, written)]),
      ...(integrated ? [['integrated', figureCell(integrated, written)]] : []),
    ]),
    '',
    'Each row counts the first trials of every replicate of the same run.',
    ...(integrated
      ? ['The last row is the figure of `billcast run`, which is integrated along lines and more precise than counting the trials.']
      : []),
    ERRORS_FOOT,
  ]
}
