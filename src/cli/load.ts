// The files that a command reads: scenarios (or standard input, named "-") and histories.
import { formatNumber } from '../notation/number.ts'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { UsageError } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import { tableText } from '../notation/table/csv.ts'
import { sizeOfFile } from '../platform/node/file-source.ts'
import { readScenarioFile, refuseLarge, textOf } from '../platform/node/scenario-file.ts'
import { plainWords } from '../platform/node/words.ts'

export const loadScenario = async (file: string): Promise<string> =>
  file === '-' ? textOf(await standardInput(), 'standard input') : readScenarioFile(file)

async function standardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of process.stdin) {
    const bytes = chunk as Uint8Array
    size += bytes.byteLength
    refuseLarge(size, 'standard input', ' or more')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

/** A history's CSV text, and its file's name without the folder. */
export async function loadHistory(file: string): Promise<{ readonly text: string; readonly name: string }> {
  const bytes = await bytesOf(file)
  const text = tableText(bytes)
  if (text === undefined)
    throw new UsageError(`${file}: expected CSV text in UTF-8. Save it as "CSV UTF-8" in your spreadsheet program`)
  return { text, name: basename(file) }
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    const size = await sizeOfFile(file)
    if (size > LIMITS.fileBytes)
      throw new UsageError(`it has ${formatNumber(size)} bytes and the limit is 1 MiB. Sum it to days or months first`)
    return await readFile(file)
  } catch (error) {
    throw new UsageError(`${file}: expected a readable CSV file, but ${plainWords(error)}`)
  }
}
