// A column of costs as a value: arithmetic trial by trial, with figures and their errors. It may combine results that share their trials.
import { shown, UsageError } from '../../errors.ts'
import { estimateOf } from '../../numerics/estimators/figure.ts'
import { beyondFigure, columnMean, percentileFigure, shortfallFigure } from '../../numerics/estimators/figures.ts'
import { SampledColumn } from '../../numerics/estimators/sorted.ts'
import { unseenBeside, unseenFrom } from '../../numerics/estimators/unseen.ts'
import type { Measure } from '../../compile/program.ts'
import type { Estimate } from '../../summary/summary.ts'
import { checkedProbability } from '../budget/budget.ts'
import { sdFigure } from '../column-sd.ts'
import type { Trials } from '../trials.ts'

type Operation = (a: number, b: number) => number

/** How the trials of a column were drawn. */
interface Drawn {
  readonly seed: string
  readonly method: string
  /** Trials of the run. */
  readonly trials: number
  /** The draws of a trial, each with its place in the sequence. */
  readonly draws: readonly string[]
}

const drawnBy = ({ outcome: { seed, plan, program } }: Trials): Drawn => ({
  seed,
  method: plan.method,
  trials: plan.trials,
  draws: program.dimensions.map(({ name, coordinate }) => `${name} ${coordinate}`),
})

/** A number for each trial: an offer's cost over the horizon, or what was computed from such costs. */
export class TrialColumn {
  /** What it is, such as `fin − flat`. */
  readonly name: string
  readonly #column: SampledColumn
  readonly #drawn: Drawn
  #trials: Float64Array | undefined

  /** @internal */
  static of(trials: Trials, offer: string, measure: Measure | undefined): TrialColumn {
    return new TrialColumn(offer, trials.cost(trials.offer(offer), measure), drawnBy(trials))
  }

  private constructor(name: string, column: SampledColumn, drawn: Drawn) {
    this.name = name
    this.#column = column
    this.#drawn = drawn
  }

  /** The number of each trial, as a copy: sorting it changes no figure. */
  get trials(): Float64Array {
    this.#trials ??= this.#column.values.slice()
    return this.#trials
  }

  get mean(): Estimate {
    return estimateOf(columnMean(this.#column))
  }

  /** The standard deviation. */
  get sd(): Estimate {
    return sdFigure(this.#column)
  }

  /** The number that a share p of trials stays within. @throws UsageError unless 0 < p < 1 */
  percentile(p: number): Estimate {
    return estimateOf(percentileFigure(this.#column, checkedProbability(p, 'p')))
  }

  /** The probability of a number above an amount. */
  above(amount: number): Estimate {
    return estimateOf(beyondFigure(this.#column, finite(amount, 'amount')))
  }

  /** The mean of the highest 1 − level of numbers. @throws UsageError unless 0 < level < 1 */
  expectedShortfall(level: number): Estimate {
    return estimateOf(shortfallFigure(this.#column, checkedProbability(level, 'level')))
  }

  /** @throws UsageError for a column of other trials */
  minus(other: TrialColumn | number): TrialColumn {
    return this.#with(other, '−', (a, b) => a - b)
  }

  /** @throws UsageError for a column of other trials */
  plus(other: TrialColumn | number): TrialColumn {
    return this.#with(other, '+', (a, b) => a + b)
  }

  /** @throws UsageError for a column of other trials */
  times(other: TrialColumn | number): TrialColumn {
    return this.#with(other, '×', (a, b) => a * b)
  }

  /** The ratio. @throws UsageError for a column of other trials, and for one that is 0 in some trial */
  over(other: TrialColumn | number): TrialColumn {
    const divisors = other instanceof TrialColumn ? other.#column.values : [other]
    const trial = divisors.indexOf(0)
    if (trial >= 0)
      throw new UsageError(`over: expected a divisor that is never 0, got 0${divisors.length > 1 ? ` in trial ${trial}` : ''}`)
    return this.#with(other, '/', (a, b) => a / b)
  }

  /** The name of the class, which bundlers shorten. */
  get [Symbol.toStringTag](): string {
    return 'TrialColumn'
  }

  #with(other: TrialColumn | number, sign: string, of: Operation): TrialColumn {
    if (!(other instanceof TrialColumn)) {
      const number = finite(other, 'number')
      return new TrialColumn(
        `${bracketed(this.name)} ${sign} ${number}`,
        mapped(this.#column, (value) => of(value, number)),
        this.#drawn,
      )
    }
    const why = whyOthers(this.#drawn, other.#drawn)
    if (why !== undefined)
      throw new UsageError(`${this.name} ${sign} ${other.name}: expected two columns of the same trials, but ${why}`)
    return new TrialColumn(
      `${bracketed(this.name)} ${sign} ${bracketed(other.name)}`,
      joined(this.#column, other.#column, of),
      this.#drawn,
    )
  }
}

const bracketed = (name: string): string => (name.includes(' ') ? `(${name})` : name)

function finite(value: unknown, what: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new UsageError(`${what}: expected a number such as 10000 or -5000, got ${shown(value)}`)
  return value
}

/** Why two columns have not the same trials; undefined if they have. */
function whyOthers(one: Drawn, other: Drawn): string | undefined {
  if (one.seed !== other.seed) return `their seeds are ${shown(one.seed)} and ${shown(other.seed)}`
  if (one.method !== other.method) return `their methods are ${one.method} and ${other.method}`
  if (one.trials !== other.trials) return `they have ${one.trials} and ${other.trials} trials`
  const only = (a: Drawn, b: Drawn) => a.draws.find((draw) => !b.draws.includes(draw))
  const draw = only(one, other) ?? only(other, one)
  // Another draw moves those after it to other places of the sequence.
  return draw === undefined ? undefined : `their plans draw other numbers, such as ${draw.replace(/ \d+$/, '')}`
}

/** A column whose numbers change one by one. */
function mapped({ values, design, beyond }: SampledColumn, of: (value: number) => number): SampledColumn {
  const { distance: _, highest: __, ...rest } = beyond
  return new SampledColumn(values.map(of), design, { ...rest, unseen: unseenFrom([beyond.unseen], ([own], i) => of(own[i])) })
}

/** A column that is computed from two. Whatever both share cancels in the moves of its replicates. */
function joined(one: SampledColumn, other: SampledColumn, of: Operation): SampledColumn {
  const [a, b] = [one.values, other.values]
  if (a.length !== b.length)
    throw new UsageError(
      `expected two columns of all trials, got ${a.length} and ${b.length} numbers: one of the runs kept no trials. Run it with keepTrials: true`,
    )
  const same = sameWeights(one, other)
  const values = new Float64Array(a.length)
  for (let i = 0; i < values.length; i++) values[i] = of(a[i], b[i])
  return new SampledColumn(
    values,
    {
      ...one.design,
      certain: one.design.certain && other.design.certain,
      jumps: [...new Set([...one.design.jumps, ...other.design.jumps])],
    },
    {
      heaviness: Math.max(one.beyond.heaviness, other.beyond.heaviness),
      capped: one.beyond.capped === true || other.beyond.capped === true,
      constant: one.beyond.constant && other.beyond.constant,
      unseen: same
        ? unseenFrom([one.beyond.unseen, other.beyond.unseen], ([x, y], i) => of(x[i], y[i]))
        : unseenBeside(
            [one, other].map(({ beyond, values }) => ({ unseen: beyond.unseen, mean: meanOf(values) })),
            of,
          ),
    },
  )
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Whether both have the same trials with rare values. */
function sameWeights({ beyond: { unseen: one } }: SampledColumn, { beyond: { unseen: other } }: SampledColumn): boolean {
  if (!one || !other) return one === other
  return one.weights.length === other.weights.length && one.weights.every((weight, i) => weight === other.weights[i])
}
