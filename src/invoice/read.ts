// From a scenario and a usage to an invoice.

import { type Reader, resolve } from '../scenario/resolve/resolve.ts'
import { readScenario } from '../scenario/read.ts'
import { checkOptions } from '../options/check.ts'
import { billing, type InvoiceUsage } from '../options/billing.ts'
import { type Invoice, invoiceOf } from './invoice.ts'

export async function runInvoice(scenario: string | object, offer: string, usage: InvoiceUsage, reader: Reader): Promise<Invoice> {
  checkOptions(usage, billing)
  return invoiceOf((await resolve(readScenario(scenario), reader)).scenario, offer, usage)
}
