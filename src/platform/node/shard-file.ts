// The file of a shard: a header line of JSON with the scenario, so that a merge needs nothing else, the SHA-256 of that line, the
// statistics, the derived figures of a whole run, the kept columns, and the SHA-256 of everything before. Shards are written and read in
// pieces, so that memory holds kept trials only once.
import { areDerivedOf, decodeDerived, type Derived } from '../../run/derived.ts'
import type { Course } from '../../run/run.ts'
import { decodeParts } from '../../run/encoding.ts'
import { blocksOfShard, carriedOf } from '../../run/shard.ts'
import type { Segment } from '../../run/storage.ts'
import { rangesIn } from '../../run/tally.ts'
import type { BlockRange, TallyPart } from '../../run/task.ts'
import { UsageError } from '../../errors.ts'
import type { Shard, WrittenPlan } from '../../api/run.ts'
import { sizeOfFile } from './file-source.ts'
import { hasher, sha256 } from './hash.ts'
import { type FileHandle, open } from 'node:fs/promises'
import type { Content } from '../../present/files/write.ts'
import type { Identity } from '../../api/identity.ts'
import { shapeFault, shardFileShape, shardShape } from './shapes.ts'
import { plainWords } from './words.ts'

const FORMAT = 4
const DIGEST = 64
/** Bytes of a piece, small enough for a cache. */
const PIECE = 1 << 20
/** Bytes of the longest header, which contains a scenario of 1 MiB with its files. */
const LONGEST_HEADER = 1 << 26

export interface ShardFacts {
  readonly format: number
  readonly ranges: readonly BlockRange[]
  /** Bytes of each part. */
  readonly sizes: readonly [tally: number, derived: number, columns: number]
}

/** Which shard of which run: the header of a shard says so, and every reader compares it with the one that it needs. */
export interface ShardKey {
  readonly identity: string
  readonly shard: { readonly index: number; readonly count: number }
}

const wordsOf = ({ shard: { index, count } }: ShardKey): string => (count === 1 ? 'a whole run' : `shard ${index} of ${count}`)

/** @throws UsageError if it is another shard */
function checkKey(place: string, found: ShardKey, key: ShardKey): void {
  const same = found.identity === key.identity
  if (same && found.shard.index === key.shard.index && found.shard.count === key.shard.count) return
  throw new UsageError(
    `${place}: expected ${wordsOf(key)}, but this is ${wordsOf(found)}${same ? '' : ' of another run'}. Run it again`,
  )
}

const lengthOf = (segments: readonly Segment[]): number => segments.reduce((sum, { bytes }) => sum + bytes.byteLength, 0)

export interface EncodedShard {
  readonly size: number
  /** Each piece is valid until the next one. The last piece is the SHA-256 of all others. */
  readonly pieces: () => Generator<Uint8Array>
}

/** @param own which shard it is, and further fields of the header */
export function shardBytes(own: ShardKey, { ranges, tally, derived, segments }: Shard): EncodedShard {
  const columns = lengthOf(segments)
  const header: ShardFacts = { format: FORMAT, ...own, ranges, sizes: [tally.byteLength, derived.byteLength, columns] }
  const line = JSON.stringify(header)
  const head = new TextEncoder().encode(`${line}\n${sha256(line)}\n`)
  function* pieces(): Generator<Uint8Array> {
    const hash = hasher()
    const hashed = (bytes: Uint8Array) => {
      hash.update(bytes)
      return bytes
    }
    yield hashed(head)
    yield hashed(tally)
    yield hashed(derived)
    // Copy, because other consumers do not accept memory that threads share.
    const piece = new Uint8Array(Math.min(PIECE, columns))
    for (const { bytes } of segments)
      for (let at = 0; at < bytes.byteLength; at += PIECE) {
        const part = bytes.subarray(at, at + PIECE)
        piece.set(part)
        yield hashed(piece.subarray(0, part.byteLength))
      }
    yield new TextEncoder().encode(hash.digest())
  }
  return { size: head.byteLength + tally.byteLength + derived.byteLength + columns + DIGEST, pieces }
}

export interface ShardSource {
  /** The place that errors name. */
  readonly place: string
  readonly size: number
  /** Reads the bytes `from` … `to` − 1, which are valid until the next call. */
  readonly read: (from: number, to: number) => Promise<Uint8Array>
}

/** The SHA-256 at the end of a shard. `addShardFrom` compares it with the rest. */
export const digestOf = async ({ size, read }: ShardSource): Promise<string> =>
  new TextDecoder('latin1').decode(await read(Math.max(0, size - DIGEST), size))

/** All bytes in pieces, each valid until the next one. */
async function* piecesOf({ size, read }: ShardSource): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; at += PIECE) yield await read(at, Math.min(size, at + PIECE))
}

/**
 * All bytes in pieces, each valid until the next one.
 * @throws UsageError at the beginning if it is another shard, and at the end if its bytes have changed
 */
export async function* intactPieces(source: ShardSource, key: ShardKey): AsyncGenerator<Uint8Array> {
  const { place, size } = source
  const head = await headOf(source)
  if (!head) throw damaged(place)
  checkKey(place, headerIn(place, head.text), key)
  const hash = hasher()
  let at = 0
  for await (const piece of piecesOf(source)) {
    hash.update(piece.subarray(0, Math.max(0, size - DIGEST - at)))
    at += piece.byteLength
    yield piece
  }
  if (at !== size || hash.digest() !== (await digestOf(source))) throw damaged(place)
}

const damaged = (place: string) => new UsageError(`${place}: the shard is damaged or incomplete. Run it again`)

/** The header line, and the offset after its SHA-256. Undefined if the line is missing or has changed. */
export async function headOf(source: ShardSource): Promise<{ readonly text: string; readonly end: number } | undefined> {
  const head = await lineOf(source)
  if (!head) return undefined
  const end = head.end + DIGEST + 1
  const digest = end <= source.size ? new TextDecoder('latin1').decode(await source.read(head.end, end)) : ''
  return digest === `${sha256(head.text)}\n` ? { text: head.text, end } : undefined
}

async function lineOf(source: ShardSource): Promise<{ readonly text: string; readonly end: number } | undefined> {
  const parts: Uint8Array[] = []
  let before = 0
  for await (const bytes of piecesOf(source)) {
    const end = bytes.indexOf(10)
    parts.push(bytes.slice(0, end < 0 ? bytes.byteLength : end))
    if (end >= 0) return { text: Buffer.concat(parts).toString('utf8'), end: before + end + 1 }
    before += bytes.byteLength
    if (before >= LONGEST_HEADER) return undefined
  }
  return undefined
}

/**
 * Adds a shard to the run that it belongs to.
 * @param key the shard that it must be
 * @returns the derived figures if the shard is the whole run
 * @throws UsageError if its bytes have changed, or if it is another shard
 */
export async function addShardFrom(source: ShardSource, course: Course, key: ShardKey): Promise<Derived | undefined> {
  const { place, size } = source
  const head = await headOf(source)
  if (!head) throw damaged(place)
  const header = headerIn(place, head.text)
  checkKey(place, header, key)
  const { sizes, ranges } = header
  if (JSON.stringify(ranges) !== JSON.stringify(blocksOfShard(course.job.plan, key.shard.index, key.shard.count)))
    throw new UsageError(`${place}: the header names other blocks than those of ${wordsOf(key)}. Run it again`)
  const [tallySize, derivedSize, columns] = sizes
  const end = size - DIGEST
  if (head.end + tallySize + derivedSize + columns !== end) throw damaged(place)
  const segments = carriedOf(course.job, ranges, derivedSize > 0)
  if (lengthOf(segments) !== columns) throw new UsageError(`${place}: the shard has other columns than the run keeps. Run it again`)
  const hash = hasher()
  let at = 0
  const next = async (bytes: number): Promise<Uint8Array> => {
    const part = await source.read(at, at + bytes)
    hash.update(part)
    at += bytes
    return part
  }
  await next(head.end)
  const tally = (await next(tallySize)).slice()
  const derived = (await next(derivedSize)).slice()
  const scatter = scatterInto(segments)
  while (at < end) scatter(await next(Math.min(PIECE, end - at)))
  if (hash.digest() !== (await digestOf(source))) throw damaged(place)
  return addStatistics(place, course, ranges, tally, derived)
}

/** The bytes are those that were written. Even so, they must be statistics of these blocks. */
function addStatistics(
  place: string,
  { job, measured, tally }: Course,
  ranges: readonly BlockRange[],
  statistics: Uint8Array,
  derived: Uint8Array,
): Derived | undefined {
  let parts: readonly TallyPart[]
  let figures: Derived | undefined
  try {
    parts = decodeParts(measured.layout, statistics)
    if (JSON.stringify(parts.flatMap(rangesIn)) !== JSON.stringify(ranges)) throw new Error('they are of other blocks')
    figures = derived.byteLength > 0 ? decodeDerived(derived) : undefined
    if (figures && !areDerivedOf(figures, job.program, measured)) throw new Error('they are of other offers')
  } catch (error) {
    throw new UsageError(`${place}: the statistics of the shard do not fit its run. Run it again`, { cause: error })
  }
  for (const part of parts) tally.add(part)
  return figures
}

/** @throws UsageError if the line is not the header of a shard of this version */
function headerIn(place: string, line: string): ShardFacts & ShardKey {
  const header = jsonIn(line)
  const fault = ofThisFormat(header) ? shapeFault(shardShape, header) : 'it is of another version'
  if (fault !== undefined) throw new UsageError(`${place}: the header of the shard cannot be used (${fault}). Run it again`)
  return header as ShardFacts & ShardKey
}

const ofThisFormat = (header: unknown): boolean =>
  typeof header === 'object' && header !== null && 'format' in header && header.format === FORMAT

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Fills the segments in order with the bytes of successive calls. */
function scatterInto(segments: readonly Segment[]): (bytes: Uint8Array) => void {
  let [segment, filled] = [0, 0]
  return (bytes) => {
    for (let at = 0; at < bytes.byteLength; ) {
      const own = segments[segment].bytes
      const count = Math.min(own.byteLength - filled, bytes.byteLength - at)
      own.set(bytes.subarray(at, at + count), filled)
      at += count
      filled += count
      if (filled === own.byteLength) {
        segment += 1
        filled = 0
      }
    }
  }
}

export interface ShardHeader extends ShardFacts, ShardKey {
  readonly scenarioHash: string
  readonly part: Identity['part']
  /** The name of the scenario's file, which the advice to run a shard again repeats. */
  readonly plan: string
  readonly written: WrittenPlan
}

/** Such as plan.003-of-016.shard. */
export function shardName(plan: string, { index, count }: ShardHeader['shard']): string {
  const width = Math.max(3, String(count).length)
  return `${plan}.${String(index).padStart(width, '0')}-of-${String(count).padStart(width, '0')}.shard`
}

export const shardContent =
  (header: Omit<ShardHeader, keyof ShardFacts>, shard: Shard): Content =>
  async (sink) => {
    for (const piece of shardBytes(header, shard).pieces()) await sink(piece)
  }

/** @throws UsageError if the file is not a shard */
export async function readHeader(path: string): Promise<ShardHeader> {
  const head = await readFrom(path, (source) => headOf(source)).catch((error: unknown) => {
    throw error instanceof UsageError
      ? error
      : new UsageError(`${path}: expected a shard that billcast can read, but ${plainWords(error)}`)
  })
  const header = head && jsonIn(head.text)
  if (!ofThisFormat(header)) throw new UsageError(`${path}: expected an intact shard from billcast run --shard`)
  const fault = shapeFault(shardFileShape, header)
  if (fault === undefined) return header as ShardHeader
  throw new UsageError(`${path}: the header of the shard cannot be used (${fault}). Run it again`)
}

/** Reads a shard from a file. @throws UsageError if it cannot be read */
export async function readFrom<T>(path: string, use: (source: ShardSource) => Promise<T>, place = path): Promise<T> {
  let file: FileHandle
  try {
    await sizeOfFile(path)
    file = await open(path)
  } catch (error) {
    throw new UsageError(`${place}: expected a shard that billcast can read, but ${plainWords(error)}`)
  }
  try {
    const { size } = await file.stat()
    let buffer = new Uint8Array()
    return await use({
      place,
      size,
      async read(from, to) {
        if (buffer.byteLength < to - from) buffer = new Uint8Array(to - from)
        let done = 0
        while (done < to - from) {
          const { bytesRead } = await file.read(buffer, done, to - from - done, from + done)
          if (bytesRead === 0) break
          done += bytesRead
        }
        return buffer.subarray(0, done)
      },
    })
  } finally {
    await file.close()
  }
}

/** @throws UsageError if the bytes of the shard have changed */
export const gatherShard = (path: string, course: Course, key: ShardKey) =>
  readFrom(path, (source) => addShardFrom(source, course, key))
