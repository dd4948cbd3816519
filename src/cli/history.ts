// A history's file.
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { UsageError } from '../errors.ts'
import { plainWords } from '../platform/node/words.ts'
import { LIMITS } from '../limits.ts'

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
