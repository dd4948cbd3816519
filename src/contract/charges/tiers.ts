// Lines and checks that the tiered models share.
import { formatQuantity } from '../../notation/money.ts'
import type { Line } from '../compiled.ts'
import { byUse, type LineKinds } from '../lines.ts'
import type { Layer } from '../operation.ts'
import type { Misfit } from './model.ts'

export const tierLine = (k: number, layer: Layer): Line => ({ line: `tier ${k + 1}`, role: 'tier', layer })
export const tierFee = (k: number, layer: Layer): Line => ({ line: `tier ${k + 1}, fee`, role: 'tier fee', layer })

export const tierLines: LineKinds = {
  tier: byUse,
  'tier fee': { explain: ({ from, off }) => `due above ${formatQuantity(from)}${off}` },
}

export const tieredMinimum = (minimum: object | undefined): Misfit[] =>
  minimum && 'quantity' in minimum
    ? [{ path: ['minimum'], message: 'expected money such as $30k/year: a quantity has no one price where there are tiers' }]
    : []
