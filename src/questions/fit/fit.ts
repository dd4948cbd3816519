// Fits every distribution of the list to values, and ranks them.
import { ParameterError, UsageError } from '../../errors.ts'
import { formatNumber } from '../../notation/number.ts'
import { parseUncertain } from '../../notation/uncertain.ts'
import { writtenUncertain } from '../../notation/written.ts'
import { type DistributionSpec, distributionOf } from '../../numerics/distributions/index.ts'
import { type Family, freeIn, Unfit } from '../../numerics/fitting/family.ts'
import { fittedTo } from '../../numerics/fitting/fitted.ts'
import { goodnessOf } from '../../numerics/fitting/goodness.ts'
import { aicOf, andersonDarling, bicOf, logLikelihoodOf, observedErrors } from '../../numerics/fitting/likelihood.ts'
import { FITTINGS } from '../../numerics/fitting/list.ts'
import { roundedSpec } from '../../numerics/fitting/numbers.ts'
import { type FitSample, sampleOf } from '../../numerics/fitting/sample.ts'
import { checkOptions } from '../../options/check.ts'
import { type FitOptions, fitting } from '../../options/fit.ts'
import type { Estimate } from '../../summary/summary.ts'
import { type HistogramBin, histogramOf, type RankedValue, plottedRanks } from './picture.ts'
import { guessOf, type SharesBy, sharesBy, type Stray, strayOf, strayWords } from './shares.ts'
import { type ReadValues, readValues } from './values.ts'
import { fitWords } from './words.ts'

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
  /** Of values that are shares by a guess: the probabilities of draws that no share can have. Absent if a plan accepts the distribution. */
  readonly stray?: Stray
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
  /** The unit to which the values are rounded, if they repeat. They are then fitted and compared by the cells around them. */
  readonly unit?: number
  /** Present if all values are equal. Nothing is fitted then. */
  readonly constant?: number
  /** The distribution with the smallest BIC, or the constant, to paste into a plan. */
  readonly notation: string
  /** In the order of BIC. */
  readonly distributions: readonly FittedDistribution[]
  /**
   * How often samples of the best distribution are at least as far from their own fit as the values are (p). Below 0.05 the values hardly
   * come from it. Absent for the values' own shares.
   */
  readonly goodness?: Estimate
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
  return described(read, sharesBy(read, options), name)
}

function described(read: ReadValues, by: SharesBy | undefined, name: string): Fit {
  const { column, notes } = read
  const sample = sampleOf(read.values, by !== undefined)
  const { count, min, max, mean, sd, shares, cells } = sample
  const facts = {
    name,
    ...(column !== undefined && { column }),
    ...{ count, min, max },
    mean: min === max ? min : mean,
    sd: min === max ? 0 : sd * Math.sqrt(count / (count - 1)),
    as: shares ? ('share' as const) : ('number' as const),
    ...(cells && { unit: cells.width }),
    notes: [...notes, ...guessOf(by, column)],
  }
  if (min === max)
    return {
      ...facts,
      ...{ constant: min, notation: writtenUncertain(min), distributions: [], others: [], ranks: [], histogram: [] },
      words: `All ${formatNumber(count)} values are ${min}, so this is a constant and nothing is uncertain. Write ${writtenUncertain(min)}.`,
    }
  const { distributions, others } = allFitted(sample, by)
  if (distributions.length === 0)
    throw new UsageError(
      `${name}: expected values that a distribution can describe. They are too close to each other, or too far apart, to compute with`,
    )
  const [best] = distributions
  const goodness = goodnessIn(best, sample)
  const found = { ...facts, notation: best.notation, distributions, ...(goodness && { goodness }), others }
  return { ...found, ranks: plottedRanks(sample), histogram: histogramOf(sample), words: fitWords(found) }
}

function goodnessIn({ distribution, spec }: FittedDistribution, sample: FitSample): Estimate | undefined {
  const family = FITTINGS[distribution as keyof typeof FITTINGS]
  return typeof family === 'string' || family.exact ? undefined : goodnessOf(family, spec, sample)
}

type Unranked = Omit<FittedDistribution, 'rank'>

function allFitted(sample: FitSample, by: SharesBy | undefined): Pick<Fit, 'distributions' | 'others'> {
  const found = Object.entries(FITTINGS).map(([distribution, family]) => ({
    distribution,
    one: typeof family === 'string' ? new Unfit(family) : tried(family, sample, by),
  }))
  const fitted = found.flatMap(({ one }) => (one instanceof Unfit ? [] : [one]))
  const rankBy = (key: 'aic' | 'bic', one: Unranked) => 1 + fitted.filter((other) => other[key] < one[key]).length
  const ranked = fitted.map((one) => ({ ...one, rank: { aic: rankBy('aic', one), bic: rankBy('bic', one) } }))
  return {
    distributions: ranked.sort((a, b) => a.bic - b.bic),
    others: found.flatMap(({ distribution, one }) => (one instanceof Unfit ? [{ distribution, reason: one.reason }] : [])),
  }
}

/** A fit that the list of distributions refuses, or that no plan could state, is none. */
function tried(family: Family, sample: FitSample, by: SharesBy | undefined): Unranked | Unfit {
  try {
    const found = fittedTo(family, sample)
    if (found instanceof Unfit) return found
    const spec = shortened(found, sample)
    parseUncertain(notationOf(spec), sample.shares ? 'rate' : 'amount')
    const logLikelihood = logLikelihoodOf(spec, sample)
    if (!Number.isFinite(logLikelihood)) return new Unfit('it gives some of the values no density')
    const stray = by && strayOf(distributionOf(spec))
    if (stray && by !== 'range') return new Unfit(`it has ${strayWords(stray)}, which a plan refuses for a share`)
    return { ...figuresOf(family, spec, logLikelihood, sample), ...(stray && { stray }) }
  } catch (error) {
    if (error instanceof ParameterError) return new Unfit(`a plan does not accept it: ${error.message}`)
    throw error
  }
}

/** Digits of a parameter, and the change of the log-likelihood that they may cost. Both are far below what values can determine. */
const [DIGITS, COST] = [8, 1e-3]
/** Parameters of rounded values can have fewer digits: an end of a range is often the edge of a cell. */
const FEWEST_DIGITS = 3

/** The same distribution with parameters of few digits, which people can read, if it is just as likely. */
function shortened(spec: DistributionSpec, sample: FitSample): DistributionSpec {
  if (distributionOf(spec).atoms) return spec
  const likelihood = logLikelihoodOf(spec, sample)
  for (let digits = sample.cells ? FEWEST_DIGITS : DIGITS; digits <= DIGITS; digits++) {
    const short = roundedSpec(spec, digits)
    if (Math.abs(logLikelihoodOf(short, sample) - likelihood) < COST) return short
  }
  return spec
}

/** Percentiles are an object in a plan. All other notations are texts. */
function notationOf(spec: DistributionSpec): unknown {
  const { probabilities, values } = spec
  if (!Array.isArray(probabilities) || !Array.isArray(values)) return writtenUncertain(spec)
  return Object.fromEntries(probabilities.map((p: number, k) => [`p${Number((100 * p).toPrecision(6))}`, Number(values[k])]))
}

function figuresOf(family: Family, spec: DistributionSpec, logLikelihood: number, sample: FitSample): Unranked {
  const free = freeIn(family, spec)
  const made = distributionOf(spec)
  const errors = family.ends || family.free ? undefined : observedErrors(spec, sample)
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
