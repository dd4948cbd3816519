// Files that a command writes at a path of the user's choice.
import { writeFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { UsageError } from '../errors.ts'
import { type Content, writeOne } from '../present/files/write.ts'
import { diskAt } from '../platform/node/disk.ts'
import { plainWords } from '../platform/node/words.ts'

/** Writes a file completely or not at all, replacing an older one. */
export async function writeTo(file: string, content: Content): Promise<void> {
  try {
    await writeOne(diskAt(dirname(file)), basename(file), content)
  } catch (error) {
    throw new UsageError(`${file}: expected a file that billcast can write, but ${plainWords(error)}`)
  }
}

/** Writes a new file. @throws UsageError if the file exists and `replace` is not set */
export async function createFile(file: string, text: string, replace: boolean, label = file): Promise<void> {
  try {
    await writeFile(file, text, { flag: replace ? 'w' : 'wx' })
  } catch (error) {
    const words = plainWords(error)
    const help = words.includes('EEXIST') ? '. Use --force to replace it' : ''
    throw new UsageError(`${label}: expected a file that billcast can write, but ${words}${help}`)
  }
}
