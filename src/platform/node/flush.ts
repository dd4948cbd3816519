// Flushing on every kind of disk. Some disks flush by themselves and refuse to do so on request: synchronized folders of a cloud
// service, FUSE, network disks. A run that refused to write there would never finish.
import { type FileHandle, open } from 'node:fs/promises'
import { systemCode } from './words.ts'

const CANNOT: ReadonlySet<string | undefined> = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EPERM'])

/** Called with a clause that follows "note:", at most once for each folder of results. */
export type Note = (words: string) => void

/** Flushes open files, and notes it once if the disk cannot. */
export class Flusher {
  readonly #note: Note
  #noted = false

  constructor(note: Note) {
    this.#note = note
  }

  async file(handle: Pick<FileHandle, 'sync'>, path: string): Promise<void> {
    try {
      await handle.sync()
    } catch (error) {
      const code = systemCode(error)
      if (!CANNOT.has(code)) throw error
      if (!this.#noted)
        this.#note(
          `${path}: this disk cannot flush files (${code}). The results are complete, but a power failure in the next minutes may lose them`,
        )
      this.#noted = true
    }
  }

  async folder(path: string): Promise<void> {
    // Windows flushes names by itself, and cannot open a folder.
    if (process.platform === 'win32') return
    const handle = await open(path, 'r')
    try {
      await this.file(handle, path)
    } finally {
      await handle.close()
    }
  }
}
