// Closed months and invoices of plans whose customers come back.
import { expect, it } from 'vitest'
import { checkInvoices } from 'billcast'
import { givenFiles } from '../../../src/api/given.ts'
import { invoiceCsv } from '../../../src/invoice/focus.ts'
import { compile } from '../../../src/compile/compile.ts'
import { runInvoice } from '../../../src/invoice/invoice.ts'
import { pointEstimates } from '../../../src/invoice/point.ts'
import { planTrials } from '../../../src/numerics/random/plan.ts'
import { allAtOnce } from '../../../src/pace.ts'
import { readScenario } from '../../../src/scenario/read.ts'
import { noFiles } from '../../../src/scenario/resolve/files.ts'
import { resolve } from '../../../src/scenario/resolve/resolve.ts'
import { modelOf } from '../../../src/simulation/model.ts'
import { recording } from '../../../src/simulation/recorded.ts'

const CLOSED = 'month,conversations,resolutions\n2027-01,40000,30000\n2027-02,60000,35000\n'
const fin = { charges: [{ meter: 'resolutions', price: 1 }], counted: { returned: 'credited' } }
const plan = (to: string) => ({
  months: 4,
  conversations: { base: '50k', noise: { cv: '10%' } },
  resolution: { rate: '60%', noise: { sd: '5pt' }, returns: { share: '10%', lag: 2, to } },
  human: { cost: '$6' },
  actuals: 'closed.csv',
  offers: { fin },
})
const files = givenFiles({ 'closed.csv': CLOSED })

it('what closed months resolved comes back to people in later months, and is credited there', async () => {
  const { scenario } = await resolve(readScenario(plan('people')), files)
  const near = (found: number, wanted: number) => expect(Math.abs(found - wanted)).toBeLessThan(1e-6 * wanted)
  const [{ monthly }] = pointEstimates(scenario)
  // In the third and fourth month 3,000 and 3,500 come back.
  const back = [0, 0, 3_000, 3_500]
  const planned = [30_000, 35_000, 30_000, 30_000]
  const volumes = [40_000, 60_000, 50_000, 50_000]
  back.forEach((count, m) => {
    near(monthly.bill[m], planned[m] - count)
    near(monthly.total[m], planned[m] - count + 6 * (volumes[m] - planned[m] + count))
  })
  const model = modelOf(compile(scenario, { measure: 'bill', pairs: 'none' }))
  const sample = planTrials(64, 'sobol')
  const seeming = model.usage.handled.resolved(0, 0)
  const [fin] = model.offers
  for (const [m, count] of back.entries()) {
    const nodes = [fin.billMonth(m), fin.totalMonth(m), model.conversations.volume[m], seeming[m]]
    const [bill, total, volume, resolved] = allAtOnce(recording(model, sample, 'closed', nodes, sample.trials))
    for (const i of [0, 20, 63]) {
      near(bill[i], resolved[i] - count)
      near(total[i], bill[i] + 6 * (volume[i] - resolved[i] + count))
      if (m < 2) near(resolved[i], planned[m])
    }
  }
})

it('what comes back to the AI is not told apart in the resolutions of closed months, so such a plan is refused', async () => {
  const message = 'resolution.returns.to: expected people, or actuals without the column of resolutions'
  await expect(resolve(readScenario(plan('ai')), files)).rejects.toThrow(message)
  const volumes = givenFiles({ 'closed.csv': CLOSED.replaceAll(/,[^,\n]*\n/g, '\n') })
  await expect(resolve(readScenario(plan('ai')), volumes)).resolves.toBeDefined()
})

it.each([
  ['people', 0],
  ['people', 1],
  ['ai', 1],
] as const)('an invoice of other usage agrees with its contract, with returns to %s after %i months', async (to, lag) => {
  const scenario = {
    months: 6,
    conversations: { base: '50k' },
    resolution: { rate: '60%', returns: { share: '10%', lag, to } },
    offers: { fin },
  }
  const invoice = await runInvoice(scenario, 'fin', { conversations: 41_234, rate: '63%' }, noFiles)
  const totals = await checkInvoices(invoiceCsv(invoice), { scenario, offer: 'fin' })
  // The rounding of the invoice has a row of its own.
  expect(totals.filter(({ meter }) => meter === 'resolutions')).toHaveLength(6)
  for (const { difference } of totals) expect(Math.abs(difference)).toBeLessThan(0.51)
})
