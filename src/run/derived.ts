// Figures that a run derives from its complete sample: percentiles of kept trials, and headline figures integrated along lines. They
// travel as bytes if another machine derived them.
import type { OrderFigures } from '../numerics/estimators/levels.ts'
import { blocksOfLines } from '../preintegration/points.ts'
import type { LineSums } from '../preintegration/preintegration.ts'
import type { Sampling } from '../preintegration/sampling.ts'
import type { Schedule } from './schedule.ts'
import type { Program } from '../compile/program.ts'
import { keptColumns } from '../simulation/block.ts'
import type { Measured } from '../simulation/measured.ts'
import { extremesAt } from '../numerics/estimators/layout.ts'
import type { Moments } from '../numerics/estimators/moments.ts'
import type { RunTask, TaskResult } from './task.ts'

export interface Derived {
  readonly lines?: LineOutcome
  /** For each column. They come from its histogram if trials are not kept. */
  readonly horizon: readonly OrderFigures[]
  /** For each pair of offers. */
  readonly differences: readonly OrderFigures[]
  /** By column and month, if months are kept. */
  readonly monthly: readonly (readonly MonthFigures[])[]
  /** By column and requested sum of months, if months are kept. */
  readonly sums: readonly (readonly MonthFigures[])[]
  /** By column and requested list of periods: the largest of a trial, if months are kept. */
  readonly largest: readonly (readonly MonthFigures[])[]
}

/** JSON has neither typed arrays nor numbers that are not finite, so both are tagged. */
const COLUMN = 'float64'
const NUMBER = 'number'

function plain(_: string, value: unknown): unknown {
  if (value instanceof Float64Array) return { [COLUMN]: [...value] }
  if (typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))) return value
  return { [NUMBER]: Object.is(value, -0) ? '-0' : String(value) }
}

function revived(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (COLUMN in value) return Float64Array.from(value[COLUMN] as readonly number[])
  return NUMBER in value ? Number(value[NUMBER]) : value
}

/** JSON writes a double with the fewest digits that restore it, so the same numbers give the same bytes. */
export const encodeDerived = (derived: Derived): Uint8Array => new TextEncoder().encode(JSON.stringify(derived, plain))
export const decodeDerived = (bytes: Uint8Array): Derived => JSON.parse(new TextDecoder().decode(bytes), revived) as Derived

/** Whether figures have the columns and the pairs of a run. They may come from a file. */
export function areDerivedOf(derived: Derived, program: Program, { pairs }: Pick<Measured, 'pairs'>): boolean {
  const columns = keptColumns(program).length
  const figured = (list: unknown, length: number) =>
    Array.isArray(list) && list.length === length && list.every((own: OrderFigures | null) => Array.isArray(own?.percentiles))
  const byColumn = (list: unknown) =>
    Array.isArray(list) && (list.length === 0 || list.length === columns) && list.every((own) => Array.isArray(own))
  if (typeof derived !== 'object' || derived === null) return false
  const { horizon, differences, monthly, sums, largest } = derived
  return figured(horizon, columns) && figured(differences, pairs.length) && [monthly, sums, largest].every(byColumn)
}

/** Up to this many blocks run on one thread, because a second thread would take as long to get ready. */
const FEW_BLOCKS = 4

/** The sums along lines for each replicate. */
export interface LineOutcome {
  readonly sampling: Sampling
  readonly sums: readonly LineSums[]
}

export async function integrated(schedule: Schedule): Promise<LineOutcome | undefined> {
  const [sampling] = await schedule([{ kind: 'pilot' }], (result) => ('sampling' in result ? result.sampling : undefined))
  if (!sampling) return undefined
  const blocks = blocksOfLines(sampling.outer)
  const each = blocks.length <= FEW_BLOCKS ? blocks.length : 2
  const tasks = Array.from({ length: Math.ceil(blocks.length / each) }, (_, k) => blocks.slice(k * each, (k + 1) * each))
  const parts = await schedule(
    tasks.map((own) => ({ kind: 'lines' as const, sampling, blocks: own })),
    (result) => ('sums' in result ? result.sums : []),
  )
  const sums = parts.flat()
  const { replicates, blocksPerReplicate } = sampling.outer
  const own = Array.from({ length: replicates }, (_, r) => sums.slice(r * blocksPerReplicate, (r + 1) * blocksPerReplicate))
  return { sampling, sums: own.map((all) => all.reduce(added)) }
}

const added = (a: LineSums, b: LineSums): LineSums => a.map((sums, k) => sums.map((sum, slot) => sum + b[k][slot]))

export interface MonthFigures {
  readonly figures: OrderFigures
  readonly moments: Moments
}

function figuresIn(result: TaskResult): OrderFigures {
  if ('figures' in result) return result.figures
  throw new Error('a percentile task returned no percentiles')
}

function monthIn(result: TaskResult): MonthFigures {
  if ('figures' in result && result.moments) return { figures: result.figures, moments: result.moments }
  throw new Error('a month task returned no moments')
}

/** For each kept column over the horizon. */
export const horizonFigures = (
  schedule: Schedule,
  program: Program,
  measured: Measured,
  pooled: Float64Array,
): Promise<OrderFigures[]> =>
  schedule(
    keptColumns(program).map(({ offer, measure }, column): RunTask => {
      const extremes = extremesAt(pooled, measured.offers[offer][measure].series)
      return { kind: 'column', column, extremes }
    }),
    figuresIn,
  )

/** For the difference of each pair of offers. */
export const differenceFigures = (schedule: Schedule, measured: Measured, pooled: Float64Array): Promise<OrderFigures[]> =>
  schedule(
    measured.pairs.map(({ a, b, series }): RunTask => ({ kind: 'difference', a, b, extremes: extremesAt(pooled, series) })),
    figuresIn,
  )

/** By kept column and month. */
export const monthFigures = (schedule: Schedule, program: Program): Promise<MonthFigures[][]> =>
  byColumn(schedule, program, program.months, (column, month) => ({ kind: 'month', column, month }))

/** By kept column and sum of months. A sum has a weight for each month. */
export const sumFigures = (schedule: Schedule, program: Program, sums: readonly (readonly number[])[]): Promise<MonthFigures[][]> =>
  byColumn(schedule, program, sums.length, (column, k) => ({ kind: 'sum', column, weights: sums[k] }))

/** By kept column and list of periods: the largest of each trial. A period is a list of months. */
export const largestFigures = (
  schedule: Schedule,
  program: Program,
  lists: readonly (readonly (readonly number[])[])[],
): Promise<MonthFigures[][]> =>
  byColumn(schedule, program, lists.length, (column, k) => ({ kind: 'largest', column, periods: lists[k] }))

async function byColumn(
  schedule: Schedule,
  program: Program,
  count: number,
  task: (column: number, k: number) => RunTask,
): Promise<MonthFigures[][]> {
  const columns = keptColumns(program).map((_, column) => column)
  const found = await schedule(
    columns.flatMap((column) => Array.from({ length: count }, (_, k) => task(column, k))),
    monthIn,
  )
  return columns.map((k) => found.slice(k * count, (k + 1) * count))
}
