// From a scenario and a usage to an invoice.

import { type Reader, resolve } from '../scenario/resolve/resolve.ts'
import { readScenario } from '../scenario/read.ts'
import { type Invoice, type InvoiceUsage, invoiceOf } from './invoice.ts'

export async function runInvoice(scenario: string | object, offer: string, usage: InvoiceUsage, reader: Reader): Promise<Invoice> {
  return invoiceOf((await resolve(readScenario(scenario), reader)).scenario, offer, usage)
}
