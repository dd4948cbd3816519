// The limits that a container has by Linux's control groups, version 1 or 2. Every group between the process and the root may set one.
import { readFileSync } from 'node:fs'

/** @returns the text of a file, undefined if it cannot be read */
export type ReadText = (path: string) => string | undefined

const onDisk: ReadText = (path) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

const MOUNT = '/sys/fs/cgroup'

/** The folders of the groups of this process that may have a controller's files, from its own group to the root. */
function foldersOf(controller: 'cpu' | 'memory', read: ReadText): string[] {
  const groups = (read('/proc/self/cgroup') ?? '').split('\n').map((line) => /^\d+:([^:]*):(\/.*)$/.exec(line))
  return groups.flatMap((group) => {
    if (!group) return []
    const [, controllers, path] = group
    const second = controllers === ''
    if (!second && !controllers.split(',').includes(controller)) return []
    const root = second ? MOUNT : `${MOUNT}/${controller}`
    const parts = path.split('/').filter((part) => part !== '')
    return Array.from({ length: parts.length + 1 }, (_, k) => [root, ...parts.slice(0, parts.length - k)].join('/'))
  })
}

/** A number in a file. Words such as `max` and the negative numbers of version 1 mean no limit. */
function numberIn(text: string | undefined): number | undefined {
  const value = Number(text?.trim() || Number.NaN)
  return value >= 0 ? value : undefined
}

const least = (values: readonly (number | undefined)[]): number | undefined => {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

/** The cores that this process may use at once, such as 1.5. Undefined without a limit. */
export const cpuLimit = (read: ReadText = onDisk): number | undefined =>
  least(
    foldersOf('cpu', read).map((folder) => {
      const [max, every = '100000'] = (read(`${folder}/cpu.max`) ?? '').trim().split(/\s+/)
      const quota = numberIn(max) ?? numberIn(read(`${folder}/cpu.cfs_quota_us`))
      const period = numberIn(max) === undefined ? numberIn(read(`${folder}/cpu.cfs_period_us`)) : numberIn(every)
      return quota !== undefined && period ? quota / period : undefined
    }),
  )

export interface MemoryLimit {
  /** Bytes that the processes of the container may hold. */
  readonly limit: number
  /** Bytes that are left of it. Files that the system keeps in memory can make room. */
  readonly free: number
}

/** Undefined without a limit. @param total the memory of the machine, since version 1 writes no limit as a huge one */
export function memoryLimit(total: number, read: ReadText = onDisk): MemoryLimit | undefined {
  const limits = foldersOf('memory', read).flatMap((folder): MemoryLimit[] => {
    const number = (name: string) => numberIn(read(`${folder}/${name}`))
    const limit = least([number('memory.max'), number('memory.high'), number('memory.limit_in_bytes')])
    if (limit === undefined || limit >= total) return []
    const used = number('memory.current') ?? number('memory.usage_in_bytes') ?? 0
    const stat = read(`${folder}/memory.stat`) ?? ''
    const [, cached] = /^total_inactive_file (\d+)$/m.exec(stat) ?? /^inactive_file (\d+)$/m.exec(stat) ?? []
    return [{ limit, free: Math.max(0, limit - Math.max(0, used - Number(cached ?? 0))) }]
  })
  const limit = least(limits.map((own) => own.limit))
  const free = least(limits.map((own) => own.free))
  return limit === undefined || free === undefined ? undefined : { limit, free }
}
