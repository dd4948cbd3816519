// The drivers of one trial, month by month, straight from their definitions.

import type { OfferResolution, ResolvedOffer } from '../../src/contract/offer.ts'
import { distributionOf } from '../../src/numerics/distributions/index.ts'
import type { Conversations, Resolution, ResolvedScenario, ResolvedSegment } from '../../src/scenario/resolved.ts'
import { normalCdf } from '../closed-forms/mathematics.ts'
import { rateNoise } from '../closed-forms/rate-noise.ts'
import type { Uncertain } from '../../src/numerics/distributions/distribution.ts'
import type { Draws } from './inputs.ts'
import { monthsOfAll } from './periods.ts'
import { beginOf, holding, nameIn, type Staged } from './stages.ts'

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

/** The volume of one stream: what it states, and where. */
interface Stream {
  readonly stated: Omit<Conversations, 'involvement' | 'actions' | 'minutes'>
  readonly pathOf: (key: 'base' | 'growth') => string
}

const planStream = ({ conversations }: ResolvedScenario): Stream => ({
  stated: conversations,
  pathOf: (key) => `conversations.${key}`,
})

/** Its own keys, and growth, seasons and days of the plan where it states none. Its own `monthly` replaces all of them. */
function segmentStream({ conversations: shared }: ResolvedScenario, { name, conversations: own }: ResolvedSegment): Stream {
  const { growth, seasonality, days } = shared
  const inherited = own.monthly ? {} : { growth, seasonality, days }
  const stated = Object.fromEntries(Object.entries({ ...inherited, ...own }).filter(([, value]) => value !== undefined))
  return {
    stated: stated as Stream['stated'],
    pathOf: (key) => (own[key] === undefined ? `conversations.${key}` : `segments.${name}.conversations.${key}`),
  }
}

/** All conversations V of each segment and month. A plan without segments has one. */
export function conversationsOf(scenario: ResolvedScenario, draws: Draws): number[][] {
  const { conversations: c, segments, start, months } = scenario
  const whole = planStream(scenario)
  const sharing = segments?.some(({ share }) => share !== undefined) ?? false
  const streams = segments && !sharing ? segments.map((segment) => segmentStream(scenario, segment)) : [whole]
  const before = () => streams.reduce((sum, stream) => sum + expectedConversations(stream, start, -1, draws), 0)
  const noise = c.bootstrap ? pastFactors(c.bootstrap, months, draws) : noiseFactors('conversations', c, scenario, draws, before)
  const spike = spikeFactors('conversations', c, months, draws)
  const shared = (m: number) => noise[m] * spike[m]
  if (!segments) return [monthsOf(scenario).map((m) => expectedConversations(whole, start, m, draws) * shared(m))]
  const shareIn = ({ name, share }: ResolvedSegment, m: number) =>
    share === undefined ? 0 : draws.staged(share, start + m, `segments.${name}.share`)
  return segments.map((segment, s) => {
    const path = `segments.${segment.name}.conversations`
    const stream = sharing ? whole : streams[s]
    const last = () => expectedConversations(stream, start, -1, draws)
    const own = noiseFactors(path, segment.conversations, scenario, draws, last)
    const spikes = spikeFactors(path, segment.conversations, months, draws)
    return monthsOf(scenario).map((m) => {
      const sum = segments.reduce((all, other) => all + shareIn(other, m), 0)
      const part = sharing ? shareIn(segment, m) / sum : 1
      return part * expectedConversations(stream, start, m, draws) * shared(m) * own[m] * spikes[m]
    })
  })
}

function expectedConversations({ stated: c, pathOf }: Stream, start: number, m: number, draws: Draws): number {
  if (c.monthly) return c.monthly[m]
  if (c.base === undefined) throw new Error('neither base nor monthly')
  const base = draws.staged(c.base, start + Math.max(0, m), pathOf('base'))
  // The stage of a month makes the step to it from the month before.
  const step = (k: number) => {
    if (!c.growth) return 1
    const { value, per } = holding(c.growth, start + k)
    const name = nameIn(c.growth, start + k, pathOf('growth'))
    return (1 + draws.value(value, name, `${name}.value`)) ** (per === 'year' ? 1 / 12 : 1)
  }
  let grown = m < 0 ? 1 / step(0) : 1
  for (let k = beginOf(c.base, start, m) + 1; k <= m; k++) grown *= step(k)
  const factors = c.seasonality
  const season = factors ? factors[(start + m) % 12] / (factors.reduce((a, b) => a + b, 0) / 12) : 1
  return base * grown * season
}

/** exp(x − σ²/2), which has mean 1. @param expected the expected volume of the month before the first */
function noiseFactors(
  path: string,
  c: Pick<Conversations, 'noise' | 'last'>,
  { months }: ResolvedScenario,
  draws: Draws,
  expected: () => number,
): number[] {
  if (!c.noise || c.noise.cv === 0) return Array(months).fill(1)
  const variance = Math.log(1 + c.noise.cv ** 2)
  const before = c.last === undefined ? undefined : Math.log(c.last / expected()) + variance / 2
  const innovation = (m: number) => draws.monthly(`${path}.noise`, m)
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
function spikeFactors(path: string, c: Pick<Conversations, 'spikes'>, months: number, draws: Draws): number[] {
  const factors: number[] = Array(months).fill(1)
  if (!c.spikes || c.spikes.probability === 0) return factors
  for (let start = 0; start < months; start++) {
    const size = draws.monthly(`${path}.spikes`, start)
    for (let m = start; m < Math.min(months, start + c.spikes.months); m++) factors[m] *= size
  }
  return factors
}

/** A value that comes from the last of the layers that state it, with its path. */
export function lastOf<T>(
  layers: readonly (readonly [path: string, value: T | undefined])[],
): readonly [path: string, value: T] | undefined {
  const found = layers.findLast(([, value]) => value !== undefined)
  return found && [found[0], found[1] as T]
}

/** Share of conversations that the AI takes part in, with an offer or without one. A stage holds up to and including its `until`. */
export function involvementOf(
  { conversations, segments, offers, start, months }: ResolvedScenario,
  segment: number,
  draws: Draws,
  offer?: ResolvedOffer,
): number[] {
  const own = segments?.[segment]
  const inside = offer?.segments?.find(({ name }) => name === own?.name)
  const whole = offers.find(({ name }) => offer?.name.startsWith(`${name}.parts.`))
  const [path, value] = lastOf([
    ['conversations.involvement', conversations.involvement],
    [`segments.${own?.name}.conversations.involvement`, own?.conversations.involvement],
    [`offers.${whole?.name}.involvement`, whole?.involvement],
    [`offers.${offer?.name}.involvement`, offer?.involvement],
    [`offers.${offer?.name}.segments.${own?.name}.involvement`, inside?.involvement],
  ]) ?? ['', 1]
  const [from, end] = monthsOfAll(offer ? [offer] : [], { start, months })
  return monthsOf({ months }).map((m) => (m >= from && m < end ? draws.staged(value, start + m, path) : 0))
}

type Own = OfferResolution
type Layers = readonly (readonly [path: string, own: Own | undefined])[]

/** A resolution rate. Its parameters come with the path under which they are drawn. */
export interface OwnedResolution {
  readonly stated: Omit<Resolution, 'rate'> & { readonly rate: Staged<Uncertain>; readonly offset: OfferResolution['offset'] }
  readonly pathOf: (key: keyof OfferResolution) => string
}

/** Where a rate may be stated: in the plan, the segment, the offer, and the offer in the segment. */
function layersOf({ resolution, segments }: ResolvedScenario, segment: number, offer?: ResolvedOffer): Layers {
  const own = segments?.[segment]
  const inside = offer?.segments?.find(({ name }) => name === own?.name)
  return [
    ['resolution', resolution],
    [`segments.${own?.name}.resolution`, own?.resolution],
    [`offers.${offer?.name}.resolution`, offer?.resolution],
    [`offers.${offer?.name}.segments.${own?.name}.resolution`, inside?.resolution],
  ]
}

function owned(layers: Layers): OwnedResolution | undefined {
  const of = <K extends keyof Own>(key: K) => lastOf(layers.map(([path, own]) => [`${path}.${key}`, own?.[key]] as const))
  const rate = of('rate')
  if (!rate) return undefined
  const defaults = { approach: 'linear', ceiling: 1, offset: undefined } as const
  return {
    stated: { ...defaults, ...Object.assign({}, ...layers.map(([, own]) => own ?? {})), rate: rate[1] },
    pathOf: (key) => of(key)?.[0] ?? `resolution.${key}`,
  }
}

/** The layers whose point estimate scales the noise: an offer changes the scale only if it states noise itself. */
function scaling(layers: Layers): Layers {
  const k = layers.findLastIndex(([, own]) => own?.noise !== undefined)
  const kept = layers.slice(0, Math.max(2, k + 1))
  return kept.some(([, own]) => own?.rate !== undefined) ? kept : layers
}

interface Step {
  readonly kind: 'points' | 'relative'
  readonly per: 'month' | 'year'
  readonly value: number
}

/** The trend after some steps from a rate, before offset and setbacks. */
export function trend(
  approach: Resolution['approach'],
  steps: readonly Step[],
  drawn: { readonly rate: number; readonly ceiling: number },
): number {
  const { ceiling } = drawn
  const rate = Math.min(drawn.rate, ceiling)
  const monthly = steps.map(({ kind, per, value }) =>
    per === 'month' ? value : kind === 'points' ? value / 12 : (1 + value) ** (1 / 12) - 1,
  )
  if (approach === 'saturating') {
    const slopes = monthly.map((step, k) => (steps[k].kind === 'points' ? step : step * rate))
    const left = slopes.reduce((gap, slope) => gap * Math.exp(-slope / (ceiling - rate)), ceiling - rate)
    return ceiling === rate ? ceiling : ceiling - left
  }
  const risen = monthly.reduce((level, step, k) => (steps[k].kind === 'points' ? level + step : level * (1 + step)), rate)
  return Math.min(ceiling, risen)
}

/** The genuine resolution rate R of each month in a segment, or undefined if none is stated. */
export function resolutionOf(
  scenario: ResolvedScenario,
  segment: number,
  draws: Draws,
  offer?: ResolvedOffer,
): number[] | undefined {
  const layers = layersOf(scenario, segment, offer)
  const r = owned(layers)
  if (!r) return undefined
  const { stated, pathOf } = r
  const { start } = scenario
  const [from] = monthsOfAll(offer ? [offer] : [], scenario)
  const draw = (key: 'rate' | 'offset' | 'ceiling', m: number, value = stated[key]) =>
    value === undefined ? 0 : draws.staged(value, start + m, pathOf(key))
  const stepTo = (m: number): Step[] => {
    if (!stated.improvement) return []
    const { value, ...step } = holding(stated.improvement, start + m)
    const name = nameIn(stated.improvement, start + m, pathOf('improvement'))
    return [{ ...step, value: draws.value(value, name, `${name}.value`) }]
  }
  const trendAt = (m: number) => {
    const begin = Math.max(beginOf(stated.rate, start, m), Math.min(from, m))
    const steps = Array.from({ length: m - begin }, (_, k) => stepTo(begin + 1 + k)).flat()
    return trend(stated.approach, steps, { rate: draw('rate', m), ceiling: draw('ceiling', m) })
  }
  const lost = setbackLosses(stated, pathOf('setbacks'), scenario.months, draws)
  const y = logOddsNoise(stated, owned(scaling(layers)), pathOf('noise'), scenario, draws)
  return monthsOf(scenario).map((m) => {
    const mu = clamp(trendAt(m) + draw('offset', m) - lost[m])
    const noise = y?.(m)
    return noise === undefined ? mu : logistic(Math.log(mu / (1 - mu)) + noise)
  })
}

const clamp = (share: number): number => Math.min(1, Math.max(0, share))

const logistic = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds))

/** Σ size · max(0, 1 − k/months) over the setbacks that began k months before. */
function setbackLosses(r: Pick<Resolution, 'setbacks'>, name: string, months: number, draws: Draws): number[] {
  const losses: number[] = Array(months).fill(0)
  if (!r.setbacks || r.setbacks.probability === 0) return losses
  for (let start = 0; start < months; start++) {
    const size = draws.monthly(name, start)
    for (let m = start; m < months; m++) losses[m] += size * Math.max(0, 1 - (m - start) / r.setbacks.months)
  }
  return losses
}

function logOddsNoise(
  r: Pick<Resolution, 'noise'>,
  scaleBy: OwnedResolution | undefined,
  name: string,
  { start, months }: ResolvedScenario,
  draws: Draws,
): ((m: number) => number | undefined) | undefined {
  if (!r.noise || r.noise.sd === 0 || !scaleBy) return undefined
  const { sd, autocorrelation } = r.noise
  const unit = autoregression(1, autocorrelation, months, (m) => draws.monthly(name, m))
  return (m) => {
    const point = startingPoint(scaleBy.stated, start + m)
    // A stage that is certain to be 0% or 100% has no noise.
    if (!(point > 0 && point < 1)) return undefined
    const { shift, tau } = rateNoise(point, sd)
    return shift + tau * unit[m]
  }
}

/** μ_0 of the point estimate for the stage of a month: every driver at its mean, setbacks off. */
export function startingPoint({ rate, ceiling, offset }: OwnedResolution['stated'], month: number): number {
  const mean = (value: Staged<Uncertain>) => distributionOf(holding(value, month)).mean
  return clamp(Math.min(mean(rate), mean(ceiling)) + (offset === undefined ? 0 : mean(offset)))
}
