// Describes the assumptions of a scenario in words.

import { citationsOf, sourceText } from '../../contract/catalog/entry.ts'
import { catalog } from '../../contract/catalog/index.ts'
import { isStaged, type Staged, type Stages } from '../../contract/stages.ts'
import type { FieldRecord } from '../../contract/field.ts'
import { formatMonth } from '../../months.ts'
import { isFields, valueAt } from '../../notation/fields.ts'
import { formatNumber } from '../../notation/number.ts'
import { opinionsIn } from '../../numerics/distributions/experts.ts'
import { type Distribution, distributionOf, type Uncertain } from '../../numerics/distributions/index.ts'
import { uncertainInputs } from '../../scenario/names.ts'
import { type FieldPlace, fieldEntries, scenarioPlaces } from '../../scenario/places.ts'
import type { ResolvedScenario } from '../../scenario/resolved.ts'
import type { ValueSource } from '../../scenario/sources.ts'

export interface Assumption {
  /** The input's name, such as `resolution.rate`. */
  readonly name: string
  readonly value: string
}

type Write = (value: number) => string

/** Writes numbers of a field: shares in percent, changes of a share in points, others with separators. */
function writerOf({ kind }: Pick<FieldRecord, 'kind'>): Write {
  const unit = kind === 'share' || kind === 'change' ? '%' : kind === 'points' || kind === 'shift' ? 'pt' : ''
  return (value) => `${formatNumber(Number(((unit === '' ? 1 : 100) * value).toPrecision(5)), 0, 6)}${unit}`
}

function described(value: Staged<Uncertain>, number: Write): string {
  if (isStaged<unknown>(value)) {
    const stages = value as Stages<Uncertain>
    return stages
      .map(({ until, value: own }) => `${described(own, number)}${until === undefined ? '' : ` until ${formatMonth(until)}`}`)
      .join(', then ')
  }
  return describedOnce(value as Uncertain, number)
}

function describedOnce(value: Uncertain, number: Write): string {
  if (typeof value === 'number') return number(value)
  return opinionsIn(value)
    ? `all experts together, ${ofDistribution(distributionOf(value), number, '')}`
    : ofDistribution(distributionOf(value), number)
}

function ofDistribution(distribution: Distribution, number: Write, name = `${distribution.name}, `): string {
  const at = (p: number) => number(distribution.quantile(p, 1 - p))
  return `${name}mean ${number(distribution.mean)}, P5 to P95 ${at(0.05)} to ${at(0.95)}`
}

/** The drivers, then every other uncertain input. */
export function assumptionsOf(scenario: ResolvedScenario, places: FieldPlace = scenarioPlaces()): Assumption[] {
  const drivers = driversOf(scenario, places)
  const shown = new Set(drivers.map(({ name }) => name))
  const inputs = uncertainInputs(scenario, places).flatMap(({ name, spec, field }) => [
    ...(shown.has(name) ? [] : [{ name, value: described(spec, writerOf(field)) }]),
    ...(opinionsIn(spec)?.experts ?? []).map(({ name: who, share, distribution }) => ({
      name: `${name}, ${who}`,
      value: `weight ${Math.round(100 * share)}%: ${ofDistribution(distribution, writerOf(field))}`,
    })),
  ])
  return [...drivers, ...inputs]
}

/** Drivers that a report states even if they are certain. The parts of one driver, such as noise, share a line. */
function driversOf(scenario: ResolvedScenario, places: FieldPlace): Assumption[] {
  const found = new Map<string, string[]>()
  for (const { pattern, field } of fieldEntries(places)) {
    const { stated } = field
    const keys = pattern.split('.')
    const value = stated === undefined ? undefined : valueAt(scenario, keys)
    if (stated === undefined || value === undefined) continue
    const whole = keys.length < 3
    const text = stated === true ? described(value as Staged<Uncertain>, writerOf(field)) : stated(value as never)
    const name = keys.slice(0, 2).join('.')
    found.set(name, [...(found.get(name) ?? []), whole || stated !== true ? text : `${keys[2]} ${text}`])
  }
  return [...found].map(([name, parts]) => ({ name, value: parts.join(', ') }))
}

/** The sources of catalog figures, for offers and parts that refer to the catalog, with what other sources say. */
export function catalogSources(data: unknown): ValueSource[] {
  if (!isFields(data) || !isFields(data.offers)) return []
  return Object.entries(data.offers).flatMap(([name, offer]) => {
    const path = `offers.${name}`
    const parts = isFields(offer) && isFields(offer.parts) ? Object.entries(offer.parts) : []
    return [...sourcesOf(offer, path), ...parts.flatMap(([part, own]) => sourcesOf(own, `${path}.parts.${part}`))]
  })
}

function sourcesOf(offer: unknown, place: string): ValueSource[] {
  const entry = isFields(offer) && typeof offer.catalog === 'string' ? catalog.get(offer.catalog) : undefined
  if (!entry) return []
  return citationsOf(entry.offer).map(({ path, conflicts = [], ...cite }) => ({
    path: `${place}.${path}`,
    source: [
      `${cite.value}: ${sourceText(cite)}`,
      ...conflicts.map((other) => `Another source says ${other.value}: ${sourceText(other)}`),
    ].join('. '),
  }))
}
