// A dataset as a file of its format.
import type { Dataset } from './dataset.ts'
import type { OutputFile } from '../files/folder.ts'
import type { Format } from '../files/formats.ts'
import type { Sink } from '../files/write.ts'

/** Loaded when the first of their files is written: their packages are large. */
const WRITERS: Readonly<Record<Format, () => Promise<(dataset: Dataset, sink: Sink) => Promise<void>>>> = {
  arrow: async () => (await import('./arrow.ts')).writeArrow,
  parquet: async () => (await import('./parquet.ts')).writeParquet,
  csv: async () => (await import('./csv.ts')).writeCsv,
}

export const tableFile = (dataset: Dataset, format: Format): OutputFile => ({
  name: `${dataset.name}.${format}`,
  content: async (sink) => (await WRITERS[format]())(dataset, sink),
})
