// Truths of figures that at most one continuous input moves: piecewise Gauss quadrature along it, for every combination of atoms.
import { Biller } from './biller.ts'
import { Columns, type Row } from './columns.ts'
import { figuresOf, type Functional } from './figures.ts'
import { JointLaw } from './law.ts'
import { type Coordinate, coordinateOf, kinksOf, type Law, SCORE, valueAt } from './laws.ts'
import { piecesOf } from './pieces.ts'
import { inputsOf, type Plan } from './plans.ts'
import type { Truth } from './truth.ts'
import { eventsOf, figureOf } from './values.ts'

/** A continuous input: a law, or the score of a noise. */
interface Axis {
  readonly coordinate: Coordinate
  readonly kinks: readonly number[]
  readonly law?: Law
  readonly noise?: 'volume' | 'rate'
}

type Values = ReadonlyMap<Law, number>

/** Rounding of all that comes from pieces, relative to a figure's size. */
const ROUNDING = 3e-11
/** Pieces at the start, so that no feature of a cost is overlooked. */
const PIECES = 96

function axesOf(plan: Plan): readonly Axis[] {
  const laws = inputsOf(plan).flatMap(({ law }): Axis[] =>
    law.kind === 'discrete' ? [] : [{ law, coordinate: coordinateOf(law), kinks: kinksOf(law) }],
  )
  const noises = [plan.volumeNoise && 'volume', plan.rateNoise && 'rate'] as const
  return [...laws, ...noises.flatMap((noise): Axis[] => (noise ? [{ noise, coordinate: SCORE, kinks: [] }] : []))]
}

/** Every combination of atoms with its probability. */
function combinations(plan: Plan): readonly { readonly weight: number; readonly values: Values }[] {
  let all: { weight: number; values: Values }[] = [{ weight: 1, values: new Map() }]
  for (const { law } of inputsOf(plan)) {
    if (law.kind !== 'discrete') continue
    const total = law.atoms.reduce((sum, [, weight]) => sum + weight, 0)
    all = all.flatMap(({ weight, values }) =>
      law.atoms.map(([value, own]) => ({ weight: (weight * own) / total, values: new Map([...values, [law, value]]) })),
    )
  }
  return all
}

/** The values of a trial. */
interface Trial {
  readonly values: Values
  readonly scores: { readonly volume: number; readonly rate: number }
}

class Model {
  readonly #biller: Biller
  readonly columns: Columns

  constructor(plan: Plan) {
    this.#biller = new Biller(plan)
    const typical = new Map(inputsOf(plan).map(({ law }) => [law, law.kind === 'discrete' ? law.atoms[0][0] : valueAt(law, 0.5)]))
    this.columns = new Columns(plan, this.#year({ values: typical, scores: { volume: 0, rate: 0 } }))
  }

  row(trial: Trial): Row {
    return this.columns.row(this.#year(trial))
  }

  regime(trial: Trial): number {
    return this.columns.regime(this.#year(trial))
  }

  #year({ values, scores }: Trial) {
    const value = (law: Law) => {
      const found = values.get(law)
      if (found === undefined) throw new Error('an input has no value')
      return found
    }
    return this.#biller.year({ value, volumeScores: [scores.volume], rateScores: [scores.rate] })
  }
}

function placed({ values, scores }: Trial, { law, noise }: Pick<Axis, 'law' | 'noise'>, t: number): Trial {
  return {
    values: law ? new Map([...values, [law, valueAt(law, t)]]) : values,
    scores: noise ? { ...scores, [noise]: t } : scores,
  }
}

/** A place in the middle of an axis. */
const middleOf = ({ coordinate: { low, high } }: Axis): number => (low + high) / 2

/** The trials of each combination of atoms, with all continuous inputs in their middle. */
function startsOf(plan: Plan, axes: readonly Axis[]): readonly { readonly weight: number; readonly trial: Trial }[] {
  return combinations(plan).map(({ weight, values }) => {
    const certain: Trial = { values, scores: { volume: 0, rate: 0 } }
    return { weight, trial: axes.reduce((trial, axis) => placed(trial, axis, middleOf(axis)), certain) }
  })
}

/** Places of an axis at which columns are compared. */
const COMPARED = 24
const placesOf = ({ coordinate: { low, high } }: Axis): readonly number[] =>
  Array.from({ length: COMPARED }, (_, k) => low + ((high - low) * (k + 0.5)) / COMPARED)

/** How often the stretch is halved that holds a change of regime. */
const HALVED = 24

/**
 * The places at which columns are compared, and both sides of each change of regime between them. An axis with a small effect moves the
 * choice of the cheapest offer only there.
 */
function placesAcross(model: Model, trial: Trial, axis: Axis): readonly number[] {
  const places = placesOf(axis)
  const regime = (t: number) => model.regime(placed(trial, axis, t))
  const edges = places.slice(1).flatMap((high, k) => {
    let [from, to] = [places[k], high]
    const before = regime(from)
    if (before === regime(to)) return []
    for (let step = 0; step < HALVED; step++) {
      const middle = (from + to) / 2
      if (regime(middle) === before) from = middle
      else to = middle
    }
    return [from, to]
  })
  return [...places, ...edges]
}

/** The columns that an axis moves, wherever the other axes are. */
function movedBy(plan: Plan, model: Model, axis: Axis, axes: readonly Axis[]): ReadonlySet<number> {
  const moved = new Set<number>()
  const others = axes.filter((other) => other !== axis)
  const trials = others.reduce(
    (all, other) => all.flatMap((trial) => placesAcross(model, trial, other).map((t) => placed(trial, other, t))),
    startsOf(plan, axes).map(({ trial }) => trial),
  )
  for (const trial of trials) {
    const [first, ...rest] = placesOf(axis).map((t) => model.row(placed(trial, axis, t)).values)
    const rounding = 1e-12 * first.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    for (const row of rest)
      row.forEach((value, column) => {
        if (Math.abs(value - first[column]) > rounding) moved.add(column)
      })
  }
  return moved
}

function lawOf(plan: Plan, model: Model, axis: Axis, axes: readonly Axis[]): JointLaw {
  const { coordinate, kinks } = axis
  return new JointLaw(
    startsOf(plan, axes).flatMap(({ weight, trial }) => {
      const at = (t: number) => model.row(placed(trial, axis, t))
      const regime = (t: number) => model.regime(placed(trial, axis, t))
      return piecesOf({ at, regime, coordinate, kinks, weight, pieces: PIECES })
    }),
  )
}

/** Whether exactly a share p of trials lies on one side of a gap. Every amount in the gap is then that percentile. */
function isGap(law: JointLaw, column: number, value: number, p: number): boolean {
  const near = 1e-7 * law.sizeOf(column)
  return [value - near, value + near].some((amount) => Math.abs(law.upTo(column, amount) - p) < 1e-11)
}

function truthOf(law: JointLaw, columns: Columns, functional: Functional): Truth | undefined {
  const value = figureOf(law, columns, functional)
  if (value === undefined) return undefined
  const error = ROUNDING * scaleOf(law, columns, functional, value)
  if (functional.of !== 'percentile') return { value, error, events: eventsOf(law, columns, functional, value) }
  const [column, { p }] = [columns.place(functional.column), functional]
  if (isGap(law, column, value, p)) return undefined
  return { value, error, events: law.percentileAt(column, p).atom ? 0 : Math.min(p, 1 - p) }
}

/** The size of the numbers whose rounding a figure has. */
function scaleOf(law: JointLaw, columns: Columns, functional: Functional, value: number): number {
  switch (functional.of) {
    case 'within':
    case 'beyond':
      return 1
    case 'ratio':
      return Math.abs(value)
    case 'skewness':
      return 300
    default:
      return law.sizeOf(columns.place(functional.column))
  }
}

/** How many continuous numbers a trial draws. */
export const continuousOf = (plan: Plan): number => axesOf(plan).reduce((sum, { noise }) => sum + (noise ? plan.months : 1), 0)

/** The figures that at most one of the continuous inputs moves. Noise must be that of a single month. */
export function quadratureTruths(plan: Plan): ReadonlyMap<string, Truth> {
  const stated = axesOf(plan)
  // Without a continuous input, any score serves as one.
  const axes: readonly Axis[] = stated.length > 0 ? stated : [{ noise: 'volume', coordinate: SCORE, kinks: [] }]
  const model = new Model(plan)
  const { columns } = model
  const moved = axes.map((axis) => movedBy(plan, model, axis, axes))
  const truths = new Map<string, Truth>()
  axes.forEach((axis, k) => {
    const others = moved.filter((_, other) => other !== k)
    const law = lawOf(plan, model, axis, axes)
    for (const [path, functional] of figuresOf(plan, columns)) {
      const names = functional.of === 'ratio' ? [functional.above, functional.below] : [functional.column]
      if (truths.has(path) || names.some((name) => others.some((own) => own.has(columns.place(name))))) continue
      const truth = truthOf(law, columns, functional)
      if (truth) truths.set(path, truth)
    }
  })
  return truths
}
