// Turns a dataset into an Arrow table, or into a file that is written batch by batch.
import {
  type Data,
  Field,
  Float64,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  Table,
  tableFromIPC,
  tableToIPC,
  Uint32,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'
import { jsonOf } from '../../errors.ts'
import { shownTable } from './shown.ts'
import { batches, type Column, type Dataset } from './dataset.ts'
import type { Sink } from '../files/write.ts'

/** The most bytes that may wait for the disk, since the library has no back pressure of its own. */
const MOST_WAITING = 32 << 20

const TYPES = { index: () => new Uint32(), number: () => new Float64(), text: () => new Utf8() } as const

function schemaOf({ columns, origin }: Dataset): Schema {
  const fields = columns.map(
    ({ name, kind, unit }) => new Field(name, TYPES[kind](), false, unit === undefined ? undefined : new Map([['unit', unit]])),
  )
  return new Schema(fields, new Map([['billcast', jsonOf(origin)]]))
}

function dataOf(column: Column, from: number, to: number): Data {
  const values = column.values(from, to)
  const length = to - from
  if (values instanceof Uint32Array) return makeData({ type: new Uint32(), data: values, length, nullCount: 0 })
  // Arrow reads shared memory, although its types do not include it.
  if (values instanceof Float64Array)
    return makeData({ type: new Float64(), data: values as Float64Array<ArrayBuffer>, length, nullCount: 0 })
  return length === 0 ? makeData({ type: new Utf8(), length }) : vectorFromArray(values, new Utf8()).data[0]
}

function batchOf(dataset: Dataset, schema: Schema, from: number, to: number): RecordBatch {
  const children = dataset.columns.map((column) => dataOf(column, from, to))
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: to - from, nullCount: 0, children }))
}

/** The whole table. It holds copies of the numbers, so that a caller who sorts a column changes no later figure of the result. */
export function arrowTable({ columns, ...rest }: Dataset): Table {
  const dataset = { ...rest, columns: columns.map(ownColumn) }
  const schema = schemaOf(dataset)
  return shownTable(new Table(schema, batchOf(dataset, schema, 0, dataset.rows)))
}

/** A table as bytes, which threads send each other. */
export const sentTable = (table: Table): Uint8Array => tableToIPC(table, 'stream')

/** The table of such bytes. It reads them where they are. */
export const receivedTable = (bytes: Uint8Array): Table => shownTable(tableFromIPC(bytes))

const ownColumn = (column: Column): Column => ({
  ...column,
  values: (from, to) => {
    const values = column.values(from, to)
    return values instanceof Float64Array ? values.slice() : values
  },
})

/** Writes an Arrow IPC file. It is not compressed, so that readers can map it into memory. */
export async function writeArrow(dataset: Dataset, sink: Sink): Promise<void> {
  const schema = schemaOf(dataset)
  const writer = new RecordBatchFileWriter()
  let queued = 0
  let written = 0
  let wake = () => {}
  const pump = (async () => {
    for await (const bytes of writer) {
      await sink(bytes)
      written += bytes.byteLength
      wake()
    }
  })()
  // The pump is awaited below. An earlier error must not count as unhandled.
  pump.catch(() => undefined)
  for (const [from, to] of batches(dataset.rows)) {
    const batch = batchOf(dataset, schema, from, to)
    writer.write(batch)
    queued += batch.data.children.reduce((sum, child) => sum + child.byteLength, 0)
    while (queued - written > MOST_WAITING) {
      // If the disk fails, the pump ends, and so does the wait.
      await Promise.race([
        pump,
        new Promise<void>((resolve) => {
          wake = resolve
        }),
      ])
    }
  }
  writer.finish()
  writer.close()
  await pump
}
