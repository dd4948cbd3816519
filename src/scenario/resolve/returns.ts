// Checks what comes back: the AI cannot take it back in the same month, and no resolution is credited twice. Warns about returns that cost
// nobody anything.
import { type CountedShares, contractsIn, type OfferResolution, type ResolvedOffer } from '../../contract/offer.ts'
import { membersOf } from '../../contract/segments.ts'
import { type Problem, pathText } from '../../errors.ts'
import { mergedLayers, rateLayers } from '../rate-layers.ts'
import type { ResolvedScenario, ResolvedSegment } from '../resolved.ts'

export function checkReturns(scenario: ResolvedScenario, problems: Problem[]): void {
  for (const { path, resolution } of resolutionsIn(scenario)) {
    const { returns } = resolution
    if (returns?.to === 'ai' && returns.lag === 0)
      problems.push({
        path: `${path}.returns.lag`,
        message: 'expected a lag of 1 or more, such as lag: 1, since the AI may try again from the next month on, got 0',
      })
    if (returns?.to === 'ai' && scenario.actuals?.resolutions)
      problems.push({
        path: `${path}.returns.to`,
        message:
          'expected people, or actuals without the column of resolutions, since a file of closed months does not say how many of its resolutions are of conversations that came back to the AI, got "ai"',
      })
  }
  for (const offer of scenario.offers.flatMap(contractsIn)) {
    const [all, ...inSegments] = countedIn(offer)
    checkCounted(all.path, all.counted, problems)
    for (const { path, counted } of inSegments) {
      // An error in the offer's own fields holds for all its segments, and is reported once.
      if (!isDouble(all.counted)) checkCounted(path, { ...all.counted, ...counted }, problems)
    }
  }
}

const isDouble = ({ reopened, returned }: CountedShares): boolean => returned !== undefined && reopened.share !== 0

function checkCounted(path: string, counted: CountedShares, problems: Problem[]): void {
  if (isDouble(counted))
    problems.push({
      path: `${path}.returned`,
      message:
        'remove `returned` or `reopened`: both say what the vendor does with resolutions whose customers come back, and they would be credited twice',
    })
}

interface Stated {
  readonly path: string
  readonly resolution: Pick<OfferResolution, 'returns'>
}

/** Every resolution that the plan states. */
function resolutionsIn({ resolution, segments = [], offers }: ResolvedScenario): Stated[] {
  const at = (path: string, own: Stated['resolution'] | undefined) => (own ? [{ path, resolution: own }] : [])
  return [
    ...at('resolution', resolution),
    ...segments.flatMap((own) => at(pathText(['segments', own.name, 'resolution']), own.resolution)),
    ...offers
      .flatMap(contractsIn)
      .flatMap((offer) => [
        ...at(`offers.${offer.name}.resolution`, offer.resolution),
        ...(offer.segments ?? []).flatMap((own) =>
          at(`offers.${offer.name}.${pathText(['segments', own.name, 'resolution'])}`, own.resolution),
        ),
      ]),
  ]
}

/** Whether anybody comes back in the plan. */
export const statesReturns = (scenario: ResolvedScenario): boolean =>
  resolutionsIn(scenario).some(({ resolution }) => resolution.returns !== undefined)

/** What an offer counts, then what it counts in segments of their own. */
function countedIn({
  name,
  counted,
  segments = [],
}: ResolvedOffer): [
  { readonly path: string; readonly counted: CountedShares },
  ...{ readonly path: string; readonly counted: Partial<CountedShares> }[],
] {
  return [
    { path: `offers.${name}.counted`, counted },
    ...segments.flatMap((own) =>
      own.counted ? [{ path: `offers.${name}.${pathText(['segments', own.name, 'counted'])}`, counted: own.counted }] : [],
    ),
  ]
}

/** Warnings by path, each once an offer. */
export function returnWarnings(scenario: ResolvedScenario): string[] {
  return scenario.offers.flatMap(contractsIn).flatMap((offer) => {
    const streams = streamsOf(scenario, offer)
    const path = `offers.${offer.name}.counted`
    const free = streams.some(({ counted, returns, staffed }) => counted.reopened.share !== 0 && staffed && returns === undefined)
    const idle =
      streams.some(({ counted }) => counted.returned === 'credited') && streams.every(({ returns }) => returns === undefined)
    return [...(free ? [`${path}.reopened${FREE}`] : []), ...(idle ? [`${path}.returned${IDLE}`] : [])]
  })
}

const FREE =
  ": those who come back cost nobody anything in this plan, since the share is the vendor's credit and no work. `resolution.returns` says how many come back and who handles them"
const IDLE = ': has no effect, since no `resolution.returns` says how many come back'

interface Stream {
  readonly counted: CountedShares
  readonly returns: OfferResolution['returns']
  /** Whether people cost anything there. */
  readonly staffed: boolean
}

/** An offer's terms in each segment that it serves. */
function streamsOf({ resolution, segments, human }: ResolvedScenario, offer: ResolvedOffer): Stream[] {
  const names = segments?.map(({ name }) => name) ?? []
  const served: (ResolvedSegment | undefined)[] = segments ? membersOf(offer.of, names).map((s) => segments[s]) : [undefined]
  return served.map((segment) => ({
    counted: { ...offer.counted, ...offer.segments?.find(({ name }) => name === segment?.name)?.counted },
    returns: mergedLayers(rateLayers<OfferResolution>(resolution, segment, offer)).returns,
    staffed: (human ?? segment?.human) !== undefined,
  }))
}
