import { dirname } from 'node:path'
import { flagOnly } from '../../options/option.ts'
import { combining } from '../../options/questions.ts'
import { folderReader } from '../../platform/node/reader.ts'
import { budgetTable, correlationTable, exactly, portfolioTable, portfolioWords } from '../../present/report/portfolio.ts'
import type { TableData } from '../../present/report/pieces.ts'
import { type Block, strong, type TextTable } from '../../present/report/text-table.ts'
import { spanOf } from '../../present/report/text.ts'
import { type Portfolio, portfolioOf } from '../../questions/portfolio/portfolio.ts'
import { answerInto } from '../answer.ts'
import { chartFlag, chartsAsked } from '../chart.ts'
import { chosen, defineCommand } from '../command.ts'
import { loadScenario } from '../load.ts'
import { force, json, se, waitLock, words } from '../options.ts'
import { type ErrorsFlag, foot, note, printJson, printLines } from '../print.ts'
import { watching } from '../watched.ts'

export const summary = 'add up many plans: one budget, what diversification saves, and a part for each plan'
export const group = 'decide'

export const command = defineCommand({
  arguments: [['<portfolio>', 'a YAML or JSON file that names plans and the offer of each, or - for standard input']],
  options: {
    ...combining,
    out: flagOnly(words('<folder>'), 'write portfolio.json, plans.csv, months.csv and report.html into this folder'),
    chart: chartFlag('portfolio'),
    force,
    waitLock,
    json,
    se,
  },
  async run(flags, file) {
    const draw = chartsAsked('portfolio', flags)
    const input = await loadScenario(file)
    const watched = watching(flags)
    const options = { ...chosen(flags, combining), ...watched }
    const reader = folderReader(file === '-' ? '.' : dirname(file))
    const found = await answerInto(flags, () => portfolioOf(input, reader, options), {
      kind: 'portfolio',
      signal: watched.signal,
      answer: (own) => own,
    })
    for (const words of found.warnings) note(words)
    await draw((charts) => ({ portfolio: () => charts.portfolio(found), diversification: () => charts.diversification(found) }))
    if (flags.json) return printJson(found)
    printLines(linesOf(found, flags), flags)
  },
})

const linesIn = ({ head, rows }: TableData, spare: readonly string[] = []): TextTable => ({ head, rows, spare })

function linesOf(found: Portfolio, flags: ErrorsFlag): Block[] {
  const { name, months, measure } = found
  const correlations = correlationTable(found)
  return [
    `${name}, ${spanOf(months)}: ${measure === 'bill' ? "the vendors' bills" : 'bills, people and running costs'}`,
    '',
    strong(portfolioWords(found).join(' ')),
    '',
    linesIn(portfolioTable(found, exactly(found, flags.se === true)), ['offer', 'P80 alone']),
    '',
    linesIn(budgetTable(found, exactly(found, flags.se === true))),
    '',
    ...(correlations ? [correlations.caption, linesIn(correlations, ['±']), ''] : []),
    foot(flags),
  ]
}
