// Messages between the pool and its threads. A thread receives a job's data once, with the job's first task on that thread.
import type { Job, RunTask, TaskResult } from '../../../run/task.ts'
import type { FilePlace } from '../../../options/shared.ts'
import type { Request } from '../../../questions/list.ts'
import type { WrittenPlan } from '../../../api/run.ts'
import type { BatchEntry } from '../../../present/report/batch-index.ts'
import type { PlanFile } from '../plans.ts'
import type { RedisReach } from '../../queue/connection.ts'
import type { BatchEvent, ScenarioOptions } from '../scenario-run.ts'
import type { ErrorData } from '../../../api/faults.ts'

/** Tasks of runs that a thread holds at once, so that it need not wait for its next one. */
export const DEPTH = 2

export interface TaskRequest {
  readonly job: number
  /** Sent if the thread does not know the job. */
  readonly data?: Job
  readonly task: RunTask
  /** Jobs that still run. A thread forgets all others. */
  readonly open: readonly number[]
}

/** Lets a thread forget all jobs but these. It answers UNKNOWN. */
export type Forget = Pick<TaskRequest, 'open'>

/** The answer of a thread that does not know the job. */
export const UNKNOWN = 'unknown job'

/** A scenario of a batch that one thread runs from its file to its folder. */
export interface Whole {
  readonly plan: PlanFile
  readonly options: ScenarioOptions
  /** The tag of the lock on its folder. */
  readonly lock: string
  /** See `Control`. */
  readonly control: SharedArrayBuffer
  /** Its shards, if it was sampled elsewhere. */
  readonly gathered?: Gathered
}

/** A scenario whose shards are complete. */
export interface Gathered {
  readonly written: WrittenPlan
  /** Shards in files, or a single one in Redis that is the whole run. */
  readonly shards:
    | readonly { readonly task: string; readonly file: string }[]
    | { readonly task: string; readonly digest: string; readonly reach: RedisReach }
}

/** A task of a queue. */
export interface TaskMessage {
  readonly task: string
  readonly id: string
  /** The Redis for its result. */
  readonly reach: RedisReach
  /** The user's limit in bytes, if any. */
  readonly memory?: number
  /** The number of threads of the worker. */
  readonly threads: number
  /** See `Control`. */
  readonly control: SharedArrayBuffer
}

/** The SHA-256 and the size of its result, or its error in one line. */
export type TaskDone = { readonly digest: string; readonly bytes: number } | { readonly failure: string }

/** The outcome. It has neither an entry nor an error if the scenario is too large for one thread. */
export interface WholeDone {
  readonly events: readonly BatchEvent[]
  readonly entry?: BatchEntry
  /** The error in one line. */
  readonly error?: string
  /** The shard has disappeared and must be run again. */
  readonly gone?: true
}

/** A question about a plan or a history. */
export interface QuestionMessage {
  readonly request: Request
  /** Where to find the plan's files. */
  readonly place: FilePlace
  /** See `Control`. */
  readonly control: SharedArrayBuffer
}

/** A question of an assistant. */
export interface ToolMessage {
  /** The name of a tool. */
  readonly tool: string
  readonly given: object
  /** The only folder whose files it may read. */
  readonly folder: string
  /** See `Control`. */
  readonly control: SharedArrayBuffer
}

/** The answer, or the error as data. */
export type QuestionDone = { readonly found: unknown } | { readonly fault: ErrorData }

/** The stop flag and the progress of a running scenario, which both threads see. */
export class Control {
  readonly shared: SharedArrayBuffer
  readonly #stop: Int32Array
  readonly #progress: Float64Array

  constructor(shared = new SharedArrayBuffer(24)) {
    this.shared = shared
    this.#stop = new Int32Array(shared, 0, 1)
    this.#progress = new Float64Array(shared, 8, 2)
  }

  stop(): void {
    Atomics.store(this.#stop, 0, 1)
  }

  get stopped(): boolean {
    return Atomics.load(this.#stop, 0) === 1
  }

  set progress([trials, total]: readonly [number, number]) {
    this.#progress[0] = trials
    this.#progress[1] = total
  }

  get progress(): readonly [number, number] {
    return [this.#progress[0], this.#progress[1]]
  }
}

/** Tells how far the other thread is, if it is further than the last time. */
export function progressTeller(control: Control, onProgress: (done: number, total: number) => void): () => void {
  let shown = -1
  return () => {
    const [done, total] = control.progress
    if (total === 0 || done <= shown) return
    shown = done
    onProgress(Math.min(done, total), total)
  }
}

/** Milliseconds between two checks of the stop flag. The executor yields as often. */
const LOOK = 50

/** Passes `work` a signal that the stop flag aborts. */
export async function controlled<T>(
  shared: SharedArrayBuffer,
  work: (control: Control, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const control = new Control(shared)
  const controller = new AbortController()
  const look = setInterval(() => control.stopped && controller.abort(), LOOK)
  try {
    return await work(control, controller.signal)
  } finally {
    clearInterval(look)
  }
}

export type Message = TaskRequest | Forget | Whole | TaskMessage | QuestionMessage | ToolMessage
export type Answer = TaskResult | WholeDone | TaskDone | QuestionDone | typeof UNKNOWN
export type Work = (message: Message) => Answer | Promise<Answer>

/** What a thread sends: that it has started, and then one reply to each message. */
export type ThreadReply = 'ready' | { readonly answer: Answer } | { readonly error: string }
