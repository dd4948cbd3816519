// Writes a dataset as CSV (RFC 4180), for small tables and for programs that read nothing else.
import { csvCell } from '../../notation/csv-cell.ts'
import { batches, type Dataset } from './dataset.ts'
import type { Sink } from '../files/write.ts'

/** The heading, then the rows of each batch. */
function* textsOf({ columns, rows }: Dataset): Generator<string> {
  yield `${columns.map(({ name }) => csvCell(name)).join(',')}\n`
  for (const [from, to] of batches(rows)) {
    const values = columns.map((column) => column.values(from, to))
    let text = ''
    for (let i = 0; i < to - from; i++) text += `${values.map((column) => csvCell(column[i])).join(',')}\n`
    if (text !== '') yield text
  }
}

export const csvText = (dataset: Dataset): string => [...textsOf(dataset)].join('')

export async function writeCsv(dataset: Dataset, sink: Sink): Promise<void> {
  const encoder = new TextEncoder()
  for (const text of textsOf(dataset)) await sink(encoder.encode(text))
}
