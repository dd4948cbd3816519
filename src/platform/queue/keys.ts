// The names of all that a queue keeps in Redis. Each version of the program has a queue of its own: no other takes its tasks.

export const PREFIX = 'billcast'

/** What BullMQ calls a queue. */
export const queueName = (version: string): string => `tasks-${version}`

/** The version of which a queue's own record tells. */
export const versionIn = (key: string): string | undefined => /^billcast:tasks-(.+):meta$/.exec(key)?.[1]
export const QUEUES = `${PREFIX}:tasks-*:meta`

export const resultKey = (task: string): string => `${PREFIX}:result:${task}`

/** Set by a worker whose result is not the one that is there. */
export const conflictKey = (task: string): string => `${PREFIX}:conflict:${task}`

export const workerKey = (id: string): string => `${PREFIX}:worker:${id}`
export const WORKERS = workerKey('*')

/** WrittenPlan now and then, to see whether there is room. */
export const ROOM = `${PREFIX}:room`

export const batchKey = (id: string): string => `${PREFIX}:batch:${id}`
export const BATCHES = batchKey('*')

/** Seconds after which what nobody fetched goes. */
export const WEEK = 7 * 24 * 3600
