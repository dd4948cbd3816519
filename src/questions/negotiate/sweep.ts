// Sweeps some numbers through some fields: every combination of them, on the same trials.
import { prepared } from '../../numerics/estimators/sorting.ts'
import { Field as TableField, makeVector, Schema, Table, type Vector, vectorFromArray } from 'apache-arrow'
import { UsageError } from '../../errors.ts'
import { type Pace, paced } from '../../pace.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import type { Estimate } from '../../summary/summary.ts'
import { allowed, combinations } from './bounds.ts'
import type { Stated } from '../../options/kinds.ts'
import type { Field } from '../../scenario/edit/field.ts'
import { distinctColumns } from '../../scenario/table-columns.ts'
import { estimateOf } from '../../numerics/estimators/figure.ts'
import { cheapestOf, columnMean, shortfallFigure } from '../../numerics/estimators/figures.ts'
import type { SampledColumn } from '../../numerics/estimators/sorted.ts'
import { MOST_VARIANTS, valuesOf } from './range.ts'
import { checkOptions } from '../../options/check.ts'
import { comparing, type DecisionOptions } from '../../options/questions.ts'
import { Study, type Variant } from '../study.ts'
import { percentilesOf } from '../percentiles.ts'
import { formatNumber } from '../../notation/number.ts'

/** The numbers of each field, by its name: a list, or a text such as `50%:90%:5pt`. */
export type Vary = Readonly<Record<string, readonly Stated[] | string>>

const SWEPT = ['p50', 'p80', 'p90', 'p95', 'expectedShortfall95'] as const

/** The figures of one offer in one variant. */
export interface SweepRow {
  /** The numbers of the variant, in the order of the fields. */
  readonly values: readonly number[]
  readonly offer: string
  readonly mean: Estimate
  readonly tails: Readonly<Record<(typeof SWEPT)[number], Estimate>>
  /** The probability that the offer is the cheapest of the variant. Ties are shared. */
  readonly cheapest: Estimate
}

/** A field's full name, and the one that it was asked by. */
type AskedField = Pick<Field, 'path' | 'asked'>

type Sweep = { readonly fields: readonly Field[]; readonly rows: readonly SweepRow[]; readonly study: Study }

/** Variants that are compiled at once, which limits the memory for their programs. */
const AT_ONCE = 64

export async function sweepRows(input: string | object, vary: Vary, reader: Reader, options: DecisionOptions): Promise<Sweep> {
  checkOptions(options, comparing)
  return paced(options, (pace) => swept(input, vary, reader, options, pace))
}

async function swept(input: string | object, vary: Vary, reader: Reader, options: DecisionOptions, pace: Pace): Promise<Sweep> {
  const names = typeof vary === 'object' && vary !== null ? Object.keys(vary) : []
  if (names.length === 0)
    throw new UsageError('vary: expected at least one field with its values, such as resolution.rate with 50%:90%:5pt')
  const study = await Study.of(input, reader, options, pace)
  const fields = names.map((name) => study.field(name))
  fields.forEach(({ path }, k) => {
    if (fields.findIndex((other) => other.path === path) < k)
      throw new UsageError(`${path}: expected each field once, got it twice`)
  })
  const values = fields.map((field, k) => valuesOf(field, vary[names[k]]))
  const count = values.reduce((product, list) => product * list.length, 1)
  if (count > MOST_VARIANTS)
    throw new UsageError(
      `expected at most ${formatNumber(MOST_VARIANTS)} variants, got ${formatNumber(count)} (${values.map((list) => list.length).join(' × ')}). Use fewer numbers`,
    )
  const grid = combinations(values)
  const rows: SweepRow[] = []
  pace.expect(grid.length * study.plan.trials)
  const known = new WeakMap<Float64Array, Pick<SweepRow, 'mean' | 'tails'>>()
  for (let from = 0; from < grid.length; from += AT_ONCE) {
    const part = grid.slice(from, from + AT_ONCE)
    const variants: Variant[] = []
    for (const row of part) {
      const change = fields.map((field, k) => [field, row[k]] as const)
      // With a single field, an error can name the number that the plan does not allow.
      variants.push(await (fields.length === 1 ? allowed(study, fields[0], row[0]) : study.variant(study.data(change))))
    }
    await study.run(
      variants,
      ({ offers }) => offers,
      async (cost, { offers }, k) => {
        const columns = offers.map(cost)
        for (const [place, offer] of offers.entries()) {
          const column = columns[place]
          const figures = known.get(column.values) ?? (await figuresOf(column, study))
          known.set(column.values, figures)
          await pace.turn()
          const cheapest = estimateOf(cheapestOf(columns, place, study.design))
          rows.push({ values: part[k], offer, ...figures, cheapest })
        }
      },
    )
  }
  return { fields, rows, study }
}

async function figuresOf(cost: SampledColumn, study: Study): Promise<Pick<SweepRow, 'mean' | 'tails'>> {
  const column = await study.pace.through(prepared(cost))
  await study.pace.turn()
  const expectedShortfall95 = estimateOf(shortfallFigure(column, 0.95))
  await study.pace.turn()
  const percentiles = percentilesOf(column, [50, 80, 90, 95])
  await study.pace.turn()
  return { mean: estimateOf(columnMean(column)), tails: { ...percentiles, expectedShortfall95 } }
}

/**
 * An Arrow table with one row for each variant and offer. Its columns are the fields by the names that they were asked by, `offer`, and each
 * figure with its error. The metadata `path` of a field's column holds its full name.
 */
export function sweepTable({ fields, rows }: { readonly fields: readonly AskedField[] } & Pick<Sweep, 'rows'>): Table {
  const numbers = (read: (row: SweepRow) => number) => makeVector(Float64Array.from(rows, read))
  const estimates: readonly (readonly [string, (row: SweepRow) => Estimate])[] = [
    ['mean', ({ mean }) => mean],
    ...SWEPT.map((name) => [name, ({ tails }: SweepRow) => tails[name]] as const),
    ['cheapest', ({ cheapest }) => cheapest],
  ]
  const columns: readonly { readonly name: string; readonly vector: Vector; readonly path?: string }[] = distinctColumns('sweep', [
    ...fields.map(({ path, asked }, k) => ({ name: asked, vector: numbers(({ values }) => values[k]), path })),
    { name: 'offer', vector: vectorFromArray(rows.map(({ offer }) => offer)) },
    ...estimates.flatMap(([name, read]) => [
      { name, vector: numbers((row) => read(row).value) },
      { name: `${name}_se`, vector: numbers((row) => read(row).se) },
    ]),
  ])
  const schema = new Schema(
    columns.map(({ name, vector, path }) => {
      const { type, nullable } = vector
      return new TableField(name, type, nullable, path === undefined ? undefined : new Map([['path', path]]))
    }),
  )
  return new Table(schema, Object.fromEntries(columns.map(({ name, vector }) => [name, vector])))
}
