// A dataset as a file of its format.
import { writeArrow } from './arrow.ts'
import { writeCsv } from './csv.ts'
import type { Dataset } from './dataset.ts'
import type { OutputFile } from './folder.ts'
import type { Format } from './formats.ts'
import { writeParquet } from './parquet.ts'
import type { Sink } from './write.ts'

const WRITERS: Readonly<Record<Format, (dataset: Dataset, sink: Sink) => Promise<void>>> = {
  arrow: writeArrow,
  parquet: writeParquet,
  csv: writeCsv,
}

export const tableFile = (dataset: Dataset, format: Format): OutputFile => ({
  name: `${dataset.name}.${format}`,
  content: (sink) => WRITERS[format](dataset, sink),
})
