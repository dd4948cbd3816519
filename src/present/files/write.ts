// A file written to its end and flushed.
import type { Disk } from './disk.ts'

/** Takes the next bytes of a file; when it is done they may be overwritten. */
export type Sink = (bytes: Uint8Array) => Promise<void>

/** Brings a file's contents forth, in as many parts as it likes. */
export type Content = (sink: Sink) => Promise<void>

/** Contents that are at hand. */
export const whole =
  (bytes: Uint8Array): Content =>
  (sink) =>
    sink(bytes)

export const text = (contents: string): Content => whole(new TextEncoder().encode(contents))

/** @param told is called with the bytes of each part, once they are written */
export async function writeFile(
  disk: Disk,
  name: string,
  content: Content,
  told: (bytes: Uint8Array) => void = () => {},
): Promise<void> {
  const file = await disk.open(name)
  try {
    await content(async (bytes) => {
      for (let at = 0; at < bytes.byteLength; ) {
        const written = await file.write(bytes.subarray(at))
        if (!(written > 0)) throw new Error('the disk takes no more')
        at += written
      }
      told(bytes)
    })
    await file.sync()
  } finally {
    await file.close()
  }
}

/** One file, whole or not at all: written under another name, then renamed. */
export async function writeOne(disk: Disk, name: string, content: Content): Promise<void> {
  const draft = `.${name}.${disk.tag}.tmp`
  try {
    await disk.remove(draft)
    await writeFile(disk, draft, content)
    await disk.rename(draft, name)
    await disk.sync()
  } catch (error) {
    await disk.remove(draft).catch(() => undefined)
    throw error
  }
}
