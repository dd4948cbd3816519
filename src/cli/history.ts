// What the commands that read a history have in common: the file, and the options that say how to read it.
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { MEANINGS, type Meaning } from '../forecasting/history/columns.ts'
import { shown, UsageError } from '../errors.ts'
import { plainWords } from '../platform/node/words.ts'
import { LIMITS } from '../limits.ts'

export interface HistoryFlags {
  readonly columns?: string
  readonly since?: string
  readonly until?: string
  readonly partial?: boolean
}

export interface LoadedHistory {
  readonly text: string
  readonly name: string
}

/** A CSV file from wherever it lies. */
export async function loadHistory(file: string): Promise<LoadedHistory> {
  try {
    const found = await stat(file)
    if (!found.isFile()) throw new UsageError(found.isDirectory() ? 'it is a folder' : 'it is no regular file')
    if (found.size > LIMITS.fileBytes)
      throw new UsageError(`it has ${found.size} bytes, more than the limit of 1 MiB: sum it to days or months first`)
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file)), name: basename(file) }
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`${file}: expected CSV text in UTF-8: save it as "CSV UTF-8"`)
    throw new UsageError(
      `${file}: expected a readable CSV file, ${error instanceof UsageError ? error.message : plainWords(error)}`,
    )
  }
}

export function historyOptions({ columns, since, until, partial }: HistoryFlags) {
  return {
    ...(columns !== undefined && { columns: columnsIn(columns) }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(partial !== undefined && { partial }),
  }
}

/** `month=Date,conversations=Tickets` */
function columnsIn(text: string): Partial<Record<Meaning, string>> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const at = pair.indexOf('=')
      const meaning = MEANINGS.find((name) => name === pair.slice(0, at).trim())
      const column = pair.slice(at + 1).trim()
      if (at < 1 || meaning === undefined || column === '')
        throw new UsageError(`--columns: expected ${MEANINGS.join('=…,')}=… (those that need it), got ${shown(pair)}`)
      return [meaning, column]
    }),
  )
}
