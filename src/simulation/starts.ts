// How spikes and setbacks are drawn for lines: how many start and when the first does by one number, then each one's size and when the
// next one starts. One number a month would say the same, but a net's first few coordinates then tell nearly all there is.
import type { EventProgram } from '../program/program.ts'

/** The largest double below 1. */
const BELOW_1 = 0.999_999_999_999_999_9

/** The `place`-th event of a row: its month, and the uniform number of its size. */
export interface Drawn {
  readonly row: number
  readonly month: number
  readonly place: number
  readonly size: number
}

export class Starts {
  /** Of the numbers in (0, 1) that a trial takes. */
  readonly names: readonly string[]
  readonly #months: number
  /** Probability of each number of starts, and of fewer. */
  readonly #exactly: Float64Array
  readonly #fewer: Float64Array
  readonly #chosen: Int32Array

  constructor({ name, probability, dimensions }: Pick<EventProgram, 'name' | 'probability' | 'dimensions'>) {
    const months = dimensions.length
    this.names = Array.from({ length: 2 * months }, (_, k) =>
      k === 0 ? `${name} number` : k % 2 === 1 ? `${name} size ${(k + 1) / 2}` : `${name} month ${k / 2 + 1}`,
    )
    this.#months = months
    this.#exactly = binomial(months, probability)
    this.#fewer = new Float64Array(months + 2)
    for (let k = 0; k <= months; k++) this.#fewer[k + 1] = this.#fewer[k] + this.#exactly[k]
    this.#chosen = new Int32Array(months)
  }

  /** What starts in each row, from as many columns as there are names. */
  draw(numbers: readonly Float64Array[], rows: number): Drawn[] {
    const drawn: Drawn[] = []
    for (let row = 0; row < rows; row++) {
      const u = numbers[0][row]
      let count = 0
      while (count < this.#months && u >= this.#fewer[count + 1]) count += 1
      for (let k = 0; k < count; k++) {
        // What is left of the number, once it has told how many, is uniform again.
        const share = k === 0 ? (u - this.#fewer[count]) / this.#exactly[count] : numbers[2 * k][row]
        const month = this.#choose(k, Math.floor(Math.min(BELOW_1, share) * (this.#months - k)))
        drawn.push({ row, month, place: k, size: numbers[2 * k + 1][row] })
      }
    }
    return drawn
  }

  /** The place-th of the months that the first k starts have left. */
  #choose(k: number, place: number): number {
    const chosen = this.#chosen
    let month = place
    let at = 0
    for (; at < k && month >= chosen[at]; at++) month += 1
    chosen.copyWithin(at + 1, at, k)
    chosen[at] = month
    return month
  }
}

/** Probabilities of 0 … n of n. */
function binomial(n: number, p: number): Float64Array {
  const exactly = new Float64Array(n + 1)
  if (p === 1) exactly[n] = 1
  else {
    exactly[0] = 1
    for (let k = 0; k < n; k++) exactly[0] *= 1 - p
    for (let k = 0; k < n; k++) exactly[k + 1] = (exactly[k] * (n - k) * p) / ((k + 1) * (1 - p))
  }
  return exactly
}
