// The mean counts of the plan's first month: every input at its mean, no noise. They stand in for the usage of a contract before the plan.
import type { ChargeProgram } from '../contract/compiled.ts'
import type { Value } from '../contract/operation.ts'
import type { MeterProgram, OfferSegmentProgram, RateProgram, SegmentProgram } from './program.ts'

interface TypicalSetting {
  readonly segments: readonly SegmentProgram[]
  readonly rates: readonly RateProgram[]
  readonly meters: readonly MeterProgram[]
  mean(value: Value): number
  /** The share of a segment's conversations that the contract gets. */
  share(segment: number): number
}

/** @param own what the offer does in each segment */
export function typicalCount(
  quantity: ChargeProgram['quantity'],
  own: readonly OfferSegmentProgram[],
  setting: TypicalSetting,
): number {
  return quantity.reduce((sum, { meter, weight }) => sum + weight * countOf(setting.meters[meter], own, setting), 0)
}

function countOf(
  meter: MeterProgram,
  own: readonly OfferSegmentProgram[],
  { segments, rates, mean, share }: TypicalSetting,
): number {
  const { segment } = meter
  const tickets = share(segment) * typicalTickets(segments, segment, mean)
  const { served, involvement } = own[segment]
  const handled = served ? tickets * mean(involvement[0]) : 0
  const resolved = 'rate' in meter && meter.rate !== undefined ? handled * rateIn(rates[meter.rate], mean) : 0
  switch (meter.kind) {
    case 'tickets':
      return tickets
    case 'conversations':
      return handled
    case 'seeming':
      return resolved
    case 'genuine':
      return resolved * (1 - mean(meter.returned.shares[0]))
    case 'escalations':
      return handled - resolved
    case 'people':
      return tickets - resolved + (meter.returned?.lag === 0 ? mean(meter.returned.shares[0]) * resolved : 0)
    case 'billable': {
      const { returned, lag } = meter
      const counted = mean(meter.resolved[0]) * resolved + mean(meter.unresolved[0]) * (handled - resolved)
      const billed = lag === 0 ? counted * (1 - mean(meter.reopened[0])) : counted
      return returned?.lag === 0 ? billed - mean(returned.shares[0]) * mean(meter.resolved[0]) * resolved : billed
    }
    case 'quantity': {
      const per = { ticket: tickets, conversation: handled, resolution: resolved, escalation: handled - resolved }
      return mean(meter.each[0]) * per[meter.per]
    }
  }
}

/** The mean conversations of a segment in the first month. */
export function typicalTickets(segments: readonly SegmentProgram[], place: number, mean: TypicalSetting['mean']): number {
  const { level, shares } = segments[place]
  const all = level.levels[0] * (level.bases ? mean(level.bases[0]) : 1)
  if (!shares) return all
  return (all * mean(shares[0])) / segments.reduce((sum, own) => sum + (own.shares ? mean(own.shares[0]) : 0), 0)
}

function rateIn({ rates, ceilings, offsets }: RateProgram, mean: TypicalSetting['mean']): number {
  const start = Math.min(mean(rates[0]), mean(ceilings[0]))
  return Math.min(1, Math.max(0, start + (offsets ? mean(offsets[0]) : 0)))
}
