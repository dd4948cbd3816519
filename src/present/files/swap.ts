// Replaces the set of results in a folder by another that is complete, so that a whole set survives any failure.
//
// The new set is complete in `.next` before anything changes. The earlier set then moves to `.earlier`, its manifest first, and the new set
// moves in, its manifest last. Until that manifest is in place, readers find the earlier set in `.earlier`, or where it has not moved yet.
// A failure moves everything back. After a kill or a power failure, the next writer finishes the swap (`finishSwap`).
import { messageOf } from '../../errors.ts'
import type { Disk } from './disk.ts'
import { type Held, LockError, whileHeld } from './held.ts'
import { type Hasher, opened } from './seal.ts'

export const MANIFEST = 'manifest.json'
/** A complete set that is about to take its place. */
export const NEXT = '.next'
/** The set that it replaces. */
export const EARLIER = '.earlier'

/** Whose files may move: the names that billcast gives to results. */
export type Ours = ReadonlySet<string>

interface Swap {
  readonly disk: Disk
  /** The files of the new set, with its manifest. */
  readonly listed: Ours
  readonly ours: Ours
}

/** Where the results lie after a swap that failed: the earlier ones are in place, or the new ones, or neither. */
export type Left = 'earlier' | 'new' | 'neither'

export class SwapError extends Error {
  override readonly name = 'SwapError'
  readonly left: Left
  constructor(cause: unknown, left: Left) {
    super(messageOf(cause), { cause })
    this.left = left
  }
}

/** Where results lie: whether there is a manifest in the folder and in `.next`, and any file in `.earlier`. */
async function places(disk: Disk) {
  const [here, next, earlier] = [await disk.list(), await disk.inside(NEXT).list(), await disk.inside(EARLIER).list()]
  return { here: here.includes(MANIFEST), next: next.includes(MANIFEST), earlier: earlier.length > 0 }
}

/** A disk that fails may not say where results lie either. */
async function leftOn(disk: Disk): Promise<Left> {
  const found = await places(disk).catch(() => undefined)
  if (!found?.here) return 'neither'
  return found.next ? 'earlier' : 'new'
}

/** A file in a manifest. */
interface Listed {
  readonly name: string
  readonly sha256: string
}

interface WaitingSet {
  readonly kind: unknown
  readonly files: readonly Listed[]
}

/** The set in `.next`. Undefined if there is none, or if its manifest is not as it was written. */
export async function waitingSet(disk: Disk, hasher: () => Hasher): Promise<WaitingSet | undefined> {
  const next = disk.inside(NEXT)
  if (!(await next.list()).includes(MANIFEST)) return undefined
  const bytes = await next.read(MANIFEST)
  try {
    const { kind, files } = opened(bytes, hasher).value as { readonly kind?: unknown; readonly files?: unknown }
    return Array.isArray(files) && files.every(isListed) ? { kind, files } : undefined
  } catch {
    return undefined
  }
}

const isListed = (file: unknown): file is Listed =>
  typeof file === 'object' &&
  file !== null &&
  'name' in file &&
  typeof file.name === 'string' &&
  'sha256' in file &&
  typeof file.sha256 === 'string'

/** The files of a waiting set: those that a swap has moved into the folder already, and one that is damaged. */
interface Checked {
  readonly moved: readonly string[]
  /** A clause that names the file. */
  readonly damage?: string
}

async function checked(disk: Disk, files: readonly Listed[], hasher: () => Hasher): Promise<Checked> {
  const next = disk.inside(NEXT)
  const [waiting, here] = [await next.list(), await disk.list()]
  const moved: string[] = []
  let damage: string | undefined
  for (const { name, sha256 } of files) {
    const waits = waiting.includes(name)
    if (!waits && !here.includes(name)) damage ??= `${NEXT}/${name} is missing`
    else if ((await digestIn(waits ? next : disk, name, hasher)) !== sha256)
      damage ??= `${NEXT}/${name} ${waits ? 'has changed since billcast wrote it' : 'is missing'}`
    else if (!waits) moved.push(name)
  }
  return { moved, ...(damage !== undefined && { damage }) }
}

async function digestIn(disk: Disk, name: string, hasher: () => Hasher): Promise<string> {
  const hash = hasher()
  for await (const part of disk.parts(name)) hash.update(part)
  return hash.digest()
}

/** Where a set waits that a newer one replaces in `.next`. */
const outOf = (staged: string): string => `${staged}-old`

/**
 * Moves a complete set into `.next`. A set that waits there moves out in one step: file by file, a kill could leave a part of it with its
 * manifest.
 */
export async function putInNext(disk: Disk, staged: string): Promise<void> {
  const out = outOf(staged)
  const waits = (await disk.list()).includes(NEXT)
  if (waits) {
    await disk.rename(NEXT, out)
    await disk.sync()
  }
  await disk.rename(staged, NEXT)
  await disk.sync()
  // The next writer removes what cannot be removed now.
  if (waits) await dropped(disk.inside(out))
}

const dropped = (disk: Disk): Promise<void> => disk.drop().catch(() => undefined)

/** Ends a `putInNext` that was interrupted between its two moves. The newer set counts if it is still complete. */
export async function finishNext(disk: Disk): Promise<void> {
  const names = await disk.list()
  const staged = names.find((name) => name.startsWith(`${NEXT}.`) && names.includes(outOf(name)))
  if (names.includes(NEXT) || staged === undefined) return
  const whole = (await disk.inside(staged).list()).includes(MANIFEST)
  await disk.rename(whole ? staged : outOf(staged), NEXT)
  await disk.sync()
}

/** Removes a set that will not take its place. One that waited moves back first, since nobody looks for it without the newer one. */
export async function dropStaged(disk: Disk, staged: string, held: Held): Promise<void> {
  const names = await disk.list()
  if (names.includes(outOf(staged)) && !names.includes(NEXT)) await whileHeld(disk, held).rename(outOf(staged), NEXT)
  // Without its manifest, no part of it counts as a set.
  const stage = disk.inside(staged)
  await stage.remove(MANIFEST)
  await stage.drop()
}

/**
 * Moves the complete set in `.next` into place. If that fails, everything moves back.
 * @throws SwapError if it failed, or LockError when another process has taken the folder over, which may be moving the same files
 */
export async function swapIn(given: Disk, { ours, listed }: Omit<Swap, 'disk'>, held: Held): Promise<void> {
  const disk = whileHeld(given, held)
  const swap: Swap = { disk, ours, listed }
  try {
    await clearAside(disk)
  } catch (error) {
    throw error instanceof LockError ? error : new SwapError(error, await leftOn(disk))
  }
  try {
    await setAside(swap)
    await moveIn(swap)
  } catch (error) {
    if (error instanceof LockError) throw error
    // Another process may be moving the same files.
    await held()
    const back = await moveBack(swap).then(
      () => 'done',
      (failure: unknown) => failure,
    )
    if (back instanceof LockError) throw back
    throw new SwapError(error, back === 'done' ? 'earlier' : await leftOn(disk))
  }
  await clean(disk)
}

/** What a finished swap could not remove must not count as part of the earlier set. */
async function clearAside(disk: Disk): Promise<void> {
  const aside = disk.inside(EARLIER)
  if (!(await disk.list()).includes(MANIFEST) || (await aside.list()).length === 0) return
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
  for (const name of [EARLIER, NEXT]) await dropped(disk.inside(name))
}

/**
 * Finishes or undoes a swap that was interrupted, and puts a complete set in place that waits in `.next`.
 * @param damaged hears of a file of that set that is not as its manifest states. The set then gives way to the earlier one
 * @returns why a set still waits in `.next` beside the earlier one, if a program keeps files of that one open
 * @throws SwapError or the error of the disk, if the folder cannot be brought into order
 */
export async function finishSwap(
  given: Disk,
  ours: Ours,
  held: Held,
  hasher: () => Hasher,
  damaged: (clause: string) => void = () => {},
): Promise<SwapError | undefined> {
  const disk = whileHeld(given, held)
  const waiting = await waitingSet(disk, hasher)
  const { damage, moved } = waiting ? await checked(disk, waiting.files, hasher) : { damage: undefined, moved: [] }
  if (damage !== undefined) damaged(damage)
  else if (waiting) {
    try {
      await swapIn(given, { ours, listed: new Set([...waiting.files.map(({ name }) => name), MANIFEST]) }, held)
      return undefined
    } catch (error) {
      if (error instanceof SwapError && error.left === 'earlier') return error
      throw error
    }
  }
  const found = await places(disk)
  // With a manifest in the folder, the swap was complete or had not begun.
  if (!found.here && found.earlier) {
    if (damage !== undefined) for (const name of moved) await disk.rename(name, `${NEXT}/${name}`)
    const aside = disk.inside(EARLIER)
    await restore(disk, aside, await aside.list())
  }
  await clean(disk)
  return undefined
}
