// The examples of three channels run as their page says.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { reforecast } from 'billcast'
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

it('examples/channels-from-history.yaml: one file makes the channels, whose year is near what it was drawn from', async () => {
  const { status, stdout } = await here(['run', 'examples/channels-from-history.yaml', '--trials', '1024', '--json'])
  expect(status).toBe(0)
  const { segments = {} } = (JSON.parse(stdout) as Summary).drivers
  expect(Object.keys(segments)).toEqual(['chat', 'email', 'voice'])
  // What examples/data/README.md says of the file, for the middle of 2027.
  const truth = { chat: [26_000 * 1.16 ** 3.46, 0.62], email: [22_500 * 1.02 ** 3.46, 0.42], voice: [11_200 * 0.93 ** 3.46, 0.31] }
  for (const [name, [volume, rate]] of Object.entries(truth)) {
    const own = segments[name]
    expect(Math.abs(own.conversations.mean.value / (12 * volume) - 1), name).toBeLessThan(0.16)
    expect(Math.abs((own.rate?.mean.value ?? 0) - rate), name).toBeLessThan(0.06)
  }
})

it('`check` shows its channels', async () => {
  const { status, stdout } = await here(['check', 'examples/channels.yaml'])
  expect(status).toBe(0)
  expect(stdout).toMatch(/voice/)
})

it('its closed months may state channels, or totals', async () => {
  const plan = readFileSync('examples/channels.yaml', 'utf8')
  const volumes = { chat: [39_800, 25_100], email: [24_900, 11_300], voice: [10_400, 3_500] }
  const rows = Object.entries(volumes).map(([channel, row]) => `2027-01,${channel},${row.join(',')}\n`)
  const files = {
    'split.csv': `month,channel,conversations,resolutions\n${rows.join('')}`,
    'total.csv': 'month,conversations,resolutions\n2027-01,75100,39900\n',
  }
  const [split, total] = await Promise.all(
    ['split.csv', 'total.csv'].map((actuals) => reforecast(plan, { actuals, files, trials: 8_192 } as never)),
  )
  // Resolutions of three rates with one noise determine it by their sum, so the closed bill is that of the sum.
  expect(split.closed).toEqual(['2027-01'])
  expect(split.notes.join()).toContain('segment = channel')
  expect(split.offers['by-channel'].closed.value / total.offers['by-channel'].closed.value).toBeCloseTo(1, 1)
  const chat = 'segments.chat.conversations.base'
  expect(split.inputs[chat].after.se).toBeLessThan(split.inputs[chat].before.value / 100)
  expect(split.agreement.p.value).toBeGreaterThan(0.05)
})
