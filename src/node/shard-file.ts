// A share of a run as a file. It holds the scenario too, so that whoever merges needs nothing else.
import { open, readFile } from 'node:fs/promises'
import type { Course } from '../engine/run.ts'
import { UsageError } from '../errors.ts'
import type { Content } from '../files/write.ts'
import type { Identity } from '../library/identity.ts'
import type { Shard, Written } from '../library/run.ts'
import { gatherShare, ofThisFormat, type ShareHeader, sharePieces } from './share.ts'
import { plainWords } from './words.ts'

/** Of a header: a scenario of 1 MiB with its files. */
const LONGEST_HEADER = 1 << 26

export interface ShardHeader extends ShareHeader {
  readonly shard: { readonly index: number; readonly count: number }
  readonly identity: string
  readonly scenarioHash: string
  readonly part: Identity['part']
  /** The scenario's file, for those who are told to run a share again. */
  readonly plan: string
  readonly written: Written
}

/** plan.003-of-016.shard */
export function shardName(plan: string, { index, count }: ShardHeader['shard']): string {
  const width = Math.max(3, String(count).length)
  return `${plan}.${String(index).padStart(width, '0')}-of-${String(count).padStart(width, '0')}.shard`
}

export const shardContent =
  (header: Omit<ShardHeader, keyof ShareHeader>, shard: Shard): Content =>
  async (sink) => {
    for (const piece of sharePieces(header, shard)) await sink(piece)
  }

/** @throws UsageError where the file is no shard */
export async function readHeader(path: string): Promise<ShardHeader> {
  const line = await firstLine(path)
  try {
    const header = JSON.parse(line ?? '') as ShardHeader
    if (ofThisFormat(header) && typeof header.shard.index === 'number') return header
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
  gatherShare(await readFile(path), course, path)
}
