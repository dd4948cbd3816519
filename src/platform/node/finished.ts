// Reads a folder of results. Without a manifest it is unfinished, and its files may not belong together.
import { createReadStream } from 'node:fs'
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../../errors.ts'
import { lockName, RESULTS } from '../../present/files/folder.ts'
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

/** A set's manifest as it lies on the disk, and the folders that its files may be in. */
interface Found {
  readonly bytes: Uint8Array
  readonly places: readonly string[]
}

/**
 * Finds the set in place, or the one that is being replaced. Its writer sets the manifest aside first, and then file by file, so that
 * readers neither wait nor see half of each. Beside a set in place, files aside are only what a finished swap could not remove.
 */
async function findSet(folder: string): Promise<Found> {
  const aside = join(folder, EARLIER)
  const ways = [
    { path: join(folder, MANIFEST), places: [folder] },
    { path: join(aside, MANIFEST), places: [folder, aside] },
  ]
  // It may have moved from the first place to the second, or gone from the second when the new one came to the first.
  for (const { path, places } of ways) {
    const bytes = await readFile(path).catch(() => undefined)
    if (bytes) return { bytes, places }
  }
  try {
    return { bytes: await readFile(ways[0].path), places: ways[0].places }
  } catch (error) {
    throw unreadable(folder, MANIFEST, error)
  }
}

const isSame = (one: Found, other: Found): boolean =>
  one.places.length === other.places.length && Buffer.compare(one.bytes, other.bytes) === 0

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
export const readManifest = async (folder: string): Promise<Manifest> => manifestIn(folder, (await findSet(folder)).bytes)

function manifestIn(folder: string, bytes: Uint8Array): Manifest {
  const manifest = parsed<Manifest | null>(folder, MANIFEST, bytes)
  if (!manifest || ![1, MANIFEST_FORMAT].includes(manifest.format) || !manifest.report || !Array.isArray(manifest.files))
    throw new UsageError(`${folder}: ${MANIFEST} is from another program or version. ${repair(folder)}`)
  return manifest
}

/**
 * Reads the set of results that the manifest describes. If a writer replaces the set meanwhile, it reads the new one.
 * @param read receives the manifest and the folders that its files may be in
 * @throws the error of `read` if the set stayed the same
 */
export async function readSet<T>(folder: string, read: (manifest: Manifest, places: readonly string[]) => Promise<T>): Promise<T> {
  for (let changes = 0; ; changes++) {
    const set = await findSet(folder)
    const found = await read(manifestIn(folder, set.bytes), set.places).then(
      (result) => ({ result }),
      (error: unknown) => ({ error }),
    )
    if (changes < MOST_CHANGES && !isSame(set, await findSet(folder))) continue
    if ('error' in found) throw found.error
    return found.result
  }
}

/** @throws UsageError if the file is not the one that the manifest names */
async function readSummary(folder: string, { files }: Manifest, places: readonly string[]): Promise<Summary> {
  const name = 'summary.json'
  const expected = files.find((file) => file.name === name)?.sha256
  const failures: UsageError[] = []
  for (const place of places) {
    try {
      const bytes = await readFile(join(place, name))
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
  readSet(folder, async (manifest, places) => {
    if (!wanted(manifest)) return undefined
    const states = await Promise.all(manifest.files.map((own) => stateOf(places, own)))
    return states.every((state) => state === 'whole') ? readSummary(folder, manifest, places) : undefined
  })

export const readReport = (folder: string): Promise<ReportData> =>
  readSet(folder, async (manifest, places) => {
    const { report } = manifest
    if (!report.figures)
      throw new UsageError(`${folder}: it was written with --no-report. Run the scenario again without that flag`)
    return { ...report, figures: { ...report.figures, summary: await readSummary(folder, manifest, places) } }
  })

/** Whether a folder has results, or another process is about to write some. */
export async function holdsResults(folder: string): Promise<boolean> {
  const signs = [MANIFEST, join(EARLIER, MANIFEST), lockName(RESULTS)]
  const found = await Promise.all(
    signs.map((name) =>
      access(join(folder, name)).then(
        () => true,
        () => false,
      ),
    ),
  )
  return found.includes(true)
}

export type FileState = 'whole' | 'missing' | 'changed'

/** Compares a file with its hash in the manifest. */
export async function stateOf(
  places: readonly string[],
  { name, sha256: expected }: Manifest['files'][number],
): Promise<FileState> {
  let state: FileState = 'missing'
  for (const place of places) {
    const hash = await hashOfFile(join(place, name))
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
