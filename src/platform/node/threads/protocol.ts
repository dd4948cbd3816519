// What the pool and its threads tell each other. A thread hears a job's data with the first of its tasks there, not with every one.
import type { Job, RunTask, TaskResult } from '../../../run/task.ts'
import type { WrittenPlan } from '../../../api/run.ts'
import type { PortfolioEntry } from '../../../present/report/portfolio.ts'
import type { PlanFile } from '../plans.ts'
import type { RedisReach } from '../../queue/thread.ts'
import type { BatchEvent, ScenarioOptions } from '../scenario-run.ts'

export interface TaskRequest {
  readonly job: number
  /** Where the thread may not know it. */
  readonly data?: Job
  readonly task: RunTask
  /** Jobs that are not over: a thread forgets the others. */
  readonly open: readonly number[]
}

/** The thread does not know the job. */
export const UNKNOWN = 'unknown job'

/** Sent first: a thread that answers has started. */
export const PROBE = 'probe'

/** A scenario of a batch, for one thread to run from its file to its folder. */
export interface Whole {
  readonly plan: PlanFile
  readonly options: ScenarioOptions
  /** See `Control`. */
  readonly control: SharedArrayBuffer
  /** Where others have sampled it. */
  readonly gathered?: Gathered
}

/** A scenario of which the shards are there. */
export interface Gathered {
  readonly written: WrittenPlan
  /** In files; or one, which is the whole run, in Redis. */
  readonly shards:
    | readonly { readonly task: string; readonly file: string }[]
    | { readonly task: string; readonly digest: string; readonly reach: RedisReach }
}

/** A task of a queue, as a text. */
export interface TaskMessage {
  readonly task: string
  readonly id: string
  /** Where its result goes. */
  readonly reach: RedisReach
  /** Bytes that it may take, where that is stated. */
  readonly memory?: number
  /** Threads beside which it runs, itself among them. */
  readonly threads: number
  /** See `Control`. */
  readonly control: SharedArrayBuffer
}

/** The SHA-256 and the size of its result, or why it failed, in one line. */
export type TaskDone = { readonly digest: string; readonly bytes: number } | { readonly failure: string }

/** What became of it: neither an entry nor an error where it is too large for one thread. */
export interface WholeDone {
  readonly events: readonly BatchEvent[]
  readonly entry?: PortfolioEntry
  /** Why it failed, in one line. */
  readonly error?: string
  /** The shard has gone: it is to be run again. */
  readonly gone?: true
}

/** What both see while it runs: whether it shall stop, and how far it is. */
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

/** Milliseconds between two looks at whether to stop: the executor gives way as often. */
const LOOK = 50

/** Does work with a signal that the control sets off. */
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

export type Message = TaskRequest | Whole | TaskMessage | typeof PROBE
export type Answer = TaskResult | WholeDone | TaskDone | typeof UNKNOWN | typeof PROBE
