// Notes on contracts with a term of their own: what they assume of the months before the plan, and what falls due after it.
import type { OfferProgram, Program } from '../compile/program.ts'
import type { ResolvedCharge } from '../contract/charges/index.ts'
import type { BoundSpan, ChargeProgram, Price } from '../contract/compiled.ts'
import { metersOf } from '../contract/checks.ts'
import { type StartedTerm, termOf } from '../contract/modifiers/term.ts'
import { contractsIn, type ResolvedOffer } from '../contract/offer.ts'
import { MONTHS, wholeOf } from '../contract/spans.ts'
import { formatMonth } from '../months.ts'
import { formatAmount, formatPrice, formatQuantity } from '../notation/money.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import type { BillEntry } from './bill.ts'
import type { BilledPlan } from './billed-plan.ts'
import { plainValue } from './drivers.ts'

interface Noted {
  readonly scenario: ResolvedScenario
  readonly program: Program
  readonly offer: ResolvedOffer
  readonly compiled: OfferProgram
  /** The bill with every input at its mean. */
  readonly entries: readonly BillEntry[]
}

export function termNotes(scenario: ResolvedScenario, billed: () => BilledPlan): string[] {
  const isTermed = (offer: ResolvedOffer) => offer.term !== undefined || offer.charges.some(({ term }) => term !== undefined)
  if (!scenario.offers.flatMap(contractsIn).some(isTermed)) return []
  const { program, offers } = billed()
  return scenario.offers.flatMap((whole, k) =>
    contractsIn(whole).flatMap((offer, p) => {
      const { offer: compiled, bill } = offers[k][p]
      return isTermed(offer) ? notesOn({ scenario, program, offer, compiled, entries: bill.entries }) : []
    }),
  )
}

function notesOn(noted: Noted): string[] {
  const { offer, compiled, entries } = noted
  const { charges, minimum } = compiled.contract
  const committed = entries.filter(
    ({ layer, line }) => ['usage', 'commitment', 'overage'].includes(layer) && line !== 'offer minimum',
  )
  return [
    ...offer.charges.flatMap((charge, k) => {
      const term = termOf(offer, charge)
      const name = `offers.${offer.name}.charges${charge.id === undefined ? `[${k}]` : `.${charge.id}`}`
      if (!term) return []
      const own = entries.filter((entry) => entry.charge === k)
      return [
        ...beforePlan(name, charge, charges[k], term, noted),
        ...stillToCome(name, charges[k].minimum?.spans ?? [], own, noted),
      ]
    }),
    ...(minimum?.upfront ? [] : stillToCome(`offers.${offer.name}.minimum`, minimum?.spans ?? [], committed, noted)),
  ]
}

function beforePlan(
  name: string,
  charge: ResolvedCharge,
  { periods, included, ratchet, minimum, maximum, fixed }: ChargeProgram,
  { start, toDate }: StartedTerm,
  { scenario, program: { prices } }: Noted,
): string[] {
  const running = periods.find(({ gone }) => gone !== undefined) ?? included?.spans.find(({ gone }) => gone !== undefined)
  const stated = metersOf(charge).every((meter) => toDate?.[meter] !== undefined)
  const money = [...(minimum?.spans ?? []), ...(maximum?.spans ?? [])].find(({ spent }) => spent !== undefined)
  const since = (months: number | undefined) => formatMonth(scenario.start - (months ?? 0))
  const begun = start < scenario.start
  const raised = charge.escalator !== undefined && start + MONTHS.year <= scenario.start
  const places = [...periods.slice(0, 1).flatMap(({ operations }) => operations), ...fixed].map(({ price }) => price)
  const shown = [...new Set(places)].map((place) => formatPrice(priceOf(prices[place]), scenario.currency))
  return [
    ...(running && !stated
      ? [
          `${name}: its running period began in ${since(running.gone)}, and has billed ${formatQuantity(running.used ?? 0)} before the plan if each month was like the plan's first. \`term: { toDate }\` states the real usage`,
        ]
      : []),
    ...(!running && !money && toDate !== undefined
      ? [`${name}: \`toDate\` has no effect, since no period is running when the plan starts`]
      : []),
    ...(money && toDate?.spend === undefined
      ? [
          `${name}: it has cost ${formatAmount(spentIn(money, prices), scenario.currency)} from ${since(money.gone)} to the plan, by the contract's price for that usage. \`term: { toDate: { spend } }\` states the real amount`,
        ]
      : []),
    ...(begun && included && included.rollover > 0 ? [`${name}: no included units are left over from before the plan`] : []),
    ...(begun && ratchet ? [`${name}: no bundle was reached before the plan`] : []),
    ...(raised && shown.length > 0
      ? [`${name}: the anniversaries before the plan count, so the first month's prices are ${shown.join(', ')}`]
      : []),
  ]
}

const priceOf = ({ values, factors }: Price): number => plainValue(values[0]) * factors[0]

const spentIn = ({ spent = [] }: BoundSpan, prices: readonly Price[]): number =>
  spent.reduce((sum, { price, times }) => sum + times * priceOf(prices[price]), 0)

/** A minimum whose period ends after the plan: what is missing then, if spending goes on at the pace of the plan. */
function stillToCome(
  name: string,
  spans: readonly BoundSpan[],
  entries: readonly BillEntry[],
  { scenario, program: { prices } }: Noted,
): string[] {
  const open = spans.find(({ left }) => left !== undefined)
  if (!open) return []
  const [first, last] = wholeOf(open)
  const at = open.end - 1
  const least = open.parts.reduce(
    (sum, { price, times }) => sum + times * plainValue(prices[price].values[at]) * prices[price].factors[at],
    0,
  )
  const inPlan = entries.filter(({ month }) => month >= open.start && month < open.end).reduce((sum, { amount }) => sum + amount, 0)
  const paced = spentIn(open, prices) + inPlan * (1 + (open.left ?? 0) / (open.end - open.start))
  const due = Math.max(0, least - paced)
  const [from, to] = [first, last - 1].map((m) => formatMonth(scenario.start + m))
  return [
    `${name}: ${from} to ${to} ends after the plan, so its true-up is not in the bill. At the plan's pace it will be ${formatAmount(due, scenario.currency)}`,
  ]
}
