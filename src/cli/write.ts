// Files that a command writes at a path of the user's choice.
import { basename, dirname } from 'node:path'
import { UsageError } from '../errors.ts'
import { type Content, text, whole, writeFile, writeOne } from '../present/files/write.ts'
import type { Disk } from '../present/files/disk.ts'
import { type Held, LockError } from '../present/files/held.ts'
import { diskAt } from '../platform/node/disk.ts'
import { sizeOfFile } from '../platform/node/file-source.ts'
import { plainWords, systemCode } from '../platform/node/words.ts'
import { resultsAreKept } from './streams.ts'

/**
 * Writes a file completely or not at all, replacing an older one.
 * @param held throws if another process may have written the file meanwhile
 */
export async function writeTo(file: string, content: Content, held?: Held): Promise<void> {
  try {
    await checkPlace(file)
    await writeOne(diskAt(dirname(file)), basename(file), content, held)
  } catch (error) {
    if (error instanceof LockError) throw error
    throw new UsageError(`${file}: expected a file that billcast can write, but ${plainWords(error)}`)
  }
  resultsAreKept()
}

/** Writes a new file. @throws UsageError if the file exists and `replace` is not set */
export async function createFile(file: string, contents: string | Uint8Array, replace: boolean, label = file): Promise<void> {
  try {
    if (replace) await checkPlace(file)
    const write = replace ? writeOne : writeNew
    await write(diskAt(dirname(file)), basename(file), typeof contents === 'string' ? text(contents) : whole(contents))
  } catch (error) {
    const words = plainWords(error)
    const help = words.includes('EEXIST') ? '. Use --force to replace it' : ''
    throw new UsageError(`${label}: expected a file that billcast can write, but ${words}${help}`)
  }
  resultsAreKept()
}

/** Removes the file again if it cannot be written completely, but never one that was there before. */
async function writeNew(disk: Disk, name: string, content: Content): Promise<void> {
  let opened = false
  try {
    await writeFile(disk, name, (sink) => {
      opened = true
      return content(sink)
    })
  } catch (error) {
    if (opened) await disk.remove(name).catch(() => undefined)
    throw error
  }
}

/** A new file would replace a device, such as /dev/null, for all programs. */
async function checkPlace(file: string): Promise<void> {
  try {
    await sizeOfFile(file)
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
  }
}
