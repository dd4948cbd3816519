// A sweep: every combination of some numbers in some fields, on the same futures.
import { makeVector, Table, tableFromArrays } from 'apache-arrow'
import { UsageError } from '../../errors.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import type { Estimate } from '../../summary/summary.ts'
import { allowed } from './bounds.ts'
import type { Stated } from '../../options/kinds.ts'
import type { Field } from '../../scenario/edit/field.ts'
import { estimateOf } from '../../numerics/estimators/figure.ts'
import { cheapestOf, columnMean, percentileFigure, shortfallFigure } from '../../numerics/estimators/figures.ts'
import { MOST_VARIANTS, valuesOf } from './range.ts'
import { checkOptions } from '../../options/check.ts'
import { comparing, type DecisionOptions } from '../../options/questions.ts'
import { type Change, Study, type Variant } from '../study.ts'
import { formatNumber } from '../../notation/number.ts'

/** Fields by name, and the numbers of each: a list, or a text such as `50%:90%:5pt`. */
export type Vary = Readonly<Record<string, readonly Stated[] | string>>

export const SWEPT = ['p50', 'p80', 'p90', 'p95', 'expectedShortfall95'] as const

/** One offer in one variant. */
export interface SweepRow {
  /** In the order of the fields. */
  readonly values: readonly number[]
  readonly offer: string
  readonly mean: Estimate
  readonly tails: Readonly<Record<(typeof SWEPT)[number], Estimate>>
  /** Probability of being the cheapest of the variant's offers, ties shared. */
  readonly cheapest: Estimate
}

export interface Sweep {
  readonly fields: readonly Field[]
  readonly rows: readonly SweepRow[]
  readonly study: Study
}

/** Variants that are made and run before the next ones: programs need memory too. */
const AT_ONCE = 64

export async function sweepRows(input: string | object, vary: Vary, reader: Reader, options: DecisionOptions): Promise<Sweep> {
  checkOptions(options, comparing)
  const names = typeof vary === 'object' && vary !== null ? Object.keys(vary) : []
  if (names.length === 0) throw new UsageError('expected at least one field to vary, such as resolution.rate=50%:90%:5pt')
  let inner: ((done: number) => void) | undefined
  const { onProgress } = options
  const study = await Study.of(input, reader, { ...options, ...(onProgress && { onProgress: (done: number) => inner?.(done) }) })
  const fields = names.map((name) => study.field(name))
  fields.forEach(({ path }, k) => {
    if (fields.findIndex((other) => other.path === path) < k) throw new UsageError(`${path}: expected each field once`)
  })
  const values = fields.map((field, k) => valuesOf(field, vary[names[k]]))
  const count = values.reduce((product, list) => product * list.length, 1)
  if (count > MOST_VARIANTS)
    throw new UsageError(
      `expected at most ${formatNumber(MOST_VARIANTS)} variants, got ${formatNumber(count)} (${values.map((list) => list.length).join(' × ')}): take fewer numbers`,
    )
  const grid = values.reduce<readonly (readonly number[])[]>(
    (rows, list) => rows.flatMap((row) => list.map((value) => [...row, value])),
    [[]],
  )
  const rows: SweepRow[] = []
  const known = new WeakMap<Float64Array, Pick<SweepRow, 'mean' | 'tails'>>()
  for (let from = 0; from < grid.length; from += AT_ONCE) {
    const part = grid.slice(from, from + AT_ONCE)
    const variants: Variant[] = []
    for (const row of part)
      variants.push(
        await variantOf(
          study,
          fields.map((field, k) => [field, row[k]] as const),
        ),
      )
    inner = (done) => onProgress?.(from * study.plan.trials + done, grid.length * study.plan.trials)
    await study.run(
      variants,
      ({ offers }) => offers,
      (cost, { offers }, k) => {
        const columns = offers.map(cost)
        offers.forEach((offer, place) => {
          const column = columns[place]
          const figures = known.get(column) ?? figuresOf(column, study)
          known.set(column, figures)
          const cheapest = estimateOf(cheapestOf(columns, place, study.design))
          rows.push({ values: part[k], offer, ...figures, cheapest })
        })
      },
    )
  }
  return { fields, rows, study }
}

async function variantOf(study: Study, change: Change): Promise<Variant> {
  const [only] = change
  if (change.length === 1) return allowed(study, only[0], only[1])
  return study.variant(study.data(change))
}

function figuresOf(values: Float64Array, study: Study): Pick<SweepRow, 'mean' | 'tails'> {
  const column = study.column(values)
  const percentile = (p: number) => estimateOf(percentileFigure(column, p))
  return {
    mean: estimateOf(columnMean(column)),
    tails: {
      p50: percentile(0.5),
      p80: percentile(0.8),
      p90: percentile(0.9),
      p95: percentile(0.95),
      expectedShortfall95: estimateOf(shortfallFigure(column, 0.95)),
    },
  }
}

/** Arrow table, one row a variant and offer: a column a field by its name, `offer`, then each figure followed by its error. */
export function sweepTable({ fields, rows }: Sweep): Table {
  const numbers = (read: (row: SweepRow) => number) => makeVector(Float64Array.from(rows, read))
  const estimates: readonly (readonly [string, (row: SweepRow) => Estimate])[] = [
    ['mean', ({ mean }) => mean],
    ...SWEPT.map((name) => [name, ({ tails }: SweepRow) => tails[name]] as const),
    ['cheapest', ({ cheapest }) => cheapest],
  ]
  const varied = new Table(Object.fromEntries(fields.map(({ path }, k) => [path, numbers(({ values }) => values[k])])))
  const offers = tableFromArrays({ offer: rows.map(({ offer }) => offer) })
  const figures = new Table(
    Object.fromEntries(
      estimates.flatMap(([name, read]) => [
        [name, numbers((row) => read(row).value)],
        [`${name}_se`, numbers((row) => read(row).se)],
      ]),
    ),
  )
  return varied.assign(offers).assign(figures)
}

/** Every combination of some numbers in some fields. */
export const sweepOf = async (input: string | object, vary: Vary, reader: Reader, options: DecisionOptions = {}): Promise<Table> =>
  sweepTable(await sweepRows(input, vary, reader, options))
