// Effective prices: invoices divided by the counts behind them, and the catalog contracts that would have billed most alike.
import { mean, median } from 'simple-statistics'
import type { Calibrated } from '../../forecasting/calibrate.ts'
import { unknownCatalogOffer } from '../../contract/catalog/expand.ts'
import { catalog } from '../../contract/catalog/index.ts'
import { metersOf } from '../../contract/checks.ts'
import { billContract } from '../../invoice/bill.ts'
import { certain } from '../../invoice/certain.ts'
import { UsageError } from '../../errors.ts'
import { formatMonth } from '../../months.ts'
import type { Estimate } from '../../numerics/estimators/estimate.ts'
import { compile } from '../../compile/compile.ts'
import { noFiles } from '../../scenario/resolve/files.ts'
import { resolve } from '../../scenario/resolve/resolve.ts'
import { LIMITS } from '../../limits.ts'
import { readScenario } from '../../scenario/read.ts'
import type { ResolvedScenario } from '../../scenario/resolved.ts'

export interface ContractFit {
  /** The name of an offer in the catalog. */
  readonly offer: string
  readonly title: string
  /** Root mean square of invoice minus bill, as a share of the mean invoice. */
  readonly error: number
  /** The part of the invoices beyond usage, such as seats. Money per month. */
  readonly fixed: number
}

export interface PriceFit {
  readonly months: number
  /** The currency of the invoices: the one that their column states, otherwise the catalog's. */
  readonly currency: string
  /** Invoiced money per unit. The errors come from how the months vary around it. */
  readonly perConversation: Estimate
  readonly perResolution?: Estimate
  /** The contracts that fit best, the best one first. Empty if the invoices are in another currency than the catalog. */
  readonly contracts: readonly ContractFit[]
}

const square = (x: number): number => x * x
const FEWEST = 6
/** Catalog offers state no currency, so they are in that of a plan without one. */
export const CATALOG_CURRENCY = 'USD'
const SHOWN = 5
const FIXED_LAYERS = new Set(['platform', 'set-up', 'management', 'credits'])

/** Undefined if fewer than six consecutive months at the end have an invoice. */
export async function fitPrices({ history }: Calibrated): Promise<PriceFit | undefined> {
  const { conversations, resolutions, invoices, start, currency = CATALOG_CURRENCY } = history
  const comparable = currency === CATALOG_CURRENCY
  if (!invoices) return undefined
  const known = invoices.map((invoice, k) => invoice >= 0 && conversations[k] > 0 && (!resolutions || resolutions[k] >= 0))
  const end = known.lastIndexOf(true) + 1
  const from = Math.max(known.lastIndexOf(false, end - 1) + 1, end - LIMITS.months)
  if (end - from < FEWEST) return undefined
  const [volumes, billed] = [conversations.slice(from, end), invoices.slice(from, end)]
  const resolved = resolutions?.slice(from, end)
  const average = mean(billed)
  return {
    months: end - from,
    currency,
    perConversation: ratioOf(billed, volumes),
    ...(resolved?.some((number) => number > 0) && { perResolution: ratioOf(billed, resolved) }),
    contracts:
      average > 0 && comparable
        ? (await contractsOf({ start: start + from, conversations: volumes, resolutions: resolved, invoices: billed }, COMPARED))
            .slice(0, SHOWN)
            .map(({ fit }) => fit)
        : [],
  }
}

/** A contract whose bills were like the invoices, and what the invoices had beyond them. Money per month. */
export interface ContractAlike extends Pick<ContractFit, 'offer' | 'title' | 'error'> {
  readonly beyond: number
}

/** The contract that bills the months most alike, or a named one. @param counts months that all have an invoice */
export async function contractAlike(
  { start, conversations, resolutions, invoices }: Invoiced,
  offer?: string,
): Promise<ContractAlike | undefined> {
  if (offer !== undefined && !catalog.has(offer)) throw new UsageError(`offer: ${unknownCatalogOffer(offer)}`)
  const names = offer === undefined ? COMPARED : [offer]
  const enough = conversations.length >= FEWEST
  const best = enough ? (await contractsOf({ start, conversations, resolutions, invoices }, names)).at(0) : undefined
  if (best === undefined && offer !== undefined)
    throw new UsageError(
      enough
        ? `offer: expected a history with resolutions, which ${offer} bills, got none`
        : `offer: expected at least ${FEWEST} months with an invoice in ${CATALOG_CURRENCY} before the first start, got ${conversations.length}`,
    )
  if (best === undefined) return undefined
  return alike(best, invoices)
}

function alike({ fit, bills }: BilledContract, invoices: readonly number[]): ContractAlike {
  const { offer, title, error } = fit
  return { offer, title, error, beyond: median(invoices.map((amount, m) => amount - bills[m])) }
}

/** Months with an invoice each. */
export interface Invoiced {
  readonly start: number
  readonly conversations: readonly number[]
  readonly resolutions: readonly number[] | undefined
  readonly invoices: readonly number[]
}

/** The ratio of two sums, with its standard error (Cochran, "Sampling Techniques", 1977, equation 6.13). */
function ratioOf(amounts: readonly number[], counts: readonly number[]): Estimate {
  const [amount, count] = [amounts, counts].map((values) => values.reduce((a, b) => a + b, 0))
  const value = amount / count
  const squares = amounts.reduce((sum, own, k) => sum + square(own - value * counts[k]), 0)
  return { value, se: Math.sqrt((squares * amounts.length) / (amounts.length - 1)) / count }
}

/** Whether a charge of the offer counts resolutions or escalations. */
const countsResolutions = ({ offers }: ResolvedScenario, name: string): boolean =>
  offers.some(
    (offer) =>
      offer.name === name &&
      offer.charges.some((charge) => metersOf(charge).some((meter) => meter === 'resolutions' || meter === 'escalations')),
  )

/** The contracts that invoices are compared with. */
const COMPARED = [...catalog.keys()].filter((name) => name !== 'people')

interface BilledContract {
  readonly fit: ContractFit
  /** By month. */
  readonly bills: readonly number[]
}

async function contractsOf(
  { start, conversations: volumes, resolutions: resolved, invoices: billed }: Invoiced,
  names: readonly string[],
): Promise<BilledContract[]> {
  const written = readScenario({
    start: formatMonth(start),
    months: volumes.length,
    conversations: { monthly: volumes },
    resolution: { rate: '50%' },
    offers: Object.fromEntries(names.map((name) => [name, { catalog: name }])),
  })
  const { scenario } = await resolve(written, noFiles)
  const program = compile(certain(scenario), { measure: 'bill', pairs: 'none' })
  const rate = volumes.map((volume, m) => Math.min(1, (resolved?.[m] ?? 0) / volume))
  return program.offers
    .flatMap((offer) => {
      // Without resolutions in the history, only contracts that count something else can be compared.
      if (resolved === undefined && countsResolutions(scenario, offer.name)) return []
      const { entries } = billContract(program, offer, [{ tickets: volumes, involved: volumes, rate }])
      const sums = (isCounted: (layer: string) => boolean) =>
        volumes.map((_, m) =>
          entries.reduce((sum, { month, layer, amount }) => (month === m && isCounted(layer) ? sum + amount : sum), 0),
        )
      const usage = sums((layer) => !FIXED_LAYERS.has(layer))
      const rest = billed.map((amount, m) => amount - usage[m])
      const fixed = Math.max(0, median(rest))
      const error = Math.sqrt(mean(rest.map((amount) => square(amount - fixed)))) / mean([...billed])
      return [{ fit: { offer: offer.name, title: offer.title, error, fixed }, bills: sums(() => true) }]
    })
    .sort((a, b) => a.fit.error - b.fit.error)
}
