// A scenario file with the notation of its fields.
import { dirname } from 'node:path'
import { folderReader } from '../platform/node/reader.ts'
import { fieldAt } from '../scenario/edit/field.ts'
import type { NumberNotation } from '../scenario/edit/notation.ts'
import { readScenario } from '../scenario/read.ts'
import type { Reader } from '../scenario/resolve/resolve.ts'
import { loadScenario } from './load.ts'

export interface LoadedPlan {
  readonly text: string
  readonly reader: Reader
  readonly currency: string
  readonly notation: (path: string) => NumberNotation
}

export async function loadPlan(file: string): Promise<LoadedPlan> {
  const text = await loadScenario(file)
  const { data } = readScenario(text)
  const currency = (data as { readonly currency?: unknown } | null)?.currency
  return {
    text,
    reader: folderReader(dirname(file)),
    currency: typeof currency === 'string' ? currency : 'USD',
    notation: (path) => fieldAt(data, path).notation,
  }
}
