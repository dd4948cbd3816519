// A lock on a set of files in a folder, so that two processes never write the same results. Any file system will do, also a network disk:
// the lock is a file that its owner creates and then writes again every few seconds. No library that we found notices a lost lock before
// it renames files, or tells processes of two containers apart.
import { type FileHandle, link, lstat, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { UsageError, visible } from '../../errors.ts'
import { lockName } from '../../present/files/folder.ts'
import { type Held, LockError } from '../../present/files/held.ts'
import { patiently } from './disk.ts'
import { hasEnded, type Owner, ownerHere, ownerIn } from './owner.ts'
import { plainWords, systemCode } from './words.ts'

/** Milliseconds between two signs of life. */
const BEAT = 10_000
/** Milliseconds without a sign of life after which a lock counts as left behind. */
const STALE = 60_000
/** Milliseconds between two looks at a lock that another process holds. */
const LOOK = 500
/** Milliseconds for another process to put a lock back that it took by mistake, or to sign one that it has just created. */
const MOMENT = 100
/** How often a lock that was left behind may resist. */
const ATTEMPTS = 10

export interface Waiting {
  /** Seconds to wait for another process. */
  readonly wait?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** Hears of the wait. */
  readonly note?: ((words: string) => void) | undefined
}

export interface Hold {
  /** Names the lock, so that another thread of this process can look at it. */
  readonly tag: string
  /** @throws Error if another process has taken the lock */
  readonly check: Held
  release(): Promise<void>
}

/**
 * The check of a lock that another thread of this process holds.
 * @param label the place that errors name
 */
export const heldAs =
  (folder: string, set: string, tag: string, label: string): Held =>
  async () => {
    const path = join(folder, lockName(set))
    let found: string | undefined
    try {
      if ((await tagOf(path)) === tag) return
      await pause(MOMENT)
      found = await tagOf(path)
      if (found === tag) return
    } catch (error) {
      throw new LockError(
        `${label}: the lock of these results cannot be read, so another billcast may have taken them over: ${plainWords(error)}. This one writes nothing more. Run it again`,
      )
    }
    if (found === undefined && (await isGone(folder)))
      throw new LockError(
        `${label}: the folder disappeared while billcast wrote into it: it was removed or renamed, or its disk was detached. Nothing more is written. Run the command again`,
      )
    if (found === undefined && (await isGone(path)))
      throw new LockError(
        `${label}: ${path} disappeared, which kept others from writing these results. Someone removed it, or another billcast took the results over and has ended. This one writes nothing more. Run it again`,
      )
    throw new LockError(
      `${label}: another billcast took these results over, because this one gave no sign of life for ${STALE / 1000} seconds. It writes nothing more. Run it again`,
    )
  }

const isGone = (path: string): Promise<boolean> =>
  stat(path).then(
    () => false,
    (error: unknown) => systemCode(error) === 'ENOENT',
  )

/**
 * Locks a set of files until it is released.
 * @param set names the set within the folder
 * @param label the place that errors name
 * @throws UsageError if another process holds the lock after the wait
 */
export async function lockSet(folder: string, set: string, label: string, waiting: Waiting = {}): Promise<Hold> {
  const path = join(folder, lockName(set))
  const tag = crypto.randomUUID()
  const here = await ownerHere(tag)
  await take(path, here, label, waiting)
  await sweep(path).catch(() => undefined)
  const check = heldAs(folder, set, tag, label)
  const beat = setInterval(() => void signOfLife(path, here), BEAT).unref()
  return {
    tag,
    check,
    async release() {
      clearInterval(beat)
      // The lock may be another's by now.
      const left = await tagOf(path).catch(() => undefined)
      if (left === tag) await rm(path, { force: true }).catch(() => undefined)
    },
  }
}

/** Does work that needs a set of files to itself. */
export async function withLock<T>(
  folder: string,
  set: string,
  label: string,
  waiting: Waiting,
  work: (hold: Hold) => Promise<T>,
): Promise<T> {
  const hold = await lockSet(folder, set, label, waiting)
  try {
    return await work(hold)
  } finally {
    await hold.release()
  }
}

async function take(path: string, here: Owner, label: string, { wait = 0, signal, note }: Waiting): Promise<void> {
  const end = performance.now() + 1_000 * wait
  let noted = false
  for (let attempts = 0; ; ) {
    signal?.throwIfAborted()
    if (await created(path, here, label)) return
    await refuseOthers(path, label)
    const found = await seen(path, here)
    if (!found) continue
    if (found.stale && attempts < ATTEMPTS) {
      attempts += 1
      await takeAway(path, found.owner, here)
      continue
    }
    if (performance.now() >= end) throw new UsageError(refusal(label, found.owner))
    if (!noted) note?.(`${label}: waiting for ${nameOf(found.owner)}`)
    noted = true
    await pause(LOOK, undefined, { signal }).catch(() => undefined)
  }
}

/** @returns false if there is a lock */
async function created(path: string, here: Owner, label: string): Promise<boolean> {
  let handle: FileHandle | undefined
  try {
    handle = await open(path, 'wx')
    await handle.write(JSON.stringify(here))
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    if (handle) await rm(path, { force: true }).catch(() => undefined)
    throw new UsageError(`${label}: expected a folder that billcast can lock, but ${plainWords(error)}`)
  } finally {
    await handle?.close().catch(() => undefined)
  }
}

/** A link that leads nowhere never becomes a lock, and a pipe would never be read to its end. */
async function refuseOthers(path: string, label: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined)
  if (found && !found.isFile())
    throw new UsageError(
      `${label}: expected a folder that billcast can lock, but ${path} is not a regular file. Remove it, then run the command again`,
    )
}

/** Removes what killed processes left when they looked at this lock. One that lives needs such a file for a moment only. */
async function sweep(path: string): Promise<void> {
  const folder = dirname(path)
  const { mtimeMs: now } = await stat(path)
  for (const name of await readdir(folder)) {
    if (!isAside(name, basename(path))) continue
    const left = await stat(join(folder, name)).catch(() => undefined)
    if (left && now - left.mtimeMs > STALE) await rm(join(folder, name), { force: true }).catch(() => undefined)
  }
}

/** A name beside the lock that belongs to one process alone. */
const asideOf = (path: string, tag: string): string => `${path}.${tag}`
const isAside = (name: string, lock: string): boolean =>
  name.startsWith(`${lock}.`) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name.slice(lock.length + 1))

/** Writes the lock again, if it is still this process's own. No file stays open: a batch may hold hundreds of locks. */
async function signOfLife(path: string, here: Owner): Promise<void> {
  let handle: FileHandle | undefined
  try {
    handle = await open(path, 'r+')
    if (ownerIn(await handle.readFile('utf8'))?.tag !== here.tag) return
    await handle.write(JSON.stringify(here), 0)
    // A network disk may keep it to itself otherwise.
    await handle.datasync()
  } catch {
    // The next one may get through. If none does, another process may take the lock, and `check` notices it.
  } finally {
    await handle?.close().catch(() => undefined)
  }
}

interface Seen {
  /** Absent if the file does not say, because its writer has just begun or was killed then. */
  readonly owner?: Owner
  readonly stale: boolean
}

/** @returns undefined if the lock has gone */
async function seen(path: string, here: Owner): Promise<Seen | undefined> {
  try {
    let found = await read(path)
    if (found && !ownerIn(found.text)) {
      await pause(MOMENT)
      found = await read(path)
    }
    if (!found) return undefined
    const owner = ownerIn(found.text)
    if (owner && (await hasEnded(owner, here))) return { owner, stale: true }
    const stale = (await timeOf(path, here.tag)) - found.changed > STALE
    return { stale, ...(owner && { owner }) }
  } catch {
    // A lock that cannot be read, such as that of another user, is held by someone.
    return { stale: false }
  }
}

/**
 * Opens the lock, not only looks at it: a network disk then asks its server.
 * @returns undefined if there is no lock
 * @throws the error of the system if it lasts for two seconds: too many open files or a disturbed disk say nothing about the lock
 */
const read = (path: string): Promise<{ readonly text: string; readonly changed: number } | undefined> =>
  patiently(
    async () => {
      let handle: FileHandle | undefined
      try {
        handle = await open(path, 'r')
        const { mtimeMs: changed } = await handle.stat()
        return { text: await handle.readFile('utf8'), changed }
      } catch (error) {
        if (systemCode(error) === 'ENOENT') return undefined
        throw error
      } finally {
        await handle?.close()
      }
    },
    () => true,
  )

const tagOf = async (path: string): Promise<string | undefined> => ownerIn((await read(path))?.text ?? '')?.tag

/** The time by the clock of the disk: those of two machines may differ. */
async function timeOf(path: string, tag: string): Promise<number> {
  const probe = asideOf(path, tag)
  const handle = await open(probe, 'w').catch(() => undefined)
  if (!handle) return 0
  try {
    await handle.write('.')
    return (await handle.stat()).mtimeMs
  } catch {
    return 0
  } finally {
    await handle.close()
    await rm(probe, { force: true }).catch(() => undefined)
  }
}

/** Removes a lock that was left behind, unless another process was faster and the lock is now its own. */
async function takeAway(path: string, owner: Owner | undefined, here: Owner): Promise<void> {
  const aside = asideOf(path, here.tag)
  try {
    // Another process may have taken it meanwhile.
    if ((await tagOf(path)) !== owner?.tag) return
    await rename(path, aside)
  } catch {
    // Another process was faster. Someone who may not rename it finds it again.
    return pause(LOOK)
  }
  const moved = await tagOf(aside).catch(() => null)
  if (moved !== owner?.tag && !(await putBack(aside, path))) return
  await rm(aside, { force: true }).catch(() => undefined)
}

/** Puts the lock of a living process back. @returns whether it stands there now, or a newer one, which counts */
async function putBack(aside: string, path: string): Promise<boolean> {
  try {
    await link(aside, path)
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return true
  }
  // Some disks have no links. A lock that is created at this very moment goes then, which its owner notices.
  return rename(aside, path).then(
    () => true,
    () => false,
  )
}

const nameOf = (owner: Owner | undefined): string =>
  owner
    ? `another billcast (process ${owner.pid} on ${visible(String(owner.host))}, since ${visible(String(owner.since))})`
    : 'another billcast'

const refusal = (label: string, owner: Owner | undefined): string =>
  `${label}: ${nameOf(owner)} is writing these results. Wait for it with --wait-lock, such as --wait-lock 600, or choose another folder. If it was killed on another machine or in another container, the lock ends ${STALE / 1000} seconds after its last sign of life`
