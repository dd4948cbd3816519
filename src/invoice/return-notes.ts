// Notes on what comes back outside the months of a plan: who resolved it before the plan, or who comes back after it.
import type { OfferProgram, Program, ReturnsProgram } from '../compile/program.ts'
import { formatMonth } from '../months.ts'
import { formatAmount, formatQuantity } from '../notation/money.ts'
import { statesReturns } from '../scenario/resolve/returns.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import type { BilledPlan } from './billed-plan.ts'
import type { BilledContract } from './contracts.ts'
import { plainValue } from './drivers.ts'

export function returnNotes(scenario: ResolvedScenario, billed: () => BilledPlan): string[] {
  if (!statesReturns(scenario)) return []
  const { program, offers } = billed()
  return together(offers.flat().flatMap((own) => notesOn(own, program, scenario)))
}

/** A note, and the offer that it is on. */
interface Note {
  readonly offer: string
  readonly text: string
}

/** Offers with the same note share one. */
function together(notes: readonly Note[]): string[] {
  const found = new Map<string, string[]>()
  for (const { offer, text } of notes) found.set(text, [...(found.get(text) ?? []), offer])
  return [...found].map(([text, offers]) => `${offers.map((name) => `offers.${name}`).join(', ')}: ${text}`)
}

/** The months in which a contract's AI works. */
const liveIn = ({ live }: OfferProgram, { months }: Program) => live ?? { start: 0, end: months }

function notesOn(own: BilledContract, program: Program, scenario: ResolvedScenario): Note[] {
  const { offer } = own
  const { start, months, currency } = scenario
  const live = liveIn(offer, program)
  const after = sumOf(own, program, ({ lag }) => [Math.max(0, months - lag), months])
  const before = sumOf(own, program, ({ lag }) => (live.start > 0 ? [0, 0] : [-lag, Math.min(0, months - lag)]))
  const uncredited = creditsBeyond(own, program, live.end)
  const money = (cost: number) => (cost > 0 ? `, which costs ${formatAmount(cost, currency)} of people's work` : '')
  const number = (count: number) => formatQuantity(Math.round(count))
  const texts = [
    Math.round(after.count) > 0 &&
      `about ${number(after.count)} of those who seem resolved in the plan come back from ${formatMonth(start + months)} on${money(after.cost)}. The plan's figures leave that out`,
    Math.round(before.count) > 0 &&
      `about ${number(before.count)} of those who seemed resolved before the plan come back in it if those months were like its first${money(before.cost)}. The plan's figures leave that out`,
    uncredited > 0 &&
      `credits of about ${formatAmount(uncredited, currency)} fall due after ${formatMonth(start + live.end - 1)}, for customers who come back later. The plan's bills leave them out`,
  ]
  return texts.flatMap((text) => (text === false ? [] : [{ offer: offer.name, text }]))
}

/** The number that comes back of some months, and what people cost who handle it. Months before the plan are like its first. */
function sumOf(
  { offer, bill }: BilledContract,
  { segments, months }: Program,
  span: (returns: ReturnsProgram) => readonly [from: number, to: number],
): { readonly count: number; readonly cost: number } {
  let [count, cost] = [0, 0]
  offer.segments.forEach(({ returns }, s) => {
    if (!returns) return
    const { human } = segments[s]
    const [from, to] = span(returns)
    for (let m = from; m < to; m++) {
      const number = bill.returning[Math.max(0, m)][s]
      const at = Math.min(months - 1, m + returns.lag)
      count += number
      if (human && 'cost' in human && returns.to === 'people') cost += number * plainValue(human.cost[at])
    }
  })
  return { count, cost }
}

/** The credits that fall due after a contract's last month, at its last price for a resolution. */
function creditsBeyond({ offer, bill }: BilledContract, { meters }: Program, end: number): number {
  return offer.contract.charges.reduce((sum, { quantity }, charge) => {
    const last = bill.entries.findLast((entry) => entry.charge === charge && entry.price !== undefined && entry.from !== undefined)
    const units = quantity.reduce((all, { meter: place, weight }) => {
      const meter = meters[place]
      if (meter.kind !== 'billable' || !meter.returned) return all
      let own = 0
      for (let m = Math.max(0, end - meter.returned.lag); m < end; m++)
        own += plainValue(meter.resolved[m]) * bill.returning[m][meter.segment]
      return all + weight * own
    }, 0)
    return sum + units * (last?.price ?? 0)
  }, 0)
}
