// Maps two inputs: which offer has the lowest mean, or the lowest P80, in each cell of their values.
import { checkOptions } from '../../options/check.ts'
import { mapping, type WinnersOptions } from '../../options/questions.ts'
import type { Estimate } from '../../summary/summary.ts'
import { type Bins, binsOf, meansWithin, type RareClasses, rareClasses, rareWithin, sizesOf } from '../bins.ts'
import { difference, estimateOf, type Figure } from '../../numerics/estimators/figure.ts'
import { percentileFigure } from '../../numerics/estimators/figures.ts'
import { type Design, SampledColumn } from '../../numerics/estimators/sorted.ts'
import { unseenFrom } from '../../numerics/estimators/unseen.ts'
import type { Trials } from '../trials.ts'

const CLASSES = 8

export interface WinnerCell {
  readonly trials: number
  /** Absent if the cell has no trials. */
  readonly winner?: string
  readonly cost?: Estimate
  /** How much more the next best offer costs. */
  readonly lead?: Estimate
}

export interface WinnerMap {
  readonly x: { readonly input: string; readonly edges: readonly number[] }
  readonly y: { readonly input: string; readonly edges: readonly number[] }
  readonly statistic: 'mean' | 'p80'
  /** `cells[j][k]`: the j-th class of y, the k-th of x. */
  readonly cells: readonly (readonly WinnerCell[])[]
}

export function winnersOf(trials: Trials, x: string, y: string, options: WinnersOptions = {}): WinnerMap {
  checkOptions(options, mapping)
  const { statistic = 'mean', classes = CLASSES } = options
  const [one, other] = [trials.sampledDriver(x), trials.sampledDriver(y)]
  const [across, up] = [binsOf(one.values, classes), binsOf(other.values, classes)]
  const of = across.of.map((bin, i) => up.of[i] * across.count + bin)
  const count = across.count * up.count
  const sizes = sizesOf({ count, of })
  const costs = trials.sampledCosts()
  const figures = costs.map(({ values }) =>
    statistic === 'mean'
      ? meansWithin({ count, of }, trials.starts, (i) => values[i], false)
      : budgetsWithin(values, of, count, trials.design),
  )
  // A percentile hardly depends on the amount of a rare cost.
  const rare = statistic === 'mean' ? rareErrors(cellsOf(one, across, other, up), costs, sizes, figures) : () => 0
  const cell = (place: number): WinnerCell => {
    const size = sizes[place]
    if (size === 0) return { trials: size }
    const own = figures.map((figure) => figure[place])
    const order = own.map((_, k) => k).sort((a, b) => own[a].value - own[b].value)
    const [best, next] = order
    const cost = estimateOf(atLeast(own[best], rare(place, best)))
    const lead = next === undefined ? undefined : estimateOf(atLeast(difference(own[next], own[best]), rare(place, next, best)))
    return { trials: size, winner: trials.names[best], cost, ...(lead && { lead }) }
  }
  const cells = Array.from({ length: up.count }, (_, j) =>
    Array.from({ length: across.count }, (__, k) => cell(j * across.count + k)),
  )
  return { x: { input: x, edges: across.edges }, y: { input: y, edges: up.edges }, statistic, cells }
}

const atLeast = (figure: Figure, least: number): Figure => ({ ...figure, least: Math.max(figure.least, least) })

/** The cells of trials with a rare value. */
function cellsOf(one: SampledColumn, across: Bins, other: SampledColumn, up: Bins): RareClasses | undefined {
  const [x, y] = [rareClasses(one.beyond.unseen, across), rareClasses(other.beyond.unseen, up)]
  const joined = (columns: Uint16Array, rows: Uint16Array) => columns.map((column, i) => rows[i] * across.count + column)
  return x && y && { usual: joined(x.usual, y.usual), rare: joined(x.rare, y.rare) }
}

/** The errors that rare values leave in the mean of an offer in a cell, or in that of one offer minus another. */
function rareErrors(
  cells: RareClasses | undefined,
  costs: readonly SampledColumn[],
  sizes: Float64Array,
  means: readonly (readonly Figure[])[],
): (cell: number, offer: number, minus?: number) => number {
  const errorsOf = (offer: number, minus?: number): Float64Array => {
    const own = minus === undefined ? [offer] : [offer, minus]
    const values = unseenFrom(
      own.map((k) => costs[k].beyond.unseen),
      ([a, b], i) => a[i] - (b?.[i] ?? 0),
    )
    const mean = (bin: number) => means[offer][bin].value - (minus === undefined ? 0 : means[minus][bin].value)
    return rareWithin(sizes, cells, values, mean)
  }
  const known = new Map<string, Float64Array>()
  return (cell, offer, minus) => {
    const key = `${offer} ${minus}`
    const errors = known.get(key) ?? errorsOf(offer, minus)
    known.set(key, errors)
    return errors[cell]
  }
}

/** The P80 of the trials in each cell. */
function budgetsWithin(cost: Float64Array, of: Uint16Array, count: number, design: Design): Figure[] {
  const { starts } = design
  const own: number[][] = Array.from({ length: count }, () => [])
  const ends: number[][] = Array.from({ length: count }, () => [0])
  for (let r = 0; r + 1 < starts.length; r++) {
    for (let i = starts[r]; i < starts[r + 1]; i++) own[of[i]].push(cost[i])
    for (let k = 0; k < count; k++) ends[k].push(own[k].length)
  }
  return own.map((list, k) => {
    const values = Float64Array.from(list)
    if (values.length === 0) return { value: 0, moves: new Float64Array(starts.length - 1), least: 0, under: () => 0 }
    return percentileFigure(new SampledColumn(values, { ...design, starts: ends[k] }), 0.8)
  })
}
