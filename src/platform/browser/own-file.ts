// The file that the library is, if it is one of its own. The build of `billcast/core` states it; a program's bundle has other code beside the library.

export interface OwnFile {
  readonly address: string
  /** Its length in bytes. */
  readonly bytes: string
}

export const ownFile = undefined as OwnFile | undefined
