// Names in Redis. Each version of billcast has a queue of its own, so that other versions do not take its tasks.
export const PREFIX = 'billcast'
export const queueName = (version: string): string => `tasks-${version}`
/** The version in the key of a queue's own record. */
export const versionIn = (key: string): string | undefined => /^billcast:tasks-(.+):meta$/.exec(key)?.[1]
export const QUEUES = `${PREFIX}:tasks-*:meta`
export const resultKey = (task: string): string => `${PREFIX}:result:${task}`
/** A worker sets it if its result differs from the one in Redis. */
export const conflictKey = (task: string): string => `${PREFIX}:conflict:${task}`
export const workerKey = (id: string): string => `${PREFIX}:worker:${id}`
export const WORKERS = workerKey('*')
/** A key that is written from time to time to check for room. */
export const ROOM = `${PREFIX}:room`
export const batchKey = (id: string): string => `${PREFIX}:batch:${id}`
export const BATCHES = batchKey('*')
/** Seconds after which results that nobody fetched expire. */
export const WEEK = 7 * 24 * 3600
