// Fits the drivers of a plan to `conversations: { history: file.csv }` before its fields are read. Stated keys replace the fitted ones.
import { type Located, shown } from '../../errors.ts'
import { type Calibrated, type CalibrateTableOptions, calibrateTable } from '../../forecasting/calibrate.ts'
import { START } from '../../limits.ts'
import { LruCache } from '../../lru-cache.ts'
import { formatMonth, parseMonth } from '../../months.ts'
import { CsvError } from '../../notation/table/csv.ts'
import type { CsvTable } from '../../notation/table/csv.ts'
import type { Tables } from './files.ts'
import { type Fields, isFields } from '../../notation/fields.ts'
import { history as historySchema } from '../schema.ts'
import type { ValueSource } from '../sources.ts'
import { defined } from './defined.ts'

export interface FilledHistory {
  readonly data: unknown
  readonly problems: readonly Located[]
  readonly sources: readonly ValueSource[]
  readonly warnings: readonly string[]
}

export async function fillHistory(data: unknown, tables: Tables): Promise<FilledHistory> {
  const unchanged: FilledHistory = { data, problems: [], sources: [], warnings: [] }
  if (!isFields(data) || !isFields(data.conversations) || data.conversations.history === undefined) return unchanged
  const { history, ...beside } = data.conversations
  const wrong = (message: string, key: readonly string[] = ['conversations', 'history']): FilledHistory => ({
    ...unchanged,
    problems: [{ path: key, message }],
  })
  if (beside.monthly !== undefined)
    return wrong('remove `monthly` or `history`: both give the expected volumes', ['conversations', 'monthly'])
  const asked = historySchema.safeParse(typeof history === 'string' ? { file: history } : history)
  const start = parseMonth(String(data.start ?? START))
  // The schema reports these mistakes when the fields are read.
  if (!asked.success || start === undefined) return unchanged
  const { file, ...options } = asked.data
  const { bootstrap } = beside
  const block =
    isFields(bootstrap) && bootstrap.ratios === undefined && typeof bootstrap.block === 'number' ? bootstrap.block : undefined
  try {
    const found = fitted(
      await tables.read(file),
      file,
      defined<CalibrateTableOptions>({ decimal: tables.decimal, ...options, start, block } as CalibrateTableOptions),
    )
    const { next, last } = found.history
    if (beside.base === undefined && start !== next && start !== last + 1)
      return wrong(
        `expected ${formatMonth(last + 1)}, the month after the history in ${shown(file)}, got ${formatMonth(start)}. To start in another month, state \`base\`, the expected volume of that month`,
        ['start'],
      )
    tables.note(file, found.history.read)
    return {
      ...filled(data, beside, block, found),
      problems: [],
      warnings: [...found.history.notes, ...found.warnings].map((note) => `${file}: ${note}`),
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return wrong(`expected ${error.message}`)
  }
}

function filled(
  data: Fields,
  beside: Fields,
  block: number | undefined,
  { drivers, source }: Calibrated,
): Pick<FilledHistory, 'data' | 'sources'> {
  const { conversations, resolution, correlations } = drivers
  const stated = beside.base !== undefined
  // If the level is stated, it is not that of the history, so the last volume says nothing about it.
  const { last: _, ...level } = conversations
  const { days, ...monthly } = stated ? level : conversations
  // Stated seasons are those of whole months, which contain their days.
  const own = beside.seasonality === undefined && days !== undefined ? { ...monthly, days } : monthly
  const rate = data.resolution === undefined ? resolution : undefined
  const written: readonly unknown[] = Array.isArray(data.correlations) ? data.correlations : []
  const isWritten = (between: readonly string[]) =>
    written.some(
      (pair) => isFields(pair) && Array.isArray(pair.between) && new Set([...pair.between, ...between]).size === between.length,
    )
  const free = correlations.filter(({ between }) =>
    between[0].startsWith('conversations.') ? !stated && beside.growth === undefined : data.resolution === undefined,
  )
  const joined = [...written, ...free.filter(({ between }) => !isWritten(between))]
  return {
    data: {
      ...data,
      conversations: { ...own, ...beside, ...(block !== undefined && { bootstrap: conversations.bootstrap }) },
      ...(rate && { resolution: rate }),
      ...(joined.length > 0 && { correlations: joined }),
    },
    sources: ['conversations', ...(rate ? ['resolution'] : [])].map((path) => ({ path, source })),
  }
}

/** Recent fits: sweeping a number of a plan reads the same history again and again. */
const fits = new LruCache<Calibrated>(8)

const fitted = (table: CsvTable, file: string, options: CalibrateTableOptions): Calibrated =>
  fits.get(JSON.stringify([file, options, table.header, table.rows.map(({ cells }) => cells)]), () =>
    calibrateTable(table, file, options),
  )
