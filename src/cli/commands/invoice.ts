// billcast invoice: the bill of one offer, line by line.
import { UsageError } from '../../errors.ts'
import { billing } from '../../options/billing.ts'
import { oneOf } from '../../options/kinds.ts'
import { type FlagsOf, flagOnly } from '../../options/option.ts'
import { words } from '../options.ts'
import { defineCommand, scenarioArgument } from '../command.ts'
import { dirname } from 'node:path'
import { invoiceCsv } from '../../invoice/focus.ts'
import { runInvoice } from '../../invoice/read.ts'
import { invoiceTable } from '../../invoice/table.ts'
import { folderReader } from '../../platform/node/reader.ts'
import { formatMoney } from '../../notation/money.ts'
import { loadScenario } from '../load.ts'

export const summary = 'bill one offer line by line, for the usage that the scenario expects or for another'
export const group = 'decide'

const options = {
  ...billing,
  format: flagOnly(oneOf(['table', 'csv', 'json']), 'table, csv (FOCUS columns) or json', { default: 'table' }),
  check: flagOnly(words('<file>'), 'monthly totals, month,meter,quantity,amount, against the contract'),
} as const

async function invoiceCommand(
  { format = 'table', check, ...usage }: FlagsOf<typeof options>,
  file: string,
  offer: string,
): Promise<void> {
  if (check !== undefined) return checked(file, offer, check, format)
  const found = await runInvoice(await loadScenario(file), offer, usage, folderReader(dirname(file)))
  const text =
    format === 'csv' ? invoiceCsv(found) : format === 'json' ? `${JSON.stringify(found, null, 2)}\n` : invoiceTable(found)
  process.stdout.write(text)
}

/** Monthly totals against the contract. */
async function checked(file: string, name: string, check: string, format: string): Promise<void> {
  if (format === 'csv') throw new UsageError('--format: expected table or json beside --check, got "csv"')
  const [{ checkedInvoices }, { loadHistory }, { totalLines, offerIn }] = await Promise.all([
    import('../../invoice/audit/index.ts'),
    import('../history.ts'),
    import('./audit.ts'),
  ])
  const { text } = await loadHistory(check)
  const totals = await checkedInvoices(text, await offerIn(file, name))
  if (format === 'json') process.stdout.write(`${JSON.stringify(totals, null, 2)}\n`)
  else {
    const wrong = totals.filter(({ rule }) => rule !== undefined)
    const sum = wrong.reduce((total, { difference }) => total + difference, 0)
    process.stdout.write(
      `${totalLines(totals).join('\n')}\n\n${wrong.length === 0 ? 'All totals agree with the contract.' : `${wrong.length} of ${totals.length} totals differ from the contract, by ${formatMoney(sum)} in all.`}\n`,
    )
  }
}

export const command = defineCommand({
  arguments: { ...scenarioArgument, '<offer>': 'an offer of the scenario' },
  options: options,
  run: invoiceCommand,
})
