// A small LRU cache: changing one field of a scenario asks for everything else again.

export class LruCache<T> {
  readonly #known = new Map<string, T>()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  /** Made once while it is among the last that were asked for. */
  get(key: string, make: () => T): T {
    const found = this.#known.get(key) ?? make()
    this.#known.delete(key)
    this.#known.set(key, found)
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= this.#most) break
      this.#known.delete(oldest)
    }
    return found
  }
}
