// Reads the text of a scenario from a file.
import { formatNumber } from '../../notation/number.ts'
import { readFile, stat } from 'node:fs/promises'
import { UsageError } from '../../errors.ts'
import { LIMITS } from '../../limits.ts'
import { plainWords } from './words.ts'

/** @throws UsageError that names the file if it is not a text file of at most 1 MiB */
export async function readScenarioFile(file: string): Promise<string> {
  let bytes: Uint8Array
  try {
    const found = await stat(file)
    if (found.isDirectory()) throw new UsageError(`${file}: expected a scenario file, but it is a folder`)
    // A device or pipe may never end.
    if (!found.isFile())
      throw new UsageError(`${file}: expected a scenario file, but it is a device or a pipe. Pipe a scenario in with - as its name`)
    refuseLarge(found.size, file, '')
    bytes = await readFile(file)
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${file}: expected a scenario file, but ${plainWords(error)}`)
  }
  return textOf(bytes, file)
}

export function refuseLarge(size: number, name: string, more: string): void {
  if (size > LIMITS.fileBytes)
    throw new UsageError(`${name}: expected a scenario of at most 1 MiB, got ${formatNumber(size)} bytes${more}`)
}

export function textOf(bytes: Uint8Array, name: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {
    // Reported below.
  }
  throw new UsageError(`${name}: expected YAML or JSON text in UTF-8. Save the file as UTF-8`)
}
