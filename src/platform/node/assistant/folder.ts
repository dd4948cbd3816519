// The files that a server may read for an assistant: those of one folder, whatever name it is asked by.
import { realpath } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { shown, UsageError } from '../../../errors.ts'
import type { Reader } from '../../../scenario/resolve/resolve.ts'
import { boundedBytes, isWithin } from '../reader.ts'
import { textOf } from '../scenario-file.ts'
import { plainWords } from '../words.ts'

export interface EnclosedFolder {
  /** @throws UsageError for a file that is outside, too large or no text */
  readonly text: (file: string) => Promise<string>
  /** The files that a plan names. @param file the plan's own file, which they stand beside */
  readonly reader: (file: string | undefined) => Reader
}

const OUTSIDE = 'it is outside the folder that this server was started for'

export function enclosedFolder(folder: string): EnclosedFolder {
  const bytes = (name: string, beside = '.') => bytesIn(folder, beside, name)
  return {
    async text(file) {
      const found = await bytes(file).catch((error: unknown) => {
        throw new UsageError(`${shown(file)}: expected a file in the folder of this server, but ${plainWords(error)}`)
      })
      return textOf(found, file)
    },
    reader: (file) => ({
      read: (name) =>
        bytes(name, file === undefined ? '.' : dirname(file)).catch((error: unknown) => {
          throw new UsageError(plainWords(error))
        }),
    }),
  }
}

/** The name decides first, so that an answer never says whether a file outside exists. Then links are followed. */
async function bytesIn(folder: string, beside: string, name: string): Promise<Uint8Array> {
  const root = await realpath(folder)
  const named = resolve(root, beside, name)
  if (/^([a-z]:|[\\/])/i.test(name) || name.includes('\0') || !isWithin(root, named)) throw new UsageError(OUTSIDE)
  const target = await realpath(named)
  if (!isWithin(root, target)) throw new UsageError(OUTSIDE)
  return boundedBytes(target)
}
