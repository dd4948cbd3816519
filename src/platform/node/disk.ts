// A folder on the real disk.
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Disk } from '../../present/files/disk.ts'
import { plainWords } from './words.ts'

/** Turns error codes into words. */
async function spoken<T>(doing: Promise<T>): Promise<T> {
  try {
    return await doing
  } catch (error) {
    throw new Error(plainWords(error), { cause: error })
  }
}

async function syncFolder(path: string): Promise<void> {
  // Windows flushes names by itself, and cannot open a folder.
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } catch (error) {
    // Some network disks flush names by themselves, and cannot flush a folder.
    if (!(error instanceof Error && 'code' in error && (error.code === 'EINVAL' || error.code === 'ENOTSUP'))) throw error
  } finally {
    await handle.close()
  }
}

async function makeFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true })
  if (made !== undefined) await syncFolder(dirname(resolve(made)))
}

export function diskAt(folder: string): Disk {
  const at = (name: string) => join(folder, name)
  return {
    folder,
    tag: String(process.pid),
    alive(tag) {
      try {
        process.kill(Number(tag), 0)
        return true
      } catch (error) {
        // The process belongs to another user.
        return error instanceof Error && 'code' in error && error.code === 'EPERM'
      }
    },
    make: () => spoken(makeFolder(folder)),
    list: () => spoken(readdir(folder)),
    rename: (from, to) => spoken(rename(at(from), at(to))),
    remove: (name) => spoken(rm(at(name), { force: true })),
    sync: () => spoken(syncFolder(folder)),
    async open(name) {
      const handle = await spoken(open(at(name), 'wx'))
      return {
        write: async (bytes) => (await spoken(handle.write(bytes))).bytesWritten,
        sync: () => spoken(handle.sync()),
        close: () => spoken(handle.close()),
      }
    },
  }
}
