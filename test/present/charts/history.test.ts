// Tests the chart of a history: the finding, the fit, a step, an outlier, the months ahead, and a panel for each segment.
import { expect, it } from 'vitest'
import { charts } from '../../../src/present/charts/index.ts'
import { formatMonth } from '../../../src/months.ts'
import { futuresOf } from '../../../src/forecasting/ensemble/futures.ts'
import { calibrationOf } from '../../../src/questions/backtest/calibration.ts'
import { likeItsPicture } from './picture.ts'

const FIRST = 2022 * 12
/** A season, a step of +60% in March 2024, and a month that doubles. */
const volumes = Array.from({ length: 48 }, (_, k) =>
  Math.round(
    1000 *
      (k < 26 ? 1 : 1.6) *
      (1 + 0.15 * Math.sin((k * Math.PI) / 6)) *
      (1 + 0.03 * Math.sin(7.3 * (k % 17))) *
      (k === 12 ? 2.2 : 1),
  ),
)

it('a history shows its months, its fit, its step, its outlier and the year ahead', async () => {
  const rows = volumes.map((conversations, k) => ({ month: formatMonth(FIRST + k), conversations }))
  const found = await calibrationOf(rows, { name: 'tickets.csv' })
  const chart = charts.history(found)
  expect(chart.title).toBe('The level rose by 61% in Mar 2024, beyond the trend')
  expect(chart.description).toContain('2023-01 is an outlier.')
  // Each month is predicted from all others: within three times the noise of 2%.
  for (const [k, { actual, fitted }] of found.past.entries())
    if (k !== 12 && k !== 25 && k !== 26) expect(Math.abs((fitted ?? 0) / (actual ?? 0) - 1)).toBeLessThan(0.06)
  const { means } = futuresOf({ first: FIRST, volumes, days: true }, FIRST + 48, 12).driver
  for (const [t, { mean, p5, p25, p75, p95 }] of found.ahead.entries()) {
    expect(mean / means[t]).toBeCloseTo(1, 6)
    expect([p5, p25, mean, p75, p95]).toEqual([p5, p25, mean, p75, p95].sort((a, b) => a - b))
  }
})

it('segments of a history have panels of their own below their sum, the largest first', async () => {
  const rows = volumes.flatMap((conversations, k) => [
    { month: formatMonth(FIRST + k), channel: 'email', conversations: Math.round(400 + 60 * Math.sin(k * 1.7)) },
    { month: formatMonth(FIRST + k), channel: 'chat', conversations },
  ])
  const found = await calibrationOf(rows, { name: 'tickets.csv' })
  const chart = charts.history(found)
  const [whole, panels] = (chart.spec as { vconcat: [{ data: { values: Row[] } }, { concat: Panel[] }] }).vconcat
  expect(panels.concat.map(({ title }) => title.text)).toEqual(['chat', 'email'])
  const actual = (values: readonly Row[]) => values.flatMap((row) => row.actual ?? [])
  const [chat, email] = panels.concat.map(({ data }) => actual(data.values))
  expect(chat).toEqual(volumes)
  expect(actual(whole.data.values)).toEqual(chat.map((own, k) => own + email[k]))
  expect(chart.description).toContain('The level of chat changes by +61% in 2024-03.')
  await likeItsPicture(await chart.toSVG(), 'history-segments')
})

interface Row {
  readonly actual?: number | null
}
interface Panel {
  readonly title: { readonly text: string }
  readonly data: { readonly values: readonly Row[] }
}
