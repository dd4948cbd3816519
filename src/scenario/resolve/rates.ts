// Checks resolution rates: a rate if an offer depends on it, noise only between 0% and 100%, saturating improvement only upward.
import { metersOf } from '../../contract/checks.ts'
import { isStaged, type Staged, stagesIn } from '../../contract/stages.ts'
import { contractsIn, type OfferResolution, type ResolvedOffer } from '../../contract/offer.ts'
import { type Improvement, sixDigits } from '../../contract/schema.ts'
import type { Problem } from '../../errors.ts'
import { distributionOf } from '../../numerics/distributions/index.ts'
import { largestSpread } from '../../numerics/distributions/special/logit-normal.ts'
import type { ResolvedScenario } from '../resolved.ts'
import { membersOf } from '../../contract/segments.ts'
import { mergedLayers, noiseLayer, type RateLayer, rateLayers } from '../rate-layers.ts'
import { hasStages, startingRates } from '../starting-rate.ts'
import { dependsOnRate } from './quantities.ts'

type Layer = RateLayer<OfferResolution>

export function checkRates(scenario: ResolvedScenario, problems: Problem[]): void {
  const { resolution, offers, segments } = scenario
  if (resolution && resolution.rate === undefined && !segments) {
    problems.push({ path: 'resolution.rate', message: 'expected a share from 0% to 100%, got nothing' })
    return
  }
  if (lacksRate(scenario, problems)) return
  const streams = segments ?? [undefined]
  const plain = segments ? [] : [rateLayers<OfferResolution>(resolution, undefined)]
  const ofSegments = segments?.map((segment) => rateLayers<OfferResolution>(resolution, segment)) ?? []
  const ofOffers = offers
    .flatMap(contractsIn)
    .flatMap((offer) => streams.map((segment) => rateLayers<OfferResolution>(resolution, segment, offer)))
  const all = [...plain, ...ofSegments, ...ofOffers]
  const found: Problem[] = []
  for (const layers of all) checkNoise(layers, scenario, found)
  for (const { path, own } of all.flat()) checkKinds(path, own.improvement, found)
  for (const layers of all) checkSaturating(layers, found)
  // The same layer is part of several rates.
  const known = new Set<string>()
  for (const problem of found) {
    const key = `${problem.path} ${problem.message}`
    if (!known.has(key)) problems.push(problem)
    known.add(key)
  }
}

/** Adds a problem for the first offer that needs a rate which no layer states. */
function lacksRate(scenario: ResolvedScenario, problems: Problem[]): boolean {
  const { resolution, segments } = scenario
  const offers = scenario.offers.flatMap(contractsIn)
  const say = (path: string, offer: string) => {
    problems.push({ path, message: `expected a rate such as 65% (offer ${offer} depends on it), got nothing` })
    return true
  }
  if (!segments) {
    const needing = resolution
      ? undefined
      : offers.find((offer) => offer.resolution?.rate === undefined && needsRate(offer, scenario))
    return needing ? say('resolution.rate', needing.name) : false
  }
  const names = segments.map(({ name }) => name)
  for (const offer of offers) {
    if (!needsRate(offer, scenario)) continue
    const lacking = membersOf(offer.of, names).find(
      (s) => !rateLayers<OfferResolution>(resolution, segments[s], offer).some(({ own }) => own.rate !== undefined),
    )
    if (lacking !== undefined) return say(`segments.${names[lacking]}.resolution.rate`, offer.name)
  }
  return false
}

function needsRate(offer: ResolvedOffer, scenario: ResolvedScenario): boolean {
  const { resolution: own, charges, refund, guarantee } = offer
  const counted = charges.some((charge) => metersOf(charge).some((name) => dependsOnRate(name, scenario, offer)))
  const people = scenario.human ?? scenario.segments?.find(({ human }) => human)
  return [people, own, refund, guarantee].some((term) => term !== undefined) || counted
}

/** Noise acts on the log-odds, which are infinite at a rate of 0 or 1. No share varies more than one that is either 0 or 1. */
function checkNoise(layers: readonly Layer[], calendar: Pick<ResolvedScenario, 'start' | 'months'>, problems: Problem[]): void {
  const holding = noiseLayer(layers)
  const noise = holding?.layer.own.noise
  if (!holding || !noise || noise.sd === 0) return
  const { path } = holding.layer
  const { rate, ceiling, offset } = mergedLayers(holding.strength)
  if (rate === undefined) return
  const starts = startingRates({ rate, ceiling, offset }, calendar, (value) => distributionOf(value).mean)
  const staged = hasStages({ rate, ceiling, offset })
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

function checkSaturating(layers: readonly Layer[], problems: Problem[]): void {
  const { approach, improvement } = mergedLayers(layers)
  if (approach !== 'saturating' || improvement === undefined) return
  const path = layers[layers.length - 1].path
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
