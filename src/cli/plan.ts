// A scenario file with the notation of its fields.
import { dirname } from 'node:path'
import { folderReader } from '../platform/node/reader.ts'
import { fieldAt } from '../scenario/edit/field.ts'
import type { NumberNotation } from '../scenario/edit/notation.ts'
import { readScenario, type WrittenScenario } from '../scenario/read.ts'
import { type Reader, resolve } from '../scenario/resolve/resolve.ts'
import { loadScenario } from './load.ts'
import { note } from './print.ts'

export interface LoadedPlan {
  readonly text: string
  readonly written: WrittenScenario
  readonly reader: Reader
  readonly currency: string
  readonly notation: (path: string) => NumberNotation
}

/** @param tables whether this prints which columns of files the plan reads, or the command does */
export async function loadPlan(file: string, tables: 'print' | 'says itself' = 'print'): Promise<LoadedPlan> {
  const text = await loadScenario(file)
  const written = readScenario(text)
  const { data } = written
  const currency = (data as { readonly currency?: unknown } | null)?.currency
  const reader = folderReader(dirname(file))
  if (tables === 'print' && /\.csv\b/i.test(text)) await printTables(written, reader)
  return {
    text,
    written,
    reader,
    currency: typeof currency === 'string' ? currency : 'USD',
    notation: (path) => fieldAt(data, path).notation,
  }
}

/** The command itself reports a plan that cannot be read. */
async function printTables(written: WrittenScenario, reader: Reader): Promise<void> {
  const { tables } = await resolve(written, reader).catch(() => ({ tables: [] }))
  tables.forEach(note)
}
