// Reads the files that a plan names and then its fields, and reports the problems of both at once.
import { type Located, pathText, ScenarioError } from '../../errors.ts'
import type { FileColumn } from '../../notation/column.ts'
import { isFields } from '../../notation/fields.ts'
import { checkFields, type WrittenScenario } from '../read.ts'
import type { RawScenario } from '../schema.ts'
import type { ValueSource } from '../sources.ts'
import { fillFiles, type Tables } from './files.ts'
import type { FilledHistory } from './history.ts'
import type { Pasts } from './pasts.ts'

interface ReadFields {
  readonly raw: RawScenario
  readonly sources: readonly ValueSource[]
  readonly warnings: readonly string[]
  readonly pasts: Pasts
}

export async function readFields(written: WrittenScenario, tables: Tables): Promise<ReadFields> {
  const { data, problems: absent, columns } = await fillFiles(written.data, tables)
  const history = await drawnFrom(data, tables)
  const missing = [...absent, ...history.problems]
  const { raw, problems } = checkFields(history.data)
  const unread = new Set(missing.map(({ path }) => pathText(path)))
  const found = [
    ...missing,
    ...problems
      .filter(({ path }) => !unread.has(pathText(path)) && !unread.has(pathText(path.slice(0, -1))))
      .map((problem) => named(problem, columns)),
  ]
  if (raw === undefined || found.length > 0) throw new ScenarioError(found.map(written.locate))
  const stated = new Set(written.sources.map(({ path }) => path))
  const sources = [...written.sources, ...history.sources.filter(({ path }) => !stated.has(path))]
  return { raw, sources, warnings: history.warnings, pasts: history.pasts }
}

/** The code for fits is loaded on demand, since most plans name no history. */
async function drawnFrom(data: unknown, tables: Tables): Promise<FilledHistory> {
  const { segments } = isFields(data) ? data : {}
  const streams = [data, ...(isFields(segments) ? Object.values(segments) : [])]
  const named = streams.some((stream) => isFields(stream) && isFields(stream.conversations) && 'history' in stream.conversations)
  if (!named) return { data, problems: [], sources: [], warnings: [], pasts: new Map() }
  const { fillHistory } = await import('./history.ts')
  return fillHistory(data, tables)
}

/** Names the smallest and largest cell of a column that is out of range, since people can look these up. */
function named({ path, message }: Located, columns: ReadonlyMap<string, readonly FileColumn[]>): Located {
  const here = columns.get(pathText(path))
  if (!here || !message.includes(', got {')) return { path, message }
  return {
    path,
    message: `${message.slice(0, message.indexOf(', got {'))}, got ${here.map((column) => column.reach()).join(' and ')}`,
  }
}
