// A share of a run as bytes: a line of JSON that says what it is, the statistics, the kept columns, and the SHA-256 of all that.
import type { Course } from '../engine/run.ts'
import { addShard } from '../engine/shard.ts'
import { segmentsOf } from '../engine/storage.ts'
import type { Range } from '../engine/task.ts'
import { UsageError } from '../errors.ts'
import type { Shard } from '../library/run.ts'
import { hasher, sha256 } from './hash.ts'

const FORMAT = 1
const DIGEST = 64
const CHUNK = 4 << 20

export interface ShareHeader {
  readonly format: number
  readonly ranges: readonly Range[]
  /** Bytes of the statistics, and of the kept columns. */
  readonly sizes: readonly [tally: number, columns: number]
}

/** A header is this program's where it says so. */
export const ofThisFormat = (header: ShareHeader): boolean => header.format === FORMAT && Array.isArray(header.ranges)

const lengthOf = (segments: Shard['segments']): number => segments.reduce((sum, { bytes }) => sum + bytes.byteLength, 0)

const headerOf = (own: object, { ranges, tally, segments }: Shard): ShareHeader => ({
  format: FORMAT,
  ...own,
  ranges,
  sizes: [tally.byteLength, lengthOf(segments)],
})

/** The share in parts, one at a time: what is kept is not there twice. @param own what the header says beside the share */
export function* sharePieces(own: object, shard: Shard): Generator<Uint8Array> {
  const hash = hasher()
  const hashed = (bytes: Uint8Array) => {
    hash.update(bytes)
    return bytes
  }
  yield hashed(new TextEncoder().encode(`${JSON.stringify(headerOf(own, shard))}\n`))
  yield hashed(shard.tally)
  // Copies: threads may share the columns, and nothing else takes such memory.
  for (const { bytes } of shard.segments)
    for (let at = 0; at < bytes.byteLength; at += CHUNK) yield hashed(bytes.slice(at, at + CHUNK))
  yield new TextEncoder().encode(hash.digest())
}

/** The share as one. */
export function shareBytes(own: object, shard: Shard): Uint8Array {
  const head = JSON.stringify(headerOf(own, shard))
  const whole = new Uint8Array(new TextEncoder().encode(head).length + 1 + shard.tally.length + lengthOf(shard.segments) + DIGEST)
  let at = 0
  for (const piece of sharePieces(own, shard)) {
    whole.set(piece, at)
    at += piece.byteLength
  }
  return whole
}

/** The SHA-256 that a share ends with; `gatherShare` sees whether it is that of the rest. */
export const digestOf = (bytes: Uint8Array): string =>
  new TextDecoder('latin1').decode(bytes.subarray(Math.max(0, bytes.byteLength - DIGEST)))

/**
 * Adds a share to a run that it belongs to.
 * @param place where it was found, for those who are told
 * @throws UsageError where its bytes are not those that were written
 */
export function gatherShare(bytes: Uint8Array, course: Course, place: string): void {
  const end = bytes.byteLength - DIGEST
  const edge = bytes.indexOf(10)
  if (!(edge > 0 && edge < end && sha256(bytes.subarray(0, end)) === digestOf(bytes)))
    throw new UsageError(`${place}: it is damaged or cut off: run it again`)
  const { sizes, ranges } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, edge))) as ShareHeader
  const segments = segmentsOf(course.job, ranges)
  const columns = lengthOf(segments)
  const from = edge + 1 + sizes[0]
  if (columns !== sizes[1] || from + columns !== end)
    throw new UsageError(`${place}: it holds other columns than the run keeps: run it again`)
  addShard(course, bytes.subarray(edge + 1, from))
  let at = from
  for (const { bytes: own } of segments) {
    own.set(bytes.subarray(at, at + own.byteLength))
    at += own.byteLength
  }
}
