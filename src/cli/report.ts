// billcast report: the report of a finished folder, written again from what the folder keeps.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../errors.ts'
import { text } from '../files/write.ts'
import { sha256 } from '../node/hash.ts'
import { plainWords } from '../node/words.ts'
import type { ReportData } from '../report/data.ts'
import type { Summary } from '../result/summary.ts'
import { oneOf } from './flags.ts'
import { writeTo } from './write.ts'

export interface ReportFlags {
  readonly format?: string
  readonly out?: string
}

interface Manifest {
  readonly report?: Omit<ReportData, 'figures'> & { readonly figures: Omit<ReportData['figures'], 'summary'> }
  readonly files?: readonly { readonly name: string; readonly sha256: string }[]
}

/** Without a manifest nobody knows whether the files belong together. */
async function readFolder(folder: string): Promise<ReportData> {
  const again = 'run the scenario again with --out'
  const read = async (name: string) => {
    try {
      return await readFile(join(folder, name))
    } catch (error) {
      throw new UsageError(`${folder}: expected a finished folder, ${name} cannot be read (${plainWords(error)}): ${again}`)
    }
  }
  const parsed = <T>(bytes: Uint8Array, name: string): T => {
    try {
      return JSON.parse(new TextDecoder().decode(bytes)) as T
    } catch {
      throw new UsageError(`${folder}: expected a finished folder, ${name} is no JSON: ${again}`)
    }
  }
  const { report, files } = parsed<Manifest>(await read('manifest.json'), 'manifest.json')
  const bytes = await read('summary.json')
  const listed = files?.find(({ name }) => name === 'summary.json')
  if (!report || !listed) throw new UsageError(`${folder}: manifest.json is of another program or version: ${again}`)
  if (sha256(bytes) !== listed.sha256)
    throw new UsageError(`${folder}: summary.json is not the one that manifest.json names: ${again}`)
  const summary = parsed<Summary>(bytes, 'summary.json')
  return { ...report, figures: { ...report.figures, summary } }
}

export async function reportCommand(folder: string, { format, out }: ReportFlags): Promise<void> {
  const kind = format === undefined ? 'html' : oneOf('format', format, ['html', 'md'])
  const data = await readFolder(folder)
  const written =
    kind === 'html'
      ? await (await import('../report/page.ts')).reportHtml(data)
      : (await import('../report/markdown.ts')).reportMarkdown(data)
  if (out === '-') {
    process.stdout.write(written)
    return
  }
  // In the folder it stands beside the other files, which its manifest does not name.
  await writeTo(out ?? join(folder, `report.${kind}`), text(written))
}
