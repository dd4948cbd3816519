// What a scenario assumes, in words.
import { citationsOf } from '../../contract/catalog/entry.ts'
import { catalogue } from '../../contract/catalog/index.ts'
import { opinionsIn } from '../../numerics/distributions/experts.ts'
import { type Distribution, distributionOf, type Uncertain } from '../../numerics/distributions/index.ts'
import { inputsOf } from '../../scenario/names.ts'
import type { ResolvedScenario } from '../../scenario/resolved.ts'
import type { ValueSource } from '../../scenario/sources.ts'

export interface Assumption {
  /** The input's canonical name. */
  readonly name: string
  readonly value: string
}

const number = (value: number): string => String(Number(value.toPrecision(6)))

function described(value: Uncertain): string {
  if (typeof value === 'number') return number(value)
  return opinionsIn(value) ? `experts together, ${ofLaw(distributionOf(value), '')}` : ofLaw(distributionOf(value))
}

function ofLaw(law: Distribution, name = `${law.name}, `): string {
  const at = (p: number) => number(law.quantile(p, 1 - p))
  return `${name}mean ${number(law.mean)}, P5 to P95 ${at(0.05)} to ${at(0.95)}`
}

/** The drivers, then every other input that is uncertain. */
export function assumptionsOf(scenario: ResolvedScenario): Assumption[] {
  const { conversations, resolution } = scenario
  const { noise, last, bootstrap, spikes } = conversations
  const told: Assumption[] = [
    conversations.monthly
      ? { name: 'conversations', value: conversations.monthly.map(number).join(' ') }
      : { name: 'conversations.base', value: described(conversations.base ?? 0) },
  ]
  const tell = (name: string, value: string) => told.push({ name, value })
  if (noise) tell('conversations.noise', `cv ${number(noise.cv)}, autocorrelation ${noise.autocorrelation}`)
  if (last !== undefined) tell('conversations.last', `${number(last)} in the month before: the noise goes on from there`)
  if (bootstrap)
    tell('conversations.bootstrap', `deviations of ${bootstrap.ratios.length} past months, in blocks of ${bootstrap.block}`)
  if (spikes) tell('conversations.spikes', `probability ${spikes.probability} a month, size ${described(spikes.size)}`)
  if (resolution) tell('resolution.rate', described(resolution.rate))
  if (resolution?.noise)
    tell('resolution.noise', `sd ${number(resolution.noise.sd)}, autocorrelation ${resolution.noise.autocorrelation}`)
  for (const { name, spec } of inputsOf(scenario)) {
    if (name !== 'resolution.rate' && name !== 'conversations.base') tell(name, described(spec))
    for (const { name: who, share, law } of opinionsIn(spec)?.experts ?? [])
      tell(`${name}, ${who}`, `weight ${Math.round(100 * share)} %: ${ofLaw(law)}`)
  }
  return told
}

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Where figures of the catalogue come from, for the offers of a scenario that name one of its entries. */
export function catalogueSources(data: unknown): ValueSource[] {
  if (!isFields(data) || !isFields(data.offers)) return []
  return Object.entries(data.offers).flatMap(([name, offer]) => {
    const entry = isFields(offer) && typeof offer.catalog === 'string' ? catalogue.get(offer.catalog) : undefined
    if (!entry) return []
    return citationsOf(entry.offer).map(({ path, value, from }) => ({
      path: `offers.${name}.${path}`,
      source: `${value}: ${from.title}, ${from.publisher}, ${from.asOf}`,
    }))
  })
}
