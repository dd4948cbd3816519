// Draws spikes and setbacks for lines: one number decides how many start and when the first does, then further numbers give each one's
// size and the month of the next. So a net's first few coordinates decide nearly everything, which one number per month would not do.
import type { EventProgram } from '../compile/program.ts'
import { BELOW_1, type Interval, intervalsOf, PARTS, placeIn } from './shares.ts'

/** The `place`-th event of a row: its month, and the uniform number of its size. */
export interface Drawn {
  readonly row: number
  readonly month: number
  readonly place: number
  readonly size: number
}

export class Starts {
  /** The names of the numbers in (0, 1) that a trial needs. */
  readonly names: readonly string[]
  readonly #months: number
  /** The probability of each number of starts, and of fewer. */
  readonly #exactly: Float64Array
  readonly #fewer: Float64Array
  readonly #chosen: Int32Array
  readonly #classes: readonly Class[]

  /** @param weighted rare numbers of starts are drawn more often than they occur, and weigh less */
  constructor({ name, probability, dimensions }: Pick<EventProgram, 'name' | 'probability' | 'dimensions'>, weighted: boolean) {
    const months = dimensions.length
    this.names = Array.from({ length: 2 * months }, (_, k) =>
      k === 0 ? `${name} number` : k % 2 === 1 ? `${name} size ${(k + 1) / 2}` : `${name} month ${k / 2 + 1}`,
    )
    this.#months = months
    this.#exactly = binomial(months, probability)
    this.#fewer = new Float64Array(months + 2)
    for (let k = 0; k <= months; k++) this.#fewer[k + 1] = this.#fewer[k] + this.#exactly[k]
    this.#chosen = new Int32Array(months)
    this.#classes = weighted ? classesOf(this.#exactly) : [{ from: 0, share: 1, first: 0, mass: 1 }]
  }

  /** The events of each row, from one column per name. Multiplies the rows' weights to make up for how often they are drawn. */
  draw(numbers: readonly Float64Array[], weights: Float64Array, rows: number): Drawn[] {
    const drawn: Drawn[] = []
    for (let row = 0; row < rows; row++) {
      const { from, share: part, first, mass } = this.#classes[placeIn(this.#classes, numbers[0][row])]
      const u = this.#fewer[first] + ((numbers[0][row] - from) / part) * mass
      weights[row] *= mass / part
      let count = first
      while (count < this.#months && u >= this.#fewer[count + 1]) count += 1
      for (let k = 0; k < count; k++) {
        // The rest of the number, given the number of starts, is uniform again.
        const share = k === 0 ? (u - this.#fewer[count]) / this.#exactly[count] : numbers[2 * k][row]
        const month = this.#choose(k, Math.floor(Math.min(BELOW_1, share) * (this.#months - k)))
        drawn.push({ row, month, place: k, size: numbers[2 * k + 1][row] })
      }
    }
    return drawn
  }

  /** The place-th of the months that the first k starts have left over. */
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

/** Numbers of starts from `first` on, with probability `mass`, drawn if the uniform number lies in the interval. */
interface Class extends Interval {
  readonly first: number
  readonly mass: number
}

/** Divides the numbers of starts into classes with at least one part's probability each, apart from the last. */
function classesOf(exactly: Float64Array): Class[] {
  const classes: { first: number; mass: number }[] = []
  let [first, mass, left] = [0, 0, 1]
  exactly.forEach((own, k) => {
    mass += own
    if (mass < 1 / PARTS || left - mass < 1 / (4 * PARTS)) return
    classes.push({ first, mass })
    left -= mass
    first = k + 1
    mass = 0
  })
  if (first < exactly.length) classes.push({ first, mass: Math.max(0, left) })
  const intervals = intervalsOf(classes.map(({ mass }) => mass))
  return classes.map((own, k) => ({ ...own, ...intervals[k] }))
}

/** The probabilities of 0 to n successes among n. */
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
