// The example of three channels runs as its page says.
import { expect, it } from 'vitest'
import type { Summary } from '../../src/summary/summary.ts'
import { here } from '../end-to-end/command.ts'

it('examples/channels.yaml: each offer has a cost by channel, which adds up to its bill', async () => {
  const { status, stdout } = await here(['run', 'examples/channels.yaml', '--trials', '2048', '--json'])
  expect(status).toBe(0)
  const { offers, drivers } = JSON.parse(stdout) as Summary
  expect(Object.keys(offers).length).toBeGreaterThan(1)
  for (const { bill, segments = {} } of Object.values(offers)) {
    const parts = Object.values(segments).reduce((sum, own) => sum + own.bill.mean.value, 0)
    expect(parts).toBeCloseTo(bill.mean.value, 4)
    expect(Object.values(segments).reduce((sum, own) => sum + own.bill.point, 0)).toBeCloseTo(bill.point, 4)
  }
  for (const { conversations, rate } of Object.values(drivers.segments ?? {})) {
    expect(conversations.mean.value / conversations.point).toBeCloseTo(1, 2)
    expect(rate?.mean.value).toBeCloseTo(rate?.point ?? 0, 1)
  }
})

it('`check` shows its channels', async () => {
  const { status, stdout } = await here(['check', 'examples/channels.yaml'])
  expect(status).toBe(0)
  expect(stdout).toMatch(/voice/)
})
