// The table of paths: one row for each recorded trial and month, so that a row is a month of a simulated year.
import type { Paths } from '../../questions/paths.ts'
import { type Column, type Dataset, dataset, indexColumn, textColumn } from './dataset.ts'

/** @param months their names, such as "2027-01" */
export function pathsTable(
  { trials, columns }: Paths,
  months: readonly string[],
  currency: string,
  origin: Dataset['origin'],
): Dataset {
  const each = months.length
  const trial: Column = {
    ...indexColumn('trial'),
    values: (from, to) => Uint32Array.from({ length: to - from }, (_, k) => trials[Math.floor((from + k) / each)]),
  }
  const month: Column = {
    ...textColumn('month', []),
    values: (from, to) => Array.from({ length: to - from }, (_, k) => months[(from + k) % each]),
  }
  const numbers = columns.map(
    ({ name, unit, months: byMonth }): Column => ({
      ...{ name, kind: 'number', unit: unit === 'money' ? currency : unit },
      values: (from, to) => interleaved(byMonth, from, to),
    }),
  )
  return dataset({ name: 'paths', rows: trials.length * each, columns: [trial, month, ...numbers], origin })
}

/** Rows `from` … `to` − 1 of columns by month: all months of a trial, then those of the next. */
function interleaved(months: readonly Float64Array[], from: number, to: number): Float64Array {
  const each = months.length
  const found = new Float64Array(to - from)
  for (let m = 0; m < each; m++) {
    const column = months[m]
    let trial = Math.ceil((from - m) / each)
    for (let row = trial * each + m; row < to; row += each) found[row - from] = column[trial++]
  }
  return found
}
