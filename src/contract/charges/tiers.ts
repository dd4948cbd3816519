// The parts that graduated and volume tiers share.
import { formatQuantity } from '../../notation/money.ts'
import type { Line, Operation, PriceIndex } from '../compiled.ts'
import { byUse, type LineKinds } from '../lines.ts'
import { perOf } from '../modifiers/dates.ts'
import type { Layer, Period } from '../operation.ts'
import {
  type ChargeParts,
  type ChargeSpeech,
  type ChargeTools,
  everyPeriod,
  type Misfit,
  moneyMinimum,
  noLevels,
  paidByUse,
  type Tier,
  unsorted,
} from './model.ts'

export const tierLines: LineKinds = {
  tier: byUse,
  'tier fee': { explain: ({ from, off }) => `due above ${formatQuantity(from)}${off}` },
}

/** The prices of tiers in words. */
export const tierWords = (tiers: readonly Pick<ChargeSpeech, 'value'>[]): string =>
  tiers
    .map(({ value }) => {
      const [to, fee] = [value('to'), value('fee')]
      const reach = to === '' ? (tiers.length > 1 ? ' beyond' : '') : ` up to ${to}`
      return `${value('price')}${reach}${fee === '' ? '' : `, with a fee of ${fee}`}`
    })
    .join(', then ')

export const tierRefusals = {
  ...paidByUse,
  ...noLevels,
  price: 'each tier has its own price',
  overage: 'the last tier has no upper bound',
} as const

export const tierMisfits = (
  key: string,
  tiers: readonly { readonly to?: number | undefined }[],
  minimum: object | undefined,
): Misfit[] => [...unsorted(key, tiers), ...moneyMinimum(minimum, 'tiers have no single price at which a quantity could be billed')]

/** The line, price and role of a tier's units. */
export type TierUnits = (k: number) => Line & { readonly price: PriceIndex; readonly overage: boolean }

/**
 * Compiles tiers. `operationsOf` gives the operations of tier k's units, where `from(k)` is the quantity at which the tier starts. The
 * fee of a tier is due once the quantity exceeds it.
 */
export function tieredParts(
  charge: { readonly layer?: Layer | undefined; readonly period?: Period | undefined },
  stated: readonly Tier[],
  tools: ChargeTools,
  operationsOf: (k: number, from: (k: number) => number, units: TierUnits) => readonly Operation[],
): ChargeParts {
  const { overage } = tools
  const line = (k: number): Line => ({ line: `tier ${k + 1}`, role: 'tier', layer: charge.layer ?? 'usage' })
  const placed = stated.map(({ price, fee }) => ({
    price: tools.price(price),
    fee: fee === undefined ? undefined : tools.price(fee),
  }))
  const units: TierUnits = (k) => ({ ...line(k), price: placed[k].price, overage })
  const periods = everyPeriod(perOf({}, charge), tools.applies, ({ share }) => {
    const from = (k: number) => (k === 0 ? 0 : (stated[k - 1].to ?? 0) * share)
    return placed.flatMap(({ fee }, k): Operation[] => {
      const entered = { ...line(k), line: `tier ${k + 1}, fee`, role: 'tier fee' }
      const due: Operation[] =
        fee === undefined ? [] : [{ kind: 'step', times: 1, above: from(k), overage, price: fee, ...entered }]
      return [...operationsOf(k, from, units), ...due]
    })
  })
  return { periods, fixed: [], own: line(0) }
}
