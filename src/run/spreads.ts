// Percentiles of what is kept, column by column, as tasks.
import type { Program } from '../compile/program.ts'
import { keptColumns } from '../simulation/block.ts'
import type { Measured } from '../simulation/measured.ts'
import { extremesAt } from '../numerics/estimators/layout.ts'
import type { Moments, Spread } from '../numerics/estimators/spread.ts'
import type { Schedule } from './schedule.ts'
import type { Task, TaskResult } from './task.ts'

export interface MonthSpread {
  readonly spread: Spread
  readonly moments: Moments
}

function spreadIn(result: TaskResult): Spread {
  if ('spread' in result) return result.spread
  throw new Error('a task of percentiles gave none')
}

function monthIn(result: TaskResult): MonthSpread {
  if ('spread' in result && result.moments) return { spread: result.spread, moments: result.moments }
  throw new Error('a task of a month gave no moments')
}

/** Of each kept column over the horizon. */
export const horizonSpreads = (schedule: Schedule, program: Program, measured: Measured, pooled: Float64Array): Promise<Spread[]> =>
  schedule(
    keptColumns(program).map(({ offer, measure }, column): Task => {
      const extremes = extremesAt(pooled, measured.offers[offer][measure].series)
      return { kind: 'column', column, extremes }
    }),
    spreadIn,
  )

/** Of each pair's difference. */
export const differenceSpreads = (schedule: Schedule, measured: Measured, pooled: Float64Array): Promise<Spread[]> =>
  schedule(
    measured.pairs.map(({ a, b, series }): Task => ({ kind: 'difference', a, b, extremes: extremesAt(pooled, series) })),
    spreadIn,
  )

/** Of each kept column, then month. */
export const monthSpreads = (schedule: Schedule, program: Program): Promise<MonthSpread[][]> =>
  byColumn(schedule, program, program.months, (column, month) => ({ kind: 'month', column, month }))

/** Of each kept column, then sum of its months: a weight for each month. */
export const sumSpreads = (schedule: Schedule, program: Program, sums: readonly (readonly number[])[]): Promise<MonthSpread[][]> =>
  byColumn(schedule, program, sums.length, (column, k) => ({ kind: 'sum', column, weights: sums[k] }))

async function byColumn(
  schedule: Schedule,
  program: Program,
  count: number,
  task: (column: number, k: number) => Task,
): Promise<MonthSpread[][]> {
  const columns = keptColumns(program).map((_, column) => column)
  const found = await schedule(
    columns.flatMap((column) => Array.from({ length: count }, (_, k) => task(column, k))),
    monthIn,
  )
  return columns.map((k) => found.slice(k * count, (k + 1) * count))
}
