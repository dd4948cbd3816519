// Tests the charts of a backtest and of a year beside its plan.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { backtestOf as backtest } from '../../../src/questions/backtest/backtest.ts'
import { charts } from '../../../src/present/charts/index.ts'
import { trackOf as track } from '../../../src/questions/replan/track.ts'
import { givenFiles } from '../../../src/api/given.ts'
import { thorough } from '../../effort.ts'
import { likeItsPicture } from './picture.ts'

it.runIf(thorough)('a backtest shows fans with actual volumes, and where these fell in them', async () => {
  const real = readFileSync('examples/data/cfpb-complaints-monthly.csv', 'utf8')
  const found = await backtest(real, { name: 'complaints', since: '2015-01', from: '2018-01', until: '2020-12', trials: 1_024 })
  const fan = charts.backtest(found)
  const { values } = (fan.spec as { data: { values: { fan: string; month: string; actual: number }[] } }).data
  expect([...new Set(values.map(({ fan: own }) => own))]).toEqual(['2018-01', '2019-01', '2020-01'])
  expect(values.find(({ month }) => month === '2020-12')?.actual).toBe(48_375)
  await likeItsPicture(await fan.toSVG(), 'backtest')
  const pit = charts.pit(found)
  expect(pit.description).toContain(found.annual.pit.join(', '))
  await likeItsPicture(await pit.toSVG(), 'pit')
})

it('a tracked year shows its planned fan and its closed months', async () => {
  const plan = {
    conversations: { base: 1_000, growth: '1%/month', noise: { cv: '10%', autocorrelation: 0.5 } },
    offers: { a: { charges: [{ meter: 'tickets', price: 1 }] } },
  }
  const closed = 'month,conversations\n2027-01,1000\n2027-02,1100\n2027-03,1250\n'
  const found = await track(plan, { actuals: 'closed.csv', trials: 4_096 }, givenFiles({ 'closed.csv': closed }))
  const chart = charts.track(found)
  const { values } = (chart.spec as { data: { values: { actual: number | null }[] } }).data
  expect(values.map(({ actual }) => actual).slice(0, 4)).toEqual([1000, 1100, 1250, null])
  await likeItsPicture(await chart.toSVG(), 'track')
})
