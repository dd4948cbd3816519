// One file that a command writes where its user says, whole or not at all.
import { basename, dirname } from 'node:path'
import { UsageError } from '../errors.ts'
import { type Content, writeOne } from '../present/files/write.ts'
import { diskAt } from '../platform/node/disk.ts'
import { plainWords } from '../platform/node/words.ts'

export async function writeTo(file: string, content: Content): Promise<void> {
  try {
    await writeOne(diskAt(dirname(file)), basename(file), content)
  } catch (error) {
    throw new UsageError(`${file}: expected a file to write to, ${plainWords(error)}`)
  }
}
