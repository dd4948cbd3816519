// Limits how many things, and how many bytes of them, are in use at once. Others wait in line.
export interface QueueLimits {
  /** The most tasks in Redis at once, with their results. */
  readonly inFlight: number
  /** The approximate limit for their bytes. */
  readonly memory: number
  /** Seconds to wait for a Redis that does not answer. */
  readonly wait: number
}

export const limitsOf = (wait: number, inFlight = 256, memory = 2 ** 31): QueueLimits => ({ inFlight, memory, wait })

type Waiting = { readonly bytes: number; readonly enter: () => void }

/** A single thing always fits, whatever its bytes. */
export class Room {
  readonly #places: number
  readonly #bytes: number
  readonly #line: Waiting[] = []
  #taken = 0
  #held = 0

  constructor(places: number, bytes = Number.POSITIVE_INFINITY) {
    this.#places = places
    this.#bytes = bytes
  }

  get taken(): number {
    return this.#taken
  }

  /** Waits for a place. Leave it with the same number of bytes. */
  enter(bytes = 0, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const stop = () => {
        const k = this.#line.indexOf(waiting)
        if (k >= 0) this.#line.splice(k, 1)
        reject(signal?.reason)
        this.#admit()
      }
      const waiting: Waiting = {
        bytes,
        enter: () => {
          signal?.removeEventListener('abort', stop)
          resolve()
        },
      }
      signal?.addEventListener('abort', stop, { once: true })
      this.#line.push(waiting)
      this.#admit()
    })
  }

  leave(bytes = 0): void {
    this.#taken -= 1
    this.#held -= bytes
    this.#admit()
  }

  #admit(): void {
    for (;;) {
      const [first] = this.#line
      if (!first || this.#taken >= this.#places || (this.#taken > 0 && this.#held + first.bytes > this.#bytes)) return
      this.#line.shift()
      this.#taken += 1
      this.#held += first.bytes
      first.enter()
    }
  }
}
