// Checks resolution rates: a rate if an offer depends on it, noise only between 0% and 100%, saturating improvement only upward.
import { metersOf } from '../../contract/checks.ts'
import { isStaged, type Staged, stagesIn } from '../../contract/fields.ts'
import type { OfferResolution, ResolvedOffer } from '../../contract/offer.ts'
import { type Improvement, sixDigits } from '../../contract/schema.ts'
import type { Problem } from '../../errors.ts'
import { distributionOf } from '../../numerics/distributions/index.ts'
import { largestSpread } from '../../numerics/distributions/special/logit-normal.ts'
import type { ResolvedScenario } from '../resolved.ts'
import { hasStages, startingRates } from '../starting-rate.ts'

export function checkRates(scenario: ResolvedScenario, problems: Problem[]): void {
  const { resolution, offers } = scenario
  const needing = resolution ? undefined : offers.find((offer) => needsRate(offer, scenario))
  if (needing) {
    problems.push({
      path: 'resolution.rate',
      message: `expected a rate such as 65% (offer ${needing.name} depends on it), got nothing`,
    })
    return
  }
  if (resolution?.noise) checkNoise('resolution', resolution, scenario, problems)
  for (const { name, resolution: own } of offers)
    if (own?.noise) checkNoise(`offers.${name}.resolution`, { ...resolution, ...own }, scenario, problems)
  for (const [path, own] of [
    ['resolution', resolution] as const,
    ...offers.map((offer) => [`offers.${offer.name}.resolution`, offer.resolution] as const),
  ])
    checkKinds(path, own?.improvement, problems)
  checkSaturating('resolution', resolution?.approach, resolution?.improvement, problems)
  for (const { name, resolution: own } of offers) {
    const approach = own?.approach ?? resolution?.approach
    checkSaturating(`offers.${name}.resolution`, approach, own?.improvement ?? resolution?.improvement, problems)
  }
}

function needsRate({ resolution: own, charges, refund, guarantee }: ResolvedOffer, { human }: ResolvedScenario): boolean {
  if (own?.rate !== undefined) return false
  const counted = charges.some((charge) => metersOf(charge).some((name) => name === 'resolutions' || name === 'escalations'))
  return [human, own, refund, guarantee].some((term) => term !== undefined) || counted
}

/** Noise acts on the log-odds, which are infinite at a rate of 0 or 1. No share varies more than one that is either 0 or 1. */
function checkNoise(
  path: string,
  { rate, ceiling, offset, noise }: OfferResolution,
  calendar: Pick<ResolvedScenario, 'start' | 'months'>,
  problems: Problem[],
): void {
  if (!noise || noise.sd === 0 || rate === undefined) return
  const starts = startingRates({ rate, ceiling, offset }, calendar, (value) => distributionOf(value).mean)
  const staged = hasStages({ rate, offset })
  for (const start of new Set(starts)) if (checkSpread(path, start, noise.sd, staged, problems)) return
}

/** Returns whether the noise is impossible. A stage with a rate of 0% or 100% has no noise. */
function checkSpread(path: string, start: number, sd: number, staged: boolean, problems: Problem[]): boolean {
  if (!(start > 0 && start < 1)) {
    if (staged) return false
    problems.push({
      path: `${path}.noise`,
      message: `expected a rate above 0% and below 100% if there is noise, got a rate of ${100 * start}%`,
    })
    return true
  }
  const largest = largestSpread(start)
  if (sd < largest) return false
  problems.push({
    path: `${path}.noise.sd`,
    message: `expected less than ${roundedDown(100 * largest)}pt, the limit for a rate with a mean of ${sixDigits(100 * start)}%, got ${sixDigits(100 * sd)}pt`,
  })
  return true
}

const roundedDown = (points: number): number => Math.floor(points * 1e4) / 1e4

type StagedImprovement = Staged<Improvement> | undefined

function checkSaturating(path: string, approach: unknown, improvement: StagedImprovement, problems: Problem[]): void {
  if (approach !== 'saturating' || improvement === undefined) return
  const falling = stagesIn(improvement).find(({ value }) => distributionOf(value).quantile(1e-6, 1 - 1e-6) < 0)
  if (!falling) return
  const { kind, per } = falling
  const unit = kind === 'points' ? 'pt' : '%'
  problems.push({
    path: `${path}.improvement`,
    message: `expected an improvement of 0 or more in nearly all trials for the saturating approach, such as pert(0${unit}, 1${unit}, 2${unit})/${per}, got one that may be negative`,
  })
}

/** Points add up and percentages compound, so that all stages are one or the other. */
function checkKinds(path: string, improvement: StagedImprovement, problems: Problem[]): void {
  if (improvement === undefined || !isStaged(improvement)) return
  const [{ value: first }] = improvement
  improvement.forEach(({ value }, k) => {
    if (value.kind === first.kind) return
    const unit = first.kind === 'points' ? 'points such as 1pt/month' : 'a percentage such as 1%/month'
    problems.push({ path: `${path}.improvement[${k}].value`, message: `expected ${unit}, as in the first stage` })
  })
}
