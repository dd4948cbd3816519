// The formats of a run's tables by the extensions of their files. Their writers are loaded only when needed.
export const FORMATS = ['arrow', 'parquet', 'csv'] as const
export type Format = (typeof FORMATS)[number]

/** The formats of tables, and `xlsx` for a workbook with budgets. */
export const OUTPUT_FORMATS = [...FORMATS, 'xlsx'] as const
export type OutputFormat = (typeof OUTPUT_FORMATS)[number]
