// Reads CSV files that have one row for each month of the plan.
import { shown } from '../../errors.ts'
import { LIMITS } from '../../limits.ts'
import { formatMonth } from '../../months.ts'
import { CsvError, type CsvTable } from '../../notation/csv.ts'
import type { RawScenario } from '../schema.ts'
import type { Tables } from './files.ts'

export interface MonthRows {
  readonly count: number
  readonly lines: readonly number[]
  /** Returns the numbers of a column, or undefined if the file has no such column. */
  column(name: string, least: 'of 0 or more' | 'above 0'): number[] | undefined
}

/** @param problem takes the rest of a message that starts with "expected" */
export async function readMonths(
  file: string,
  names: readonly string[],
  { start, months }: RawScenario,
  tables: Tables,
  problem: (message: string) => void,
): Promise<MonthRows | undefined> {
  let table: CsvTable
  try {
    table = await tables.read(file)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    problem(error.message)
    return undefined
  }
  const { header, rows } = table
  const strange = header.some((name, k) => !names.includes(name) || header.indexOf(name) !== k)
  if (header[0] !== 'month' || !header.includes('conversations') || strange) {
    const optional = names.length > 2 ? ` and, if known, ${names.slice(2).join(' and ')}` : ''
    problem(`the columns month and conversations${optional} in line 1 of ${shown(file)}, got ${shown(header.join(','))}`)
    return undefined
  }
  rows.slice(0, months).forEach(({ cells: [month], line }, k) => {
    if (month !== formatMonth(start + k))
      problem(`${formatMonth(start + k)} in line ${line} of ${shown(file)}, got ${shown(month)}`)
  })
  return {
    count: rows.length,
    lines: rows.map(({ line }) => line),
    column(name, least) {
      const place = header.indexOf(name)
      if (place < 0) return undefined
      return rows.map(({ cells, line }) => {
        const value = /^\d+(\.\d+)?$/.test(cells[place]) ? Number(cells[place]) : Number.NaN
        if (value <= LIMITS.quantity && (value > 0 || (value === 0 && least === 'of 0 or more'))) return value
        problem(`a number ${least} in line ${line}, column ${name} of ${shown(file)}, got ${shown(cells[place])}`)
        return Number.NaN
      })
    },
  }
}
