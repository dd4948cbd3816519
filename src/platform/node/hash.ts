// SHA-256 in hexadecimal digits, at once or part by part.
import { createHash } from 'node:crypto'
import type { Hasher } from '../../present/files/seal.ts'

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

export const hasher = (): Hasher => {
  const hash = createHash('sha256')
  return { update: (bytes) => hash.update(bytes), digest: () => hash.digest('hex') }
}
