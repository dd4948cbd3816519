// Truths of plans with two or more continuous inputs: the independent biller on independent replicates of shifted lattices, in which every figure is a raw
// count, sum or order statistic.
import seedrandom from 'seedrandom'
import { Biller } from './biller.ts'
import { Columns } from './columns.ts'
import { sum } from './contract.ts'
import { Draws } from './draws.ts'
import { figuresOf, type Functional } from './figures.ts'
import { Lattice } from './lattice.ts'
import { Order } from './order.ts'
import type { Plan } from './plans.ts'
import type { Truth } from './truth.ts'
import { type Distribution, eventsOf, type Moments, figureOf } from './values.ts'

const REPLICATES = 16
const POINTS = 2 ** 15
/** Rounding of costs. */
const ROUNDING = 1e-12
/** Inputs, and the noises and events of twelve months. */
const MOST = 64

/** The trials of one replicate. */
class Sample implements Distribution {
  readonly #columns: readonly Float64Array[]
  readonly #orders = new Map<number, Order>()
  readonly #moments = new Map<number, Moments>()

  constructor(columns: readonly Float64Array[]) {
    this.#columns = columns
  }

  mean(of: (a: number, b: number) => number, column: number, other = column): number {
    const [a, b] = [this.#columns[column], this.#columns[other]]
    let total = 0
    for (let i = 0; i < a.length; i++) total += of(a[i], b[i])
    return total / a.length
  }

  moments(column: number): Moments {
    const known = this.#moments.get(column)
    if (known) return known
    const values = this.#columns[column]
    const n = values.length
    const mean = sum(values) / n
    let [second, third] = [0, 0]
    for (let i = 0; i < n; i++) {
      const gap = values[i] - mean
      second += gap * gap
      third += gap * gap * gap
    }
    const found: Moments = [mean, second / n, third / n]
    this.#moments.set(column, found)
    return found
  }

  upTo(column: number, amount: number): number {
    const values = this.#columns[column]
    let count = 0
    for (let i = 0; i < values.length; i++) if (values[i] <= amount) count++
    return count / values.length
  }

  excess(column: number, amount: number): number {
    const values = this.#columns[column]
    let total = 0
    for (let i = 0; i < values.length; i++) if (values[i] > amount) total += values[i] - amount
    return total / values.length
  }

  percentile(column: number, p: number): number {
    const known = this.#orders.get(column)
    const order = known ?? new Order(this.#columns[column])
    if (!known) this.#orders.set(column, order)
    // The k-th value is that of the middle of the k-th part of all trials.
    const rank = Math.max(0, p * POINTS - 0.5)
    const [low, high] = [order.at(Math.floor(rank)), order.at(Math.min(POINTS - 1, Math.ceil(rank)))]
    return low + (high - low) * (rank - Math.floor(rank))
  }
}

let lattice: Lattice | undefined

/** Replicates of a plan's trials. Each is valid until the next one. */
interface Replicates {
  readonly columns: Columns
  readonly sample: (replicate: number) => Sample
}

function replicatesOf(plan: Plan): Replicates {
  lattice ??= new Lattice(POINTS, MOST)
  const points = lattice
  let next = seedrandom.alea('first')
  const draws = new Draws(plan, () => next())
  const biller = new Biller(plan)
  const columns = new Columns(plan, biller.year(draws.trial(new Float64Array(MOST).fill(0.5))))
  const values = Array.from({ length: columns.size }, () => new Float64Array(points.points))
  const sample = (replicate: number) => {
    next = seedrandom.alea(`truth ${replicate}`)
    points.visit(draws.size, next, (point, k) => columns.write(biller.year(draws.trial(point)), values, k))
    return new Sample(values)
  }
  return { columns, sample }
}

/** Whether a figure is a share of trials. */
const isShare = (functional: Functional): boolean =>
  functional.of === 'within' ||
  functional.of === 'beyond' ||
  (functional.of === 'mean' && /^(over(?! quantity| amount)|cheapest|none) /.test(functional.column))

/** Joins the replicates: the mean of their figures, and the error of that mean. An atom is the same in all of them. */
function joined(all: readonly number[], functional: Functional, events: number): Truth {
  const value = all.reduce((total, x) => total + x, 0) / all.length
  const error = Math.sqrt(all.reduce((total, x) => total + (x - value) ** 2, 0) / (all.length - 1) / all.length)
  const steady = error <= ROUNDING * Math.abs(value)
  // An event that no trial met has a probability of about one in the number of trials, or less.
  const least = isShare(functional) ? 1 / (all.length * POINTS) : ROUNDING * Math.abs(value)
  return { value, error: Math.max(error, least), events: steady && functional.of === 'percentile' ? 0 : events }
}

export function replicateTruths(plan: Plan): ReadonlyMap<string, Truth> {
  const { columns, sample } = replicatesOf(plan)
  const figures = figuresOf(plan, columns)
  const values = new Map<string, number[]>([...figures.keys()].map((path) => [path, []]))
  const events = new Map<string, number>()
  for (let replicate = 0; replicate < REPLICATES; replicate++) {
    const own = sample(replicate)
    for (const [path, functional] of figures) {
      const value = figureOf(own, columns, functional)
      if (value === undefined) continue
      values.get(path)?.push(value)
      // A replicate without any event does not show how rare it is.
      if ((events.get(path) ?? 1) === 1) events.set(path, eventsOf(own, columns, functional, value))
    }
  }
  const truths = new Map<string, Truth>()
  for (const [path, functional] of figures) {
    const all = values.get(path) ?? []
    if (all.length === REPLICATES) truths.set(path, joined(all, functional, events.get(path) ?? 1))
  }
  return truths
}
