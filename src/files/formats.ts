// The formats of tables, by what their files' names end in.
import { writeArrow } from './arrow.ts'
import { writeCsv } from './csv.ts'
import type { Dataset } from './dataset.ts'
import type { OutputFile } from './folder.ts'
import { writeParquet } from './parquet.ts'

const WRITERS = { arrow: writeArrow, parquet: writeParquet, csv: writeCsv } as const

export type Format = keyof typeof WRITERS
export const FORMATS = Object.keys(WRITERS) as readonly Format[]

export const tableFile = (dataset: Dataset, format: Format): OutputFile => ({
  name: `${dataset.name}.${format}`,
  content: (sink) => WRITERS[format](dataset, sink),
})
