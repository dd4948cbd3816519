// Whether closed months can be those of an offer's contracts: in each of them some noise explains the resolutions.
import { byMonth } from '../../contract/stages.ts'
import { liveOf } from '../../contract/modifiers/dates.ts'
import { contractsIn, type OfferResolution, ownName, type ResolvedOffer } from '../../contract/offer.ts'
import { membersOf } from '../../contract/segments.ts'
import { partShares } from '../../contract/traffic.ts'
import { formatMonth } from '../../months.ts'
import { distributionOf, type Uncertain } from '../../numerics/distributions/index.ts'
import { determinedBy } from '../determined.ts'
import { mergedLayers, noiseLayer, rateLayers } from '../rate-layers.ts'
import type { Actuals, ResolvedScenario, ResolvedSegment } from '../resolved.ts'
import { startingRates } from '../starting-rate.ts'

type Report = (path: string, message: string) => void

/** One contract in one segment, by closed month. */
interface Answering {
  readonly part: number
  readonly segment: number
  /** Whether it resolves any conversations. */
  readonly live: readonly boolean[]
  /** Where its rate stands. */
  readonly path: string
  /** The name of the noise on its rate; absent if it has none. */
  readonly noise?: string
  /** Whether its rate leaves room for noise: above 0% and below 100%. */
  readonly inner: readonly boolean[]
}

/** @returns the names of the noises that every closed month determines */
export function checkAnswered(scenario: ResolvedScenario, actuals: Actuals, problem: Report): ReadonlySet<string> {
  const offer = scenario.offers.find(({ name }) => name === actuals.answered)
  if (!offer) return new Set()
  const streams = answeringIn(offer, scenario, actuals.conversations.length)
  const names = contractsIn(offer).map(({ name }) => ownName(name))
  const groups = numbersOf(actuals).map(({ part, segment, resolutions }) => ({
    resolutions,
    streams: streams.filter(
      (own) => (part === undefined || own.part === part) && (segment === undefined || own.segment === segment),
    ),
    of: [
      ...(part === undefined ? [] : [names[part]]),
      ...(segment === undefined ? [] : [scenario.segments?.[segment].name ?? '']),
    ].join(', '),
  }))
  const told = new Set<string>()
  const tell: Report = (path, message) => {
    if (!told.has(path)) problem(path, message)
    told.add(path)
  }
  const noises = [...new Set(streams.flatMap(({ noise }) => noise ?? []))]
  const known = new Set(noises)
  for (let m = 0; m < actuals.conversations.length; m++) {
    const acting = groups.map((group) => group.streams.flatMap(({ noise, live, inner }) => (live[m] && inner[m] && noise) || []))
    groups.forEach((group, g) => checkMonth(group, acting[g].length > 0, { m, start: scenario.start }, tell))
    const determined = determinedBy(noises, acting, (noise) => noise)
    for (const noise of noises) if (!determined.includes(noise)) known.delete(noise)
  }
  return known
}

interface StatedNumbers {
  readonly streams: readonly Answering[]
  readonly resolutions: readonly number[]
  /** Its part and segment, in words. */
  readonly of: string
}

function checkMonth(
  { streams, resolutions, of }: StatedNumbers,
  noisy: boolean,
  { m, start }: { readonly m: number; readonly start: number },
  tell: Report,
): void {
  const number = resolutions[m]
  const live = streams.filter((own) => own.live[m])
  const where = `${of === '' ? '' : ` of ${of}`} in ${formatMonth(start + m)}`
  if (live.length === 0) {
    if (number > 0) tell('actuals', `0 resolutions${where}, since no AI of the offer resolves conversations there, got ${number}`)
    return
  }
  const edge = live.find(({ inner }) => !inner[m])
  if (noisy && number > 0) return
  if (number === 0) tell('actuals', `more than 0 resolutions${where}, got 0`)
  else if (edge)
    tell(edge.path, 'a rate above 0% and below 100% in every closed month: without noise, actual rates would contradict the plan')
  else tell('resolution.noise', 'noise such as { sd: 2pt }, got none: without noise, actual rates would contradict the plan')
}

/** The numbers of resolutions that a file states: of all together, of segments, of parts, or of both. */
function numbersOf({ resolutions = [], segments, parts }: Actuals): {
  readonly part?: number
  readonly segment?: number
  readonly resolutions: readonly number[]
}[] {
  if (parts)
    return parts.flatMap((own, part) => own.map((numbers, s) => ({ part, ...(segments && { segment: s }), resolutions: numbers })))
  if (segments) return segments.map(({ resolutions: own = [] }, segment) => ({ segment, resolutions: own }))
  return [{ resolutions }]
}

function answeringIn(offer: ResolvedOffer, scenario: ResolvedScenario, closed: number): Answering[] {
  const { start, months } = scenario
  const segments: readonly (ResolvedSegment | undefined)[] = scenario.segments ?? [undefined]
  const names = segments.map((segment) => segment?.name ?? '')
  const sharing = partShares<Uncertain>(offer, { start, months, segments: names })
  return contractsIn(offer).flatMap((contract, part) => {
    const dates = liveOf(contract, { start, months })
    const served = membersOf(contract.of ?? offer.of, names)
    return segments.flatMap((segment, s): Answering[] => {
      if (!served.includes(s)) return []
      const inside = contract.segments?.find(({ name }) => name === names[s])?.involvement
      const { involvement: all } = { ...scenario.conversations, ...segment?.conversations }
      const involvement = byMonth(inside ?? contract.involvement ?? offer.involvement ?? all, start, months)
      const layers = rateLayers<OfferResolution>(scenario.resolution, segment, contract)
      const { rate, ceiling, offset } = mergedLayers(layers)
      if (rate === undefined) return []
      const found = noiseLayer(layers)
      const noise = found?.layer
      const noisy = noise && (noise.own.noise?.sd ?? 0) > 0
      const stated = { rate, ceiling, offset }
      // The noise has the strength that it has at the rate of the layers that state it.
      const courses = [stated, { ...stated, ...mergedLayers(found?.strength ?? []) }].map((own) =>
        startingRates(own, { start, months }, (value) => distributionOf(value).mean),
      )
      const live = Array.from({ length: closed }, (_, m) => {
        const share = offer.parts ? sharing[part].shares[s][m] : 1
        const hidden = offer.parts && sharing[part].shadow[m]
        return m >= dates.start && m < dates.end && share !== 0 && !hidden && involvement[m] !== 0
      })
      return [
        {
          ...{ part, segment: s, live, inner: live.map((_, m) => courses.every((own) => own[m] > 0 && own[m] < 1)) },
          path: `${layers[layers.length - 1].path}.rate`,
          ...(noisy && { noise: `${noise.path}.noise` }),
        },
      ]
    })
  })
}
