// docs/options.md is made from the commands and the options; `UPDATE_DOCS=1` writes it anew.
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { type DefinedCommand, GROUPS } from '../../src/cli/command.ts'
import { commands } from '../../src/cli/commands/index.generated.ts'
import { auditing, checking } from '../../src/invoice/audit/options.ts'
import { fitting } from '../../src/options/fit.ts'
import { drawing } from '../../src/options/drawing.ts'
import { backtesting, calibrating } from '../../src/options/history.ts'
import * as questions from '../../src/options/questions.ts'
import { reaching, submitting, working } from '../../src/options/queue.ts'
import { place } from '../../src/options/shared.ts'
import { drawnInputs, saving, savingAnswer } from '../../src/options/saving.ts'
import { simulating } from '../../src/options/simulate.ts'
import { flagTable, optionTable } from '../../src/options/table.ts'

const FILE = 'docs/options.md'

const functions = {
  'simulate(scenario, options)': { ...simulating, ...place },
  'breakEven(scenario, path, offers, options)': { ...questions.breakingEven, ...place },
  'fairPrice(scenario, path, options)': { ...questions.pricing, ...place },
  'optimize(scenario, options)': { ...questions.optimizing, ...place },
  'sweep(scenario, vary, options)` and `diff(from, to, options)': { ...questions.comparing, ...place },
  'sensitivity(scenario, options)': { ...questions.sensing, ...place },
  'valueOfInformation(scenario, options)': { ...questions.informing, ...place },
  'pilot(scenario, options)': { ...questions.piloting, ...place },
  'portfolio(input, options)': { ...questions.combining, ...place },
  'stress(scenario, options)': { ...questions.stressing, ...place },
  'reforecast(scenario, options)': { ...questions.reforecasting, ...place },
  'track(plan, options)': { ...questions.tracking, ...place },
  'calibrate(history, options)': calibrating,
  'fit(values, options)': fitting,
  'backtest(history, options)': backtesting,
  'audit(conversations, offer, options)': { ...auditing, ...place },
  'checkInvoices(invoices, offer, options)': checking,
  'result.save(folder, options)': saving,
  'save(answer, folder, options)': savingAnswer,
  'compare(result, options)': questions.comparingOffers,
  'result.inputs(options)': drawnInputs,
  'png(chart, options)': drawing,
  'submit(scenario, options)` of `billcast/queue': submitting,
  'work(options)` of `billcast/queue': working,
  'status(options)` of `billcast/queue': reaching,
}

function commandText(name: string, summary: string, { arguments: given, options, commands: own = {} }: DefinedCommand): string {
  const parts = [
    `### \`billcast ${[name, ...given.map(([argument]) => argument)].join(' ')}\`\n\n${summary}\n`,
    ...(Object.keys(options).length > 0 ? [flagTable(options)] : []),
    ...Object.entries(own).map(([part, one]) => commandText(`${name} ${part}`, one.summary, one)),
  ]
  return parts.join('\n')
}

async function commandBlock(): Promise<string> {
  const index = commands.map(({ name, summary, group }) => ({ name, summary, group }))
  const tables = Object.entries(GROUPS).map(([group, title]) => {
    const own = index.filter((one) => one.group === group)
    const lines = own.map(({ name, summary }) => `| \`billcast ${name}\` | ${summary.replaceAll('|', '\\|')} |\n`)
    return `**${title.replace(/:$/, '')}**\n\n| command | does |\n| --- | --- |\n${lines.join('')}`
  })
  const texts = await Promise.all(
    commands.map(async ({ name, summary, load }) => commandText(name, summary, (await load()).command)),
  )
  return `${tables.join('\n')}\n${texts.join('\n')}`
}

const functionBlock = (): string =>
  Object.entries(functions)
    .map(([name, group]) => `### \`${name}\`\n\n${optionTable(group)}`)
    .join('\n')

const withBlock = (text: string, name: string, block: string): string =>
  text.replace(
    new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- end -->)`),
    (_, before: string, after: string) => `${before}\n${block}\n${after}`,
  )

it('docs/options.md lists every command and every option', async () => {
  const text = readFileSync(FILE, 'utf8')
  const current = withBlock(withBlock(text, 'commands', await commandBlock()), 'functions', functionBlock())
  if (process.env.UPDATE_DOCS !== undefined) writeFileSync(FILE, current)
  else expect(text).toBe(current)
})
