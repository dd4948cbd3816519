// A dataset as a file in one of the formats.
import type { Dataset } from './dataset.ts'
import type { OutputFile } from '../files/folder.ts'
import type { Format } from '../../options/formats.ts'
import type { Sink } from '../files/write.ts'

/** The writers are loaded when they are first needed, because their packages are large. */
const WRITERS: Readonly<Record<Format, () => Promise<(dataset: Dataset, sink: Sink) => Promise<void>>>> = {
  arrow: async () => (await import('./arrow.ts')).writeArrow,
  parquet: async () => (await import('./parquet.ts')).writeParquet,
  csv: async () => (await import('./csv.ts')).writeCsv,
}

export const tableFile = (dataset: Dataset, format: Format): OutputFile => ({
  name: `${dataset.name}.${format}`,
  content: async (sink) => (await WRITERS[format]())(dataset, sink),
})
