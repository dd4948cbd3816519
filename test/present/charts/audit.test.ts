// Tests the charts and the page of an audit.
import { expect, it } from 'vitest'
import { generate } from '../../../examples/audit/generate.mjs'
import { auditRows as audit } from '../../../src/invoice/audit/index.ts'
import { charts } from '../../../src/present/charts/index.ts'
import { auditPage } from '../../../src/present/report/audit.ts'

const { conversations, billed } = generate()
const found = audit(conversations, 'fin', { billed })

it('the chart of definitions marks the one of the contract', async () => {
  const chart = charts.definitions(await found)
  const { values } = (chart.spec as { data: { values: { name: string; count: number; own: boolean }[] } }).data
  expect(values.map(({ name, count, own }) => [name, count, own])).toEqual([
    ['timeout', 4165, false],
    ['assumed', 3659, true],
    ['verified', 1106, false],
  ])
  expect(chart.title).toBe('The choice of definition moves the bill by $2.92k')
})

it('the funnel leads from all conversations to billed units', async () => {
  const chart = charts.funnel(await found)
  const { values } = (chart.spec as { data: { values: { count: number }[] } }).data
  expect(values.map(({ count }) => count)).toEqual([6000, 5541, 4165, 3659, 1106, 3750])
  expect(chart.title).toBe('Of all conversations, the AI contained 69% and resolved 61%')
})

it('the page escapes the title of the contract', async () => {
  const offer = { title: '<script>alert(1)</script>', charges: [{ meter: 'resolutions', price: 1 }] }
  const page = await auditPage(await audit(conversations, offer, { billed }))
  expect(page).not.toContain('<script')
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(page).toContain("default-src 'none'")
  expect(page.match(/<svg /g)).toHaveLength(6)
  expect(page.match(/Show the figures/g)).toHaveLength(2)
})
