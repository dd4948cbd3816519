// Truths of plans with at most two continuous inputs: piecewise Gauss quadrature along one of them, Gauss's rule across the other, and
// every combination of atoms.
import { Biller } from './biller.ts'
import { Columns, type Row } from './columns.ts'
import { figuresOf, type Functional } from './figures.ts'
import { JointLaw } from './law.ts'
import { type Coordinate, coordinateOf, kinksOf, type Law, SCORE, valueAt } from './laws.ts'
import { gauss, type Piece, piecesOf } from './pieces.ts'
import { inputsOf, type Plan } from './plans.ts'
import type { Truth } from './truth.ts'

/** A continuous input: a law, or the score of a noise. */
interface Axis {
  readonly coordinate: Coordinate
  readonly kinks: readonly number[]
  readonly law?: Law
  readonly noise?: 'volume' | 'rate'
}

type Values = ReadonlyMap<Law, number>

/** Rounding of all that comes from pieces, relative to a figure's size. */
const ROUNDING = 1e-10
/** Panels across, of the finer of two rules. */
const FINE = 24
const PER_PANEL = 4

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

/** A place on an axis and the probability that it stands for. */
type Station = readonly [t: number, weight: number]

function stationsOf({ coordinate, kinks }: Axis, panels: number): readonly Station[] {
  const { nodes, weights } = gauss(PER_PANEL)
  const range = coordinate.high - coordinate.low
  const ends = [...Array.from({ length: panels + 1 }, (_, k) => coordinate.low + (range * k) / panels), ...kinks].sort(
    (a, b) => a - b,
  )
  const all = ends.slice(1).flatMap((high, k) => {
    const [low, half] = [ends[k], (high - ends[k]) / 2]
    return nodes.map((x, i): Station => {
      const t = low + half * (1 + x)
      return [t, half * weights[i] * coordinate.density(t)]
    })
  })
  const total = all.reduce((sum, [, weight]) => sum + weight, 0)
  if (Math.abs(total - 1) > 1e-6) throw new Error(`the probabilities of ${panels} panels add up to ${total}`)
  return all.filter(([, weight]) => weight > 1e-15).map(([t, weight]) => [t, weight / total])
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

function placed({ values, scores }: Trial, { law, noise }: Axis, t: number): Trial {
  return {
    values: law ? new Map([...values, [law, valueAt(law, t)]]) : values,
    scores: noise ? { ...scores, [noise]: t } : scores,
  }
}

function lawOf(plan: Plan, model: Model, [along, across]: readonly Axis[], panels: number): JointLaw {
  const pieces: Piece[] = []
  for (const { weight, values } of combinations(plan)) {
    const fixed: Trial = { values, scores: { volume: 0, rate: 0 } }
    const stations: readonly Station[] = across ? stationsOf(across, panels) : [[0, 1]]
    for (const [t, share] of stations) {
      const start = across ? placed(fixed, across, t) : fixed
      const at = (s: number) => model.row(placed(start, along, s))
      const regime = (s: number) => model.regime(placed(start, along, s))
      const line = { at, regime, coordinate: along.coordinate, kinks: along.kinks, weight: weight * share, pieces: across ? 8 : 96 }
      pieces.push(...piecesOf(line))
    }
  }
  return new JointLaw(pieces)
}

type Influence = (a: number, b: number) => number

/** How many of N trials the error of a figure rests on, as a share: (E ψ²)² / E ψ⁴ of its influence function ψ. */
function eventsOf(law: JointLaw, influence: Influence, column: number, other = column): number {
  const second = law.mean((a, b) => influence(a, b) ** 2, column, other)
  const fourth = law.mean((a, b) => influence(a, b) ** 4, column, other)
  return fourth > 0 ? second ** 2 / fourth : 1
}

/** A figure by the finer of two laws. The coarser one shows its error. */
function truthOf([coarse, fine]: readonly [JointLaw, JointLaw], columns: Columns, functional: Functional): Truth | undefined {
  const rounding = (column: number) => ROUNDING * fine.sizeOf(column)
  switch (functional.of) {
    case 'mean': {
      const column = columns.place(functional.column)
      const mean = (law: JointLaw) => law.mean((x) => x, column)
      const value = mean(fine)
      const error = Math.abs(value - mean(coarse)) + rounding(column)
      return { value, error, events: eventsOf(fine, (x) => x - value, column) }
    }
    case 'within':
    case 'beyond': {
      const [column, { amount }] = [columns.place(functional.column), functional]
      const share = (law: JointLaw) => (functional.of === 'within' ? law.upTo(column, amount) : 1 - law.upTo(column, amount))
      const value = share(fine)
      return { value, error: Math.abs(value - share(coarse)) + ROUNDING, events: Math.min(value, 1 - value) }
    }
    case 'ratio': {
      const [above, below] = [columns.place(functional.above), columns.place(functional.below)]
      const ratio = (law: JointLaw) => law.mean((x) => x, above) / law.mean((x) => x, below)
      const value = ratio(fine)
      const error = Math.abs(value - ratio(coarse)) + ROUNDING * Math.abs(value)
      return { value, error, events: eventsOf(fine, (a, b) => a - value * b, above, below) }
    }
    case 'sd': {
      const column = columns.place(functional.column)
      const [mean, variance] = momentsOf(fine, column)
      const value = Math.sqrt(variance)
      const error = Math.abs(value - Math.sqrt(momentsOf(coarse, column)[1])) + rounding(column)
      return { value, error, events: eventsOf(fine, (x) => (x - mean) ** 2 - variance, column) }
    }
    case 'skewness':
      return skewnessTruth(coarse, fine, columns.place(functional.column))
    case 'percentile': {
      const [column, { p }] = [columns.place(functional.column), functional]
      const { value, atom } = fine.percentile(column, p)
      if (atom) return { value, error: rounding(column), events: 0 }
      const gap = Math.abs(coarse.upTo(column, value) - p)
      const error = (gap > 1e-12 ? gap / fine.density(column, value) : 0) + rounding(column)
      return { value, error, events: Math.min(p, 1 - p) }
    }
    case 'shortfall': {
      const [column, { p }] = [columns.place(functional.column), functional]
      const { value } = fine.percentile(column, p)
      const excess = fine.excess(column, value)
      const error = Math.abs(excess - coarse.excess(column, value)) / (1 - p) + rounding(column)
      const events = eventsOf(fine, (x) => Math.max(0, x - value) - excess, column)
      return { value: value + excess / (1 - p), error, events }
    }
  }
}

function momentsOf(law: JointLaw, column: number): readonly [mean: number, variance: number] {
  const mean = law.mean((x) => x, column)
  return [mean, law.mean((x) => (x - mean) ** 2, column)]
}

function skewnessTruth(coarse: JointLaw, fine: JointLaw, column: number): Truth | undefined {
  const [mean, variance] = momentsOf(fine, column)
  // A cost without spread has no skewness.
  if (variance <= (1e-9 * mean) ** 2) return undefined
  const of = (law: JointLaw) => {
    const [m, v] = momentsOf(law, column)
    return law.mean((x) => (x - m) ** 3, column) / (v * Math.sqrt(v))
  }
  const value = of(fine)
  const influence = (amount: number) => {
    const x = (amount - mean) / Math.sqrt(variance)
    return x ** 3 - value - 3 * x - 1.5 * value * (x * x - 1)
  }
  return { value, error: Math.abs(value - of(coarse)) + 1e-8, events: eventsOf(fine, influence, column) }
}

/** A fine and a coarse law of a plan, of which the coarse one shows the error of the fine one. */
class Laws {
  readonly #make: (axes: readonly Axis[], panels: number) => JointLaw
  readonly #axes: readonly Axis[]
  readonly #known = new Map<boolean, readonly [coarse: JointLaw, fine: JointLaw]>()

  constructor(plan: Plan, model: Model) {
    this.#make = (axes, panels) => lawOf(plan, model, axes, panels)
    this.#axes = axesOf(plan)
    if (this.#axes.length > 2) throw new Error(`quadrature takes two continuous inputs at most, got ${this.#axes.length}`)
  }

  /** Whether pieces can run along another input. */
  get canTurn(): boolean {
    return this.#axes.length > 1
  }

  /** @param turned whether pieces run along the second input */
  by(turned: boolean): readonly [coarse: JointLaw, fine: JointLaw] {
    const known = this.#known.get(turned)
    if (known) return known
    const axes = turned ? [...this.#axes].reverse() : this.#axes
    const fine = this.#make(axes, FINE)
    const found = [this.canTurn ? this.#make(axes, FINE / 2) : fine, fine] as const
    this.#known.set(turned, found)
    return found
  }
}

/** Whether a figure lies where the cost is constant along the pieces, so that the stations across look like atoms. */
function isFlat([, law]: readonly [JointLaw, JointLaw], columns: Columns, functional: Functional): boolean {
  switch (functional.of) {
    case 'percentile':
    case 'shortfall':
      return law.percentile(columns.place(functional.column), functional.p).atom
    case 'within':
    case 'beyond':
      return law.flatNear(columns.place(functional.column), functional.amount)
    default:
      return false
  }
}

export function quadratureTruths(plan: Plan): ReadonlyMap<string, Truth> {
  const model = new Model(plan)
  const { columns } = model
  const laws = new Laws(plan, model)
  const truths = new Map<string, Truth>()
  for (const [path, functional] of figuresOf(plan, columns)) {
    const turned = laws.canTurn && isFlat(laws.by(false), columns, functional)
    const truth = truthOf(laws.by(turned), columns, functional)
    if (truth) truths.set(path, truth)
  }
  return truths
}
