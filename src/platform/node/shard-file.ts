// A shard of a run as a file. The file also contains the scenario, so that a merge needs nothing else.
import { type FileHandle, open } from 'node:fs/promises'
import type { Course } from '../../run/run.ts'
import { UsageError } from '../../errors.ts'
import type { Content } from '../../present/files/write.ts'
import type { Identity } from '../../api/identity.ts'
import type { Shard, WrittenPlan } from '../../api/run.ts'
import { addShardFrom, headOf, ofThisFormat, type ShardFacts, type ShardSource, shardBytes } from './shard-bytes.ts'
import { plainWords } from './words.ts'

export interface ShardHeader extends ShardFacts {
  readonly shard: { readonly index: number; readonly count: number }
  readonly identity: string
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
  try {
    const header = JSON.parse(head?.text ?? '') as ShardHeader
    if (ofThisFormat(header) && typeof header.shard.index === 'number') return header
  } catch {
    // Reported below.
  }
  throw new UsageError(`${path}: expected an intact shard from billcast run --shard`)
}

/** Reads a shard from a file. @throws UsageError if it cannot be read */
export async function readFrom<T>(path: string, use: (source: ShardSource) => Promise<T>, place = path): Promise<T> {
  let file: FileHandle
  try {
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
export const gatherShard = (path: string, course: Course) => readFrom(path, (source) => addShardFrom(source, course))
