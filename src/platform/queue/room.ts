// Room for so much at once: whoever does not fit waits in line.

interface Waiting {
  readonly bytes: number
  readonly enter: () => void
}

/** Room for a number of things, and for the bytes that they take together; one alone always fits. */
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

  /** Waits for a place; it is to be left with the same bytes. */
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
