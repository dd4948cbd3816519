// The worker threads that this process has started and that still run, for tests that end some of them.
import type { Worker } from 'node:worker_threads'

export class RunningThreads {
  readonly #all: Worker[] = []
  readonly #started = (worker: Worker) => {
    this.#all.push(worker)
    worker.once('exit', () => this.#all.splice(this.#all.indexOf(worker), 1))
  }

  constructor() {
    process.on('worker', this.#started)
  }

  /** @returns whether there was one to end */
  async end(k: number): Promise<boolean> {
    if (this.#all.length === 0) return false
    await this.#all[k % this.#all.length].terminate()
    return true
  }

  stop(): void {
    process.off('worker', this.#started)
  }
}
