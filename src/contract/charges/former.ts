// What the simulation bills by until it reads contracts: four models, without modifiers but a minimum.
import type { Bound, Operation, Value } from '../operation.ts'
import { MONTHS } from '../spans.ts'
import type { ResolvedCharge } from './index.ts'
import { layerOr } from './model.ts'

/** A charge as the program sees it: distributions are inputs by now. */
export interface Billing {
  /** Months over which quantities accumulate: 1, 3 or 12. */
  readonly period: number
  readonly operations: readonly Operation[]
  readonly minimum?: { readonly amount: Value; readonly times: number; readonly period: number }
}

const plain = (amount: unknown): Value => amount as Value
const KNOWN = new Set(['model', 'meter', 'price', 'overage', 'commitment', 'fee', 'seats', 'per', 'paid', 'id', 'layer', 'minimum'])

export function billingOf(charge: Bound<ResolvedCharge>): Billing {
  const stated = JSON.stringify(charge)
  if (Object.keys(charge).some((key) => !KNOWN.has(key)) || stated.includes('"until"') || stated.includes('"currency"'))
    return { period: 1, operations: [] }
  switch (charge.model) {
    case 'unit': {
      const { price, layer, minimum: floor } = charge
      const minimum = floor && {
        amount: 'quantity' in floor ? plain(price) : plain(floor.money),
        times: 'quantity' in floor ? floor.quantity : 1,
        period: MONTHS[floor.per ?? 'month'],
      }
      const operation = { kind: 'hinge', price: plain(price), above: 0, line: 'usage', layer: layerOr(layer, 'usage') } as const
      return { period: 1, operations: [operation], ...(minimum && { minimum }) }
    }
    case 'commitment': {
      const { quantity, per = 'month' } = charge.commitment as { quantity: number; per?: 'month' | 'quarter' | 'year' }
      const prepaid = {
        kind: 'fixed',
        amount: plain(charge.price),
        times: quantity,
        per,
        upfront: charge.paid === 'upfront',
      } as const
      const over = { kind: 'hinge', price: plain(charge.overage), above: quantity, overage: true, period: MONTHS[per] } as const
      return {
        period: MONTHS[per],
        operations: [
          { ...prepaid, line: 'commitment', layer: layerOr(charge.layer, 'commitment') },
          { ...over, line: 'overage', layer: layerOr(charge.layer, 'overage') },
        ],
      }
    }
    case 'fee': {
      const per = charge.fee.per ?? charge.per ?? 'month'
      const layer = layerOr(charge.layer, per === 'once' ? 'set-up' : 'platform')
      const upfront = charge.paid === 'upfront'
      return {
        period: 1,
        operations: [{ kind: 'fixed', amount: plain(charge.fee.value), times: 1, per, upfront, line: 'fee', layer }],
      }
    }
    case 'seats': {
      const { seats, paid, price } = charge
      const per = price.per === undefined || price.per === 'once' ? 'month' : price.per
      const line = { line: 'seats', layer: layerOr(charge.layer, 'platform'), amount: plain(price.value) } as const
      return {
        period: 1,
        operations:
          typeof seats === 'number'
            ? [{ kind: 'fixed', times: seats, per, upfront: paid === 'upfront', ...line }]
            : [{ kind: 'package', times: 1 / MONTHS[per], above: 0, size: seats.perAgent, ...line }],
      }
    }
    default:
      return { period: 1, operations: [] }
  }
}
