// The limits of containers, read from files as Docker, Kubernetes and systemd write them.
import { describe, expect, it } from 'vitest'
import { cpuLimit, memoryLimit, type ReadText } from '../../../src/platform/node/cgroups.ts'
import { availableCores } from '../../../src/platform/node/cores.ts'
import { freeMemory, memoryCapacity } from '../../../src/platform/node/memory.ts'

const GIB = 2 ** 30
const HOST = 64 * GIB

const files =
  (own: Readonly<Record<string, string | number>>): ReadText =>
  (path) =>
    Object.hasOwn(own, path) ? `${own[path]}\n` : undefined

const second = (own: Readonly<Record<string, string | number>>, path = '/') => files({ '/proc/self/cgroup': `0::${path}`, ...own })
const FIRST = '5:memory:/docker/4f0c\n4:cpu,cpuacct:/docker/4f0c\n1:name=systemd:/docker/4f0c'

describe('the cores of a container', () => {
  it('are its quota divided by the period, by version 2', () => {
    expect(cpuLimit(second({ '/sys/fs/cgroup/cpu.max': '150000 100000' }))).toBe(1.5)
    expect(cpuLimit(second({ '/sys/fs/cgroup/cpu.max': '400000 50000' }))).toBe(8)
    expect(cpuLimit(second({ '/sys/fs/cgroup/cpu.max': '200000' }))).toBe(2)
  })

  it('are its quota divided by the period, by version 1, where the container sees itself as the root', () => {
    const own = { '/proc/self/cgroup': FIRST, '/sys/fs/cgroup/cpu/cpu.cfs_period_us': 100_000 }
    expect(cpuLimit(files({ ...own, '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': 250_000 }))).toBe(2.5)
    expect(cpuLimit(files({ ...own, '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': -1 }))).toBeUndefined()
  })

  it('are those of the narrowest group around the process', () => {
    const limits = { '/sys/fs/cgroup/pods/cpu.max': '200000 100000', '/sys/fs/cgroup/pods/one/cpu.max': 'max 100000' }
    expect(cpuLimit(second(limits, '/pods/one/app'))).toBe(2)
    expect(cpuLimit(second({ ...limits, '/sys/fs/cgroup/pods/one/app/cpu.max': '50000 100000' }, '/pods/one/app'))).toBe(0.5)
  })

  it('have no limit without a quota, and without files to read', () => {
    expect(cpuLimit(second({ '/sys/fs/cgroup/cpu.max': 'max 100000' }))).toBeUndefined()
    expect(cpuLimit(second({}))).toBeUndefined()
    expect(cpuLimit(files({}))).toBeUndefined()
    expect(cpuLimit(second({ '/sys/fs/cgroup/cpu.max': '' }))).toBeUndefined()
  })

  it('give the number of threads: whole cores, at least one, and no more than the machine has', () => {
    expect([undefined, 0.2, 1.5, 2, 3.9, 64].map((limit) => availableCores(limit, 8))).toEqual([8, 1, 1, 2, 3, 8])
  })
})

describe('the memory of a container', () => {
  it('is its limit, and files that the system keeps in memory count as free, by version 2', () => {
    const own = { '/sys/fs/cgroup/memory.max': 2 * GIB, '/sys/fs/cgroup/memory.current': 1.5 * GIB }
    expect(memoryLimit(HOST, second(own))).toEqual({ limit: 2 * GIB, free: 0.5 * GIB })
    const stat = `anon 1\ninactive_anon 7\ninactive_file ${GIB}\nactive_file 9`
    expect(memoryLimit(HOST, second({ ...own, '/sys/fs/cgroup/memory.stat': stat }))).toEqual({ limit: 2 * GIB, free: 1.5 * GIB })
    expect(memoryLimit(HOST, second({ ...own, '/sys/fs/cgroup/memory.high': GIB }))).toEqual({ limit: GIB, free: 0 })
  })

  it('is its limit by version 1, which writes no limit as a huge one', () => {
    const own = {
      '/proc/self/cgroup': FIRST,
      '/sys/fs/cgroup/memory/memory.usage_in_bytes': GIB,
      '/sys/fs/cgroup/memory/memory.stat': `inactive_file 5\ntotal_inactive_file 7`,
    }
    expect(memoryLimit(HOST, files({ ...own, '/sys/fs/cgroup/memory/memory.limit_in_bytes': 4 * GIB }))).toEqual({
      limit: 4 * GIB,
      free: 3 * GIB + 7,
    })
    expect(
      memoryLimit(HOST, files({ ...own, '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712' })),
    ).toBeUndefined()
  })

  it('is what the narrowest group leaves', () => {
    const own = {
      '/sys/fs/cgroup/pods/memory.max': 3 * GIB,
      '/sys/fs/cgroup/pods/memory.current': 2.5 * GIB,
      '/sys/fs/cgroup/pods/one/memory.max': 2 * GIB,
      '/sys/fs/cgroup/pods/one/memory.current': GIB,
    }
    expect(memoryLimit(HOST, second(own, '/pods/one'))).toEqual({ limit: 2 * GIB, free: 0.5 * GIB })
    expect(memoryLimit(HOST, second({ '/sys/fs/cgroup/memory.max': 'max' }))).toBeUndefined()
  })

  it('bounds what a run may take', () => {
    expect(freeMemory({ limit: 1_000, free: 400 })).toBe(400)
    expect(memoryCapacity({ limit: 1_000, free: 400 })).toBe(1_000)
    expect(memoryCapacity(undefined)).toBeGreaterThan(2 ** 20)
    expect(freeMemory(undefined)).toBeLessThanOrEqual(memoryCapacity(undefined))
  })
})
