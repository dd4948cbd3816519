// The drivers of one trial, month by month, straight from their definitions.

import type { OfferResolution } from '../../src/contract/offer.ts'
import { distributionOf } from '../../src/numerics/distributions/index.ts'
import type { Conversations, Resolution, ResolvedScenario } from '../../src/scenario/resolved.ts'
import { normalCdf } from '../closed-forms/mathematics.ts'
import { rateNoise } from '../closed-forms/rate-noise.ts'
import type { Draws } from './inputs.ts'

export const monthsOf = ({ months }: { readonly months: number }): number[] => Array.from({ length: months }, (_, m) => m)

/** x_0 = s z_0, x_m = φ x_{m−1} + s √(1 − φ²) z_m: stationary with standard deviation s, unless x_{−1} is known. */
function autoregression(sd: number, phi: number, months: number, innovation: (month: number) => number, before?: number): number[] {
  const x: number[] = []
  for (let m = 0; m < months; m++) {
    const last = m === 0 ? before : x[m - 1]
    x.push(last === undefined ? sd * innovation(0) : phi * last + sd * Math.sqrt(1 - phi * phi) * innovation(m))
  }
  return x
}

/** All conversations V of each month. */
export function conversationsOf(scenario: ResolvedScenario, draws: Draws): number[] {
  const { conversations: c, start, months } = scenario
  const noise = c.bootstrap ? pastFactors(c.bootstrap, months, draws) : noiseFactors(scenario, draws)
  const spike = spikeFactors(c, months, draws)
  return monthsOf(scenario).map((m) => expectedConversations(c, start, m, draws) * noise[m] * spike[m])
}

function expectedConversations(c: Conversations, start: number, m: number, draws: Draws): number {
  if (c.monthly) return c.monthly[m]
  if (c.base === undefined) throw new Error('neither base nor monthly')
  const base = draws.value(c.base, 'conversations.base')
  const growth = c.growth ? draws.value(c.growth.value, 'conversations.growth', 'conversations.growth.value') : 0
  const years = c.growth?.per === 'year' ? m / 12 : m
  const factors = c.seasonality
  const season = factors ? factors[(start + m) % 12] / (factors.reduce((a, b) => a + b, 0) / 12) : 1
  return base * (1 + growth) ** years * season
}

/** exp(x − σ²/2), which has mean 1. */
function noiseFactors({ conversations: c, start, months }: ResolvedScenario, draws: Draws): number[] {
  if (!c.noise || c.noise.cv === 0) return Array(months).fill(1)
  const variance = Math.log(1 + c.noise.cv ** 2)
  const before = c.last === undefined ? undefined : Math.log(c.last / expectedConversations(c, start, -1, draws)) + variance / 2
  const innovation = (m: number) => draws.monthly('conversations.noise', m)
  const x = autoregression(Math.sqrt(variance), c.noise.autocorrelation, months, innovation, before)
  return x.map((level) => Math.exp(level - variance / 2))
}

/** Past ratios by their mean, in circular blocks that are drawn in the order of their sums. */
function pastFactors({ block, ratios }: NonNullable<Conversations['bootstrap']>, months: number, draws: Draws): number[] {
  const n = ratios.length
  const mean = ratios.reduce((a, b) => a + b, 0) / n
  const from = (k: number) => Array.from({ length: block }, (_, j) => ratios[(k + j) % n])
  const sum = (k: number) => from(k).reduce((a, b) => a + b, 0)
  const blocks = ratios.map((_, k) => k).sort((a, b) => sum(a) - sum(b) || a - b)
  return monthsOf({ months }).map((m) => {
    const share = normalCdf(draws.monthly('conversations.bootstrap', Math.floor(m / block)))
    return from(blocks[Math.min(n - 1, Math.floor(n * share))])[m % block] / mean
  })
}

/** The product of the running spikes. A spike that starts in month s runs in s, s + 1, … s + months − 1. */
function spikeFactors(c: Conversations, months: number, draws: Draws): number[] {
  const factors: number[] = Array(months).fill(1)
  if (!c.spikes || c.spikes.probability === 0) return factors
  for (let start = 0; start < months; start++) {
    const size = draws.monthly('conversations.spikes', start)
    for (let m = start; m < Math.min(months, start + c.spikes.months); m++) factors[m] *= size
  }
  return factors
}

/** Share of conversations that the AI takes part in. A stage holds up to and including its `until`. */
export function involvementOf({ conversations: c, start, months }: ResolvedScenario, draws: Draws): number[] {
  const name = 'conversations.involvement'
  return monthsOf({ months }).map((m) => {
    if (!isSchedule(c.involvement)) return draws.value(c.involvement, name)
    const stage = c.involvement.findIndex(({ until }) => until === undefined || start + m <= until)
    return draws.value(c.involvement[stage].value, `${name}[${stage}].value`, `${name}[${stage}]`)
  })
}

type Schedule = Extract<Conversations['involvement'], readonly unknown[]>
const isSchedule = (involvement: Conversations['involvement']): involvement is Schedule => Array.isArray(involvement)

/** One offer's resolution rate. Its own parameters come with the path under which they are drawn. */
export interface OwnedResolution {
  readonly stated: Resolution & { readonly offset: OfferResolution['offset'] }
  readonly pathOf: (key: keyof OfferResolution) => string
  readonly owns: (key: keyof OfferResolution) => boolean
}

export function owned(
  shared: Resolution | undefined,
  offer?: { name: string; resolution?: OfferResolution },
): OwnedResolution | undefined {
  const own = offer?.resolution ?? {}
  const owns = (key: keyof OfferResolution) => own[key] !== undefined
  const rate = own.rate ?? shared?.rate
  if (rate === undefined) return undefined
  const defaults = { approach: 'linear', ceiling: 1, offset: undefined } as const
  return {
    stated: { ...defaults, ...shared, ...own, rate },
    owns,
    pathOf: (key) => (owns(key) ? `offers.${offer?.name}.resolution.${key}` : `resolution.${key}`),
  }
}

/** The trend of month m before offset and setbacks, for given values of its parameters. */
export function trend(r: Resolution, m: number, drawn: { rate: number; ceiling: number; improvement: number }): number {
  const { ceiling, improvement } = drawn
  const rate = Math.min(drawn.rate, ceiling)
  if (!r.improvement) return rate
  const { kind, per } = r.improvement
  const monthly = per === 'month' ? improvement : kind === 'points' ? improvement / 12 : (1 + improvement) ** (1 / 12) - 1
  if (r.approach === 'saturating') {
    const slope = kind === 'points' ? monthly : monthly * rate
    return ceiling === rate ? ceiling : ceiling - (ceiling - rate) * Math.exp((-slope * m) / (ceiling - rate))
  }
  return Math.min(ceiling, kind === 'points' ? rate + monthly * m : rate * (1 + monthly) ** m)
}

/** The genuine resolution rate R of each month, or undefined if none is stated. */
export function resolutionOf(
  scenario: ResolvedScenario,
  draws: Draws,
  offer?: { name: string; resolution?: OfferResolution },
): number[] | undefined {
  const r = owned(scenario.resolution, offer)
  if (!r) return undefined
  const { stated, pathOf, owns } = r
  const draw = (key: 'rate' | 'ceiling' | 'offset', value = stated[key]) =>
    value === undefined ? 0 : draws.value(value, pathOf(key))
  const improvement = stated.improvement
    ? draws.value(stated.improvement.value, pathOf('improvement'), `${pathOf('improvement')}.value`)
    : 0
  const drawn = { rate: draw('rate'), ceiling: draw('ceiling'), improvement }
  const offset = draw('offset')
  const lost = setbackLosses(stated, pathOf('setbacks'), scenario.months, draws)
  // A shared noise keeps the shared scale, whatever the offer's own rate or offset.
  const scaleBy = owns('noise') ? r : owned(scenario.resolution)
  const y = logOddsNoise(stated, scaleBy, pathOf('noise'), scenario.months, draws)
  return monthsOf(scenario).map((m) => {
    const mu = clamp(trend(stated, m, drawn) + offset - lost[m])
    return y ? logistic(Math.log(mu / (1 - mu)) + y.shift + y.levels[m]) : mu
  })
}

const clamp = (share: number): number => Math.min(1, Math.max(0, share))

const logistic = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds))

/** Σ size · max(0, 1 − k/months) over the setbacks that began k months before. */
function setbackLosses(r: Resolution, name: string, months: number, draws: Draws): number[] {
  const losses: number[] = Array(months).fill(0)
  if (!r.setbacks || r.setbacks.probability === 0) return losses
  for (let start = 0; start < months; start++) {
    const size = draws.monthly(name, start)
    for (let m = start; m < months; m++) losses[m] += size * Math.max(0, 1 - (m - start) / r.setbacks.months)
  }
  return losses
}

function logOddsNoise(
  r: Resolution,
  scaleBy: OwnedResolution | undefined,
  name: string,
  months: number,
  draws: Draws,
): { readonly shift: number; readonly levels: readonly number[] } | undefined {
  if (!r.noise || r.noise.sd === 0 || !scaleBy) return undefined
  const { shift, tau } = rateNoise(startingPoint(scaleBy.stated), r.noise.sd)
  return { shift, levels: autoregression(tau, r.noise.autocorrelation, months, (m) => draws.monthly(name, m)) }
}

/** μ_0 of the point estimate: every driver at its mean, setbacks off. */
export function startingPoint({ rate, ceiling, offset }: OwnedResolution['stated']): number {
  const mean = (value: typeof rate) => distributionOf(value).mean
  return clamp(Math.min(mean(rate), mean(ceiling)) + (offset === undefined ? 0 : mean(offset)))
}
