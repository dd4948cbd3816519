// billcast invoice: the bill of one offer, line by line.
import { dirname } from 'node:path'
import { UsageError } from '../errors.ts'
import { invoiceCsv } from '../invoice/focus.ts'
import { runInvoice } from '../invoice/read.ts'
import { invoiceTable } from '../invoice/table.ts'
import { folderReader } from '../node/reader.ts'
import { loadScenario } from './load.ts'

export interface InvoiceFlags {
  readonly month?: string
  readonly conversations?: string
  readonly rate?: string
  readonly format?: string
}

const FORMATS = ['table', 'csv', 'json']

export async function invoiceCommand(file: string, offer: string, { format = 'table', ...usage }: InvoiceFlags): Promise<void> {
  if (!FORMATS.includes(format)) throw new UsageError(`--format: expected ${FORMATS.join(' or ')}, got "${format}"`)
  const found = await runInvoice(await loadScenario(file), offer, usage, folderReader(dirname(file)))
  const text =
    format === 'csv' ? invoiceCsv(found) : format === 'json' ? `${JSON.stringify(found, null, 2)}\n` : invoiceTable(found)
  process.stdout.write(text)
}
