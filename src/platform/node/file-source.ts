// A file as chunks of bytes, from its beginning each time it is asked for.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { UsageError } from '../../errors.ts'
import { plainWords } from './words.ts'

const CHUNK = 1 << 20

/** @throws UsageError where it is no file that can be read */
export async function fileSource(path: string): Promise<() => AsyncIterable<Uint8Array>> {
  try {
    const found = await stat(path)
    // What comes through a pipe cannot be read twice.
    if (!found.isFile()) throw new UsageError(found.isDirectory() ? 'it is a folder' : 'it is no regular file')
  } catch (error) {
    throw new UsageError(`${path}: expected a file to read, ${error instanceof UsageError ? error.message : plainWords(error)}`)
  }
  return () => createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Uint8Array>
}
