// The point estimate has every input at its mean and no noise, as a spreadsheet does. It reads the same operations as a
// trial, so that each amount is worked out in one place.
import { compile } from '../compile/compile.ts'
import type { OfferProgram, Program } from '../compile/program.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import { billContract } from './bill.ts'
import { certain } from './certain.ts'
import { driversOf, plainValue } from './drivers.ts'

export interface PointEstimate {
  readonly offer: string
  readonly bill: number
  readonly total: number
  readonly monthly: { readonly bill: readonly number[]; readonly total: readonly number[] }
}

export function pointEstimates(scenario: ResolvedScenario): PointEstimate[] {
  const program = compile(certain(scenario), { measure: 'bill', pairs: 'auto' })
  return program.offers.map((offer) => pointEstimate(program, offer))
}

function pointEstimate(program: Program, offer: OfferProgram): PointEstimate {
  const drivers = driversOf(program, offer)
  const { entries, resolutions } = billContract(program, offer, drivers)
  const bill = new Array<number>(program.months).fill(0)
  for (const { month, amount } of entries) bill[month] += amount
  const { running: costs } = offer
  const running = (m: number) => (costs ? plainValue(costs.values[m]) * costs.times : 0)
  const people = (m: number) =>
    program.segments.reduce((sum, { human }, s) => {
      if (!human) return sum
      const [volume, resolved] = [drivers[s].tickets[m], resolutions[m][s]]
      const dearer = volume > 0 ? 1 + (plainValue(human.uplift[m]) * resolved) / volume : 1
      return sum + (volume - resolved) * plainValue(human.cost[m]) * dearer
    }, 0)
  const total = bill.map((amount, m) => amount + running(m) + people(m))
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
  return { offer: offer.name, bill: sum(bill), total: sum(total), monthly: { bill, total } }
}
