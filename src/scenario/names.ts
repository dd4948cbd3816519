// The names of uncertain inputs: their paths in the scenario as written, a charge by its `id` where it has one.

import { isForeign } from '../contract/money.ts'
import { type DistributionSpec, isSpec } from '../numerics/distributions/index.ts'
import type { ResolvedScenario } from './resolved.ts'

export interface InputSpec {
  readonly name: string
  readonly spec: DistributionSpec
}

/** Sizes that are drawn every month are no once-a-trial inputs. */
const MONTHLY = /\.(spikes|setbacks)\.size$/

/** Replaces every once-a-trial distribution by what `visit` returns for it; everything else is copied. */
export function mapInputs(node: unknown, visit: (name: string, spec: DistributionSpec) => unknown, name = ''): unknown {
  if (typeof node !== 'object' || node === null || ArrayBuffer.isView(node)) return node
  if (isSpec(node)) return MONTHLY.test(name) ? node : visit(name, node)
  // An amount in another currency is one field to those who write it.
  if (isForeign(node)) return { ...node, value: mapInputs(node.value, visit, name) }
  const join = (key: string) => (name === '' ? key : `${name}.${key}`)
  if (Array.isArray(node)) {
    const parent = name.endsWith('.charges') || name === 'offers'
    return node.map((item, k) => {
      const own = parent ? (item as { id?: string; name?: string }) : undefined
      const label = name === 'offers' ? `.${own?.name}` : own?.id !== undefined ? `.${own.id}` : `[${k}]`
      return mapInputs(item, visit, name + label)
    })
  }
  return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, mapInputs(item, visit, valueName(join(key)))]))
}

/** `{ value, per }` and the like are one field to those who write it. */
const valueName = (name: string): string =>
  name
    .replace(/(growth|improvement|running|fee|price)\.value$/, '$1')
    .replace(/(minimum|maximum|limit)\.money$/, '$1')
    .replace(/\.reopened\.share$/, '.reopened')

/** All once-a-trial inputs, in written order. */
export function inputsOf(scenario: ResolvedScenario): InputSpec[] {
  const found: InputSpec[] = []
  mapInputs(scenario, (name, spec) => found.push({ name, spec }))
  return found
}

/** The canonical form of a name: `offers.ada.price` is short for the only price, an index is accepted for an `id`. */
export function canonicalName(scenario: ResolvedScenario, name: string): string | undefined {
  if (name === 'conversations.noise') return scenario.conversations.noise ? name : undefined
  if (name === 'resolution.noise') return scenario.resolution?.noise ? name : undefined
  const names = inputsOf(scenario).map((input) => input.name)
  if (names.includes(name)) return name
  const parts = /^offers\.([^.]+)\.(.+)$/.exec(name)
  if (!parts) return undefined
  const [, offerName, rest] = parts
  const offer = scenario.offers.find((candidate) => candidate.name === offerName)
  if (!offer) return undefined
  if (rest === 'resolution.noise') return offer.resolution?.noise ? name : undefined
  if (rest === 'offset' || rest === 'resolution.offset')
    return names.find((known) => known === `offers.${offerName}.resolution.offset`)
  if (rest === 'price') {
    const prices = names.filter((known) => known.startsWith(`offers.${offerName}.charges`) && known.endsWith('.price'))
    return prices.length === 1 ? prices[0] : undefined
  }
  const byIndex = /^charges\[(\d+)\]\.(.+)$/.exec(rest)
  const id = byIndex ? offer.charges[Number(byIndex[1])]?.id : undefined
  const named = byIndex && id !== undefined ? `offers.${offerName}.charges.${id}.${byIndex[2]}` : undefined
  return named !== undefined && names.includes(named) ? named : undefined
}
