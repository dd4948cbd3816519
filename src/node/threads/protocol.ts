// What the pool and its threads tell each other. A thread hears a job's data with the first of its tasks there, not with every one.
import type { Job, Task, TaskResult } from '../../engine/task.ts'
import type { PortfolioEntry } from '../../report/portfolio.ts'
import type { PlanFile } from '../plans.ts'
import type { BatchEvent, ScenarioOptions } from '../scenario-run.ts'

export interface Request {
  readonly job: number
  /** Where the thread may not know it. */
  readonly data?: Job
  readonly task: Task
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
}

/** What became of it: neither an entry nor an error where it is too large for one thread. */
export interface WholeDone {
  readonly events: readonly BatchEvent[]
  readonly entry?: PortfolioEntry
  /** Why it failed, in one line. */
  readonly error?: string
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

export type Message = Request | Whole | typeof PROBE
export type Answer = TaskResult | WholeDone | typeof UNKNOWN | typeof PROBE
