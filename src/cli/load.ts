// A scenario file from the disk, or standard input where the name is "-".
import { readScenarioFile, refuseLarge, textOf } from '../platform/node/scenario-file.ts'

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
