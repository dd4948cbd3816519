// A contract as an audit reads it: what it counts, what its units may cost, and what counts of months come to.

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

const nothing: Reader = { read: () => Promise.reject(new UsageError('an audit reads no files of a scenario')) }

/** An offer of the catalog by its name, or as a scenario writes it. */
export type OfferInput = string | object

export interface AuditedContract {
  readonly name: string
  readonly title: string
  /** Absent where nobody stated one. */
  readonly stated?: StatedDefinition
}

/** @throws UsageError where the catalog has no such offer */
export function contractOf(offer: OfferInput): AuditedContract {
  if (typeof offer !== 'string') {
    const { title, catalog: named } = offer as { readonly title?: unknown; readonly catalog?: unknown }
    const entry = typeof named === 'string' ? catalog.get(named) : undefined
    return {
      name: 'contract',
      title: typeof title === 'string' ? title : (entry?.title ?? 'the contract'),
      ...(entry?.definition && { stated: entry.definition }),
    }
  }
  const entry = catalog.get(offer)
  if (!entry) throw new UsageError(`offer: expected one of the catalog (billcast offers lists them), got "${offer}"`)
  return { name: offer, title: entry.title, ...(entry.definition && { stated: entry.definition }) }
}

/** What each month had: the units of each meter. */
export interface MonthUse {
  readonly conversations: number
  readonly resolutions: number
}

/** The contract's bill of each month for given counts. */
export class Biller {
  readonly #scenario: ResolvedScenario
  readonly #start: number
  readonly #prices = new Map<number, number | undefined>()

  private constructor(scenario: ResolvedScenario, start: number) {
    this.#scenario = scenario
    this.#start = start
  }

  /** @throws ScenarioError where the offer is none */
  static async of(offer: OfferInput, start: number, months: number): Promise<Biller> {
    const written = typeof offer === 'string' ? { catalog: offer } : offer
    // What counts is counted here: shares that stand for it in a forecast would count twice.
    const { counted: _counted, resolution: _resolution, offset: _offset, ...terms } = written as Record<string, unknown>
    const source = readScenario({
      start: formatMonth(start),
      months,
      conversations: { monthly: new Array<number>(months).fill(1) },
      resolution: { rate: '50%' },
      offers: { contract: terms },
    })
    const { scenario } = await resolve(source, nothing)
    return new Biller(certain(scenario), start)
  }

  /** Every line of the bill. */
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

  /** The highest price that a unit of what is billed may have in a month; undefined where no charge has one. */
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
      // A package's price is not that of a unit.
      return 'package' in charge ? [] : pricesIn(charge).map((price) => price * factor)
    })
    return prices.length > 0 ? Math.max(...prices) : undefined
  }
}

/** Every price that stands in a charge, its tiers and its stages. */
function pricesIn(node: unknown, key = ''): number[] {
  if (typeof node === 'number') return key === 'price' || key === 'overage' ? [node] : []
  if (Array.isArray(node)) return node.flatMap((item) => pricesIn(item, key))
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([name, item]) => pricesIn(item, name === 'value' ? key : name))
}

/** Definitions that a contract may count by. */
export const COUNTS = [...DEFINITION_NAMES, 'conversation'] as const
