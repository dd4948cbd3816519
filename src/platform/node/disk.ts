// A folder on the real disk.
import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Disk } from '../../present/files/disk.ts'
import { readRegular, sizeOfFile } from './file-source.ts'
import { Flusher, type Note } from './flush.ts'
import { plainWords, systemCode } from './words.ts'

/** Turns error codes into words. */
async function spoken<T>(doing: Promise<T>): Promise<T> {
  try {
    return await doing
  } catch (error) {
    throw new Error(plainWords(error), { cause: error })
  }
}

/**
 * Errors of a file that another program has open, such as a workbook in Excel or any file while a virus scanner reads it, and of a process that
 * has too many files open at the moment.
 */
const BUSY: ReadonlySet<string | undefined> = new Set(['EBUSY', 'EPERM', 'EACCES', 'EMFILE', 'ENFILE'])
/** Milliseconds after which a busy file counts as busy for good, and between two attempts. */
const PATIENCE = 2_000
const AGAIN = 50

const isBusy = (error: unknown): boolean => BUSY.has(systemCode(error))

/** Repeats an operation for two seconds while its error may pass, such as that of a file that another program has open. */
export async function patiently<T>(work: () => Promise<T>, mayPass = isBusy): Promise<T> {
  const end = performance.now() + PATIENCE
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!mayPass(error) || performance.now() >= end) throw error
      await pause(AGAIN)
    }
  }
}

/** Makes a folder, with those above it. Node's own way to do so never ends below a folder that takes none, such as /proc. */
async function makeFolder(folder: string, flusher: Flusher): Promise<void> {
  const above = dirname(folder)
  try {
    await mkdir(folder)
  } catch (error) {
    if (await isFolder(folder)) return
    if (systemCode(error) !== 'ENOENT' || above === folder) throw error
    await makeFolder(above, flusher)
    await mkdir(folder).catch(async (again: unknown) => {
      // Another process may have made it meanwhile.
      if (!(await isFolder(folder))) throw again
    })
  }
  await flusher.folder(above)
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )

/** Checked first: a pipe would never end. */
async function* partsOf(path: string): AsyncGenerator<Uint8Array> {
  await spoken(sizeOfFile(path))
  const parts = (createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]()
  for (let part = await spoken(parts.next()); !part.done; part = await spoken(parts.next())) yield part.value
}

/** @param note hears once if the disk cannot flush */
export const diskAt = (folder: string, note: Note = () => undefined): Disk =>
  diskOf(folder, randomBytes(8).toString('hex'), new Flusher(note))

function diskOf(folder: string, tag: string, flusher: Flusher): Disk {
  const at = (name: string) => join(folder, name)
  return {
    folder,
    tag,
    inside: (name) => diskOf(at(name), tag, flusher),
    make: () => spoken(makeFolder(resolve(folder), flusher)),
    list: () =>
      spoken(
        readdir(folder).catch((error: unknown) => {
          if (systemCode(error) === 'ENOENT') return []
          throw error
        }),
      ),
    read: (name) => spoken(readRegular(at(name))),
    parts: (name) => partsOf(at(name)),
    rename: (from, to) => spoken(patiently(() => rename(at(from), at(to)))),
    remove: (name) => spoken(patiently(() => rm(at(name), { force: true }))),
    drop: () => spoken(patiently(() => rm(folder, { recursive: true, force: true }))),
    sync: () => spoken(flusher.folder(folder)),
    async open(name) {
      const handle = await spoken(open(at(name), 'wx'))
      return {
        write: async (bytes) => (await spoken(handle.write(bytes))).bytesWritten,
        sync: () => spoken(flusher.file(handle, at(name))),
        close: () => spoken(handle.close()),
      }
    },
  }
}
