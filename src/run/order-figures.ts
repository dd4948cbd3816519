// Tasks for the percentiles of kept columns.
import type { Program } from '../compile/program.ts'
import { keptColumns } from '../simulation/block.ts'
import type { Measured } from '../simulation/measured.ts'
import { extremesAt } from '../numerics/estimators/layout.ts'
import type { OrderFigures } from '../numerics/estimators/levels.ts'
import type { Moments } from '../numerics/estimators/moments.ts'
import type { Schedule } from './schedule.ts'
import type { RunTask, TaskResult } from './task.ts'

export interface MonthFigures {
  readonly figures: OrderFigures
  readonly moments: Moments
}

function figuresIn(result: TaskResult): OrderFigures {
  if ('figures' in result) return result.figures
  throw new Error('a percentile task returned no percentiles')
}

function monthIn(result: TaskResult): MonthFigures {
  if ('figures' in result && result.moments) return { figures: result.figures, moments: result.moments }
  throw new Error('a month task returned no moments')
}

/** For each kept column over the horizon. */
export const horizonFigures = (
  schedule: Schedule,
  program: Program,
  measured: Measured,
  pooled: Float64Array,
): Promise<OrderFigures[]> =>
  schedule(
    keptColumns(program).map(({ offer, measure }, column): RunTask => {
      const extremes = extremesAt(pooled, measured.offers[offer][measure].series)
      return { kind: 'column', column, extremes }
    }),
    figuresIn,
  )

/** For the difference of each pair of offers. */
export const differenceFigures = (schedule: Schedule, measured: Measured, pooled: Float64Array): Promise<OrderFigures[]> =>
  schedule(
    measured.pairs.map(({ a, b, series }): RunTask => ({ kind: 'difference', a, b, extremes: extremesAt(pooled, series) })),
    figuresIn,
  )

/** By kept column and month. */
export const monthFigures = (schedule: Schedule, program: Program): Promise<MonthFigures[][]> =>
  byColumn(schedule, program, program.months, (column, month) => ({ kind: 'month', column, month }))

/** By kept column and sum of months. A sum has a weight for each month. */
export const sumFigures = (schedule: Schedule, program: Program, sums: readonly (readonly number[])[]): Promise<MonthFigures[][]> =>
  byColumn(schedule, program, sums.length, (column, k) => ({ kind: 'sum', column, weights: sums[k] }))

async function byColumn(
  schedule: Schedule,
  program: Program,
  count: number,
  task: (column: number, k: number) => RunTask,
): Promise<MonthFigures[][]> {
  const columns = keptColumns(program).map((_, column) => column)
  const found = await schedule(
    columns.flatMap((column) => Array.from({ length: count }, (_, k) => task(column, k))),
    monthIn,
  )
  return columns.map((k) => found.slice(k * count, (k + 1) * count))
}
