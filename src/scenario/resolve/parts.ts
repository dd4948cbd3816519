// Checks the parts of offers: who gets which share of the conversations, month by month.
import { ownName, type ResolvedOffer } from '../../contract/offer.ts'
import { liveOf } from '../../contract/modifiers/dates.ts'
import type { PartShares, Share } from '../../contract/shares.ts'
import { partShares } from '../../contract/traffic.ts'
import { type Problem, shown } from '../../errors.ts'
import { formatMonth } from '../../months.ts'
import { formatShare } from '../../notation/money.ts'
import { distributionOf, type Uncertain } from '../../numerics/distributions/index.ts'
import type { ResolvedScenario } from '../resolved.ts'
import { wantedSegment } from './segment-names.ts'

/** Certain shares may exceed 100% by this rounding error. */
const SLACK = 1e-9

type Parted = ResolvedOffer & { readonly parts: readonly ResolvedOffer[] }
const isParted = (offer: ResolvedOffer): offer is Parted => offer.parts !== undefined

const namesIn = ({ segments }: ResolvedScenario): readonly string[] => segments?.map(({ name }) => name) ?? ['']

export function checkParts(scenario: ResolvedScenario, problems: Problem[]): void {
  for (const offer of scenario.offers.filter(isParted)) {
    const say = (key: string, message: string) => void problems.push({ path: `offers.${offer.name}.${key}`, message })
    const before = problems.length
    checkNames(offer, scenario, say)
    if (problems.length === before) checkShares(offer, scenario, say)
  }
}

type Say = (key: string, message: string) => void

function checkNames({ parts, traffic = {}, shadow = {} }: Parted, scenario: ResolvedScenario, say: Say): void {
  const names = parts.map(({ name }) => ownName(name))
  for (const [key, stated] of [
    ['traffic', traffic],
    ['shadow', shadow],
  ] as const)
    for (const name of Object.keys(stated))
      if (!names.includes(name)) say(`${key}.${name}`, `expected the name of a part (${names.join(', ')}), got ${shown(name)}`)
  const segments = scenario.segments?.map(({ name }) => name) ?? []
  for (const [name, share] of Object.entries(traffic)) {
    if (typeof share !== 'object' || Array.isArray(share) || 'distribution' in share) continue
    for (const segment of Object.keys(share))
      if (!segments.includes(segment)) say(`traffic.${name}.${segment}`, `expected ${wantedSegment(segment, segments)}`)
  }
  for (const part of parts) {
    const last = shadow[ownName(part.name)]
    const first = scenario.start + liveOf(part, scenario).start
    if (last !== undefined && last < first)
      say(
        `shadow.${ownName(part.name)}`,
        `expected ${formatMonth(first)}, the part's first month, or a later one, got ${formatMonth(last)}`,
      )
  }
}

interface Live {
  readonly name: string
  readonly share: Share<Uncertain>
  readonly shadow: boolean
}

/** The parts that are live in a segment and month. */
const liveIn = (all: readonly PartShares<Uncertain>[], { parts }: Parted, s: number, m: number): Live[] =>
  parts.flatMap(({ name }, p) => {
    const share = all[p].shares[s][m]
    return share === 0 ? [] : [{ name: ownName(name), share, shadow: all[p].shadow[m] }]
  })

const sumOf = (live: readonly Live[], of: (share: Uncertain) => number): number =>
  live.reduce((sum, { share, shadow }) => sum + (shadow || share === 'rest' ? 0 : of(share as Uncertain)), 0)
const certain = (share: Uncertain): number => (typeof share === 'number' ? share : 0)

function checkShares(offer: Parted, scenario: ResolvedScenario, say: Say): void {
  const { start, months, counting } = scenario
  const segments = namesIn(scenario)
  const all = partShares<Uncertain>(offer, { start, months, segments })
  for (let m = 0; m < months; m++)
    for (const [s, segment] of segments.entries()) {
      const live = liveIn(all, offer, s, m)
      const where = `${segment === '' ? '' : ` of ${segment}`} in ${formatMonth(start + m)}`
      const hidden = live.find(({ share, shadow }) => shadow && share === 'rest')
      const open = live.filter(({ share, shadow }) => !shadow && share === 'rest')
      const sum = sumOf(live, certain)
      if (hidden)
        return say(
          `traffic.${hidden.name}`,
          `expected the share that it is billed for in the shadow${where}, such as 10%, got nothing`,
        )
      if (open.length > 1)
        return say(
          `traffic.${open[1].name}`,
          `expected a share such as 20%, since ${open[0].name} and ${open[1].name} are both live${where} and only one part may take the rest, got nothing`,
        )
      if (sum > 1 + SLACK) return say('traffic', `expected shares of at most 100% together, got ${formatShare(sum)}${where}`)
      const whole = live.every(({ share }) => share === 'rest' || share === 1)
      if (counting === 'sampled' && !whole)
        return say(
          'traffic',
          `expected shares of 0% or 100% beside \`counting: sampled\`, since it draws whole conversations, got others${where}`,
        )
    }
}

/** Notes on months in which nobody takes a part of the conversations. */
export function trafficNotes(scenario: ResolvedScenario): string[] {
  const { start, months } = scenario
  const segments = namesIn(scenario)
  return scenario.offers.filter(isParted).flatMap((offer) => {
    const all = partShares<Uncertain>(offer, { start, months, segments })
    const open = Array.from({ length: months }, (_, m) => m).filter((m) =>
      segments.some((_, s) => {
        const live = liveIn(all, offer, s, m).filter(({ shadow }) => !shadow)
        return !live.some(({ share }) => share === 'rest') && sumOf(live, (share) => distributionOf(share).mean) < 1 - SLACK
      }),
    )
    if (open.length === 0) return []
    const named =
      open.length > 3
        ? `${formatMonth(start + open[0])} and ${open.length - 1} other months`
        : open.map((m) => formatMonth(start + m)).join(', ')
    return [`offers.${offer.name}.traffic: no part takes all of the conversations in ${named}, so people handle the rest`]
  })
}
