// A file written to its end and flushed.
import type { Disk } from './disk.ts'

export async function writeFile(disk: Disk, name: string, bytes: Uint8Array): Promise<void> {
  const file = await disk.open(name)
  try {
    for (let at = 0; at < bytes.byteLength; ) {
      const written = await file.write(bytes.subarray(at))
      if (!(written > 0)) throw new Error('the disk takes no more')
      at += written
    }
    await file.sync()
  } finally {
    await file.close()
  }
}

/** One file, whole or not at all: written under another name, then renamed. */
export async function writeOne(disk: Disk, name: string, bytes: Uint8Array): Promise<void> {
  const draft = `.${name}.${disk.tag}.tmp`
  try {
    await disk.remove(draft)
    await writeFile(disk, draft, bytes)
    await disk.rename(draft, name)
    await disk.sync()
  } catch (error) {
    await disk.remove(draft).catch(() => undefined)
    throw error
  }
}
