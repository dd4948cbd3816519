// A contract as an audit reads it: its definition of a resolution, the highest price of a unit, and the bill for given counts.
import type { StatedDefinition } from '../../contract/catalog/entry.ts'
import { catalog } from '../../contract/catalog/index.ts'
import { metersOf } from '../../contract/checks.ts'
import { DEFINITION_NAMES } from '../../contract/definitions/index.ts'
import { UsageError } from '../../errors.ts'
import { billContract, type BillEntry } from '../bill.ts'
import { certain } from '../certain.ts'
import { pow } from '../../numerics/kernel/math.ts'
import { formatMonth } from '../../months.ts'
import { compile } from '../../compile/compile.ts'
import { type Reader, resolve } from '../../scenario/resolve/resolve.ts'
import { readScenario } from '../../scenario/read.ts'
import type { ResolvedScenario } from '../../scenario/resolved.ts'

const noFiles: Reader = { read: () => Promise.reject(new UsageError('an audit reads no files that an offer names')) }

/** The name of an offer in the catalog, or an offer as a scenario writes it. */
export type OfferInput = string | object

export interface AuditedContract {
  readonly name: string
  readonly title: string
  /** Absent if the catalog states no definition. */
  readonly stated?: StatedDefinition
}

/** @throws UsageError if the catalog has no such offer */
export function contractOf(offer: OfferInput): AuditedContract {
  if (typeof offer === 'string') {
    const entry = catalog.get(offer)
    if (!entry) throw new UsageError(`offer: expected an offer of the catalog (billcast offers lists them), got "${offer}"`)
    return { name: offer, title: entry.title, ...(entry.definition && { stated: entry.definition }) }
  }
  const { title, catalog: named } = offer as { readonly title?: unknown; readonly catalog?: unknown }
  const entry = typeof named === 'string' ? catalog.get(named) : undefined
  return {
    name: 'contract',
    title: typeof title === 'string' ? title : (entry?.title ?? 'the contract'),
    ...(entry?.definition && { stated: entry.definition }),
  }
}

/** The units of each meter in one month. */
export interface MonthUse {
  readonly conversations: number
  readonly resolutions: number
}

/** Bills a contract for given counts. */
export class Biller {
  readonly #scenario: ResolvedScenario
  readonly #start: number
  readonly #prices = new Map<number, number | undefined>()

  private constructor(scenario: ResolvedScenario, start: number) {
    this.#scenario = scenario
    this.#start = start
  }

  /** @throws ScenarioError for an offer that is not valid */
  static async of(offer: OfferInput, start: number, months: number): Promise<Biller> {
    const written = typeof offer === 'string' ? { catalog: offer } : offer
    // The audit counts by itself. The shares that a forecast uses instead would count twice.
    const { counted: _counted, resolution: _resolution, offset: _offset, ...terms } = written as Record<string, unknown>
    const source = readScenario({
      start: formatMonth(start),
      months,
      conversations: { monthly: new Array<number>(months).fill(1) },
      resolution: { rate: '50%' },
      offers: { contract: terms },
    })
    const { scenario } = await resolve(source, noFiles)
    return new Biller(certain(scenario), start)
  }

  entries(use: readonly MonthUse[]): readonly BillEntry[] {
    const program = compile(this.#scenario, { measure: 'bill', pairs: 'none' })
    const involved = use.map(({ conversations }) => Math.max(conversations, 1e-9))
    return billContract(program, program.offers[0], {
      tickets: use.map(({ conversations }) => conversations),
      involved,
      rate: use.map(({ resolutions }, m) => resolutions / involved[m]),
    }).entries
  }

  total(use: readonly MonthUse[]): number {
    return this.entries(use).reduce((sum, { amount }) => sum + amount, 0)
  }

  /** The highest price of a unit in a month; undefined if no charge has a unit price. */
  priceIn(month: number): number | undefined {
    if (!this.#prices.has(month)) this.#prices.set(month, this.#highestIn(month))
    return this.#prices.get(month)
  }

  #highestIn(month: number): number | undefined {
    const [offer] = this.#scenario.offers
    const years = Math.max(0, Math.floor((month - this.#start) / 12))
    const prices = offer.charges.flatMap((charge) => {
      const meters = metersOf(charge)
      if (!meters.includes('resolutions') && !meters.includes('conversations')) return []
      const { escalator = 0 } = charge as { readonly escalator?: number }
      const factor = pow(1 + (typeof escalator === 'number' ? escalator : 0), years)
      // The price of a package is not a unit price.
      return 'package' in charge ? [] : pricesIn(charge).map((price) => price * factor)
    })
    return prices.length > 0 ? Math.max(...prices) : undefined
  }
}

/** Every price in a charge, its tiers and its stages. */
function pricesIn(node: unknown, key = ''): number[] {
  if (typeof node === 'number') return key === 'price' || key === 'overage' ? [node] : []
  if (Array.isArray(node)) return node.flatMap((item) => pricesIn(item, key))
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([name, item]) => pricesIn(item, name === 'value' ? key : name))
}

/** Definitions that a contract may count by. */
export const COUNTS = [...DEFINITION_NAMES, 'conversation'] as const
