// The files that a plan names, for a page, which has no folder to read them from. The page's first load has this module, so that it imports no
// more than it needs.
import { UsageError } from '../errors.ts'
import type { Reader } from '../scenario/resolve/resolve.ts'

/** Files by their names in the plan. */
export interface FilesBeside {
  readonly texts: Readonly<Record<string, string>>
  /** Why the others cannot be read. */
  readonly refused: Readonly<Record<string, string>>
}

export const NO_FILES: FilesBeside = { texts: {}, refused: {} }

/** @param asked receives the name of each file that a plan asks for */
export const besideReader = ({ texts, refused }: FilesBeside, asked = new Set<string>()): Reader => ({
  async read(name) {
    asked.add(name)
    if (Object.hasOwn(texts, name)) return new TextEncoder().encode(texts[name])
    throw new UsageError(
      Object.hasOwn(refused, name) ? refused[name] : 'the page does not have this file. Drop the file on the page to add it',
    )
  },
})

/** @throws UsageError for anything but text in UTF-8 */
export function textOfFile(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UsageError('it is not text in UTF-8. Save it as "CSV UTF-8" in your spreadsheet program')
  }
}
