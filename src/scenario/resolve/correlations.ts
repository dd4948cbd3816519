// Resolves correlations to the canonical names of their inputs.
import { contractsIn } from '../../contract/offer.ts'
import { type Problem, shown } from '../../errors.ts'
import { canonicalName, noisesOf, uncertainInputs } from '../names.ts'
import { largestCorrelation } from '../../numerics/distributions/special/noise-correlation.ts'
import { hasStages } from '../starting-rate.ts'
import type { Correlation, ResolvedScenario } from '../resolved.ts'
import type { RawScenario } from '../schema.ts'
import { type FromScores, fromScoresToRanks, fromScoresToValues, scoresOf } from './measure.ts'

export function resolveCorrelations(raw: RawScenario, scenario: ResolvedScenario, problems: Problem[]): Correlation[] {
  const noises = noisesOf(scenario)
  const named = raw.correlations.map(({ between }) => between.map((name) => canonicalName(scenario, name)))
  raw.correlations.forEach(({ between }, k) => {
    checkNames(between, named[k], k, { scenario, noises }, problems)
    const [a = '', b = ''] = named[k]
    if (a !== '' && b !== '') checkPair(a, b, k, named, problems)
  })
  // The values of an input that is wrong have no correlation.
  const sound = problems.length === 0
  return raw.correlations.map(({ rho, measure }, k) => {
    const [a = '', b = ''] = named[k]
    const between = [a, b] as const
    const pair = {
      between,
      phis: between.map((name) => noises.get(name) ?? 0),
      staged: between.find((name) => isStagedNoise(scenario, name)),
      futures: between.find((name) => hasFuturesOf(scenario, name)),
      toValues: () => fromScoresToValues(between.map((name) => ({ scenario, name }))),
    }
    return { between, rho: sound ? ofScores({ rho, measure, k }, pair, scenario.copula !== undefined, problems) : rho }
  })
}

function checkNames(
  written: readonly string[],
  names: readonly (string | undefined)[],
  k: number,
  { scenario, noises }: Named,
  problems: Problem[],
): void {
  names.forEach((name, side) => {
    if (name !== undefined) return
    const known = [...uncertainInputs(scenario).map((input) => input.name), ...noises.keys()].slice(0, 12).join(', ')
    problems.push({
      path: `correlations[${k}].between[${side}]`,
      message: `expected the name of an uncertain input (${known || 'this plan has none'}), got ${shown(written[side])}`,
    })
  })
}

export function checkPair(
  a: string,
  b: string,
  k: number,
  named: readonly (readonly (string | undefined)[])[],
  problems: Problem[],
): void {
  const say = (message: string) => problems.push({ path: `correlations[${k}].between`, message: `expected ${message}` })
  if (a.endsWith('.noise') !== b.endsWith('.noise'))
    say('two monthly noises or two inputs that are drawn once a trial, got one of each')
  const earlier = named.findIndex((other) => other.includes(a) && other.includes(b))
  if (earlier < k) say(`each pair only once, got ${a} and ${b} again as in correlations[${earlier}]`)
  const volumes = [a, b].filter((name) => name.endsWith('conversations.noise'))
  if (volumes.length === 2 && volumes.includes('conversations.noise') && a !== b)
    say(
      `own noises of two segments, got ${shown(a)} and ${shown(b)}: a segment's volume has both noises, and a correlation of the two would change its mean`,
    )
  if (a === b) say(`two different inputs, got ${shown(a)} twice`)
}

interface Stated {
  readonly rho: number
  readonly measure: RawScenario['correlations'][number]['measure']
  readonly k: number
}

interface Named {
  readonly scenario: ResolvedScenario
  readonly noises: ReadonlyMap<string, number>
}

/** Two inputs or noises by name. */
interface Pair {
  readonly between: readonly [string, string]
  /** Their autocorrelations; 0 if they are drawn once a trial. */
  readonly phis: readonly number[]
  /** The name of one whose rate has stages, if any. */
  readonly staged: string | undefined
  /** The name of one that has the scores of a history, if any. */
  readonly futures?: string | undefined
  /** How the correlation of their values follows from that of their scores. */
  readonly toValues: () => FromScores | { readonly heavy: string }
}

/** The correlation of the normal scores. Adds a problem if a stated correlation cannot be reached. */
export function ofScores(
  { rho, measure, k }: Stated,
  { between, phis, staged, futures, toValues }: Pair,
  copula: boolean,
  problems: Problem[],
): number {
  const path = `correlations[${k}]`
  if (copula && measure !== 'normal') {
    problems.push({ path: `${path}.measure`, message: `expected \`normal\` beside a t copula, got ${shown(measure)}` })
    return rho
  }
  if (measure === 'pearson' && futures !== undefined) {
    problems.push({
      path: `${path}.measure`,
      message: `expected \`spearman\` or \`normal\`, since ${futures} has the scores of a history's futures, whose spread differs from month to month, got \`pearson\``,
    })
    return rho
  }
  if (measure === 'pearson' && staged !== undefined) {
    problems.push({
      path: `${path}.measure`,
      message: `expected \`spearman\` or \`normal\`, since the rate of ${staged} has stages or segments, each with its own spread, got \`pearson\``,
    })
    return rho
  }
  // Noises with different autocorrelations drift apart, so their levels cannot be correlated fully.
  const most = largestCorrelation(phis[0], phis[1])
  const from = measure === 'pearson' ? toValues() : measure === 'spearman' ? fromScoresToRanks : undefined
  if (from && 'heavy' in from) {
    problems.push({
      path: `${path}.measure`,
      message: `expected \`spearman\` or \`normal\`, since the tail of ${from.heavy} is so heavy that its standard deviation rests on rare draws, got \`pearson\``,
    })
    return rho
  }
  const [least, largest] = from ? [from(-most), from(most)] : [-most, most]
  if (rho >= least - ROUNDING && rho <= largest + ROUNDING) return from ? scoresOf(from, rho, most) : rho
  const reason =
    most < 1
      ? `noises with autocorrelations ${phis.join(' and ')} can have every month`
      : `the values of ${between.join(' and ')} can have`
  problems.push({
    path: `${path}.rho`,
    message: `expected a correlation from ${towardZero(least)} to ${towardZero(largest)}, the largest that ${reason}, got ${rho}`,
  })
  return rho
}

/** Whether a name stands for the monthly scores of a history. */
const hasFuturesOf = ({ conversations, segments = [] }: ResolvedScenario, name: string): boolean =>
  (name === 'conversations.noise' && conversations.history !== undefined) ||
  segments.some((own) => name === `segments.${own.name}.conversations.noise` && own.conversations.history !== undefined)

/** Whether the noise acts on a rate in stages. */
export function isStagedNoise({ resolution, offers, segments }: ResolvedScenario, name: string): boolean {
  // The rates of segments differ as those of stages do.
  if (segments && name.endsWith('resolution.noise')) return true
  const own = offers.flatMap(contractsIn).find((offer) => name === `offers.${offer.name}.resolution.noise`)?.resolution
  const { rate, ceiling, offset } = { offset: undefined, ...resolution, ...own }
  return name.endsWith('resolution.noise') && rate !== undefined && hasStages({ rate, ceiling, offset })
}

/** A `rho` may exceed its bound by this rounding error. */
const ROUNDING = 1e-9

const towardZero = (rho: number): number => Math.trunc(rho * 1e4) / 1e4
