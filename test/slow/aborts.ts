// A process that stops many runs holds in the end what it held after the first one.
import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'

interface Held {
  readonly files: number
  readonly threads: number
  readonly memory: number
  readonly rss: number
}
interface Found {
  readonly first: Held
  readonly last: Held
  /** Open files in the middle of a burst. */
  readonly most: number
  /** MiB that the process held after each burst. */
  readonly course: readonly number[]
  readonly failures: readonly string[]
  readonly done: number
  readonly stopped: number
}

const MIB = 2 ** 20
/** A server's default is 1,024. Node itself has about 20 open. */
const OPEN_FILES = 160

/** With this setting, glibc returns freed arrays to the system. Without it, it keeps many of them for later. */
const RETURNING = 'MALLOC_MMAP_THRESHOLD_=262144'

/** @param burst runs at once @param minutes the least time; such a long test leaves glibc as it is */
export function aborted(runs: number, burst = 32, minutes = 0): void {
  const shown = minutes > 0 ? `${minutes} minutes of runs` : `${runs} runs`
  it.runIf(process.platform === 'linux')(
    `${shown} and questions, most of them stopped, leave no file, thread or memory behind and need few open files`,
    () => {
      const command = `ulimit -n ${OPEN_FILES}; ${minutes > 0 ? '' : `export ${RETURNING}; `}exec "$0" --expose-gc test/slow/aborts.mjs 20270101 ${burst} ${runs} ${minutes}`
      const { first, last, course, ...found } = JSON.parse(
        execFileSync('sh', ['-c', command, process.execPath], { encoding: 'utf8' }),
      ) as Found
      expect(found.failures).toEqual([])
      expect(found.done).toBeGreaterThan(runs / 50)
      expect(found.stopped).toBeGreaterThan(runs / 4)
      expect(last.files).toBeLessThanOrEqual(first.files)
      expect(last.threads).toBeLessThanOrEqual(first.threads)
      // The columns of two runs, which a rest may still hold. A leak would keep those of many.
      expect(last.memory).toBeLessThanOrEqual(first.memory + 8 * MIB)
      if (minutes > 0) levelsOff(course)
      else expect(last.rss).toBeLessThan(first.rss + 128 * MIB)
      expect(found.most).toBeLessThan(OPEN_FILES)
    },
    7_200_000,
  )
}

/** The allocator keeps what is free, but ever less of it is new: another process of this kind went from 640 to 780, 860 and 900 MiB. */
function levelsOff(course: readonly number[]): void {
  const half = Math.floor(course.length / 2)
  expect(Math.max(...course.slice(half))).toBeLessThan(1.3 * Math.max(...course.slice(0, half)))
  expect(Math.max(...course)).toBeLessThan(1_280)
}
