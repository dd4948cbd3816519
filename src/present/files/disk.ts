// The seam to a disk: one folder, by the names in it. Handed in, so that its faults can be tested.

export interface Disk {
  /** What people call the folder. */
  readonly folder: string
  /** Tells this process's temporary files from those of others. */
  readonly tag: string
  /** Whether the process of a tag still runs. */
  alive(tag: string): boolean
  /** Makes the folder where there is none. */
  make(): Promise<void>
  list(): Promise<readonly string[]>
  /** A new file; an error where there is one. */
  open(name: string): Promise<DiskFile>
  /** In place of what has the name `to`, at once. */
  rename(from: string, to: string): Promise<void>
  /** No error where there is none. */
  remove(name: string): Promise<void>
  /** Makes names, as they are now, outlast a power failure. */
  sync(): Promise<void>
}

export interface DiskFile {
  /** @returns how many bytes were written, perhaps fewer than given */
  write(bytes: Uint8Array): Promise<number>
  /** Makes the contents outlast a power failure. */
  sync(): Promise<void>
  close(): Promise<void>
}
