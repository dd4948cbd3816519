import { UsageError } from '../../errors.ts'
import type { TotalCheck } from '../../invoice/check/check.ts'
import type { Contract } from '../../invoice/contract.ts'
import { invoiceCsv } from '../../invoice/focus.ts'
import { runInvoice } from '../../invoice/invoice.ts'
import { invoiceTotals } from '../../invoice/written.ts'
import { invoiceBlocks } from '../../present/report/invoice.ts'
import { formatMoney } from '../../notation/money.ts'
import type { Decimal } from '../../notation/table/numbers.ts'
import { billing } from '../../options/billing.ts'
import { oneOf } from '../../options/kinds.ts'
import { flagOnly } from '../../options/option.ts'
import { decimal } from '../../options/shared.ts'
import { defineCommand, scenarioArgument } from '../command.ts'
import { words } from '../options.ts'
import { loadPlan } from '../plan.ts'
import { note, printJson, printLines } from '../print.ts'
import { toStdout } from '../streams.ts'

export const summary = 'bill one offer line by line, for the expected usage or your own'
export const group = 'decide'

export const command = defineCommand({
  arguments: [scenarioArgument, ['<offer>', 'an offer of the scenario']],
  options: {
    ...billing,
    format: flagOnly(
      oneOf(['table', 'csv', 'totals', 'json']),
      'table, csv (FOCUS columns), totals (a row for each meter) or json',
      'table',
    ),
    check: flagOnly(words('<file>'), 'compare an invoice with the contract: month,meter,quantity,amount, or FOCUS columns'),
    decimal,
  },
  async run({ format = 'table', check, decimal: sign, ...usage }, file, offer) {
    if (check !== undefined) {
      const stated = Object.entries(usage).find(([, value]) => value !== undefined)
      if (stated) throw new UsageError(`--${stated[0]}: remove this option with --check, since the invoice states months and usage`)
      const { contractIn } = await import('../contract.ts')
      return checkFile(check, () => contractIn(file, offer), { format, decimal: sign })
    }
    const { text, reader } = await loadPlan(file)
    const found = await runInvoice(text, offer, usage, reader)
    found.notes?.forEach(note)
    if (format === 'json') return printJson(found)
    if (format === 'table') return printLines(invoiceBlocks(found))
    toStdout(format === 'csv' ? invoiceCsv(found) : invoiceTotals(found))
  },
})

interface CheckFlags {
  readonly format: string
  readonly decimal: Decimal | undefined
}

/** Compares an invoice with its contract. */
async function checkFile(file: string, contract: () => Promise<Contract>, { format, decimal: sign }: CheckFlags): Promise<void> {
  if (format === 'csv' || format === 'totals')
    throw new UsageError(`--format: expected table or json with --check, got "${format}"`)
  const [{ checkInvoice }, { totalsOf }, { loadHistory }, { totalLines }] = await Promise.all([
    import('../../invoice/check/check.ts'),
    import('../../invoice/audit/index.ts'),
    import('../load.ts'),
    import('./audit.ts'),
  ])
  const { text } = await loadHistory(file)
  const { totals, notes, currency } = await checkInvoice(await contract(), await totalsOf(text, file, sign))
  if (format === 'json') return printJson(totals)
  printLines([...totalLines(totals, notes), '', verdict(totals, currency)])
}

function verdict(totals: readonly TotalCheck[], currency: string): string {
  if (totals.length === 0) return 'The file has no rows to compare.'
  const wrong = totals.filter(({ rule }) => rule !== undefined)
  if (wrong.length === 0) return 'All totals agree with the contract.'
  const sum = wrong.reduce((total, { difference }) => total + difference, 0)
  return `${wrong.length} of ${totals.length} totals differ from the contract, by ${formatMoney(sum, currency)} in all.`
}
