// The examples of a switch of vendors, of contract years and of returns run as their pages say.
import { expect, it } from 'vitest'
import type { Summary } from '../../src/summary/summary.ts'
import { here } from '../end-to-end/command.ts'

async function run(example: string): Promise<Summary> {
  const { status, stdout } = await here(['run', `examples/${example}.yaml`, '--trials', '2048', '--json'])
  expect(status).toBe(0)
  return JSON.parse(stdout) as Summary
}

it('examples/switch.yaml: the switch costs less in total, and both vendors are paid in May and June', async () => {
  const { switch: changed, stay } = (await run('switch')).offers
  expect(changed.total.mean.value).toBeLessThan(stay.total.mean.value)
  const months = (own: typeof stay) => own.bill.monthly?.map(({ mean }) => mean.value) ?? []
  for (const m of [0, 1, 2, 3]) expect(months(changed)[m]).toBeCloseTo(months(stay)[m], 6)
  // May has the onboarding fee and the bill of the shadow on top.
  expect(months(changed)[4]).toBeGreaterThan(months(stay)[4] + 30_000)
})

it('`invoice` names the part of each line of the switch', async () => {
  const { status, stdout } = await here(['invoice', 'examples/switch.yaml', 'switch', '--month', '2027-06'])
  expect(status).toBe(0)
  expect(stdout).toContain('parts.old.charges.conversations')
  expect(stdout).toContain('parts.new.charges.resolutions')
})

it('examples/contract-year.yaml: a year from April is whole, and one from October has used its quarter', async () => {
  const { april, october } = (await run('contract-year')).offers
  expect(april.bill.monthly?.slice(0, 3).map(({ mean }) => mean.value)).toEqual([0, 0, 0])
  expect(april.layers.commitment?.value).toBeCloseTo(300_000, 6)
  expect(april.overage?.any.value).toBeLessThan(0.03)
  // 98,000 before the plan and about 34,000 a month pass 400,000 in September in about two of five years.
  expect(october.overage?.any.value).toBeGreaterThan(0.2)
})

it('examples/returns.yaml: credits lower the bill, and a second try of the AI saves work of people', async () => {
  const { billed, credited, 'second-try': again } = (await run('returns')).offers
  // Rates of 65% to 76% add up to 846%, of which the last month's returns are credited after the plan. 11.2% come back on average.
  expect(credited.bill.mean.value / billed.bill.mean.value).toBeCloseTo((1.1 * (1 - (0.112 * 770) / 846)) / 0.99, 2)
  expect(again.bill.mean.value).toBeGreaterThan(billed.bill.mean.value)
  expect(again.total.mean.value).toBeLessThan(billed.total.mean.value)
  expect(again.resolutions?.mean.value).toBeGreaterThan(billed.resolutions?.mean.value ?? 0)
})

it('`invoice` shows the credit and those who come back', async () => {
  const { status, stdout, stderr } = await here(['invoice', 'examples/returns.yaml', 'credited', '--month', '2027-02'])
  expect(status).toBe(0)
  expect(stdout).toMatch(/credit for returns/)
  expect(stderr).toMatch(/customers who come back to people: [\d,]+ in 2027-02/)
})
