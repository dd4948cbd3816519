// Tests the charts of a backtest.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { backtestOf as backtest } from '../../../src/questions/backtest/backtest.ts'
import { charts } from '../../../src/present/charts/index.ts'
import { thorough } from '../../effort.ts'

it.runIf(thorough)('a backtest shows fans with actual volumes, and where these fell in them', async () => {
  const real = readFileSync('examples/data/cfpb-complaints-monthly.csv', 'utf8')
  const found = await backtest(real, { name: 'complaints', since: '2015-01', from: '2018-01', until: '2020-12', trials: 1_024 })
  const fan = charts.backtest(found)
  const { values } = (fan.spec as { data: { values: { fan: string; month: string; actual: number }[] } }).data
  expect([...new Set(values.map(({ fan: own }) => own))]).toEqual(['2018-01', '2019-01', '2020-01'])
  expect(values.find(({ month }) => month === '2020-12')?.actual).toBe(48_375)
  const pit = charts.pit(found)
  expect(pit.description).toContain(found.annual.pit.join(', '))
})
