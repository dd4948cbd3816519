// Tests the chart of a year beside its plan: the past, the closed months, the plan, and the months ahead.
import { expect, it } from 'vitest'
import { givenFiles } from '../../../src/api/given.ts'
import { formatMonth } from '../../../src/months.ts'
import { charts } from '../../../src/present/charts/index.ts'
import { type Track, trackOf } from '../../../src/questions/replan/track.ts'
import { likeItsPicture } from './picture.ts'

const offers = { a: { charges: [{ meter: 'tickets', price: 1 }] } }
const closed = 'month,conversations\n2027-01,1000\n2027-02,1100\n2027-03,1250\n'
const tracked = (conversations: object, files: Readonly<Record<string, string>> = {}): Promise<Track> =>
  trackOf({ conversations, offers }, { actuals: 'closed.csv', trials: 4_096 }, givenFiles({ 'closed.csv': closed, ...files }))

interface Row {
  readonly month: string
  readonly actual?: number | null
  readonly closed?: number
  readonly planned?: number
  readonly mean?: number
  readonly p95?: number
}
const rowsOf = (found: Track): readonly Row[] => (charts.track(found).spec as { data: { values: readonly Row[] } }).data.values

it('a tracked year shows its plan, its closed months and those ahead', async () => {
  const found = await tracked({ base: 1_000, growth: '1%/month', noise: { cv: '10%', autocorrelation: 0.5 } })
  const rows = rowsOf(found)
  expect(rows.flatMap(({ closed: own }) => own ?? [])).toEqual([1000, 1100, 1250])
  expect(rows.filter(({ planned }) => planned !== undefined)).toHaveLength(12)
  expect(rows.flatMap(({ mean, month }) => (mean === undefined ? [] : [month]))).toEqual(
    Array.from({ length: 9 }, (_, k) => formatMonth(2027 * 12 + 3 + k)),
  )
  // Half of what March is above its level of 1,020 is left in April, and nothing in December.
  const sigma2 = Math.log(1.01)
  const state = Math.log(1250 / 1020.1) + sigma2 / 2
  const april = 1030.301 * Math.exp(0.5 * state - sigma2 / 8)
  const ahead = rows.flatMap(({ mean }) => mean ?? [])
  expect(ahead[0] / april).toBeCloseTo(1, 2)
  expect(ahead[8] / (1000 * 1.01 ** 11)).toBeCloseTo(1, 2)
})

it('a year that comes from a history shows its past, a step in it, and a plan that the closed months narrow', async () => {
  const volumes = Array.from({ length: 36 }, (_, k) =>
    Math.round((k < 14 ? 600 : 1_000) * (1 + 0.12 * Math.sin((k * Math.PI) / 6)) * (1 + 0.03 * Math.sin(7.3 * (k % 17)))),
  )
  const history = `month,conversations\n${volumes.map((volume, k) => `${formatMonth(2024 * 12 + k)},${volume}`).join('\n')}\n`
  const found = await tracked(
    { history: 'past.csv' },
    {
      'past.csv': history,
      'closed.csv': 'month,conversations\n2027-01,1110\n2027-02,1190\n2027-03,1230\n',
    },
  )
  const rows = rowsOf(found)
  expect(rows.flatMap(({ actual }) => actual ?? [])).toEqual(volumes)
  expect(found.history?.shifts.map(({ month }) => month)).toEqual(['2025-03'])
  // The months so far are a tenth above the past, and so is the rest of the year.
  const plan = new Map(rows.flatMap(({ month, planned }) => (planned === undefined ? [] : [[month, planned]])))
  for (const { month, mean } of rows) if (mean !== undefined) expect(mean / (plan.get(month) ?? 0)).toBeGreaterThan(1.02)
  const chart = charts.track(found)
  expect(chart.description).toContain('The level changes by +')
  await likeItsPicture(await chart.toSVG(), 'track-history')
})
