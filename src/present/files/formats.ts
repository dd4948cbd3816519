// The formats of a run's tables, by what their files' names end in. Names only: what writes them is loaded when it is wanted.

export const FORMATS = ['arrow', 'parquet', 'csv'] as const
export type Format = (typeof FORMATS)[number]

/** Tables in a format each, and `xlsx`: a workbook with budgets. */
export const OUTPUT_FORMATS = [...FORMATS, 'xlsx'] as const
export type OutputFormat = (typeof OUTPUT_FORMATS)[number]
