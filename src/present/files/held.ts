// Whether a writer still has a folder to itself. Another process takes it over if this one gives no sign of life.
import type { Disk } from './disk.ts'

/** Checks that this process still has the folder to itself. @throws LockError if not, or if it cannot know */
export type Held = () => Promise<void>

/** Another process may write the folder by now, so this one must change nothing more. */
export class LockError extends Error {
  override readonly name = 'LockError'
}

/** The disk, on which nothing moves or goes once the folder is not this process's own any more. */
export function whileHeld(disk: Disk, held: Held): Disk {
  const { folder, tag } = disk
  return {
    folder,
    tag,
    inside: (name) => whileHeld(disk.inside(name), held),
    make: () => disk.make(),
    list: () => disk.list(),
    read: (name) => disk.read(name),
    parts: (name) => disk.parts(name),
    open: (name) => disk.open(name),
    rename: (from, to) => held().then(() => disk.rename(from, to)),
    remove: (name) => held().then(() => disk.remove(name)),
    drop: () => held().then(() => disk.drop()),
    sync: () => disk.sync(),
  }
}
