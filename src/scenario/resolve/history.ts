// Fits the drivers of a plan to `conversations: { history: file.csv }` before its fields are read. Stated keys replace the fitted ones.
import type * as z from 'zod'
import { type Located, shown } from '../../errors.ts'
import { type Calibrated, type CalibrateTableOptions, calibrateTable, hasFutures } from '../../forecasting/calibrate.ts'
import type { PastVolumes } from '../../forecasting/ensemble/past-fit.ts'
import { correlationsBesideFutures, fieldsBesideFutures } from '../../forecasting/fit/drivers.ts'
import { fitInWords } from '../../forecasting/fit/words.ts'
import type { HistoryOptions } from '../../forecasting/history/history.ts'
import { segmentsIn } from '../../forecasting/history/segments.ts'
import { workCalendar } from '../../forecasting/history/working-days.ts'
import { DEFAULT_MONTHS, LIMITS, START } from '../../limits.ts'
import { LruCache } from '../../lru-cache.ts'
import { formatMonth, parseMonth } from '../../months.ts'
import { CsvError } from '../../notation/table/csv.ts'
import type { CsvTable } from '../../notation/table/csv.ts'
import type { Tables } from './files.ts'
import { type Fields, isFields } from '../../notation/fields.ts'
import { history as historySchema } from '../schema.ts'
import type { ValueSource } from '../sources.ts'
import { defined } from './defined.ts'
import { type Pasts, PLAN } from './pasts.ts'
import { spreadHistory } from './spread-history.ts'

export interface FilledHistory {
  readonly data: unknown
  readonly problems: readonly Located[]
  readonly sources: readonly ValueSource[]
  readonly warnings: readonly string[]
  /** The past volumes whose futures are drawn. */
  readonly pasts: Pasts
}

type RawHistory = z.infer<typeof historySchema>

/** The plan or a segment, each with conversations of its own. */
interface Stream {
  readonly data: Fields
  readonly path: readonly string[]
  /** The name of the segment. */
  readonly segment?: string
  /** Whether another noise than its own acts on it, so that its last month says nothing about its own. */
  readonly joined?: boolean
  /** Present if its history is a part of the plan's, which may end later. Rates that the plan states come before fitted ones. */
  readonly made?: { readonly rated: boolean }
}

export async function fillHistory(data: unknown, tables: Tables): Promise<FilledHistory> {
  const unchanged: FilledHistory = { data, problems: [], sources: [], warnings: [], pasts: new Map() }
  const start = parseMonth(String((isFields(data) ? data.start : undefined) ?? START))
  // The schema reports these mistakes when the fields are read.
  if (!isFields(data) || start === undefined) return unchanged
  const spread = await spreadHistory(data, start, tables)
  if (spread.problems.length > 0) return { ...unchanged, problems: spread.problems }
  const horizon = { start, months: plannedMonths(data.months) }
  const whole = await fillStream({ data: spread.data, path: [] }, horizon, tables)
  const { conversations, segments, resolution } = spread.data
  const noise = ['noise', 'bootstrap', 'history'].some((key) => isFields(conversations) && conversations[key] !== undefined)
  const streams = Object.entries(isFields(segments) ? segments : {}).flatMap(([segment, own]): Stream[] =>
    isFields(own)
      ? [
          {
            ...{ data: own, path: ['segments', segment], segment },
            ...(spread.made.has(segment) && { made: { rated: resolution !== undefined } }),
            joined: noise && isFields(own.conversations) && own.conversations.shared === true,
          },
        ]
      : [],
  )
  const found: (readonly [Stream, FilledStream])[] = []
  for (const stream of streams) found.push([stream, await fillStream(stream, horizon, tables)])
  const all = [whole, ...found.map(([, own]) => own)]
  const written: readonly unknown[] = Array.isArray(data.correlations) ? data.correlations : []
  const joined = [
    ...written,
    ...all.flatMap(({ correlations }) => correlations).filter(({ between }) => !isWritten(written, between)),
  ]
  return {
    data: {
      ...whole.data,
      ...(streams.length > 0 && {
        segments: { ...(segments as Fields), ...Object.fromEntries(found.map(([{ segment = '' }, own]) => [segment, own.data])) },
      }),
      ...(joined.length > 0 && { correlations: joined }),
    },
    problems: all.flatMap(({ problems }) => problems),
    sources: all.flatMap(({ sources }) => sources),
    warnings: [...spread.warnings, ...all.flatMap(({ warnings }) => warnings)],
    pasts: new Map(
      [[PLAN, whole] as const, ...found.map(([{ segment = '' }, own]) => [segment, own] as const)].flatMap(([name, { past }]) =>
        past ? [[name, past] as const] : [],
      ),
    ),
  }
}

interface Horizon {
  readonly start: number
  readonly months: number
}

/** The schema reports a wrong number when the fields are read. */
const plannedMonths = (months: unknown): number =>
  typeof months === 'number' && Number.isInteger(months) && months > 0 ? Math.min(months, LIMITS.months) : DEFAULT_MONTHS

interface FilledStream extends Omit<FilledHistory, 'data' | 'pasts'> {
  readonly data: Fields
  readonly past?: PastVolumes
  readonly correlations: Calibrated['drivers']['correlations']
}

async function fillStream(stream: Stream, { start, months }: Horizon, tables: Tables): Promise<FilledStream> {
  const { data, path, segment, made } = stream
  const unchanged: FilledStream = { data, problems: [], sources: [], warnings: [], correlations: [] }
  if (!isFields(data.conversations) || data.conversations.history === undefined) return unchanged
  const { history, ...beside } = data.conversations
  const wrong = (message: string, key: readonly string[] = [...path, 'conversations', 'history']): FilledStream => ({
    ...unchanged,
    problems: [{ path: key, message }],
  })
  if (beside.monthly !== undefined)
    return wrong('remove `monthly` or `history`: both give the expected volumes', [...path, 'conversations', 'monthly'])
  if (segment !== undefined && data.share !== undefined)
    return wrong("remove `history` or `share`: the share is one of the plan's own volume")
  const asked = historySchema.safeParse(typeof history === 'string' ? { file: history } : history)
  if (!asked.success) return unchanged
  const { file, ...options } = asked.data
  const { bootstrap } = beside
  const block =
    isFields(bootstrap) && bootstrap.ratios === undefined && typeof bootstrap.block === 'number' ? bootstrap.block : undefined
  try {
    const table = await tables.read(file)
    const rows =
      options.segment ??
      (segment !== undefined && segmentsIn(table, file, defined<HistoryOptions>(options as HistoryOptions)).length > 0
        ? segment
        : undefined)
    const found = fitted(
      table,
      file,
      defined<CalibrateTableOptions>({
        ...{ decimal: tables.decimal, ...options, segment: rows, start, months, block },
        calendar: options.workingDays === undefined ? undefined : await workCalendar(options.workingDays),
      } as CalibrateTableOptions),
    )
    const { next, last } = found.history
    if (beside.base === undefined && !made && start !== next && start !== last + 1)
      return wrong(
        `expected ${formatMonth(last + 1)}, the month after the history in ${shown(file)}, got ${formatMonth(start)}. To start in another month, state \`base\`, the expected volume of that month`,
        segment === undefined ? ['start'] : [...path, 'conversations', 'history'],
      )
    tables.note(file, found.history.read)
    return {
      ...(drawsFutures(stream, beside, options, found) ? drawn(stream, beside, found) : filled(stream, beside, block, found)),
      problems: [],
      warnings: [...found.history.notes, ...found.warnings].map(
        (note) => `${rows === undefined ? file : `${file} (${rows})`}: ${note}`,
      ),
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return wrong(`expected ${error.message}`)
  }
}

const isWritten = (written: readonly unknown[], between: readonly string[]): boolean =>
  written.some(
    (pair) => isFields(pair) && Array.isArray(pair.between) && new Set([...pair.between, ...between]).size === between.length,
  )

/** Keys that replace a part of the fit. The rest of it is then stated in fields too. */
const REPLACING = ['base', 'growth', 'seasonality', 'days', 'noise', 'last', 'bootstrap'] as const

/** Whether the plan draws futures of the history. They would be wrong for a segment on which another noise than its own acts. */
const drawsFutures = ({ joined }: Stream, beside: Fields, { plain }: Pick<RawHistory, 'plain'>, found: Calibrated): boolean =>
  joined !== true && plain !== true && hasFutures(found) && REPLACING.every((key) => beside[key] === undefined)

/** Whether the rate is stated, so that it is not that of the history. */
const statesRate = ({ data, made }: Stream): boolean => data.resolution !== undefined || made?.rated === true

const placeIn =
  ({ path }: Stream) =>
  (name: string): string =>
    [...path, name].join('.')

function drawn(
  stream: Stream,
  beside: Fields,
  { drivers, volume, rate: fittedRate, source, past }: Calibrated,
): Pick<FilledStream, 'data' | 'sources' | 'correlations' | 'past'> {
  const { data } = stream
  const { conversations } = data
  const within = placeIn(stream)
  const rate = statesRate(stream) ? undefined : drivers.resolution
  return {
    data: {
      ...data,
      conversations: {
        ...fieldsBesideFutures(volume),
        ...beside,
        history: isFields(conversations) ? conversations.history : undefined,
      },
      ...(rate && { resolution: rate }),
    },
    correlations: rate ? correlationsBesideFutures(drivers, fittedRate).map((pair) => inStream(pair, within)) : [],
    sources: [
      { path: within('conversations'), source: `${source}: ${fitInWords(volume)}` },
      ...(rate ? [{ path: within('resolution'), source }] : []),
    ],
    past,
  }
}

type Pair = Calibrated['drivers']['correlations'][number]

const inStream = ({ between: [a, b], rho }: Pair, within: (name: string) => string): Pair => ({
  between: [within(a), within(b)],
  rho,
})

function filled(
  stream: Stream,
  beside: Fields,
  block: number | undefined,
  { drivers, source }: Calibrated,
): Pick<FilledStream, 'data' | 'sources' | 'correlations'> {
  const { data, segment, joined } = stream
  const { conversations, resolution, correlations } = drivers
  const stated = beside.base !== undefined
  // If the level is stated, it is not that of the history, so the last volume says nothing about it.
  const { last: _, ...level } = conversations
  const { days, ...monthly } = stated || joined ? level : conversations
  // Stated seasons are those of whole months, which contain their days.
  const own = beside.seasonality === undefined && days !== undefined ? { ...monthly, days } : monthly
  const rate = statesRate(stream) ? undefined : resolution
  const within = placeIn(stream)
  const isFitted = (name: string): boolean => {
    if (name.startsWith('resolution.')) return !statesRate(stream)
    return name === 'conversations.noise' ? beside.noise === undefined : !stated && beside.growth === undefined
  }
  const free = correlations.filter(({ between }) => between.every(isFitted))
  // A segment keeps its history, which says that growth and seasons of the plan are not its own.
  const kept = segment === undefined ? {} : { history: isFields(data.conversations) ? data.conversations.history : undefined }
  return {
    data: {
      ...data,
      conversations: { ...own, ...beside, ...kept, ...(block !== undefined && { bootstrap: conversations.bootstrap }) },
      ...(rate && { resolution: rate }),
    },
    correlations: free.map((pair) => inStream(pair, within)),
    sources: ['conversations', ...(rate ? ['resolution'] : [])].map((part) => ({ path: within(part), source })),
  }
}

/** Recent fits by table: sweeping a number of a plan reads the same history again and again, of which each segment has a fit. */
const fits = new LruCache<LruCache<Calibrated>>(8)
const texts = new WeakMap<CsvTable, string>()

function textOf(table: CsvTable): string {
  const text = texts.get(table) ?? JSON.stringify([table.header, table.rows.map(({ cells }) => cells)])
  texts.set(table, text)
  return text
}

const fitted = (table: CsvTable, file: string, options: CalibrateTableOptions): Calibrated =>
  fits
    .get(textOf(table), () => new LruCache(LIMITS.segments))
    .get(JSON.stringify([file, options]), () => calibrateTable(table, file, options))
