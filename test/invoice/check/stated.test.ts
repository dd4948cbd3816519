// Tests that a whole invoice for other usage than the plan's agrees, too: it states every quantity that its amounts depend on.
import fc from 'fast-check'
import { it, expect } from 'vitest'
import { checkedInvoices } from '../../../src/invoice/audit/index.ts'
import { invoiceCsv } from '../../../src/invoice/focus.ts'
import { runInvoice } from '../../../src/invoice/invoice.ts'
import { invoiceTotals } from '../../../src/invoice/written.ts'
import { effort, patience, someOf } from '../../effort.ts'
import { anyContract, everyContract } from '../../oracle/contracts.ts'
import type { Written } from '../../oracle/scenarios.ts'

const reader = { read: () => Promise.reject(new Error('these scenarios read no files')) }

/** Terms on the resolution rate and on people, which no row of an invoice states. */
const unstated = (offer: unknown): boolean => /"(refund|guarantee|perAgent)"/.test(JSON.stringify(offer))

async function faults(scenario: Written, conversations: string, rate: string): Promise<string[]> {
  const found: string[] = []
  for (const [offer, terms] of Object.entries((scenario as { offers: Record<string, unknown> }).offers)) {
    if (unstated(terms)) continue
    const invoice = await runInvoice(scenario, offer, { conversations, rate }, reader)
    for (const csv of [invoiceCsv(invoice), invoiceTotals(invoice)]) {
      const off = (await checkedInvoices(csv, { scenario: scenario as never, offer }, reader)).filter(
        ({ rule }) => rule !== undefined,
      )
      if (off.length > 0) found.push(`${offer}: ${JSON.stringify(off[0])}`)
    }
  }
  return found
}

it.each(someOf(Object.entries(everyContract), 4))(
  '%s: an invoice for other usage than the plan expects agrees',
  async (_, scenario) => {
    expect(await faults(scenario, '70k', '50%')).toEqual([])
  },
)

it(
  'an invoice for any usage agrees with any contract',
  () =>
    fc.assert(
      fc.asyncProperty(
        anyContract,
        fc.constantFrom('0', '90', '20k', '70k'),
        fc.constantFrom('0%', '50%', '90%'),
        async (...given) => {
          expect(await faults(...given)).toEqual([])
        },
      ),
      effort(4, 1000, 30),
    ),
  patience,
)
