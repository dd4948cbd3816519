// Finds every number in a field at which a figure of two offers is 0, the one nearest to the plan first.
import { UsageError } from '../../errors.ts'
import { alike } from '../../numerics/estimators/figures.ts'
import type { Figure } from '../../numerics/estimators/figure.ts'
import type { Stated } from '../../options/kinds.ts'
import type { Field } from '../../scenario/edit/field.ts'
import type { CostOf, Study } from '../study.ts'
import { evenly, likelyNumbers, statedBounds, takesWholeNumbers } from './bounds.ts'
import { type Crossing, crossingsOf } from './crossings.ts'
import { jumpAt, type JumpCosts } from './jumps.ts'
import { hidden, plansLook, turningPoints } from './nodes.ts'
import { type Pieces, straightPieces, signOf } from './pieces.ts'
import { errorOfRoot, type FigureAt, rootIn } from './root.ts'

/** A number at which two offers are equal, or change places. */
export interface Root {
  /** The number, in the units of the field. */
  readonly value: number
  readonly se: number
  /** Whether both offers cost the same in every trial at this number, so that it has no sampling error. */
  readonly exact: boolean
  /**
   * `crossing`: the offers change places. `touch`: they cost the same here, and one offer is ahead on both sides. `jump`: a cost jumps, so
   * that the offers change places without costing the same. `equal`: they cost the same from `value` to `to`.
   */
  readonly kind: 'crossing' | 'touch' | 'jump' | 'equal'
  /** The offer that is ahead below the number. Absent if the search begins here. */
  readonly below?: string
  /** The offer that is ahead above the number. Absent if the search ends here. */
  readonly above?: string
  /** The end of a range in which both offers cost the same. */
  readonly to?: number
  /** The mean cost of each offer on both sides of a jump. */
  readonly costs?: JumpCosts
}

export interface Roots {
  /** Every number that was found, the one nearest to the plan first. */
  readonly roots: readonly Root[]
  /** Where billcast looked, at how many numbers, and whether these prove that there is no other root. */
  readonly searched: { readonly from: number; readonly to: number; readonly points: number; readonly proven: boolean }
}

export interface Search {
  readonly study: Study
  readonly field: Field
  readonly offers: readonly [string, string]
  readonly bounds?: readonly [Stated, Stated] | undefined
  /** The search looks for the numbers at which this figure is 0. */
  readonly figure: (cost: CostOf, study: Study) => Figure
  /** Offers whose costs the figure needs. */
  readonly needs: readonly string[]
  /** The goal as a clause for errors: "a and b cost the same on average". */
  readonly wish: string
  /** The search ends when the number is known to this share of it. */
  readonly tolerance: number
  /** Whether the figure is an amount of money. */
  readonly money: boolean
  /** The sign of the figure where the first offer is ahead. */
  readonly ahead: -1 | 1
}

/** Numbers between stated bounds to begin with. */
const NODES = 17
/** The most numbers to look at beside these for edges: without trials they are fast. */
const MOST_LOOKS = { certain: 800, uncertain: 200 }

/** The numbers at which the figure is known, in order. */
interface Known {
  readonly values: readonly number[]
  readonly signs: readonly number[]
  readonly proven: boolean
}

class RootSearch {
  readonly #search: Search
  readonly #whole: boolean
  /** The numbers to begin with. */
  readonly #coarse: readonly number[]
  readonly #stated: boolean
  #small = 0

  constructor(search: Search, coarse: readonly number[], stated: boolean, whole: boolean) {
    this.#search = search
    this.#coarse = coarse
    this.#stated = stated
    this.#whole = whole
  }

  readonly #at: FigureAt = (values) => this.#figures(values)

  async #figures(values: readonly number[], each: (cost: CostOf) => void = () => undefined): Promise<Figure[]> {
    const { study, field, needs, figure } = this.#search
    const variants = await Promise.all(values.map((value) => study.variant(study.data([[field, value]]))))
    return study.run(
      variants,
      () => needs,
      (cost) => {
        each(cost)
        return figure(cost, study)
      },
    )
  }

  get #ends(): readonly [number, number] {
    return [this.#coarse[0], this.#coarse[this.#coarse.length - 1]]
  }

  async roots(): Promise<Roots> {
    const { field, wish, offers, money } = this.#search
    const [first, last] = this.#ends
    let scale = 0
    const figures = await this.#figures(this.#coarse, (cost) => {
      if (money) scale = Math.max(scale, ...offers.map((offer) => Math.abs(cost(offer).values[0])))
    })
    this.#small = 1e-13 * scale
    const { values, signs, proven } = await this.#known(figures)
    if (signs.every((sign) => sign === 0))
      throw new UsageError(
        `${field.path}: ${wish} at every number from ${six(first)} to ${six(last)}, so that there is no single answer`,
      )
    const searched = { from: first, to: last, points: values.length, proven }
    // Without usage, both offers cost nothing. That is an answer only if the caller's bounds ask for it.
    const trivial = ({ flat, high }: Crossing) => !this.#stated && flat && high === 0
    const crossings = crossingsOf(values, signs).filter((one) => !trivial(one))
    if (crossings.length === 0) throw new UsageError(this.#none(signs, searched))
    const roots: Root[] = []
    const vague: number[] = []
    for (const crossing of this.#nearestFirst(crossings)) {
      const root = await this.#root(crossing, crossings, figures)
      if (typeof root === 'number') vague.push(root)
      else roots.push(root)
    }
    if (roots.length === 0)
      throw new UsageError(
        `${field.path}: ${wish} around ${vague[0]}, but the costs hardly depend on it, so that the number has no standard error`,
      )
    const placed = roots.map((root) => ({ root, low: root.value, high: root.to ?? root.value }))
    return { roots: this.#nearestFirst(placed).map(({ root }) => root), searched }
  }

  #nearestFirst<T extends { readonly low: number; readonly high: number }>(list: readonly T[]): T[] {
    const near = this.#search.field.notation.now || 0
    const away = ({ low, high }: T) => Math.max(low - near, near - high, 0)
    return [...list].sort((a, b) => away(a) - away(b))
  }

  #none(signs: readonly number[], { from, to, points, proven }: Roots['searched']): string {
    const { field, wish, offers, ahead } = this.#search
    const sum = signs.reduce((a, b) => a + b, 0)
    const cheaper = Math.sign(sum) === ahead ? offers[0] : offers[1]
    return proven
      ? `${field.path}: there is no number from ${six(from)} to ${six(to)} at which ${wish}, because ${cheaper} is ahead everywhere. Try other bounds`
      : `${field.path}: no crossing was found between ${six(from)} and ${six(to)} at ${points} points. ${cheaper} is ahead at all of them. Try other bounds`
  }

  /** The signs at the first numbers, and at the plan's edges and where a pair of crossings may hide between two numbers. */
  async #known(figures: readonly Figure[]): Promise<Known> {
    const { study, offers, field, money } = this.#search
    const certain = money && study.design.certain
    const look = plansLook(study, field, offers, ([a, b]) => a - b)
    const pieces = await straightPieces(this.#coarse, {
      look,
      whole: this.#whole,
      most: certain ? MOST_LOOKS.certain : MOST_LOOKS.uncertain,
    })
    if (certain) {
      return {
        values: pieces.looks.map(({ x }) => x),
        signs: pieces.looks.map(({ gap, size }) => signOf(gap, size)),
        proven: pieces.proven,
      }
    }
    return this.#sampled(figures, pieces)
  }

  async #sampled(figures: readonly Figure[], pieces: Pieces): Promise<Known> {
    const known = new Map(this.#coarse.map((value, k) => [value, figures[k].value]))
    const add = async (values: readonly number[]) => {
      const fresh = values.filter((value) => !known.has(value))
      if (fresh.length > 0) for (const [k, { value }] of (await this.#figures(fresh)).entries()) known.set(fresh[k], value)
      return fresh.length > 0
    }
    await add(turningPoints(pieces))
    const points = () => [...known].sort(([a], [b]) => a - b)
    await hidden(points, add, this.#whole)
    const all = points()
    return {
      values: all.map(([value]) => value),
      signs: all.map(([, value]) => (Math.abs(value) <= this.#small ? 0 : Math.sign(value))),
      proven: false,
    }
  }

  /** The widest of the first ranges that has no other crossing inside, so that more numbers elsewhere change no digit. */
  #bracket({ low, high }: Crossing, all: readonly Crossing[], figures: readonly Figure[]): { low: number; high: number } {
    const values = this.#coarse
    const place = values.findIndex((value, k) => value <= low && high <= values[k + 1])
    if (place < 0) return { low, high }
    const [from, to] = [values[place], values[place + 1]]
    const alone = all.filter((one) => one.high >= from && one.low <= to).length === 1
    const change = figures[place].value * figures[place + 1].value < 0
    return alone && change ? { low: from, high: to } : { low, high }
  }

  /** @returns the number alone if it has no standard error, because the figure hardly depends on it */
  async #root(crossing: Crossing, all: readonly Crossing[], figures: readonly Figure[]): Promise<Root | number> {
    const { study, field, offers, tolerance, money, ahead } = this.#search
    const { low, high, flat } = crossing
    const whole = this.#whole
    const value = flat
      ? low
      : await rootIn(this.#at, this.#bracket(crossing, all, figures), { tolerance, small: this.#small, whole })
    const exact = money && !whole && (await this.#isExact(value))
    const costs = flat || exact || whole ? undefined : await jumpAt(study, field, offers, value, this.#ends)
    const se = exact ? 0 : await errorOfRoot(this.#at, value, this.#ends, whole)
    const equal = flat && low !== high
    if (se === undefined && !equal) return value
    const leader = (sign: number) => (sign === 0 ? undefined : sign === ahead ? offers[0] : offers[1])
    // At an end of the numbers, the offers are taken to change places if they meet at a single number.
    const beyond = (own: number, other: number) => (own === 0 && low === high ? -other : own)
    const below = leader(beyond(crossing.below, crossing.above))
    const above = leader(beyond(crossing.above, crossing.below))
    const kind = costs ? 'jump' : equal ? 'equal' : below === above ? 'touch' : 'crossing'
    return {
      value,
      se: se ?? 0,
      exact,
      kind,
      ...(below !== undefined && { below }),
      ...(above !== undefined && { above }),
      ...(kind === 'equal' && { to: high }),
      ...(costs && { costs }),
    }
  }

  async #isExact(value: number): Promise<boolean> {
    const { study, field, offers } = this.#search
    const [a, b] = offers
    const [same] = await study.run(
      [await study.variant(study.data([[field, value]]))],
      () => [a, b],
      (cost) => alike(cost(a).values, cost(b).values, ROUNDING),
    )
    return same
  }
}

const ROUNDING = 1e-9

/** Six digits of a number, for messages. */
const six = (value: number): number => Number(value.toPrecision(6))

/** @throws UsageError if the figure is 0 at no number between the bounds */
export async function search(asked: Search): Promise<Roots> {
  const { study, field, bounds } = asked
  const stated = bounds && (await statedBounds(study, field, bounds))
  const whole = await takesWholeNumbers(study, field, stated ? stated[0] : field.notation.now)
  const values = stated ? evenly(stated[0], stated[1], NODES, whole) : await likelyNumbers(study, field)
  if (values.length < 2)
    throw new UsageError(`${field.path}: the plan allows none of the numbers that were tried. State bounds, such as 20k:45k`)
  return new RootSearch(asked, values, stated !== undefined, whole).roots()
}
