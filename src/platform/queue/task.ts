// A task of a queue: a shard of a run, small enough to be done in some seconds, as a text that any worker can check and run.
import { z } from 'zod'
import { keptBytes, monthlyBytes } from '../../run/storage.ts'
import { UsageError } from '../../errors.ts'
import { type Identity, identityOf } from '../../api/identity.ts'
import { optionsIn } from '../../api/manifest.ts'
import { type Prepared, planned, type WrittenPlan } from '../../api/run.ts'
import type { SimulateOptions } from '../../options/simulate.ts'
import { METHODS } from '../../numerics/random/plan.ts'
import { sha256 } from '../node/hash.ts'
import { VERSION } from '../node/version.ts'
import { formatNumber } from '../../notation/number.ts'

/** Bytes of a task's text at most: a scenario with the files that it names. */
export const MOST_BYTES = 8 << 20

/** Trials × months × offers of a task: two to eight seconds of one thread, at most twenty of a slow one with dear contracts. */
const MOST_WORK = 500_000_000

/** Bytes of kept columns in a result: a key of Redis holds 512 MB. */
const MOST_COLUMNS = 128 << 20

/** Bytes of a result beside its columns: what six offers take, generously. */
const STATISTICS = 1 << 19

export interface QueueTask {
  /** Of the run and of the shard: the same for whoever asks for the same. */
  readonly id: string
  readonly data: string
  /** About how much of Redis the task and its result take. */
  readonly bytes: number
}

/** How to run it: what an identity says by name. */
const part = z.strictObject({
  seed: z.string(),
  method: z.enum(METHODS),
  trials: z.int().positive(),
  measure: z.enum(['bill', 'total']),
  keepTrials: z.boolean(),
  pairs: z.enum(['auto', 'all', 'none']),
  preintegration: z.boolean().optional(),
  monthly: z.boolean().optional(),
  streams: z.int(),
  version: z.literal(VERSION),
})

const shape = z.strictObject({
  format: z.literal(1),
  identity: z.string().regex(/^[0-9a-f]{64}$/),
  part,
  shard: z
    .strictObject({ index: z.int().positive(), count: z.int().positive() })
    .refine(({ index, count }) => index <= count, 'an index up to its count'),
  text: z.string(),
  files: z.record(z.string(), z.string()),
})

export type TaskData = z.infer<typeof shape>

const mib = (bytes: number): string => `${formatNumber(bytes / 2 ** 20, 0, 1)} MiB`

const tooLarge = (what: string, bytes: number): string =>
  `${what}: expected at most ${mib(MOST_BYTES)} with the files that it names, got ${mib(bytes)}, ${mib(bytes - MOST_BYTES)} too many: leave columns and rows out that it does not use`

/** The tasks of a run, in their order. @throws UsageError where its scenario is too large to be sent */
export function tasksOf(prepared: Prepared): { readonly identity: Identity; readonly tasks: readonly QueueTask[] } {
  const run = planned(prepared)
  const identity = identityOf(run, VERSION, sha256)
  const { program, written, options } = prepared
  const trials = run.keepTrials ? keptBytes(program, run.plan) : 0
  const work = run.trials * program.months * program.offers.length
  const whole = work <= MOST_WORK && trials <= MOST_COLUMNS
  // What months are for is read off a run that is whole where it was made.
  const columns = trials + (whole || options.monthly === false ? 0 : monthlyBytes(program, run.plan))
  const count = whole ? 1 : Math.max(2, Math.ceil(work / MOST_WORK), Math.ceil(columns / MOST_COLUMNS))
  const tasks = Array.from({ length: count }, (_, k): QueueTask => {
    const shard = { index: k + 1, count }
    const data = dataOf(identity, shard, written)
    return { id: `${identity.identity}-${shard.index}-of-${count}`, data, bytes: data.length + STATISTICS + columns / count }
  })
  return { identity, tasks }
}

function dataOf({ identity, part: own }: Identity, shard: TaskData['shard'], { text, files }: WrittenPlan): string {
  const data = JSON.stringify({ format: 1, identity, part: own, shard, text, files })
  const bytes = Buffer.byteLength(data)
  if (bytes > MOST_BYTES) throw new UsageError(tooLarge('the scenario is too large for a queue', bytes))
  return data
}

/** @throws UsageError where it is none of this program's */
export function readTask(data: unknown): TaskData {
  if (typeof data !== 'string') throw new UsageError('the task is none of billcast')
  if (data.length > MOST_BYTES) throw new UsageError(tooLarge('the task is refused', data.length))
  const read = shape.safeParse(parsed(data))
  if (read.success) return read.data
  const [{ path, message }] = read.error.issues
  throw new UsageError(`the task is none of billcast ${VERSION}: ${path.join('.') || 'its text'}: ${message}`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The options by which a worker runs it. */
export const taskOptions = ({ part: own }: TaskData): SimulateOptions => optionsIn(own)
