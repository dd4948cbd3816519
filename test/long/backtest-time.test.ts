// A backtest of 60 starts takes at most 6 s of CPU. The least of three times counts: the compiler and other programs disturb some.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { formatMonth } from '../../src/months.ts'
import { backtestOf } from '../../src/questions/backtest/backtest.ts'
import { cpuSeconds } from '../cpu.ts'

const volumes = readFileSync('examples/data/cfpb-complaints-monthly.csv', 'utf8')
  .trim()
  .split('\n')
  .slice(13, 108)
  .map((row) => Number(row.split(',')[1]))

/** Each call reads another history, since fits are kept: a few conversations more in each month. */
const history = (more: number) =>
  `month,conversations\n${volumes.map((volume, k) => `${formatMonth(2013 * 12 + k)},${volume + more}`).join('\n')}\n`

it('60 starts of volumes are forecast in at most 6 s of CPU', async () => {
  const times: number[] = []
  for (const more of [1, 2, 3]) {
    const before = cpuSeconds()
    const { origins } = await backtestOf(history(more))
    times.push(cpuSeconds() - before)
    expect(origins).toHaveLength(60)
  }
  expect(Math.min(...times)).toBeLessThan(6)
})
