// Writes a dataset as Parquet, one row group at a time.
import { ByteWriter, type ColumnSource, ParquetWriter, type SchemaElement } from 'hyparquet-writer'
import { jsonOf } from '../../errors.ts'
import { batches, type Column, type Dataset } from './dataset.ts'
import type { Sink } from '../files/write.ts'

const ELEMENTS = {
  index: { type: 'INT32', converted_type: 'UINT_32' },
  number: { type: 'DOUBLE' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
} as const satisfies Record<Column['kind'], Partial<SchemaElement>>

/** Sends its bytes to the sink after each row group. */
class Draining extends ByteWriter {
  readonly #sink: Sink

  constructor(sink: Sink) {
    super()
    this.#sink = sink
  }

  flush(): Promise<void> {
    const bytes = this.getBytes().slice()
    this.index = 0
    return this.#sink(bytes)
  }

  override finish(): Promise<void> {
    return this.flush()
  }
}

/** A Parquet file with Snappy compression. The bytes of numbers are split into eight streams, which compress better. */
export async function writeParquet(dataset: Dataset, sink: Sink): Promise<void> {
  const { columns, rows, origin } = dataset
  const units = Object.fromEntries(columns.flatMap(({ name, unit }) => (unit === undefined ? [] : [[name, unit]])))
  const schema: SchemaElement[] = [
    { name: 'root', num_children: columns.length },
    ...columns.map(({ name, kind }): SchemaElement => ({ name, repetition_type: 'REQUIRED', ...ELEMENTS[kind] })),
  ]
  const writer = new ParquetWriter({
    writer: new Draining(sink),
    schema,
    codec: 'SNAPPY',
    createdBy: 'billcast',
    kvMetadata: [{ key: 'billcast', value: jsonOf({ ...origin, units }) }],
  })
  for (const [from, to] of batches(rows)) {
    if (to === from) continue
    await writer.write({ columnData: columns.map((column) => sourceOf(column, from, to)), rowGroupSize: to - from })
  }
  await writer.finish()
}

function sourceOf({ name, kind, values }: Column, from: number, to: number): ColumnSource {
  const data = values(from, to)
  if (kind === 'number') return { name, data: data as Float64Array, encoding: 'BYTE_STREAM_SPLIT' }
  if (kind === 'index') return { name, data: Int32Array.from(data as Uint32Array), encoding: 'DELTA_BINARY_PACKED' }
  return { name, data: [...(data as readonly string[])] }
}
