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
  readonly failures: readonly string[]
  readonly done: number
  readonly stopped: number
}

const MIB = 2 ** 20
/** A server's default is 1,024. Node itself has about 20 open. */
const OPEN_FILES = 160

/** @param burst runs at once @param minutes the least time */
export function aborted(runs: number, burst = 32, minutes = 0): void {
  const shown = minutes > 0 ? `${minutes} minutes of runs` : `${runs} runs`
  it.runIf(process.platform === 'linux')(
    `${shown} and questions, most of them stopped, leave no file, thread or memory behind and need few open files`,
    () => {
      const command = `ulimit -n ${OPEN_FILES}; exec "$0" --expose-gc test/slow/aborts.mjs 20270101 ${burst} ${runs} ${minutes}`
      const { first, last, ...found } = JSON.parse(
        execFileSync('sh', ['-c', command, process.execPath], { encoding: 'utf8' }),
      ) as Found
      expect(found.failures).toEqual([])
      expect(found.done).toBeGreaterThan(runs / 50)
      expect(found.stopped).toBeGreaterThan(runs / 4)
      expect(last.files).toBeLessThanOrEqual(first.files)
      expect(last.threads).toBeLessThanOrEqual(first.threads)
      // The columns of two runs, which a rest may still hold. A leak would keep those of many.
      expect(last.memory).toBeLessThanOrEqual(first.memory + 8 * MIB)
      // The allocator keeps what is free: up to 256 MiB of columns for the next runs, and as much in the middle of a burst.
      expect(last.rss).toBeLessThan(first.rss + 640 * MIB)
      expect(found.most).toBeLessThan(OPEN_FILES)
    },
    7_200_000,
  )
}
