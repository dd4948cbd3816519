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

export function aborted(runs: number): void {
  it.runIf(process.platform === 'linux')(
    `${runs} runs and questions, most of them stopped, leave no file, thread or memory behind and need few open files`,
    () => {
      const command = `ulimit -n ${OPEN_FILES}; exec "$0" --expose-gc test/slow/aborts.mjs ${runs} 20270101`
      const found = JSON.parse(execFileSync('sh', ['-c', command, process.execPath], { encoding: 'utf8' })) as Found
      expect(found.failures).toEqual([])
      expect(found.done + found.stopped).toBe(runs + 2)
      expect(found.stopped).toBeGreaterThan(runs / 4)
      const { first, last } = found
      expect(last.files).toBeLessThanOrEqual(first.files)
      expect(last.threads).toBeLessThanOrEqual(first.threads)
      expect(last.memory).toBeLessThanOrEqual(first.memory + MIB)
      // The allocator keeps some of what is free.
      expect(last.rss).toBeLessThan(first.rss + 150 * MIB)
      expect(found.most).toBeLessThan(OPEN_FILES)
    },
    3_600_000,
  )
}
