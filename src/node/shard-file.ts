// A share of a run as a file: a line of JSON that says of which run and which share, the statistics, the kept columns, and the SHA-256 of
// all that. It holds the scenario too, so that whoever merges needs nothing else.
import { open, readFile } from 'node:fs/promises'
import type { Course } from '../engine/run.ts'
import { addShard } from '../engine/shard.ts'
import { segmentsOf } from '../engine/storage.ts'
import type { Range } from '../engine/task.ts'
import { UsageError } from '../errors.ts'
import type { Content } from '../files/write.ts'
import type { Identity } from '../library/identity.ts'
import type { Shard, Written } from '../library/run.ts'
import { hasher, sha256 } from './hash.ts'
import { plainWords } from './words.ts'

const FORMAT = 1
const DIGEST = 64
const CHUNK = 4 << 20
/** Of a header: a scenario of 1 MiB with its files. */
const LONGEST_HEADER = 1 << 26

export interface ShardHeader {
  readonly format: number
  readonly shard: { readonly index: number; readonly count: number }
  readonly identity: string
  readonly scenarioHash: string
  readonly part: Identity['part']
  /** The scenario's file, for those who are told to run a share again. */
  readonly plan: string
  readonly written: Written
  readonly ranges: readonly Range[]
  /** Bytes of the statistics, and of the kept columns. */
  readonly sizes: readonly [tally: number, columns: number]
}

/** plan.003-of-016.shard */
export function shardName(plan: string, { index, count }: ShardHeader['shard']): string {
  const width = Math.max(3, String(count).length)
  return `${plan}.${String(index).padStart(width, '0')}-of-${String(count).padStart(width, '0')}.shard`
}

export function shardContent(
  header: Omit<ShardHeader, 'format' | 'ranges' | 'sizes'>,
  { ranges, tally, segments }: Shard,
): Content {
  const columns = segments.reduce((sum, { bytes }) => sum + bytes.byteLength, 0)
  const whole: ShardHeader = { format: FORMAT, ...header, ranges, sizes: [tally.byteLength, columns] }
  return async (sink) => {
    const hash = hasher()
    const put = async (bytes: Uint8Array) => {
      hash.update(bytes)
      await sink(bytes)
    }
    await put(new TextEncoder().encode(`${JSON.stringify(whole)}\n`))
    await put(tally)
    for (const { bytes } of segments) for (let at = 0; at < bytes.byteLength; at += CHUNK) await put(bytes.slice(at, at + CHUNK))
    await sink(new TextEncoder().encode(hash.digest()))
  }
}

/** @throws UsageError where the file is no shard */
export async function readHeader(path: string): Promise<ShardHeader> {
  const line = await firstLine(path)
  try {
    const header = JSON.parse(line ?? '') as ShardHeader
    if (header.format === FORMAT && Array.isArray(header.ranges) && typeof header.shard.index === 'number') return header
  } catch {
    // said below
  }
  throw new UsageError(`${path}: expected a shard that billcast run --shard wrote, it is none, or damaged`)
}

async function firstLine(path: string): Promise<string | undefined> {
  let file: Awaited<ReturnType<typeof open>>
  try {
    file = await open(path)
  } catch (error) {
    throw new UsageError(`${path}: expected a shard that can be read, ${plainWords(error)}`)
  }
  try {
    const parts: Uint8Array[] = []
    for (let size = 0; size < LONGEST_HEADER; ) {
      const chunk = new Uint8Array(1 << 16)
      const { bytesRead } = await file.read(chunk, 0, chunk.length)
      if (bytesRead === 0) return undefined
      size += bytesRead
      const end = chunk.subarray(0, bytesRead).indexOf(10)
      parts.push(chunk.subarray(0, end < 0 ? bytesRead : end))
      if (end >= 0) return Buffer.concat(parts).toString('utf8')
    }
    return undefined
  } finally {
    await file.close()
  }
}

/** Adds a shard to a run that it belongs to. @throws UsageError where its bytes are not those that were written */
export async function gatherShard(path: string, course: Course): Promise<void> {
  const bytes = await readFile(path)
  const end = bytes.byteLength - DIGEST
  const edge = bytes.indexOf(10)
  if (!(edge > 0 && edge < end && sha256(bytes.subarray(0, end)) === bytes.subarray(end).toString('latin1')))
    throw new UsageError(`${path}: the shard is damaged or cut off: run it again`)
  const { sizes, ranges } = JSON.parse(bytes.subarray(0, edge).toString('utf8')) as ShardHeader
  const segments = segmentsOf(course.job, ranges)
  const columns = segments.reduce((sum, { bytes: own }) => sum + own.byteLength, 0)
  const from = edge + 1 + sizes[0]
  if (columns !== sizes[1] || from + columns !== end)
    throw new UsageError(`${path}: the shard holds other columns than the run keeps: run it again`)
  addShard(course, bytes.subarray(edge + 1, from))
  let at = from
  for (const { bytes: own } of segments) {
    own.set(bytes.subarray(at, at + own.byteLength))
    at += own.byteLength
  }
}
