// Reads a folder of results. Without a manifest it is unfinished, and its files may not belong together.
import { createReadStream } from 'node:fs'
import { access, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../../errors.ts'
import { FILES_OF_RUN, lockName, RESULTS } from '../../present/files/folder.ts'
import { EARLIER, MANIFEST, NEXT } from '../../present/files/swap.ts'
import type { Manifest } from '../../api/manifest.ts'
import { revivedEstimate } from '../../numerics/estimators/estimate.ts'
import type { ReportData } from '../../present/report/data.ts'
import { currentSummary } from '../../summary/earlier.ts'
import type { Summary } from '../../summary/summary.ts'
import { readRegular, sizeOfFile } from './file-source.ts'
import { hasher, sha256 } from './hash.ts'
import { checkPlan, manifestIn, type Remark, repair } from './manifest-file.ts'
import { shapeFault, summaryShape } from './shapes.ts'
import { VERSION } from '../version.generated.ts'
import { plainWords } from './words.ts'

/** How often a set may change while it is read, before its reader takes what it found. */
const MOST_CHANGES = 5

const SUMMARY = 'summary.json'

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
    const bytes = await readRegular(path).catch(() => undefined)
    if (bytes) return { bytes, places }
  }
  try {
    return { bytes: await readRegular(ways[0].path), places: ways[0].places }
  } catch (error) {
    throw unreadable(folder, MANIFEST, error)
  }
}

const isSame = (one: Found, other: Found): boolean =>
  one.places.length === other.places.length && Buffer.compare(one.bytes, other.bytes) === 0

const unreadable = (folder: string, name: string, error: unknown): UsageError =>
  new UsageError(`${folder}: expected a finished folder, but ${name} cannot be read (${plainWords(error)}). ${repair(folder)}`)

/**
 * Reads the set of results that the manifest describes. If a writer replaces the set meanwhile, it reads the new one.
 * @param read receives the manifest and the folders that its files may be in
 * @param remark hears what is less than proven
 * @throws the error of `read` if the set stayed the same
 */
export async function readSet<T>(
  folder: string,
  read: (manifest: Manifest, places: readonly string[]) => Promise<T>,
  remark?: Remark,
): Promise<T> {
  for (let changes = 0; ; changes++) {
    const set = await findSet(folder)
    const remarks: string[] = []
    const reading = async () =>
      read(
        manifestIn(folder, set.bytes, (words) => remarks.push(words)),
        set.places,
      )
    const found = await reading().then(
      (result) => ({ result }),
      (error: unknown) => ({ error }),
    )
    if (changes < MOST_CHANGES && !isSame(set, await findSet(folder))) continue
    if (remark) for (const words of remarks) remark(words)
    if ('error' in found) throw found.error
    return found.result
  }
}

/** @throws UsageError if the file is not the one that the manifest names */
async function readSummary(folder: string, manifest: Manifest, places: readonly string[]): Promise<Summary> {
  const expected = manifest.files.find((file) => file.name === SUMMARY)?.sha256
  const failures: UsageError[] = []
  for (const place of places) {
    try {
      const bytes = await readRegular(join(place, SUMMARY)).catch((error: unknown) => {
        throw unreadable(folder, SUMMARY, error)
      })
      if (sha256(bytes) === expected) return summaryIn(folder, bytes, manifest)
      failures.push(new UsageError(`${folder}: ${SUMMARY} does not match ${MANIFEST}. ${repair(folder)}`))
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      failures.push(error)
    }
  }
  throw failures[0]
}

function summaryIn(folder: string, bytes: Uint8Array, { seed, method, trials }: Manifest): Summary {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes), revivedEstimate)
  } catch {
    throw new UsageError(`${folder}: expected a finished folder, but ${SUMMARY} is not JSON. ${repair(folder)}`)
  }
  const fault = shapeFault(summaryShape, value)
  if (fault !== undefined)
    throw new UsageError(`${folder}: ${SUMMARY} has another shape than billcast writes: ${fault}. ${repair(folder)}`)
  const summary = value as Summary
  if (summary.seed !== seed || summary.method !== method || summary.trials !== trials)
    throw new UsageError(
      `${folder}: ${SUMMARY} is of another run than ${MANIFEST} (${summary.trials} trials of ${summary.method}, seed ${summary.seed}). ${repair(folder)}`,
    )
  return currentSummary(summary)
}

/** The summary of a folder whose files are all whole. Undefined if one is not. */
export const wholeSummary = (folder: string, wanted: (manifest: Manifest) => boolean): Promise<Summary | undefined> =>
  readSet(folder, async (manifest, places) => {
    if (!wanted(manifest)) return undefined
    const states = await Promise.all(manifest.files.map((own) => stateOf(places, own)))
    return states.every((state) => state === 'whole') ? readSummary(folder, manifest, places) : undefined
  })

/** The manifest of a set whose plan and summary belong to it. */
export const readPlan = (folder: string, remark: Remark): Promise<Manifest> =>
  readSet(
    folder,
    async (manifest, places) => {
      await readSummary(folder, manifest, places)
      await checkPlan(folder, manifest)
      return manifest
    },
    remark,
  )

/** Uses the content of a report. A set that parses may still contain what no report can show. */
export async function withReport<T>(folder: string, remark: Remark, use: (data: ReportData) => Promise<T> | T): Promise<T> {
  const data = await readReport(folder, remark)
  try {
    return await use(data)
  } catch (error) {
    // Nothing but a wrong shape makes these of data that are proven.
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error
    throw new UsageError(
      `${folder}: ${MANIFEST} or ${SUMMARY} has another shape than billcast ${VERSION} writes. ${repair(folder)}`,
      { cause: error },
    )
  }
}

export const readReport = (folder: string, remark?: Remark): Promise<ReportData> =>
  readSet(
    folder,
    async (manifest, places) => {
      const { report } = manifest
      if (!report.figures)
        throw new UsageError(`${folder}: it was written with --no-report. Run the scenario again without that flag`)
      const summary = await readSummary(folder, manifest, places)
      await checkPlan(folder, manifest)
      return { ...report, figures: { ...report.figures, summary } }
    },
    remark,
  )

/** Files of a run that lie in a folder although its manifest does not list them. A Markdown report may be written later. */
export async function unlistedIn(folder: string, { files }: Manifest): Promise<string[]> {
  const names = await readdir(folder)
  // While a writer replaces the set, files of both lie here.
  if (names.includes(NEXT) || names.includes(EARLIER)) return []
  const listed = new Set([MANIFEST, 'report.md', ...files.map(({ name }) => name)])
  return names.filter((name) => FILES_OF_RUN.has(name) && !listed.has(name))
}

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
    await sizeOfFile(path)
    for await (const part of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(part as Uint8Array)
  } catch {
    return undefined
  }
  return hash.digest()
}
