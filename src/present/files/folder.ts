// Writes the files of a run, all or nothing: into a folder of their own, flushed, then in place of the earlier set (swap.ts).
import { shellWord } from '../../notation/shell.ts'
import { messageOf, UsageError } from '../../errors.ts'
import type { Disk } from './disk.ts'
import { FORMATS } from '../../options/formats.ts'
import { type Held, LockError, whileHeld } from './held.ts'
import { type Hasher, sealed } from './seal.ts'
import {
  dropStaged,
  EARLIER,
  finishNext,
  finishSwap,
  type Left,
  MANIFEST,
  NEXT,
  type Ours,
  putInNext,
  SwapError,
  swapIn,
  waitingSet,
} from './swap.ts'
import { type Content, draftOf, isDraftOf, whole, writeFile } from './write.ts'

export interface OutputFile {
  readonly name: string
  readonly content: Content
}

/** How messages name a folder. */
export const labelOf = ({ folder, label = `--out ${folder}` }: Disk): string => label

/** The folder with the saved state of a run, which is removed when the run's files are written. */
export const CHECKPOINT = '.checkpoint'
const tables = (...names: readonly string[]) => names.flatMap((name) => FORMATS.map((format) => `${name}.${format}`))
/** Answers that are data alone, each in a file of its name. */
const DATA = [
  ...(['check', 'offers', 'compare', 'breakEven', 'fairPrice', 'optimize', 'diff', 'sensitivity'] as const),
  ...(['valueOfInformation', 'pilot', 'stress', 'reforecast', 'track', 'checkInvoices'] as const),
] as const
export type DataKind = (typeof DATA)[number]
const DATA_FILES: Readonly<Record<DataKind, ReadonlySet<string>>> = Object.fromEntries(
  DATA.map((name) => [name, new Set([`${name}.json`, MANIFEST])]),
) as never
/** The files of each kind of folder. A later run may replace them, and removes those that it does not write. */
const KINDS = {
  run: new Set([
    ...['summary.json', 'report.html', 'report.md', 'budget.xlsx', 'ledger.csv', MANIFEST],
    ...tables('trials', 'months', 'inputs', 'paths'),
  ]),
  backtest: new Set([...['backtest.json', 'fan.svg', 'fan.vl.json', 'pit.svg', 'pit.vl.json', MANIFEST], ...tables('cases')]),
  portfolio: new Set(['portfolio.json', 'plans.csv', 'months.csv', 'report.html', MANIFEST]),
  converge: new Set(['converge.json', 'converge.svg', 'converge.vl.json', MANIFEST]),
  fit: new Set(['fit.json', 'quantiles.svg', 'quantiles.vl.json', 'histogram.svg', 'histogram.vl.json', MANIFEST]),
  sweep: new Set(['sweep.arrow', MANIFEST]),
  calibrate: new Set(['calibrate.json', 'scenario.yaml', MANIFEST]),
  invoice: new Set(['invoice.json', 'invoice.csv', MANIFEST]),
  audit: new Set(['audit.json', 'disputes.csv', 'report.html', MANIFEST]),
  ...DATA_FILES,
} as const satisfies Readonly<Record<string, ReadonlySet<string>>>
export type FolderKind = keyof typeof KINDS
/** The names of the files that a run may write. */
export const FILES_OF_RUN: Ours = KINDS.run

/** Whether a name belongs to an unfinished file or set that a writer left, or that another is writing. */
const isDraft = (name: string, ours: Ours): boolean => name.startsWith(`${NEXT}.`) || [...ours].some((of) => isDraftOf(name, of))

/** The file that locks a folder of results, and what a process that takes over the lock of a dead one may leave. */
const isLock = (name: string): boolean => name.startsWith(lockName(RESULTS))

/** What the lock of a folder of results stands for. */
export const RESULTS = 'results'
export const lockName = (set: string): string => `.${set}.lock`

/**
 * Checks the folder before anything is computed.
 * @throws UsageError if it cannot be written, or contains other files
 */
export async function checkFolder(disk: Disk, force: boolean, kind: FolderKind = 'run'): Promise<void> {
  const ours: Ours = KINDS[kind]
  const probe = draftOf(MANIFEST, disk)
  let names: readonly string[]
  try {
    await disk.make()
    names = await disk.list()
    await disk.remove(probe)
    await (await disk.open(probe)).close()
    await disk.remove(probe)
  } catch (error) {
    throw new UsageError(`${labelOf(disk)}: expected a folder that billcast can write, but ${messageOf(error)}`)
  }
  for (const name of [NEXT, EARLIER]) {
    if (!names.includes(name)) continue
    await disk
      .inside(name)
      .list()
      .catch((error: unknown) => {
        throw new UsageError(
          `${labelOf(disk)}: expected ${name} there to be a folder of billcast's own, but ${messageOf(error)}. Remove it, or choose another folder`,
        )
      })
  }
  const known = (name: string) =>
    ours.has(name) || [CHECKPOINT, NEXT, EARLIER].includes(name) || isDraft(name, ours) || isLock(name)
  const stranger = names.find((name) => !known(name))
  if (stranger !== undefined && !force)
    throw new UsageError(
      `${labelOf(disk)}: expected an empty folder or one of an earlier run, but it contains ${stranger}. Choose another folder, or ${disk.label === undefined ? 'add --force' : 'pass force: true'} to write beside it`,
    )
}

/**
 * Brings a folder into order that an earlier writer left in the middle of a swap. Whoever calls it must have the folder to himself.
 * @param label the place that errors name
 * @param damaged hears of a damaged file of a set that waits, before that set is removed
 * @returns why a complete set still waits beside the one in place, if it does
 * @throws Error if the folder cannot be brought into order
 */
export async function settleFolder(
  disk: Disk,
  held: Held,
  hasher: () => Hasher,
  label = labelOf(disk),
  damaged?: (clause: string) => void,
): Promise<Error | undefined> {
  const { folder } = disk
  try {
    const kind = await waitingKind(disk, held, hasher)
    // Without a set that waits, only the earlier one moves back.
    const blocked = await finishSwap(disk, KINDS[kind ?? 'run'], held, hasher, damaged)
    return blocked && notSwapped(folder, label, blocked)
  } catch (error) {
    if (error instanceof LockError || error instanceof UsageError) throw error
    if (error instanceof SwapError) throw notSwapped(folder, label, error)
    throw new Error(
      `${label}: another billcast ended while it replaced these results, and they cannot be put back: ${messageOf(error)}. They are complete in ${folder}/${EARLIER} and ${folder}. Close the program that has a file of ${folder} open, then run the command again`,
      { cause: error },
    )
  }
}

/** The kind of the set that waits in `.next`. Undefined if there is none. */
export async function waitingKind(disk: Disk, held: Held, hasher: () => Hasher): Promise<FolderKind | undefined> {
  await finishNext(whileHeld(disk, held))
  const waiting = await waitingSet(disk, hasher)
  return waiting && (Object.keys(KINDS).find((known): known is FolderKind => known === waiting.kind) ?? 'run')
}

interface Writing {
  /** Stops it while files are written, before names change. */
  readonly signal?: AbortSignal | undefined
  readonly kind?: FolderKind
  readonly held?: Held
}

/**
 * Writes the files and a manifest with the size and SHA-256 of each. Whenever it stops, the folder has the earlier set or the new one,
 * complete, or a later writer can complete it. An error leaves the earlier set in place.
 */
export async function writeFolder(
  given: Disk,
  files: readonly OutputFile[],
  manifest: object,
  hasher: () => Hasher,
  { signal, kind = 'run', held = () => Promise.resolve() }: Writing = {},
): Promise<void> {
  const ours: Ours = KINDS[kind]
  const disk = whileHeld(given, held)
  const staged = `${NEXT}.${disk.tag}`
  // Only this process writes into this folder, so nothing has to check the lock.
  const stage = given.inside(staged)
  const list: { readonly name: string; readonly bytes: number; readonly sha256: string }[] = []
  const label = labelOf(disk)
  let doing = () => 'be read'
  const write = async (name: string, content: Content) => {
    const hash = hasher()
    let bytes = 0
    doing = () => `take ${name} (after ${bytes} bytes)`
    await writeFile(stage, name, content, (part) => {
      signal?.throwIfAborted()
      hash.update(part)
      bytes += part.byteLength
    })
    return { name, bytes, sha256: hash.digest() }
  }
  // If this process has lost the lock, the drafts belong to the new owner.
  await held()
  try {
    await sweep(disk, ours)
    doing = () => 'be written'
    await stage.make()
    for (const { name, content } of files) list.push(await write(name, content))
    await write(MANIFEST, whole(sealed({ ...manifest, files: list }, hasher)))
    doing = () => 'be changed'
    await stage.sync()
    signal?.throwIfAborted()
    await putInNext(disk, staged)
  } catch (error) {
    // A later run removes files that cannot be removed now.
    await dropStaged(given, staged, held).catch(() => undefined)
    signal?.throwIfAborted()
    if (error instanceof LockError) throw error
    throw new Error(`${label} could not ${doing()}: ${messageOf(error)}`, { cause: error })
  }
  try {
    await swapIn(given, { ours, listed: new Set([...list.map(({ name }) => name), MANIFEST]) }, held)
  } catch (error) {
    throw error instanceof SwapError ? notSwapped(disk.folder, label, error) : error
  }
}

/** Removes what dead writers left. Some of it may stay if it cannot be removed. */
async function sweep(disk: Disk, ours: Ours): Promise<void> {
  for (const name of await disk.list()) {
    if (!isDraft(name, ours)) continue
    const left = name.startsWith(`${NEXT}.`) ? disk.inside(name).drop() : disk.remove(name)
    await left.catch(() => undefined)
  }
}

/** Where both sets are after a swap that failed, and the way out. */
const WAYS_OUT: Readonly<Record<Left, (folder: string) => string>> = {
  earlier: (folder) =>
    `The earlier results are unchanged, and the new ones are complete in ${folder}/${NEXT}. Close the program that has a file of ${folder} open, then put them in place with billcast place ${shellWord(folder)}`,
  neither: (folder) =>
    `No file is lost: the earlier results are in ${folder}/${EARLIER} and ${folder}, the new ones in ${folder}/${NEXT} and ${folder}. Close the program that has a file of ${folder} open, then put the new ones in place with billcast place ${shellWord(folder)}`,
  new: (folder) =>
    `The new results are in place, but a power failure may lose them. Check the disk, then the results with billcast verify ${shellWord(folder)}`,
}

const notSwapped = (folder: string, label: string, error: SwapError): Error =>
  new Error(`${label} could not be changed: ${error.message}. ${WAYS_OUT[error.left](folder)}`, { cause: error })
