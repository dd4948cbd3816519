// `conversations: { history: file.csv }` → the drivers that the history gives, before the fields are read: a plan then needs no
// numbers made by hand. What stands beside it takes the place of what the history says.
import { type Located, shown } from '../../errors.ts'
import { formatMonth, parseMonth } from '../../months.ts'
import { CsvError, type CsvTable } from '../../notation/csv.ts'
import { LruCache } from '../../lru-cache.ts'
import { START } from '../../limits.ts'
import type { ValueSource } from '../sources.ts'
import { type Calibrated, type CalibrateTableOptions, calibrateTable } from '../../forecasting/calibrate.ts'
import { MEANINGS } from '../../forecasting/history/columns.ts'
import type { HistoryOptions } from '../../forecasting/history/history.ts'

export interface FilledHistory {
  readonly data: unknown
  readonly problems: readonly Located[]
  readonly sources: readonly ValueSource[]
  readonly warnings: readonly string[]
}

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** @param read throws CsvError in words that follow "expected …" */
export async function fillHistory(data: unknown, read: (file: string) => Promise<CsvTable>): Promise<FilledHistory> {
  const nothing: FilledHistory = { data, problems: [], sources: [], warnings: [] }
  if (!isFields(data) || !isFields(data.conversations) || data.conversations.history === undefined) return nothing
  const { history, ...beside } = data.conversations
  const path = ['conversations', 'history']
  const wrong = (message: string, at: readonly PropertyKey[] = path): FilledHistory => ({
    ...nothing,
    problems: [{ path: at, message: `expected ${message}` }],
  })
  if (beside.monthly !== undefined)
    return wrong('nothing beside `history`, from which the expected volumes come: take one of the two out', [
      'conversations',
      'monthly',
    ])
  const asked = askedOf(history)
  if (typeof asked === 'string') return wrong(asked)
  const start = parseMonth(String(data.start ?? START))
  if (start === undefined) return nothing
  const stated = beside.base !== undefined
  const bootstrap = isFields(beside.bootstrap) ? beside.bootstrap : undefined
  const block = typeof bootstrap?.block === 'number' && bootstrap.ratios === undefined ? bootstrap.block : undefined
  try {
    const found = fitted(await read(asked.file), asked.file, {
      ...asked.options,
      start,
      ...(block !== undefined && { block }),
    })
    const { next, last } = found.history
    if (!stated && start !== next && start !== last + 1)
      return wrong(
        `a history of ${shown(asked.file)} that ends in the month before the start, or \`base\` beside it, the expected volume of ${formatMonth(start)}: it ends in ${formatMonth(last)}, got a start of ${formatMonth(start)}`,
        ['start'],
      )
    const { conversations, resolution, correlations } = found.drivers
    // A level that is stated is another business's, or another month's: the last volume says nothing about it.
    const { last: lastVolume, ...level } = conversations
    const own = stated ? level : conversations
    const filled = { ...own, ...beside, ...(block !== undefined && { bootstrap: conversations.bootstrap }) }
    const free = correlations.filter(({ between }) =>
      between[0].startsWith('conversations.') ? !stated && beside.growth === undefined : data.resolution === undefined,
    )
    const written = Array.isArray(data.correlations) ? data.correlations : []
    const joined = [
      ...written,
      ...free.filter(
        ({ between }) =>
          !written.some(
            (pair) =>
              isFields(pair) && Array.isArray(pair.between) && between.every((name) => (pair.between as unknown[]).includes(name)),
          ),
      ),
    ]
    return {
      data: {
        ...data,
        conversations: filled,
        ...(data.resolution === undefined && resolution && { resolution }),
        ...(joined.length > 0 && { correlations: joined }),
      },
      problems: [],
      sources: [
        { path: 'conversations', source: found.source },
        ...(data.resolution === undefined && resolution ? [{ path: 'resolution', source: found.source }] : []),
      ],
      warnings: [...found.notes, ...found.warnings].map((note) => `${asked.file}: ${note}`),
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return wrong(error.message)
  }
}

/** Fits of late: whoever sweeps a number of a scenario reads the same history every time. */
const fits = new LruCache<Calibrated>(8)

const fitted = (table: CsvTable, file: string, options: CalibrateTableOptions): Calibrated =>
  fits.get(JSON.stringify([file, options, table.header, table.rows.map(({ cells }) => cells)]), () =>
    calibrateTable(table, file, options),
  )

/** What is asked for, or what is wrong with it. */
function askedOf(history: unknown): { readonly file: string; readonly options: HistoryOptions } | string {
  if (typeof history === 'string') return { file: history, options: {} }
  const keys = ['file', 'columns', 'since', 'until', 'partial']
  if (!isFields(history) || typeof history.file !== 'string')
    return `the name of a CSV file, or { file: history.csv, since: 2019-01 }, got ${shown(history)}`
  const strange = Object.keys(history).find((key) => !keys.includes(key))
  if (strange !== undefined) return `one of ${keys.join(', ')}, got ${shown(strange)}`
  const { file, columns, since, until, partial } = history
  const month = (value: unknown) => (value === undefined ? undefined : parseMonth(String(value)))
  for (const [name, value] of Object.entries({ since, until }))
    if (value !== undefined && month(value) === undefined) return `a month such as 2019-01 in ${name}, got ${shown(value)}`
  if (partial !== undefined && typeof partial !== 'boolean') return `true or false in partial, got ${shown(partial)}`
  if (columns !== undefined) {
    if (!isFields(columns)) return `columns such as { conversations: tickets }, got ${shown(columns)}`
    const odd = Object.entries(columns).find(([key, name]) => !MEANINGS.some((known) => known === key) || typeof name !== 'string')
    if (odd) return `a name for ${MEANINGS.join(', ')} in columns, got ${shown(odd[0])}`
  }
  const [from, to] = [month(since), month(until)]
  return {
    file,
    options: {
      ...(columns !== undefined && { columns: columns as NonNullable<HistoryOptions['columns']> }),
      ...(from !== undefined && { since: from }),
      ...(to !== undefined && { until: to }),
      ...(partial === true && { partial }),
    },
  }
}
