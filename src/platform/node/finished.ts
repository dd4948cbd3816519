// Reads a folder of results. Without a manifest it is unfinished, and its files may not belong together.
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../../errors.ts'
import { EARLIER, MANIFEST } from '../../present/files/swap.ts'
import { MANIFEST_FORMAT, type Manifest } from '../../api/manifest.ts'
import { revivedEstimate } from '../../numerics/estimators/estimate.ts'
import type { ReportData } from '../../present/report/data.ts'
import { currentSummary } from '../../summary/earlier.ts'
import type { Summary } from '../../summary/summary.ts'
import { hasher, sha256 } from './hash.ts'
import { plainWords } from './words.ts'

/** How often a set may change while it is read, before its reader takes what it found. */
const MOST_CHANGES = 5

const repair = (folder: string) => `Finish it with billcast run SCENARIO --out ${folder} --resume`

/**
 * The paths that a file of results may have. While a writer replaces the set, the earlier one is set aside file by file, and readers
 * neither wait nor see half of each.
 */
const placesOf = (folder: string, name: string): string[] => [join(folder, name), join(folder, EARLIER, name)]

/** Reads the manifest of the set in place, or of the one that is being replaced. */
async function readManifestBytes(folder: string): Promise<Uint8Array> {
  const [here, aside] = placesOf(folder, MANIFEST)
  // It may have moved from the first place to the second, or gone from the second when the new one came to the first.
  for (const path of [here, aside]) {
    const bytes = await readFile(path).catch(() => undefined)
    if (bytes) return bytes
  }
  try {
    return await readFile(here)
  } catch (error) {
    throw unreadable(folder, MANIFEST, error)
  }
}

const unreadable = (folder: string, name: string, error: unknown): UsageError =>
  new UsageError(`${folder}: expected a finished folder, but ${name} cannot be read (${plainWords(error)}). ${repair(folder)}`)

function parsed<T>(folder: string, name: string, bytes: Uint8Array): T {
  try {
    return JSON.parse(new TextDecoder().decode(bytes), revivedEstimate) as T
  } catch {
    throw new UsageError(`${folder}: expected a finished folder, but ${name} is not JSON. ${repair(folder)}`)
  }
}

/** @throws UsageError if the folder is unfinished or from another program */
export const readManifest = async (folder: string): Promise<Manifest> => manifestIn(folder, await readManifestBytes(folder))

function manifestIn(folder: string, bytes: Uint8Array): Manifest {
  const manifest = parsed<Manifest | null>(folder, MANIFEST, bytes)
  if (!manifest || ![1, MANIFEST_FORMAT].includes(manifest.format) || !manifest.report || !Array.isArray(manifest.files))
    throw new UsageError(`${folder}: ${MANIFEST} is from another program or version. ${repair(folder)}`)
  return manifest
}

/**
 * Reads the set of results that the manifest describes. If a writer replaces the set meanwhile, it reads the new one.
 * @throws the error of `read` if the set stayed the same
 */
export async function readSet<T>(folder: string, read: (manifest: Manifest) => Promise<T>): Promise<T> {
  for (let changes = 0; ; changes++) {
    const bytes = await readManifestBytes(folder)
    const found = await read(manifestIn(folder, bytes)).then(
      (result) => ({ result }),
      (error: unknown) => ({ error }),
    )
    if (changes < MOST_CHANGES && Buffer.compare(bytes, await readManifestBytes(folder)) !== 0) continue
    if ('error' in found) throw found.error
    return found.result
  }
}

/** @throws UsageError if the file is not the one that the manifest names */
async function readSummary(folder: string, { files }: Manifest): Promise<Summary> {
  const name = 'summary.json'
  const expected = files.find((file) => file.name === name)?.sha256
  const failures: UsageError[] = []
  for (const path of placesOf(folder, name)) {
    try {
      const bytes = await readFile(path)
      if (sha256(bytes) === expected) return currentSummary(parsed(folder, name, bytes))
      failures.push(new UsageError(`${folder}: ${name} does not match ${MANIFEST}. ${repair(folder)}`))
    } catch (error) {
      failures.push(unreadable(folder, name, error))
    }
  }
  throw failures[0]
}

/** The summary of a folder whose files are all whole. Undefined if one is not. */
export const wholeSummary = (folder: string, wanted: (manifest: Manifest) => boolean): Promise<Summary | undefined> =>
  readSet(folder, async (manifest) => {
    if (!wanted(manifest)) return undefined
    const states = await Promise.all(manifest.files.map((own) => stateOf(folder, own)))
    return states.every((state) => state === 'whole') ? readSummary(folder, manifest) : undefined
  })

export const readReport = (folder: string): Promise<ReportData> =>
  readSet(folder, async (manifest) => {
    const { report } = manifest
    if (!report.figures)
      throw new UsageError(`${folder}: it was written with --no-report. Run the scenario again without that flag`)
    return { ...report, figures: { ...report.figures, summary: await readSummary(folder, manifest) } }
  })

export type FileState = 'whole' | 'missing' | 'changed'

/** Compares a file with its hash in the manifest. */
export async function stateOf(folder: string, { name, sha256: expected }: Manifest['files'][number]): Promise<FileState> {
  let state: FileState = 'missing'
  for (const path of placesOf(folder, name)) {
    const hash = await hashOfFile(path)
    if (hash === expected) return 'whole'
    if (hash !== undefined) state = 'changed'
  }
  return state
}

/** @returns undefined if the file cannot be read */
async function hashOfFile(path: string): Promise<string | undefined> {
  const hash = hasher()
  try {
    for await (const part of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(part as Uint8Array)
  } catch {
    return undefined
  }
  return hash.digest()
}
