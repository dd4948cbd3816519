// Replaces the set of results in a folder by another that is complete, so that a whole set survives any failure.
//
// The new set is complete in `.next` before anything changes. The earlier set then moves to `.earlier`, its manifest first, and the new set
// moves in, its manifest last. Until that manifest is in place, readers find the earlier set in `.earlier`, or where it has not moved yet.
// A failure moves everything back. After a kill or a power failure, the next writer finishes the swap (`finishSwap`).
import type { Disk } from './disk.ts'

export const MANIFEST = 'manifest.json'
/** A complete set that is about to take its place. */
export const NEXT = '.next'
/** The set that it replaces. */
export const EARLIER = '.earlier'

/** Checks that this process still has the folder to itself, and throws if not. */
export type Held = () => Promise<void>

/** Whose files may move: the names that billcast gives to results. */
export type Ours = ReadonlySet<string>

interface Swap {
  readonly disk: Disk
  /** The files of the new set, with its manifest. */
  readonly listed: Ours
  readonly ours: Ours
}

/** Where results lie: whether there is a manifest in the folder and in `.next`, and any file in `.earlier`. */
async function places(disk: Disk) {
  const [here, next, earlier] = [await disk.list(), await disk.inside(NEXT).list(), await disk.inside(EARLIER).list()]
  return { here: here.includes(MANIFEST), next: next.includes(MANIFEST), earlier: earlier.length > 0 }
}

/**
 * Moves the complete set in `.next` into place. If that fails, everything moves back.
 * @throws the error of the disk, or that of `held` when another process has taken the folder over
 */
export async function swapIn(disk: Disk, ours: Ours, held: Held): Promise<void> {
  const swap: Swap = { disk, ours, listed: await listedIn(disk.inside(NEXT)) }
  if ((await disk.list()).includes(MANIFEST)) await clearAside(disk)
  try {
    await setAside(swap)
    await moveIn(swap)
  } catch (error) {
    // Another process may be moving the same files.
    await held()
    await moveBack(swap).catch(() => undefined)
    throw error
  }
  await clean(disk)
}

async function listedIn(folder: Disk): Promise<Ours> {
  const manifest = JSON.parse(new TextDecoder().decode(await folder.read(MANIFEST))) as {
    readonly files: readonly { readonly name: string }[]
  }
  return new Set([...manifest.files.map(({ name }) => name), MANIFEST])
}

/** What a finished swap could not remove must not count as part of the earlier set. */
async function clearAside(disk: Disk): Promise<void> {
  const aside = disk.inside(EARLIER)
  if ((await aside.list()).length === 0) return
  await aside.drop()
  await disk.sync()
}

/** The manifest comes first: without it, nobody takes the files that are still here for a set. */
async function setAside({ disk, ours, listed }: Swap): Promise<void> {
  const waiting = await disk.inside(NEXT).list()
  // After a kill, files of the new set may already be here.
  const stale = (await disk.list()).filter((name) => ours.has(name) && (waiting.includes(name) || !listed.has(name)))
  if (stale.length === 0) return
  const aside = disk.inside(EARLIER)
  await aside.make()
  const names = stale.filter((name) => name !== MANIFEST)
  if (stale.includes(MANIFEST)) {
    await disk.rename(MANIFEST, `${EARLIER}/${MANIFEST}`)
    await syncBoth(aside, disk)
  }
  for (const name of names) await disk.rename(name, `${EARLIER}/${name}`)
  await syncBoth(aside, disk)
}

async function moveIn({ disk }: Swap): Promise<void> {
  const waiting = await disk.inside(NEXT).list()
  for (const name of waiting) if (name !== MANIFEST) await disk.rename(`${NEXT}/${name}`, name)
  // Otherwise a power failure could keep the manifest and lose the files.
  await disk.sync()
  if (waiting.includes(MANIFEST)) await disk.rename(`${NEXT}/${MANIFEST}`, MANIFEST)
  await disk.sync()
}

/** The new set moves out, its manifest first. The earlier one moves back, its manifest last. */
async function moveBack({ disk, listed }: Swap): Promise<void> {
  const [next, aside] = [disk.inside(NEXT), disk.inside(EARLIER)]
  const waiting = await next.list()
  const set = await aside.list()
  const here = await disk.list()
  const moved = [...listed].filter((name) => !waiting.includes(name) && here.includes(name))
  for (const name of manifestFirst(moved)) await disk.rename(name, `${NEXT}/${name}`)
  await syncBoth(next, disk)
  await restore(disk, aside, set)
}

async function restore(disk: Disk, aside: Disk, names: readonly string[]): Promise<void> {
  for (const name of names) if (name !== MANIFEST) await disk.rename(`${EARLIER}/${name}`, name)
  await syncBoth(aside, disk)
  if (names.includes(MANIFEST)) await disk.rename(`${EARLIER}/${MANIFEST}`, MANIFEST)
  await disk.sync()
  await aside.drop()
}

const manifestFirst = (names: readonly string[]): string[] => [
  ...names.filter((name) => name === MANIFEST),
  ...names.filter((name) => name !== MANIFEST),
]

async function syncBoth(one: Disk, other: Disk): Promise<void> {
  await one.sync()
  await other.sync()
}

/** Removes what a finished swap leaves. The next writer removes what cannot be removed now. */
async function clean(disk: Disk): Promise<void> {
  for (const name of [EARLIER, NEXT])
    await disk
      .inside(name)
      .drop()
      .catch(() => undefined)
}

/**
 * Finishes or undoes a swap that was interrupted, and puts a complete set in place that waits in `.next`.
 * @returns why a set still waits in `.next`, if a program keeps files of the earlier one open
 * @throws the error of the disk, if the folder cannot be brought into order
 */
export async function finishSwap(disk: Disk, ours: Ours, held: Held): Promise<unknown> {
  const found = await places(disk)
  if (found.next) {
    try {
      await swapIn(disk, ours, held)
      return undefined
    } catch (error) {
      const left = await places(disk)
      if (!left.here && left.earlier) throw error
      return error
    }
  }
  // With a manifest in the folder, the swap was complete or had not begun.
  if (!found.here && found.earlier) {
    const aside = disk.inside(EARLIER)
    await restore(disk, aside, await aside.list())
  }
  await clean(disk)
  return undefined
}
