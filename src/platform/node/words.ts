// Error codes of the operating system in words. Each is a clause that follows "but".
import { messageOf } from '../../errors.ts'

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EBUSY: 'another program uses it',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file is larger than the system allows',
  EIO: 'the disk reports an error',
  EISDIR: 'it is a folder',
  ENOTDIR: 'part of its path is a file, not a folder',
  EEXIST: 'a file of that name exists',
  ELOOP: 'its links form a loop',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
  ECONNREFUSED: 'the connection is refused',
  ENOTFOUND: 'no machine has that name',
  EAI_AGAIN: 'the name cannot be looked up',
  EADDRNOTAVAIL: 'this machine has no such address',
  EHOSTUNREACH: 'the machine cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'it does not answer',
  EADDRINUSE: 'another program uses this address',
  ECONNRESET: 'the connection was reset',
}

/** The code of a system error, such as ENOENT. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined

export function plainWords(error: unknown): string {
  const code = systemCode(error) ?? ''
  if (Object.hasOwn(WORDS, code)) return `${WORDS[code]} (${code})`
  return messageOf(error)
}
