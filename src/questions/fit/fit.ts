// Fits every distribution of the list to values, and ranks them.
import { ParameterError, UsageError } from '../../errors.ts'
import { formatNumber } from '../../notation/number.ts'
import { parseUncertain } from '../../notation/uncertain.ts'
import { writtenUncertain } from '../../notation/written.ts'
import { type DistributionSpec, distributionOf } from '../../numerics/distributions/index.ts'
import { cellWidth } from '../../numerics/fitting/counted.ts'
import { canHold, type Family, Unfit } from '../../numerics/fitting/family.ts'
import {
  aicOf,
  andersonDarling,
  bicOf,
  cellLikelihoodOf,
  logLikelihoodOf,
  observedErrors,
} from '../../numerics/fitting/likelihood.ts'
import { FITTINGS } from '../../numerics/fitting/list.ts'
import { type FitSample, sampleOf } from '../../numerics/fitting/sample.ts'
import { checkOptions } from '../../options/check.ts'
import { type FitOptions, fitting } from '../../options/fit.ts'
import { type HistogramBin, histogramOf, type RankedValue, plottedRanks } from './picture.ts'
import { type ReadValues, readValues } from './values.ts'

/** A distribution with the parameters of the largest likelihood. */
export interface FittedDistribution {
  /** Its name in plans, such as `lognormal`. */
  readonly distribution: string
  /** The text to paste into a plan. It reads back as exactly this distribution. */
  readonly notation: string
  /** The same as plain data. */
  readonly spec: DistributionSpec
  /** How many numbers the fit chose. */
  readonly free: number
  /** Standard errors of the parameters from the observed information; absent if they do not follow from it. */
  readonly errors?: Readonly<Record<string, number>>
  readonly logLikelihood: number
  /** Twice the free parameters minus twice the log-likelihood (Akaike 1974). Less is better. */
  readonly aic: number
  /** The same with ln(values) for each parameter (Schwarz 1978). Less is better. */
  readonly bic: number
  /** Its place by each of them, from 1. */
  readonly rank: { readonly aic: number; readonly bic: number }
  /** The distance A² of Anderson and Darling from the values; null for a discrete distribution, which has none. */
  readonly andersonDarling: number | null
  readonly mean: number
  readonly sd: number
}

export interface Fit {
  readonly name: string
  /** The column, if the values come from a table. */
  readonly column?: string
  readonly count: number
  readonly min: number
  readonly max: number
  readonly mean: number
  /** With the count minus 1 as divisor. */
  readonly sd: number
  readonly as: 'number' | 'share'
  /** Present if all values are equal. Nothing is fitted then. */
  readonly constant?: number
  /** The distribution with the smallest BIC, or the constant, to paste into a plan. */
  readonly notation: string
  /** In the order of BIC. */
  readonly distributions: readonly FittedDistribution[]
  /** Those that were not fitted, and why. */
  readonly others: readonly { readonly distribution: string; readonly reason: string }[]
  /** The values at evenly spaced ranks, at most 200, for a Q-Q plot. */
  readonly ranks: readonly RankedValue[]
  readonly histogram: readonly HistogramBin[]
  /** Which column and rows were read. */
  readonly notes: readonly string[]
  /** The finding in words. */
  readonly words: string
}

/**
 * Fits every distribution that can hold the values, by maximum likelihood.
 * @param values numbers, or the text of a CSV file
 * @throws UsageError for text, infinities, fewer than 8 values, and options
 */
export async function fitOf(values: string | Iterable<number>, options: FitOptions = {}): Promise<Fit> {
  checkOptions(options, fitting)
  const { name = 'values' } = options
  const read = await readValues(values, name, options)
  const outside = read.values.find((x) => !(x >= 0 && x <= 1))
  if (options.as === 'share' && outside !== undefined)
    throw new UsageError(
      `as: expected shares from 0 to 1, got the value ${outside}. Leave out \`as\` (--as), or divide percentages by 100`,
    )
  const shares =
    (options.as ?? (read.percent ? 'share' : undefined)) === 'share' || (options.as === undefined && outside === undefined)
  return described(sampleOf(read.values, shares), read, name)
}

function described(sample: FitSample, { column, notes }: ReadValues, name: string): Fit {
  const { count, min, max, mean, sd, shares } = sample
  const facts = {
    name,
    ...(column !== undefined && { column }),
    ...{ count, min, max },
    mean: min === max ? min : mean,
    sd: min === max ? 0 : sd * Math.sqrt(count / (count - 1)),
    as: shares ? ('share' as const) : ('number' as const),
    notes,
  }
  if (min === max)
    return {
      ...facts,
      ...{ constant: min, notation: writtenUncertain(min), distributions: [], others: [], ranks: [], histogram: [] },
      words: `All ${formatNumber(count)} values are ${min}, so this is a constant and nothing is uncertain. Write ${writtenUncertain(min)}.`,
    }
  const { distributions, others } = fittedTo(sample)
  if (distributions.length === 0)
    throw new UsageError(
      `${name}: expected values that a distribution can describe. They are too close to each other, or too far apart, to compute with`,
    )
  const found = { ...facts, notation: distributions[0].notation, distributions, others }
  return { ...found, ranks: plottedRanks(sample), histogram: histogramOf(sample), words: wordsOf(found) }
}

type Unranked = Omit<FittedDistribution, 'rank'>

function fittedTo(sample: FitSample): Pick<Fit, 'distributions' | 'others'> {
  const likelihood = likelihoodFor(sample)
  const found = Object.entries(FITTINGS).map(([distribution, family]) => ({
    distribution,
    one: typeof family === 'string' ? new Unfit(family) : tried(family, sample, likelihood),
  }))
  const fitted = found.flatMap(({ one }) => (one instanceof Unfit ? [] : [one]))
  const rankBy = (key: 'aic' | 'bic', one: Unranked) => 1 + fitted.filter((other) => other[key] < one[key]).length
  const ranked = fitted.map((one) => ({ ...one, rank: { aic: rankBy('aic', one), bic: rankBy('bic', one) } }))
  return {
    distributions: ranked.sort((a, b) => a.bic - b.bic),
    others: found.flatMap(({ distribution, one }) => (one instanceof Unfit ? [{ distribution, reason: one.reason }] : [])),
  }
}

type Likelihood = (spec: DistributionSpec) => number

/** The log-likelihood by which distributions are compared. */
function likelihoodFor(sample: FitSample): Likelihood {
  const width = cellWidth(sample)
  return (spec) => (width === undefined ? logLikelihoodOf(spec, sample) : cellLikelihoodOf(spec, sample, width))
}

/** A fit that the list of distributions refuses, or that no plan could state, is none. */
function tried(family: Family, sample: FitSample, likelihood: Likelihood): Unranked | Unfit {
  if (!canHold(family.holds, sample)) return new Unfit(`it needs values ${family.holds}`)
  try {
    const found = family.fit(sample)
    if (found instanceof Unfit) return found
    const spec = shortened(found, sample)
    parseUncertain(notationOf(spec), sample.shares ? 'rate' : 'amount')
    const logLikelihood = likelihood(spec)
    if (!Number.isFinite(logLikelihood)) return new Unfit('it gives some of the values no density')
    return figuresOf(family, spec, logLikelihood, sample)
  } catch (error) {
    if (error instanceof ParameterError) return new Unfit(`a plan does not accept it: ${error.message}`)
    throw error
  }
}

/** Digits of a parameter, and the change of the log-likelihood that they may cost. Both are far below what values can determine. */
const [DIGITS, COST] = [8, 1e-3]

/** The same distribution with parameters of eight digits, which people can read, if it is just as likely. */
function shortened(spec: DistributionSpec, sample: FitSample): DistributionSpec {
  if (distributionOf(spec).atoms) return spec
  const short = rounded(spec) as DistributionSpec
  const change = Math.abs(logLikelihoodOf(short, sample) - logLikelihoodOf(spec, sample))
  return change < COST ? short : spec
}

function rounded(part: unknown): unknown {
  if (typeof part === 'number') return Number(part.toPrecision(DIGITS))
  if (Array.isArray(part)) return part.map(rounded)
  if (typeof part !== 'object' || part === null) return part
  return Object.fromEntries(Object.entries(part).map(([key, own]) => [key, rounded(own)]))
}

/** Percentiles are an object in a plan. All other notations are texts. */
function notationOf(spec: DistributionSpec): unknown {
  const { probabilities, values } = spec
  if (!Array.isArray(probabilities) || !Array.isArray(values)) return writtenUncertain(spec)
  return Object.fromEntries(probabilities.map((p: number, k) => [`p${Number((100 * p).toPrecision(6))}`, Number(values[k])]))
}

function figuresOf({ free: freeIn, ends }: Family, spec: DistributionSpec, logLikelihood: number, sample: FitSample): Unranked {
  const free = freeIn?.(spec) ?? Object.keys(spec).length - 1
  const made = distributionOf(spec)
  const errors = ends || freeIn ? undefined : observedErrors(spec, sample)
  return {
    distribution: spec.distribution,
    notation: writtenUncertain(spec),
    ...{ spec, free },
    ...(errors && { errors }),
    logLikelihood,
    aic: aicOf(logLikelihood, free),
    bic: bicOf(logLikelihood, free, sample.count),
    andersonDarling: made.atoms ? null : andersonDarling(made, sample),
    mean: made.mean,
    sd: made.sd,
  }
}

/** A smaller difference of BIC is "not worth more than a bare mention": Kass and Raftery (1995), JASA 90. */
const CLOSE = 2
/** The distance that 5 of 100 samples of the distribution itself exceed: Anderson and Darling (1954), JASA 49. */
const FAR = 2.492

function wordsOf({ distributions: [best, ...rest], column, name }: Pick<Fit, 'distributions' | 'column' | 'name'>): string {
  const near = rest.filter(({ bic }) => bic - best.bic < CLOSE).map(({ distribution }) => distribution)
  const rows = column === undefined ? 'the values themselves as `empirical`' : `the rows themselves: empirical(${name}, ${column})`
  const distance = best.andersonDarling ?? 0
  return [
    `The ${best.distribution} distribution describes the values best.`,
    ...(near.length > 0 ? [`The values hardly favor it over ${near.join(', ')}, whose BIC is within ${CLOSE} of its own.`] : []),
    ...(distance > FAR
      ? [
          `Even so, it is far from the values (A² = ${distance.toFixed(1)}, and a good fit has less than ${FAR}). Look at the Q-Q plot, or draw ${rows}.`,
        ]
      : []),
  ].join(' ')
}
