// A loop without end cannot be interrupted from its own thread: another one watches, says what was read, and ends the process.
import { Worker } from 'node:worker_threads'

const LONGEST_INPUT = 1 << 20

export class Watchdog {
  // [the second when the input was taken up, or 0; its length]: by a clock that nobody sets.
  readonly #state = new Float64Array(new SharedArrayBuffer(16))
  readonly #text = new Uint8Array(new SharedArrayBuffer(LONGEST_INPUT))
  readonly #worker: Worker

  constructor(seconds: number) {
    const program = `
      const { workerData: { state, text, seconds } } = require('node:worker_threads')
      setInterval(() => {
        // Read once: it may be 0 a moment later.
        const since = state[0]
        if (since === 0 || process.hrtime()[0] - since < seconds) return
        const input = Buffer.from(text.slice(0, state[1])).toString()
        require('node:fs').writeSync(2, 'no answer within ' + seconds + ' s to ' + JSON.stringify(input) + '\\n')
        process.kill(process.pid, 'SIGKILL')
      }, 500)`
    this.#worker = new Worker(program, { eval: true, workerData: { state: this.#state, text: this.#text, seconds } })
    this.#worker.unref()
  }

  async watch<T>(input: string, work: () => Promise<T>): Promise<T> {
    this.#state[1] = new TextEncoder().encodeInto(input, this.#text).written
    this.#state[0] = process.hrtime()[0]
    try {
      return await work()
    } finally {
      this.#state[0] = 0
    }
  }

  close(): Promise<number> {
    return this.#worker.terminate()
  }
}
