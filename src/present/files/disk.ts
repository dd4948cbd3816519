// One folder on a disk. Callers pass it in, so that tests can simulate its faults.

export interface Disk {
  /** The folder's name in messages. */
  readonly folder: string
  /** How messages of a program that passes a folder name it; absent where `--out` states it. */
  readonly label?: string | undefined
  /** Marks the temporary files of this writer. It is random: in containers, all processes can have the same number. */
  readonly tag: string
  /** A folder in this one, with the same tag. */
  inside(name: string): Disk
  /** Makes the folder if it does not exist. */
  make(): Promise<void>
  /** The names in the folder; none if it does not exist. */
  list(): Promise<readonly string[]>
  /** The bytes of a file. */
  read(name: string): Promise<Uint8Array>
  /** The bytes of a file of any size, part by part. */
  parts(name: string): AsyncIterable<Uint8Array>
  /** Opens a new file. Fails if the name exists. */
  open(name: string): Promise<DiskFile>
  /** Moves a file or folder in one step, and replaces the file `to`. Names may lead into a folder: `.next/summary.json`. */
  rename(from: string, to: string): Promise<void>
  /** Removes a file. Does nothing if there is no such file. */
  remove(name: string): Promise<void>
  /** Removes the folder with everything in it. Does nothing if it does not exist. */
  drop(): Promise<void>
  /** Makes the present names in the folder outlast a power failure. */
  sync(): Promise<void>
}

interface DiskFile {
  /** @returns the number of bytes written, which may be fewer than given */
  write(bytes: Uint8Array): Promise<number>
  /** Makes the contents outlast a power failure. */
  sync(): Promise<void>
  close(): Promise<void>
}
