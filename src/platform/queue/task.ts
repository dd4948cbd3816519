// A task of a queue is a shard of a run that takes some seconds, as a text that any worker can check and run.
import * as z from 'zod'
import { keptBytes, monthlyBytes } from '../../run/storage.ts'
import { UsageError } from '../../errors.ts'
import type { Identity } from '../../api/identity.ts'
import { optionsIn } from '../../api/manifest.ts'
import { type Prepared, planned, type WrittenPlan } from '../../api/run.ts'
import type { SimulateOptions } from '../../options/simulate.ts'
import { identityHere } from '../node/identity.ts'
import type { ShardKey } from '../node/shard-file.ts'
import { digest, runFields, shapeFault, shardPart } from '../node/shapes.ts'
import { VERSION } from '../version.generated.ts'
import { formatNumber } from '../../notation/number.ts'

/** The most bytes of a task's text, which contains the scenario and its files. */
export const MOST_BYTES = 8 << 20
/** Trials × months × offers of a task: 2 to 8 s on one thread, up to 20 s on a slow one with complex contracts. */
const MOST_WORK = 500_000_000
/** The most bytes of kept columns in a result. A key of Redis holds 512 MB. */
const MOST_COLUMNS = 128 << 20
/** Bytes of a result besides its columns, a generous estimate for six offers. */
const STATISTICS = 1 << 19

export interface QueueTask {
  /** Derived from the run and the shard, so that equal tasks have equal ids. */
  readonly id: string
  /** The shard that its result must be. */
  readonly key: ShardKey
  readonly data: string
  /** The approximate memory of the task and its result in Redis. */
  readonly bytes: number
}

/** The settings of the run. A queue has no partial runs and no tasks of other versions. */
const { sets: _, ...settings } = runFields
const part = z.strictObject({ ...settings, version: z.literal(VERSION) })

const shape = z.strictObject({
  format: z.literal(1),
  identity: digest,
  part,
  shard: shardPart,
  text: z.string(),
  files: z.record(z.string(), z.string()),
})

export type TaskData = z.infer<typeof shape>

const mib = (bytes: number): string => `${formatNumber(bytes / 2 ** 20, 0, 1)} MiB`

const tooLarge = (what: string, bytes: number): string =>
  `${what}: expected at most ${mib(MOST_BYTES)} with its files, got ${mib(bytes)}, which is ${mib(bytes - MOST_BYTES)} too much. Remove columns and rows that the scenario does not use`

const idOf = ({ identity, shard: { index, count } }: ShardKey): string => `${identity}-${index}-of-${count}`

/** How a run is divided into tasks, each of which takes some seconds. */
function sharesOf(prepared: Prepared): { readonly count: number; readonly columns: number } {
  const run = planned(prepared)
  const { program, options } = prepared
  const trials = run.keepTrials ? keptBytes(program, run.plan) : 0
  const work = run.trials * program.months * program.offers.length
  const whole = work <= MOST_WORK && trials <= MOST_COLUMNS
  // The worker of a whole run derives its figures, so the months need not be sent.
  const columns = trials + (whole || options.monthly === false ? 0 : monthlyBytes(program, run.plan))
  return { columns, count: whole ? 1 : Math.max(2, Math.ceil(work / MOST_WORK), Math.ceil(columns / MOST_COLUMNS)) }
}

/** The tasks of a run in order. @throws UsageError if its scenario is too large to send */
export function tasksOf(prepared: Prepared): { readonly identity: Identity; readonly tasks: readonly QueueTask[] } {
  const identity = identityHere(planned(prepared))
  const { count, columns } = sharesOf(prepared)
  const tasks = Array.from({ length: count }, (_, k): QueueTask => {
    const key: ShardKey = { identity: identity.identity, shard: { index: k + 1, count } }
    const data = dataOf(identity, key.shard, prepared.written)
    return { id: idOf(key), key, data, bytes: data.length + STATISTICS + columns / count }
  })
  return { identity, tasks }
}

/** @throws UsageError if the queue holds the data of another task under this id */
export function checkId(id: string, data: TaskData): void {
  if (idOf(data) !== id)
    throw new UsageError(`task ${id}: the queue holds the data of another task under this id. Run the batch again`)
}

/** @throws UsageError if the task is larger or smaller than those that its run is divided into */
export function checkShares({ shard: { count } }: TaskData, prepared: Prepared): void {
  const { count: own } = sharesOf(prepared)
  if (count !== own)
    throw new UsageError(
      `the task is one of ${formatNumber(count)} of its run, but billcast divides this run into ${formatNumber(own)}. Run the batch again`,
    )
}

function dataOf({ identity, part: own }: Identity, shard: TaskData['shard'], { text, files }: WrittenPlan): string {
  const data = JSON.stringify({ format: 1, identity, part: own, shard, text, files })
  const bytes = Buffer.byteLength(data)
  if (bytes > MOST_BYTES) throw new UsageError(tooLarge('the scenario is too large for a queue', bytes))
  return data
}

/** @throws UsageError if billcast did not create the task */
export function readTask(data: unknown): TaskData {
  if (typeof data !== 'string') throw new UsageError('this queue contains a task that billcast did not create')
  if (data.length > MOST_BYTES) throw new UsageError(tooLarge('the task is refused', data.length))
  const value = parsed(data)
  const fault = shapeFault(shape, value)
  if (fault === undefined) return value as TaskData
  throw new UsageError(`billcast ${VERSION} did not create this task: ${fault}`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The options with which a worker runs the task. */
export const taskOptions = ({ part: own }: TaskData): SimulateOptions => optionsIn(own)
