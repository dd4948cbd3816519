// A history of the plan whose file has a column of segments is one history for each of them.
import { type Located, shown } from '../../errors.ts'
import { type History, type HistoryOptions, readHistory } from '../../forecasting/history/history.ts'
import { inSegment, namedSegments, type NamedSegment } from '../../forecasting/history/segments.ts'
import { formatMonth } from '../../months.ts'
import { type Fields, isFields } from '../../notation/fields.ts'
import { CsvError } from '../../notation/table/csv.ts'
import { history as historySchema } from '../schema.ts'
import { defined } from './defined.ts'
import type { Tables } from './files.ts'

export interface SpreadHistory {
  readonly data: Fields
  readonly problems: readonly Located[]
  readonly warnings: readonly string[]
  /** The segments whose history is a part of the plan's. */
  readonly made: ReadonlySet<string>
}

/** Keys that replace a part of a fit. Each segment has its own fit, so that the plan cannot replace a part of all. */
const PARTS = ['base', 'monthly', 'growth', 'seasonality', 'days', 'noise', 'last', 'spikes', 'bootstrap'] as const

/** The same plan if its history has no segments, or if it is the sum of which the segments state shares. */
export async function spreadHistory(data: Fields, start: number, tables: Tables): Promise<SpreadHistory> {
  const { conversations, segments: written } = data
  const whole: SpreadHistory = { data, problems: [], warnings: [], made: new Set() }
  const history = isFields(conversations) ? conversations.history : undefined
  if (!isFields(conversations) || history === undefined) return whole
  const asked = historySchema.safeParse(typeof history === 'string' ? { file: history } : history)
  const stated = isFields(written) ? written : {}
  const shares = Object.values(stated).some((segment) => isFields(segment) && segment.share !== undefined)
  if (!asked.success || asked.data.segment !== undefined || shares) return whole
  const { file, ...rest } = asked.data
  const options = defined<HistoryOptions>({ decimal: tables.decimal, ...rest } as HistoryOptions)
  try {
    const table = await tables.read(file)
    const found = namedSegments(table, file, options)
    if (found.length === 0) return whole
    const replaced = partProblems(conversations, file, found)
    if (replaced.length > 0) return { ...whole, problems: replaced }
    const ends = found.map(({ cell }) => endOf(inSegment(cell, () => readHistory(table, file, { ...options, segment: cell }))))
    const last = Math.max(...ends.map((end) => end.last))
    const starts = [last + 1, Math.max(...ends.map(({ next }) => next))]
    const { history: _, ...others } = conversations
    const own = typeof history === 'string' ? { file } : (history as Fields)
    const spread = withHistories(stated, own, found)
    return {
      data: { ...data, conversations: others, segments: spread },
      problems:
        starts.includes(start) || found.every(({ name }) => hasBase(spread[name]))
          ? []
          : [startProblem(file, last, start, found[0].name)],
      warnings: found.flatMap(({ name }, k) => (ends[k].last < last ? [earlierEnd(file, name, ends[k].last, last)] : [])),
      made: new Set(found.map(({ name }) => name)),
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { ...whole, problems: [{ path: ['conversations', 'history'], message: `expected ${error.message}` }] }
  }
}

const endOf = ({ start, conversations, next }: History) => ({ last: start + conversations.length - 1, next })

const hasBase = (segment: unknown): boolean =>
  isFields(segment) && isFields(segment.conversations) && segment.conversations.base !== undefined

const startProblem = (file: string, last: number, start: number, name: string): Located => ({
  path: ['start'],
  message: `expected ${formatMonth(last + 1)}, the month after the history in ${shown(file)}, got ${formatMonth(start)}. To start in another month, state the expected volume of that month in each segment, as in segments: { ${name}: { conversations: { base: 20k } } }`,
})

const earlierEnd = (file: string, name: string, end: number, last: number): string =>
  `${file}: the months of ${name} end in ${formatMonth(end)}, and those of other segments in ${formatMonth(last)}. Its volumes go on from there. If they do not, state them: segments: { ${name}: { conversations: { monthly: […] } } }`

function partProblems(conversations: Fields, file: string, found: readonly NamedSegment[]): Located[] {
  const names = found.map(({ name }) => name)
  return PARTS.filter((key) => conversations[key] !== undefined).map((key) => ({
    path: ['conversations', key],
    message: `state \`${key}\` in a segment, as in segments: { ${names[0]}: { conversations: { ${key}: … } } }, or add up all rows of a date with \`sumRows: true\` beside \`file\`: ${shown(file)} has the segments ${listOf(names)}, and each is fitted alone`,
  }))
}

const SHOWN = 8
const listOf = (names: readonly string[]): string =>
  `${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''}`

/** The segments of the plan and those of the file. One that has volumes of its own keeps them. */
function withHistories(stated: Fields, history: Fields, found: readonly NamedSegment[]): Fields {
  const made = found.map(({ name, cell }): [string, unknown] => {
    const segment = stated[name] ?? {}
    if (!isFields(segment)) return [name, segment]
    const conversations = segment.conversations ?? {}
    if (!isFields(conversations) || ['history', 'monthly'].some((key) => conversations[key] !== undefined)) return [name, segment]
    return [name, { ...segment, conversations: { ...conversations, history: { ...history, segment: cell } } }]
  })
  return {
    ...Object.fromEntries(made),
    ...Object.fromEntries(Object.entries(stated).filter(([name]) => !made.some(([own]) => own === name))),
  }
}
