// How spikes and setbacks are drawn for lines: how many start and when the first does by one number, then each one's size and when the
// next one starts. One number a month would say the same, but a net's first few coordinates then tell nearly all there is.
import type { EventProgram } from '../compile/program.ts'

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
  readonly #classes: readonly Class[]

  /** `weighted`: rare numbers of starts are drawn more often than they come, and weigh less. */
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

  /** What starts in each row, from as many columns as there are names; multiplies the rows' weights by what makes up for how often it is drawn. */
  draw(numbers: readonly Float64Array[], weights: Float64Array, rows: number): Drawn[] {
    const drawn: Drawn[] = []
    for (let row = 0; row < rows; row++) {
      const { from, share: part, first, mass } = this.#classAt(numbers[0][row])
      const u = this.#fewer[first] + ((numbers[0][row] - from) / part) * mass
      weights[row] *= mass / part
      let count = first
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

  #classAt(u: number): Class {
    let found = this.#classes[0]
    for (const one of this.#classes) if (u >= one.from) found = one
    return found
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

/** Numbers of starts from `first` on, of probability `mass` in all, drawn where the number lies in [from, from + share). */
interface Class {
  readonly from: number
  readonly share: number
  readonly first: number
  readonly mass: number
}

/** Shares are so many parts of 1: intervals that each hold their exact part of a net's points. */
const PARTS = 32

/**
 * The numbers of starts in classes of at least one part's probability each, the last of what is left. Shares lie halfway between
 * probabilities, as plain sampling has them, and their square roots, which is nearer to what the spread within classes asks for.
 */
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
  const roots = classes.reduce((sum, own) => sum + Math.sqrt(own.mass), 0)
  const wished = classes.map((own) => (PARTS * (own.mass + Math.sqrt(own.mass) / roots)) / 2)
  const parts = wished.map((wish) => Math.max(1, Math.floor(wish)))
  for (let over = PARTS - parts.reduce((a, b) => a + b, 0); over !== 0; over -= Math.sign(over)) {
    // To where the wish is most unmet, or from where it is most exceeded.
    const gaps = wished.map((wish, k) => (over < 0 && parts[k] === 1 ? Infinity : Math.sign(over) * (parts[k] - wish)))
    parts[gaps.indexOf(Math.min(...gaps))] += Math.sign(over)
  }
  let from = 0
  return classes.map((own, k) => {
    const share = parts[k] / PARTS
    from += share
    return { ...own, share, from: from - share }
  })
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
