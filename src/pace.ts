// Long work on one thread: it gives the event loop turns, reports its progress and stops on a signal.

export interface Watching {
  /** Called with the trials done and their total. */
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

/** Work in steps. Each step yields the number of trials that it has run. */
export type Steps<T> = Generator<number, T, void>

/** Milliseconds between two turns of the event loop. A step of 70 ms still lets work stop within 100 ms. */
const TURN = 30

/** Gives the event loop a turn. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

/** Does all steps at once. */
export function allAtOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

export class Pace {
  readonly #watching: Watching
  #last = performance.now()
  #done = 0
  #total = 0
  #shown = -1

  constructor(watching: Watching) {
    this.#watching = watching
  }

  /** Announces trials. The first announcement is also the first report of progress. */
  expect(trials: number): void {
    this.#total = Math.max(this.#total, this.#done + trials)
    if (this.#shown < 0) this.#report()
  }

  /** Does all steps, with turns of the event loop between them. @param times how often each trial counts */
  async through<T>(steps: Steps<T>, times = 1): Promise<T> {
    for (;;) {
      const { done, value } = steps.next()
      if (done) return value
      this.#done += times * value
      if (this.#due) await this.turn()
    }
  }

  /** Counts and reports trials, and gives the event loop a turn if one is due. */
  did(trials: number): Promise<void> {
    this.#done += trials
    this.#report()
    return this.turn()
  }

  /** Gives the event loop a turn if one is due. */
  async turn(): Promise<void> {
    if (!this.#due) return
    this.#report()
    await nextTurn()
    this.#watching.signal?.throwIfAborted()
    this.#last = performance.now()
  }

  /** Watches work that reports its own trials. */
  get within(): Watching {
    const before = this.#done
    const { signal } = this.#watching
    const onProgress = (done: number) => {
      this.#done = before + done
      this.#report()
    }
    return { onProgress, ...(signal && { signal }) }
  }

  /** Counts everything as done. */
  finish(): void {
    this.#watching.signal?.throwIfAborted()
    this.#total = Math.max(1, this.#total)
    this.#watching.onProgress?.(this.#total, this.#total)
  }

  get #due(): boolean {
    return performance.now() - this.#last >= TURN
  }

  #report(): void {
    const done = Math.min(this.#done, this.#total - 1)
    if (this.#total === 0 || done <= this.#shown) return
    this.#shown = done
    this.#watching.onProgress?.(done, this.#total)
  }
}

/** Does work that someone watches. */
export async function paced<T>(watching: Watching, work: (pace: Pace) => Promise<T>): Promise<T> {
  watching.signal?.throwIfAborted()
  const pace = new Pace(watching)
  const result = await work(pace)
  pace.finish()
  return result
}
