// Order statistics of a few ranks: values fall into equal cells, and only the cells of those ranks are sorted.
const CELLS = 4096

export class Order {
  readonly #values: Float64Array
  readonly #starts = new Uint32Array(CELLS + 1)
  readonly #sorted = new Uint8Array(CELLS)

  constructor(values: Float64Array) {
    let [low, high] = [Infinity, -Infinity]
    for (let i = 0; i < values.length; i++) {
      if (values[i] < low) low = values[i]
      if (values[i] > high) high = values[i]
    }
    const scale = high > low ? (CELLS - 1) / (high - low) : 0
    const starts = this.#starts
    for (let i = 0; i < values.length; i++) starts[Math.floor((values[i] - low) * scale) + 1]++
    for (let cell = 0; cell < CELLS; cell++) starts[cell + 1] += starts[cell]
    const next = starts.slice()
    this.#values = new Float64Array(values.length)
    for (let i = 0; i < values.length; i++) this.#values[next[Math.floor((values[i] - low) * scale)]++] = values[i]
  }

  /** The value at a place in the sorted order, counted from 0. */
  at(rank: number): number {
    let [cell, beyond] = [0, CELLS]
    while (beyond - cell > 1) {
      const middle = (cell + beyond) >> 1
      if (this.#starts[middle] <= rank) cell = middle
      else beyond = middle
    }
    if (this.#sorted[cell] === 0) {
      this.#values.subarray(this.#starts[cell], this.#starts[cell + 1]).sort()
      this.#sorted[cell] = 1
    }
    return this.#values[rank]
  }
}
