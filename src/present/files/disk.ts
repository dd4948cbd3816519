// One folder on a disk. Callers pass it in, so that tests can simulate its faults.

export interface Disk {
  /** The folder's name in messages. */
  readonly folder: string
  /** Marks the temporary files of this process. */
  readonly tag: string
  /** Whether the process with this tag still runs. */
  alive(tag: string): boolean
  /** Makes the folder if it does not exist. */
  make(): Promise<void>
  list(): Promise<readonly string[]>
  /** Opens a new file. Fails if the name exists. */
  open(name: string): Promise<DiskFile>
  /** Replaces the file `to` in one step. */
  rename(from: string, to: string): Promise<void>
  /** Does nothing if there is no such file. */
  remove(name: string): Promise<void>
  /** Makes the present names outlast a power failure. */
  sync(): Promise<void>
}

interface DiskFile {
  /** @returns the number of bytes written, which may be fewer than given */
  write(bytes: Uint8Array): Promise<number>
  /** Makes the contents outlast a power failure. */
  sync(): Promise<void>
  close(): Promise<void>
}
