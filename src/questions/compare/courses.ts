// Which offer costs least on average as volume or resolution rate change: trials of the run, in classes by the value that they had.
import { type Bins, binsOf, meansWithin, sizesOf } from '../bins.ts'
import type { Trials } from '../trials.ts'
import type { Estimate } from '../../summary/summary.ts'
import { SAME_COST, SURE_ERRORS } from './grades.ts'

export interface LeadClass {
  readonly from: number
  readonly to: number
  /** The offer with the lowest mean in the class; undefined if it leads by less than 1% or by less than two standard errors. */
  readonly cheapest: string | undefined
  /** By offer, in the order of the plan. */
  readonly means: readonly number[]
}

/** Classes next to each other with the same cheapest offer. */
export interface LeadStretch {
  readonly from: number
  readonly to: number
  readonly cheapest: string | undefined
}

export interface LeadCourse {
  /** Conversations over the horizon, or the share of them that the AI resolved. */
  readonly driver: string
  readonly classes: readonly LeadClass[]
  readonly stretches: readonly LeadStretch[]
  /** Where the lead passes from one offer to another. */
  readonly crossings: readonly LeadCrossing[]
}

export interface LeadCrossing {
  readonly below: string
  readonly above: string
  readonly value: number
  readonly se: number
}

/** The offers that lead somewhere along a driver, each once. */
export const leadersOf = ({ stretches }: LeadCourse): readonly string[] => [
  ...new Set(stretches.flatMap(({ cheapest }) => cheapest ?? [])),
]

/** The rate that the plan states, which its improvement moves from month to month. */
export const START_RATE = 'resolution.rate'

/** Along what the plan states where that is uncertain, as readers know it, and otherwise along what it comes to on average. */
export function leadCourses(trials: Trials): LeadCourse[] {
  const rates = trials.drivers().includes(START_RATE) && trials.scenario.resolution?.improvement !== undefined ? START_RATE : 'rate'
  return [rates, 'conversations'].flatMap((driver) => courseOf(trials, driver) ?? [])
}

const MOST_CLASSES = 20
const FEWEST_IN_CLASS = 200
const FEWEST_CLASSES = 4

/** Nothing for a single offer, for a driver that does not vary, and for a run with too few trials. */
function courseOf(trials: Trials, driver: string): LeadCourse | undefined {
  if (trials.names.length < 2 || !trials.drivers().includes(driver)) return undefined
  return courseIn(driver, trials.driver(driver), trials.names, trials.recordedCosts())
}

/** @param costs of each offer, in the same trials as the values of the driver */
export function courseIn(
  driver: string,
  values: Float64Array,
  names: readonly string[],
  costs: readonly Float64Array[],
): LeadCourse | undefined {
  const wanted = Math.min(MOST_CLASSES, Math.floor(values.length / FEWEST_IN_CLASS))
  if (wanted < FEWEST_CLASSES) return undefined
  const bins = binsOf(values, wanted)
  if (bins.count < FEWEST_CLASSES) return undefined
  const sizes = sizesOf(bins)
  const means = costs.map((cost) => meansIn(bins, cost))
  const centers = meansIn(bins, values)
  /** By class, the mean of one cost minus another and its standard error. */
  const gaps = (a: number, b: number) => {
    const squares = meansIn(
      bins,
      costs[a].map((cost, i) => (cost - costs[b][i]) * (cost - costs[b][i])),
    )
    return squares.map((square, bin) => {
      const mean = means[a][bin] - means[b][bin]
      return { mean, se: Math.sqrt(Math.max(0, square - mean * mean) / sizes[bin]) }
    })
  }
  const known = new Map<string, ReturnType<typeof gaps>>()
  const gapOf = (a: number, b: number) => {
    const key = `${a} ${b}`
    const found = known.get(key) ?? gaps(a, b)
    known.set(key, found)
    return found
  }
  const classes = Array.from(sizes, (_, bin): LeadClass => {
    const order = names.map((_, k) => k).sort((a, b) => means[a][bin] - means[b][bin])
    const [first, second] = order
    const { mean, se } = gapOf(second, first)[bin]
    const leads = mean > SAME_COST * Math.abs(means[first][bin]) && mean > SURE_ERRORS * se
    const cheapest = leads ? names[first] : undefined
    return { from: bins.edges[bin], to: bins.edges[bin + 1], cheapest, means: means.map((own) => own[bin]) }
  })
  const crossings = passesOf(classes).flatMap(({ below, above, from, to }): LeadCrossing[] => {
    const gap = gapOf(names.indexOf(below), names.indexOf(above)).slice(from, to + 1)
    const at = zeroOf(centers.slice(from, to + 1), gap)
    return at ? [{ below, above, ...at }] : []
  })
  return { driver, classes, stretches: stretchesOf(classes), crossings }
}

function stretchesOf(classes: readonly LeadClass[]): LeadStretch[] {
  const found: LeadStretch[] = []
  for (const { from, to, cheapest } of classes) {
    const last = found[found.length - 1]
    if (last && last.cheapest === cheapest) found[found.length - 1] = { ...last, to }
    else found.push({ from, to, cheapest })
  }
  return found
}

/** The classes between which the lead passes to another offer. */
function passesOf(classes: readonly LeadClass[]) {
  const leaders = classes.flatMap(({ cheapest }, k) => (cheapest === undefined ? [] : [{ cheapest, k }]))
  return leaders.slice(1).flatMap(({ cheapest, k }, before) => {
    const last = leaders[before]
    return last.cheapest === cheapest ? [] : [{ below: last.cheapest, above: cheapest, from: last.k, to: k }]
  })
}

/** Where a line through the gaps is 0, with its standard error. */
function zeroOf(
  x: readonly number[],
  gaps: readonly { readonly mean: number; readonly se: number }[],
): { readonly value: number; readonly se: number } | undefined {
  const n = x.length
  const [xMean, yMean] = [x.reduce((a, b) => a + b, 0) / n, gaps.reduce((sum, { mean }) => sum + mean, 0) / n]
  const spread = x.reduce((sum, value) => sum + (value - xMean) * (value - xMean), 0)
  const slope = x.reduce((sum, value, k) => sum + (value - xMean) * (gaps[k].mean - yMean), 0) / spread
  if (!(Math.abs(slope) > 0)) return undefined
  const value = xMean - yMean / slope
  const variance = gaps.reduce((sum, { se }, k) => {
    const weight = 1 / n + ((x[k] - xMean) * (value - xMean)) / spread
    return sum + weight * weight * se * se
  }, 0)
  return { value, se: Math.sqrt(variance) / Math.abs(slope) }
}

/** A mean cost where a driver is low, and where it is high. */
export type Fifths = readonly [low: Estimate, high: Estimate]

/** The mean of each cost in the fifth of the trials with the lowest values of a driver, and in that with the highest. */
export function fifthsOf(values: Float64Array, costs: readonly Float64Array[]): readonly Fifths[] | undefined {
  const bins = binsOf(values, 5)
  if (bins.count < 5) return undefined
  const sizes = sizesOf(bins)
  return costs.map((cost) => {
    const [means, squares] = [meansIn(bins, cost), meansIn(bins, cost.map(squared))]
    const at = (bin: number): Estimate => ({
      value: means[bin],
      se: Math.sqrt(Math.max(0, squares[bin] - squared(means[bin])) / sizes[bin]),
    })
    return [at(0), at(4)]
  })
}

const squared = (value: number): number => value * value

/** The mean of a column in each class. */
const meansIn = (bins: Bins, column: Float64Array): number[] =>
  meansWithin(bins, [0, column.length], (i) => column[i], false).map(({ value }) => value)
