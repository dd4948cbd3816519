// Input files, checked before they are read.
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { UsageError } from '../../errors.ts'
import { plainWords } from './words.ts'

const CHUNK = 1 << 20

/** @returns its size in bytes @throws UsageError if it is not a regular file: a pipe, for example, cannot be read twice */
export async function sizeOfFile(path: string): Promise<number> {
  const found = await stat(path)
  if (!found.isFile()) throw new UsageError(found.isDirectory() ? 'it is a folder' : 'it is not a regular file')
  return found.size
}

/** Reads a whole file. @throws UsageError if it is not a regular file: a pipe or a device may never end */
export async function readRegular(path: string): Promise<Uint8Array> {
  await sizeOfFile(path)
  return readFile(path)
}

/** A file as chunks of bytes, from its beginning at each call. @throws UsageError if it cannot be read */
export async function fileSource(path: string): Promise<() => AsyncIterable<Uint8Array>> {
  await sizeOfFile(path).catch((error: unknown) => {
    throw new UsageError(`${path}: expected a file that billcast can read, but ${plainWords(error)}`)
  })
  return () => createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Uint8Array>
}
