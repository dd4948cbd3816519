// A scenario file from the disk.
import { readFile, stat } from 'node:fs/promises'
import { UsageError } from '../errors.ts'

const LARGEST = 1 << 20

export async function loadScenario(file: string): Promise<string> {
  try {
    const { size } = await stat(file)
    if (size > LARGEST) throw new UsageError(`${file}: expected a scenario of at most 1 MiB, got ${size} bytes`)
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${file}: cannot be read (${error instanceof Error ? error.message : String(error)})`)
  }
}
