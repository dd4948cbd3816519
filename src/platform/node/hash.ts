// SHA-256, of what is at hand or part by part, in hexadecimal digits.
import { createHash } from 'node:crypto'
import type { Hasher } from '../../present/files/folder.ts'

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

export const hasher = (): Hasher => {
  const hash = createHash('sha256')
  return { update: (bytes) => hash.update(bytes), digest: () => hash.digest('hex') }
}
