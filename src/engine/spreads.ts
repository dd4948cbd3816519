// Percentiles of what is kept, column by column, as tasks.
import type { Program } from '../program/program.ts'
import { keptColumns } from '../simulation/block.ts'
import type { Measured } from '../simulation/measured.ts'
import { SERIES, seriesAt } from '../statistics/layout.ts'
import type { Moments, Spread } from '../statistics/spread.ts'
import type { Schedule } from './schedule.ts'
import type { Extremes, Task, TaskResult } from './task.ts'

export interface MonthSpread {
  readonly spread: Spread
  readonly moments: Moments
}

/** The least and the largest value of a column, from its series. */
const extremesOf = (pooled: Float64Array, series: number): Extremes => ({
  min: pooled[seriesAt(series) + SERIES - 2],
  max: pooled[seriesAt(series) + SERIES - 1],
})

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
      const extremes = extremesOf(pooled, measured.offers[offer][measure].series)
      return { kind: 'column', column, extremes }
    }),
    spreadIn,
  )

/** Of each pair's difference. */
export const differenceSpreads = (schedule: Schedule, measured: Measured, pooled: Float64Array): Promise<Spread[]> =>
  schedule(
    measured.pairs.map(({ a, b, series }): Task => ({ kind: 'difference', a, b, extremes: extremesOf(pooled, series) })),
    spreadIn,
  )

/** Of each kept column, then month. */
export async function monthSpreads(schedule: Schedule, program: Program): Promise<MonthSpread[][]> {
  const columns = keptColumns(program).map((_, column) => column)
  const months = Array.from({ length: program.months }, (_, month) => month)
  const found = await schedule(
    columns.flatMap((column) => months.map((month): Task => ({ kind: 'month', column, month }))),
    monthIn,
  )
  return columns.map((k) => found.slice(k * program.months, (k + 1) * program.months))
}
