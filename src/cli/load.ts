// A scenario file from the disk, or standard input where the name is "-".
import { readFile, stat } from 'node:fs/promises'
import { UsageError } from '../errors.ts'
import { plainWords } from '../node/words.ts'
import { LIMITS } from '../scenario/limits.ts'

export async function loadScenario(file: string): Promise<string> {
  if (file === '-') return textOf(await standardInput(), 'standard input')
  let bytes: Uint8Array
  try {
    const found = await stat(file)
    if (found.isDirectory()) throw new UsageError(`${file}: expected a scenario file, it is a folder`)
    refuseLarge(found.size, file, '')
    bytes = await readFile(file)
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${file}: expected a scenario file, ${plainWords(error)}`)
  }
  return textOf(bytes, file)
}

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

function refuseLarge(size: number, name: string, more: string): void {
  if (size > LIMITS.fileBytes) throw new UsageError(`${name}: expected a scenario of at most 1 MiB, got ${size} bytes${more}`)
}

function textOf(bytes: Uint8Array, name: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {
    // said below
  }
  throw new UsageError(`${name}: expected YAML or JSON text in UTF-8, it is not: save it as UTF-8`)
}
