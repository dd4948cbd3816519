// The comparisons of a backtest as a table: one row for each quantity, start and month ahead, and one for each sum (ahead 0).
import type { Backtest } from '../../questions/backtest/backtest.ts'
import type { Case } from '../../questions/backtest/cases.ts'
import { type Dataset, dataset, numberColumn, textColumn } from './dataset.ts'

const PERCENTILES = ['p5', 'p10', 'p25', 'p50', 'p75', 'p90', 'p95'] as const

export function casesOf({ cases, name, since, horizon, trials }: Backtest): Dataset {
  const numbers = (column: string, of: (one: Case) => number, unit?: string) =>
    numberColumn(column, Float64Array.from(cases, of), unit)
  const texts = (column: string, of: (one: Case) => string) => textColumn(column, cases.map(of))
  const counts = (column: string, of: (one: Case) => number) => numbers(column, of)
  return dataset({
    name: 'cases',
    rows: cases.length,
    columns: [
      texts('of', ({ of }) => of),
      texts('origin', ({ origin }) => origin),
      texts('month', ({ month }) => month),
      numbers('ahead', ({ ahead }) => ahead, 'months'),
      counts('actual', ({ actual }) => actual),
      counts('mean', ({ mean }) => mean),
      ...PERCENTILES.map((p, k) => counts(p, ({ percentiles }) => percentiles[k])),
      numbers('pit', ({ pit }) => pit),
      counts('crps', ({ crps }) => crps.model),
      counts('crps_growth_naive', ({ crps }) => crps.growthNaive),
      counts('crps_flat', ({ crps }) => crps.flat),
    ],
    origin: { history: name, since, horizon, trials },
  })
}
