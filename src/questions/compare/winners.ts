// Maps two inputs: which offer has the lowest mean, or the lowest P80, in each cell of their values.
import { checkOptions } from '../../options/check.ts'
import { mapping, type WinnersOptions } from '../../options/questions.ts'
import type { Estimate } from '../../summary/summary.ts'
import { binsOf, meansWithin } from '../bins.ts'
import { difference, estimateOf, type Figure } from '../../numerics/estimators/figure.ts'
import { percentileFigure } from '../../numerics/estimators/figures.ts'
import { type Design, SampledColumn } from '../../numerics/estimators/sorted.ts'
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
  const [across, up] = [binsOf(trials.driver(x), classes), binsOf(trials.driver(y), classes)]
  const of = across.of.map((bin, i) => up.of[i] * across.count + bin)
  const count = across.count * up.count
  const sizes = new Float64Array(count)
  for (const cell of of) sizes[cell] += 1
  const costs = trials.recordedCosts()
  const figures = costs.map((cost) =>
    statistic === 'mean'
      ? meansWithin({ count, of }, trials.starts, (i) => cost[i], false)
      : budgetsWithin(cost, of, count, trials.design),
  )
  const cell = (place: number): WinnerCell => {
    const size = sizes[place]
    if (size === 0) return { trials: size }
    const own = figures.map((figure) => figure[place])
    const order = own.map((_, k) => k).sort((a, b) => own[a].value - own[b].value)
    const [best, next] = order
    const lead = next === undefined ? undefined : estimateOf(difference(own[next], own[best]))
    return { trials: size, winner: trials.names[best], cost: estimateOf(own[best]), ...(lead && { lead }) }
  }
  const cells = Array.from({ length: up.count }, (_, j) =>
    Array.from({ length: across.count }, (__, k) => cell(j * across.count + k)),
  )
  return { x: { input: x, edges: across.edges }, y: { input: y, edges: up.edges }, statistic, cells }
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
