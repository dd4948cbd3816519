// Access to the trials that a run keeps.
import type { Program } from '../compile/program.ts'
import type { Values } from '../numerics/estimators/desk.ts'
import { type Kept, keptColumn } from '../simulation/block.ts'
import type { Job } from './task.ts'

/** Views of the job's buffers, which all threads share. */
export function keptOf({ trials, monthly }: Pick<Job, 'trials' | 'monthly'>): Kept {
  const views = (buffers: readonly ArrayBufferLike[]) => buffers.map((buffer) => new Float64Array(buffer))
  return { ...(trials && { trials: views(trials) }), ...(monthly && { monthly: { ...monthly, columns: views(monthly.columns) } }) }
}

export function columnOf({ trials }: Kept, column: number): Float64Array {
  const values = trials?.[column]
  if (!values) throw new Error('percentiles need kept trials')
  return values
}

export function monthOf({ monthly }: Kept, column: number, month: number): Float64Array {
  if (!monthly) throw new Error('months were not kept')
  return monthly.columns[column].subarray(month * monthly.trials, (month + 1) * monthly.trials)
}

/** A column's weighted sum over months. */
export function sumOfMonths(kept: Kept, column: number, weights: readonly number[]): Float64Array {
  const sum = new Float64Array(monthOf(kept, column, 0).length)
  weights.forEach((weight, month) => {
    if (weight === 0) return
    const values = monthOf(kept, column, month)
    for (let i = 0; i < sum.length; i++) sum[i] += weight * values[i]
  })
  return sum
}

/** The largest of some periods, trial by trial. Each period is a list of months. */
export function largestOfPeriods(kept: Kept, column: number, periods: readonly (readonly number[])[]): Float64Array {
  const sumIn = (months: readonly number[]) =>
    months.length === 1
      ? monthOf(kept, column, months[0])
      : sumOfMonths(
          kept,
          column,
          Array.from({ length: Math.max(...months) + 1 }, (_, m) => (months.includes(m) ? 1 : 0)),
        )
  const [first, ...others] = periods
  const largest = sumIn(first).slice()
  // One sum at a time: those of all quarters of twenty years would fill the memory.
  for (const months of others) {
    const sum = sumIn(months)
    for (let i = 0; i < largest.length; i++) if (sum[i] > largest[i]) largest[i] = sum[i]
  }
  return largest
}

/** The difference of two offers' costs, trial by trial. */
export function differenceOf({ trials }: Kept, program: Program, a: number, b: number): Values {
  const [of, less] = [a, b].map((offer) => trials?.[keptColumn(program, offer, program.measure)])
  if (!of || !less) throw new Error('differences need kept trials')
  return { of, less }
}
