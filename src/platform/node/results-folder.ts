// A folder that a command writes results into: checked, locked, and brought into order before anything is computed.
import { UsageError } from '../../errors.ts'
import type { Disk } from '../../present/files/disk.ts'
import { checkFolder, type FolderKind, labelOf, RESULTS, settleFolder, waitingKind } from '../../present/files/folder.ts'
import { NEXT } from '../../present/files/swap.ts'
import { diskAt } from './disk.ts'
import { hasher } from './hash.ts'
import { heldAs, type Hold, type Waiting, withLock } from './lock.ts'

interface Opening extends Waiting {
  /** Whether the folder may have files of others. */
  readonly force: boolean
  readonly kind?: FolderKind
  /** How messages name the folder, if not by `--out`. */
  readonly label?: string
}

/** A folder that no other process writes meanwhile. */
export interface ResultsFolder {
  readonly disk: Disk
  readonly hold: Pick<Hold, 'tag' | 'check'>
}

/**
 * Does work that writes into a folder of results.
 * @throws UsageError if the folder cannot be written, has files of others, or if another process writes results there
 */
export async function intoFolder<T>(
  out: string,
  { force, kind = 'run', label, ...waiting }: Opening,
  work: (folder: ResultsFolder) => Promise<T>,
): Promise<T> {
  const disk: Disk = { ...diskAt(out, waiting.note), label }
  const named = labelOf(disk)
  await checkFolder(disk, force, kind)
  return withLock(out, RESULTS, named, waiting, async (hold) => {
    const blocked = await settleFolder(disk, hold.check, hasher, undefined, (damage) =>
      waiting.note?.(`${named}: billcast removes damaged results that waited in ${out}/${NEXT}: ${damage}`),
    )
    if (blocked) waiting.note?.(`${blocked.message}. This run will replace them`)
    return work({ disk, hold })
  })
}

/**
 * Puts results in place that wait in the folder's `.next`.
 * @throws UsageError if there are none, Error if they cannot be put in place
 */
export async function placeFolder(folder: string, waiting: Waiting): Promise<void> {
  const disk = diskAt(folder, waiting.note)
  await withLock(folder, RESULTS, folder, waiting, async ({ check }) => {
    if (!(await waitingKind(disk, check, hasher)))
      throw new UsageError(`${folder}: expected results that wait in ${folder}/${NEXT}, but there are none`)
    const blocked = await settleFolder(disk, check, hasher, folder, (damage) => {
      throw new UsageError(
        `${folder}: expected whole results in ${folder}/${NEXT}, but ${damage}. Nothing was moved. Run the scenario again`,
      )
    })
    if (blocked) throw blocked
  })
}

/** A folder that another thread of this process has locked. */
export const heldFolder = (out: string, tag: string): ResultsFolder => ({
  disk: diskAt(out),
  hold: { tag, check: heldAs(out, RESULTS, tag, `--out ${out}`) },
})
