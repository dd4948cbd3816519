// What the pool and its threads tell each other. A thread hears a job's data with the first of its tasks there, not with every one.
import type { Job, Task, TaskResult } from '../../engine/task.ts'

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

export type Message = Request | typeof PROBE
export type Answer = TaskResult | typeof UNKNOWN | typeof PROBE
