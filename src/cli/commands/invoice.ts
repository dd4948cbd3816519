import { UsageError } from '../../errors.ts'
import { invoiceCsv } from '../../invoice/focus.ts'
import { runInvoice } from '../../invoice/invoice.ts'
import { invoiceTable } from '../../present/report/invoice.ts'
import { formatMoney } from '../../notation/money.ts'
import { billing } from '../../options/billing.ts'
import { oneOf } from '../../options/kinds.ts'
import { flagOnly } from '../../options/option.ts'
import { defineCommand, scenarioArgument } from '../command.ts'
import { words } from '../options.ts'
import { loadPlan } from '../plan.ts'
import { printJson, printLines } from '../print.ts'

export const summary = 'bill one offer line by line, for the expected usage or your own'
export const group = 'decide'

export const command = defineCommand({
  arguments: [scenarioArgument, ['<offer>', 'an offer of the scenario']],
  options: {
    ...billing,
    format: flagOnly(oneOf(['table', 'csv', 'json']), 'table, csv (FOCUS columns) or json', 'table'),
    check: flagOnly(words('<file>'), 'check monthly totals against the contract: month,meter,quantity,amount'),
  },
  async run({ format = 'table', check, ...usage }, file, offer) {
    if (check !== undefined) return checkTotals(file, offer, check, format)
    const { text, reader } = await loadPlan(file)
    const found = await runInvoice(text, offer, usage, reader)
    if (format === 'json') return printJson(found)
    process.stdout.write(format === 'csv' ? invoiceCsv(found) : invoiceTable(found))
  },
})

/** Compares monthly totals with the contract. */
async function checkTotals(file: string, name: string, check: string, format: string): Promise<void> {
  if (format === 'csv') throw new UsageError('--format: expected table or json with --check, got "csv"')
  const [{ checkedInvoices }, { loadHistory }, { totalLines, offerIn }] = await Promise.all([
    import('../../invoice/audit/index.ts'),
    import('../load.ts'),
    import('./audit.ts'),
  ])
  const { text } = await loadHistory(check)
  const totals = await checkedInvoices(text, await offerIn(file, name))
  if (format === 'json') return printJson(totals)
  const wrong = totals.filter(({ rule }) => rule !== undefined)
  const sum = wrong.reduce((total, { difference }) => total + difference, 0)
  printLines([
    ...totalLines(totals),
    '',
    wrong.length === 0
      ? 'All totals agree with the contract.'
      : `${wrong.length} of ${totals.length} totals differ from the contract, by ${formatMoney(sum)} in all.`,
  ])
}
