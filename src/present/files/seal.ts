// A manifest ends with the SHA-256 of its own text, so that a reader notices every changed byte.
import { jsonOf } from '../../errors.ts'

/** Computes a SHA-256 part by part. */
export interface Hasher {
  update(bytes: Uint8Array): unknown
  /** The hash in hexadecimal digits. */
  digest(): string
}

/** The first format whose manifests have a SHA-256 of their own. */
export const SEALED = 3

/** The last line, with its comma and the closing brace. All its bytes are fixed but the digits. */
const endingOf = (digest: string): string => `,\n  "sha256": "${digest}"\n}\n`
const LENGTH = endingOf('0'.repeat(64)).length

const digestOf = (bytes: Uint8Array, hasher: () => Hasher): string => {
  const hash = hasher()
  hash.update(bytes)
  return hash.digest()
}

/** The text of a manifest with its SHA-256. */
export function sealed(manifest: object, hasher: () => Hasher): Uint8Array {
  const body = jsonOf(manifest, 2).replace(/\n\}$/, '')
  const encoder = new TextEncoder()
  const head = encoder.encode(body)
  const ending = encoder.encode(endingOf(digestOf(head, hasher)))
  const bytes = new Uint8Array(head.byteLength + ending.byteLength)
  bytes.set(head)
  bytes.set(ending, head.byteLength)
  return bytes
}

/** The content of a manifest, and whether its SHA-256 proves it. */
export interface Opened {
  readonly value: unknown
  /** False for the earlier formats, which have no SHA-256. */
  readonly proven: boolean
}

/**
 * Reads a manifest.
 * @param revive as that of JSON.parse
 * @throws Error with a clause that follows "but", if its bytes are not as they were written
 */
export function opened(bytes: Uint8Array, hasher: () => Hasher, revive?: (key: string, value: unknown) => unknown): Opened {
  const edge = Math.max(0, bytes.byteLength - LENGTH)
  const ending = new TextDecoder().decode(bytes.subarray(edge))
  const proven = ending === endingOf(digestOf(bytes.subarray(0, edge), hasher))
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), revive)
  } catch {
    throw new Error('it is not JSON')
  }
  if (!proven && !isEarlier(value)) throw new Error('its bytes have changed since billcast wrote it')
  return { value, proven }
}

/** Whether a manifest is of a format without SHA-256, so that nothing can show whether it has changed. */
const isEarlier = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !('sha256' in value) &&
  'format' in value &&
  typeof value.format === 'number' &&
  value.format < SEALED
