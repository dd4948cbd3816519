// Computes one block's share of the statistics, as a pure function of (program, plan, seed, block).
import type { Arena } from '../numerics/kernel/arena.ts'
import type { Measure, Program } from '../compile/program.ts'
import type { Plan } from '../numerics/random/plan.ts'
import { BitCounts } from '../numerics/estimators/bit-counts.ts'
import { type HistogramData, type HistogramKind, ofCosts, ofDifferences } from '../numerics/estimators/histogram.ts'
import { SERIES, seriesAt, slotsOf, sumAt } from '../numerics/estimators/layout.ts'
import type { Node } from './graph.ts'
import { type Measured, measuredOf } from './measured.ts'
import type { Model } from './model.ts'
import type { NodeSink, Tape } from './tape.ts'
import { BlockWalk } from './walk.ts'

/** Where a block's trials are kept: one array per column, shared by all workers. */
export interface Kept {
  /** For each offer, a column of its bill, then of its total if that differs. */
  readonly trials?: readonly Float64Array[]
  /** The same columns for each month, for the first `points` of each replicate. Within a column, months follow each other. */
  readonly monthly?: { readonly columns: readonly Float64Array[]; readonly points: number; readonly trials: number }
}

type KeptColumn = { readonly offer: number; readonly measure: Measure }

/** The kept columns, in order. */
export function keptColumns(program: Program): readonly KeptColumn[] {
  const measures: Measure[] = program.distinctTotal ? ['bill', 'total'] : ['bill']
  return program.offers.flatMap((_, offer) => measures.map((measure) => ({ offer, measure })))
}

/** The place of an offer's cost among the kept columns. If both measures are the same, they share a place. */
export const keptColumn = (program: Program, offer: number, measure: Measure): number =>
  keptColumns(program).findIndex((column) => column.offer === offer && (column.measure === measure || !program.distinctTotal))

/** The histograms that replace trials that are not kept: one for each kept column, then one for each pair of offers. */
function histogramsOf({ program, offers, graph, costs }: Model, { pairs }: Measured): HistogramKind[] {
  const fixed = (node: Node): number => {
    const { operation, numbers } = graph.definitions[node]
    return operation === 'linear' || operation === 'constant' ? numbers[0] : 0
  }
  const nodeOf = ({ offer, measure }: KeptColumn) => offers[offer][measure]
  return [
    ...keptColumns(program).map((column) => ofCosts(fixed(nodeOf(column)))),
    ...pairs.map(({ a, b }) => ofDifferences(fixed(costs[a]) - fixed(costs[b]))),
  ]
}

/** Blocks run one after the other in one arena. */
export class BlockWork {
  readonly model: Model
  readonly measured: Measured
  /** Statistics of the latest block. */
  readonly state: Float64Array
  /** If trials are not kept: the counts of all blocks since the last `takeHistograms`. */
  readonly #histograms: readonly BitCounts[]
  readonly #walk: BlockWalk
  readonly #arena: Arena
  readonly #lean: Tape
  readonly #full: Tape | undefined
  readonly #kept: Kept

  constructor(arena: Arena, model: Model, plan: Plan, seed: string, kept: Kept = {}) {
    const { program } = model
    this.#arena = arena
    this.#kept = kept
    this.model = model
    this.measured = measuredOf(this.model)
    this.state = new Float64Array(slotsOf(this.measured.layout))
    this.#walk = new BlockWalk(arena, plan, seed, program.dimensions)
    this.#histograms = kept.trials ? [] : histogramsOf(model, this.measured).map((kind) => new BitCounts(arena, kind))
    const sinks = [...this.#statistics(), ...this.#trials()]
    this.#lean = this.#walk.tape(model.graph, sinks)
    this.#full = kept.monthly && this.#walk.tape(model.graph, [...sinks, ...this.#months(kept.monthly)])
  }

  /** Runs one block; `state` then holds its statistics. */
  run(replicate: number, block: number): void {
    const { rows } = this.#walk.to(replicate, block)
    this.state.fill(0)
    this.state[0] = rows
    const tape = this.#full && this.#monthsFrom(rows).count > 0 ? this.#full : this.#lean
    tape.run(rows)
  }

  /** Returns the histograms and starts new ones. */
  takeHistograms(): HistogramData[] {
    return this.#histograms.map((counts) => counts.take())
  }

  #statistics(): NodeSink[] {
    const { ops } = this.#arena.kernel
    const { state, measured, model } = this
    const { layout, means, costs, offers, pairs } = measured
    const out = this.#arena.column(8)
    const results = () => this.#arena.view(out, 8)
    const number = this.#arena.column()
    return [
      ...means.reductions.map(
        (nodes, k): NodeSink => ({
          nodes,
          take([a, b], rows) {
            state[sumAt(layout, k)] = nodes.length === 1 ? ops.sum(a, rows) : ops.dot(a, b, rows)
          },
        }),
      ),
      ...costs.map(
        (node, k): NodeSink => ({
          nodes: [node],
          take([column], rows) {
            ops.moments(column, rows, out)
            state.set(results().subarray(0, SERIES), seriesAt(k))
          },
        }),
      ),
      ...pairs.map(
        ({ a, b, series, counts }): NodeSink => ({
          nodes: [model.costs[a], model.costs[b]],
          take([x, y], rows) {
            ops.differences(x, y, rows, out)
            state.set(results().subarray(0, SERIES), seriesAt(series))
            state.set(results().subarray(SERIES, SERIES + 2), sumAt(layout, counts))
          },
        }),
      ),
      {
        nodes: [model.least, ...model.costs],
        take([least, ...columns], rows) {
          const wins = columns.map((column) => ops.countTies(column, least, rows))
          const tied = wins.reduce((a, b) => a + b, 0) > rows
          if (tied) {
            ops.fill(number, (rows + 3) & ~3, 0)
            for (const column of columns) ops.addTies(column, least, number, (rows + 3) & ~3)
          }
          columns.forEach((column, k) => {
            const slot = sumAt(layout, offers[k].share)
            if (!tied) state.fill(wins[k], slot, slot + 2)
            else {
              ops.sumShares(column, least, number, rows, out)
              state.set(results().subarray(0, 2), slot)
            }
          })
        },
      },
    ]
  }

  #trials(): NodeSink[] {
    const { offers, program, costs } = this.model
    const { trials } = this.#kept
    const columns = keptColumns(program)
    if (trials) return columns.map(({ offer, measure }, k) => this.#walk.keeping(offers[offer][measure], () => trials[k]))
    return [
      ...columns.map(
        ({ offer, measure }, k): NodeSink => ({
          nodes: [offers[offer][measure]],
          take: ([column], rows) => this.#histograms[k].add(column, rows),
        }),
      ),
      ...this.measured.pairs.map(
        ({ a, b }, k): NodeSink => ({
          nodes: [costs[a], costs[b]],
          take: ([x, y], rows) => this.#histograms[columns.length + k].add(x, rows, y),
        }),
      ),
    ]
  }

  /** The number of the block's trials that are kept month by month, and the place of the first. */
  #monthsFrom(rows: number): { readonly from: number; readonly count: number } {
    const { monthly } = this.#kept
    if (!monthly) return { from: 0, count: 0 }
    const { plan, first, replicate, point } = this.#walk
    if (plan.method === 'random') return { from: first, count: Math.min(rows, monthly.trials - first) }
    return { from: replicate * monthly.points + point, count: Math.min(rows, monthly.points - point) }
  }

  #months({ columns, trials }: NonNullable<Kept['monthly']>): NodeSink[] {
    const { offers, program } = this.model
    return keptColumns(program).flatMap(({ offer, measure }, k) =>
      Array.from({ length: program.months }, (_, m): NodeSink => {
        const { billMonth, totalMonth } = offers[offer]
        return {
          nodes: [measure === 'bill' ? billMonth(m) : totalMonth(m)],
          take: ([column], rows) => {
            const { from, count } = this.#monthsFrom(rows)
            if (count > 0) columns[k].set(this.#arena.view(column, count), m * trials + from)
          },
        }
      }),
    )
  }
}
