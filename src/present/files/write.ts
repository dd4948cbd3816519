// Writes a file completely and flushes it.
import type { Disk } from './disk.ts'
import type { Held } from './held.ts'

/** Takes the next bytes of a file. The caller may overwrite them when it is done. */
export type Sink = (bytes: Uint8Array) => Promise<void>

/** Sends a file's content to a sink, in any number of parts. */
export type Content = (sink: Sink) => Promise<void>

export const whole =
  (bytes: Uint8Array): Content =>
  (sink) =>
    sink(bytes)

/** All bytes of a content. */
export async function collected(content: Content): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  await content(async (bytes) => void parts.push(bytes.slice()))
  const all = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.byteLength
  }
  return all
}

export const text = (contents: string): Content => whole(new TextEncoder().encode(contents))

/** @param onPart receives the bytes of each part once they are written */
export async function writeFile(
  disk: Disk,
  name: string,
  content: Content,
  onPart: (bytes: Uint8Array) => void = () => {},
): Promise<void> {
  const file = await disk.open(name)
  try {
    await content(async (bytes) => {
      for (let at = 0; at < bytes.byteLength; ) {
        const written = await file.write(bytes.subarray(at))
        if (!(written > 0)) throw new Error('the disk is full')
        at += written
      }
      onPart(bytes)
    })
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The name of a file of this writer until it is complete. */
export const draftOf = (name: string, { tag }: Disk): string => `.${name}.${tag}.tmp`

/** Whether a name is that of an incomplete file `of` that a writer left, or that another is writing. */
export const isDraftOf = (name: string, of: string): boolean =>
  name.startsWith(`.${of}.`) && /^[a-z0-9]+\.tmp$/.test(name.slice(of.length + 2))

/**
 * Writes one file completely or not at all: under another name, then renamed.
 * @param held throws if another process may have written the file meanwhile
 */
export async function writeOne(disk: Disk, name: string, content: Content, held: Held = () => Promise.resolve()): Promise<void> {
  const draft = draftOf(name, disk)
  try {
    await disk.remove(draft)
    await writeFile(disk, draft, content)
    await held()
    await disk.rename(draft, name)
    await disk.sync()
  } catch (error) {
    await disk.remove(draft).catch(() => undefined)
    throw error
  }
}

/** Removes what killed writers of a file left. Whoever calls it must have the file to himself. */
export async function sweepDrafts(disk: Disk, name: string): Promise<void> {
  for (const other of await disk.list()) if (isDraftOf(other, name)) await disk.remove(other).catch(() => undefined)
}
