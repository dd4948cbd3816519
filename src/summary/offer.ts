// Summarizes one offer: its costs, resolutions, overage and layers.
import type { PointEstimate } from '../invoice/point.ts'
import type { Functional } from '../numerics/estimators/layout.ts'
import type { MeasuredOverage } from '../simulation/measured.ts'
import { costOf, type Read } from './cost.ts'
import type { Estimate, Mean, OfferSummary, Overage } from './summary.ts'

export function offerSummary(read: Read, offer: number, point: PointEstimate): OfferSummary {
  const { outcome, estimates } = read
  const { measured, program } = outcome
  const { genuine, billable, overage, layers, people, running, meanBill } = measured.offers[offer]
  const bill = costOf(read, offer, 'bill', point)
  const total = program.distinctTotal ? costOf(read, offer, 'total', point) : bill
  const billed = measured.offers[offer].bill.series
  const all = measured.offers[offer].total.series
  const perConversation = estimates.ratio(meanBill, measured.means.sumOf(measured.tickets), billed)
  const perResolution = genuine && estimates.ratio(meanBill, genuine, billed)
  const mean = (functional: Functional): Mean => ({ mean: estimates.mean(functional, billed) })
  return {
    bill,
    total,
    ...(genuine && { resolutions: mean(genuine) }),
    ...(billable && { billable: mean(billable) }),
    ...(perConversation && { costPerConversation: { mean: perConversation } }),
    ...(perResolution && { costPerResolution: { mean: perResolution } }),
    overage: overage ? overageOf(read, overage, billed) : noOverage(measured.tickets.length),
    layers: Object.fromEntries(layers.map(({ layer, mean: amount }) => [layer, estimates.mean(amount, billed)])),
    beyondBill: {
      ...(program.human && { people: estimates.mean(people, all) }),
      ...(program.offers[offer].running && { running: estimates.mean(running, all) }),
    },
  }
}

function overageOf({ outcome, estimates }: Read, overage: MeasuredOverage, cost: number): Overage {
  return {
    any: estimates.counted(overage.any),
    months: overage.months.map((month) => estimates.counted(month)),
    monthsMean: estimates.counted(outcome.measured.means.sumOf(overage.months)),
    quantity: estimates.mean(overage.quantity, cost),
    amount: estimates.mean(overage.amount, cost),
    unused: estimates.mean(overage.unused, cost),
  }
}

function noOverage(count: number): Overage {
  const none: Estimate = { value: 0, se: 0 }
  const months = Array.from({ length: count }, () => none)
  return { any: none, months, monthsMean: none, quantity: none, amount: none, unused: none }
}
