// Reads a folder of results. Without a manifest it is unfinished, and its files may not belong together.
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../../errors.ts'
import { MANIFEST } from '../../present/files/folder.ts'
import { MANIFEST_FORMAT, type Manifest } from '../../api/manifest.ts'
import type { ReportData } from '../../present/report/data.ts'
import { currentSummary } from '../../summary/earlier.ts'
import type { Summary } from '../../summary/summary.ts'
import { hasher, sha256 } from './hash.ts'
import { plainWords } from './words.ts'

const repair = (folder: string) => `Finish it with billcast run SCENARIO --out ${folder} --resume`

async function readOf(folder: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, name))
  } catch (error) {
    throw new UsageError(
      `${folder}: expected a finished folder, but ${name} cannot be read (${plainWords(error)}). ${repair(folder)}`,
    )
  }
}

function parsed<T>(folder: string, name: string, bytes: Uint8Array): T {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as T
  } catch {
    throw new UsageError(`${folder}: expected a finished folder, but ${name} is not JSON. ${repair(folder)}`)
  }
}

/** @throws UsageError if the folder is unfinished or from another program */
export async function readManifest(folder: string): Promise<Manifest> {
  const manifest = parsed<Manifest | null>(folder, MANIFEST, await readOf(folder, MANIFEST))
  if (!manifest || ![1, MANIFEST_FORMAT].includes(manifest.format) || !manifest.report || !Array.isArray(manifest.files))
    throw new UsageError(`${folder}: ${MANIFEST} is from another program or version. ${repair(folder)}`)
  return manifest
}

/** @throws UsageError if the file is not the one that the manifest names */
export async function readSummary(folder: string, { files }: Manifest): Promise<Summary> {
  const bytes = await readOf(folder, 'summary.json')
  if (sha256(bytes) !== files.find(({ name }) => name === 'summary.json')?.sha256)
    throw new UsageError(`${folder}: summary.json does not match ${MANIFEST}. ${repair(folder)}`)
  return currentSummary(parsed(folder, 'summary.json', bytes))
}

export async function readReport(folder: string): Promise<ReportData> {
  const manifest = await readManifest(folder)
  const { report } = manifest
  if (!report.figures) throw new UsageError(`${folder}: it was written with --no-report. Run the scenario again without that flag`)
  return { ...report, figures: { ...report.figures, summary: await readSummary(folder, manifest) } }
}

export type FileState = 'whole' | 'missing' | 'changed'

/** Compares a file with its hash in the manifest. */
export async function stateOf(folder: string, { name, sha256: expected }: Manifest['files'][number]): Promise<FileState> {
  const hash = hasher()
  try {
    for await (const part of createReadStream(join(folder, name), { highWaterMark: 1 << 20 })) hash.update(part as Uint8Array)
  } catch {
    return 'missing'
  }
  return hash.digest() === expected ? 'whole' : 'changed'
}
