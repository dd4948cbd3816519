// The oracle is a slow, obvious simulator of one trial at a time, written from the model's definitions and not from the engine. It computes
// every offer's cost in every month from the drawn values.
import type { ResolvedOffer } from '../../src/contract/offer.ts'
import type { Layer } from '../../src/contract/operation.ts'
import type { ResolvedScenario } from '../../src/scenario/resolved.ts'
import { billOf } from './charges.ts'
import { conversationsOf, involvementOf, monthsOf, resolutionOf } from './drivers.ts'
import { type Draws, drawsOf, type SampledInputs } from './inputs.ts'
import { factorsOf } from './limits.ts'
import { boundOf, converted, type Purse, renewed } from './money.ts'
import { type Span, spansOf } from './periods.ts'

export type { SampledInputs } from './inputs.ts'

export interface OracleMonth {
  readonly bill: number
  readonly total: number
  readonly people: number
  readonly running: number
  /** Genuine resolutions, and those that the vendor bills. */
  readonly resolutions: number
  readonly billable: number
  readonly overage: { readonly quantity: number; readonly amount: number; readonly flag: boolean }
  readonly unused: number
  readonly layers: Partial<Record<Layer, number>>
}

export interface OracleOffer {
  readonly months: readonly OracleMonth[]
  /** Share of each month in which the AI works. It is 1 if no limit stops it. */
  readonly factors: readonly number[]
  /** Sums over the horizon. */
  readonly bill: number
  readonly total: number
  readonly resolutions: number
  readonly billable: number
}

export interface OracleTrial {
  readonly conversations: readonly number[]
  readonly involved: readonly number[]
  /** Genuine rate of the shared resolution, or undefined if none is stated. */
  readonly rate: readonly number[] | undefined
  readonly offers: ReadonlyMap<string, OracleOffer>
}

/** All trials of the sampled inputs. */
export function simulateSlowly(scenario: ResolvedScenario, inputs: SampledInputs): OracleTrial[] {
  if (scenario.counting !== 'expected') throw new Error('the oracle counts expected quantities')
  return Array.from({ length: inputs.trials }, (_, trial) => simulateTrial(scenario, drawsOf(inputs, trial)))
}

function simulateTrial(scenario: ResolvedScenario, draws: Draws): OracleTrial {
  const conversations = conversationsOf(scenario, draws)
  const share = involvementOf(scenario, draws)
  const involved = conversations.map((volume, m) => volume * share[m])
  const volumes = { conversations, involved }
  const offers = new Map(scenario.offers.map((offer) => [offer.name, simulateOffer(scenario, offer, volumes, draws)]))
  return { ...volumes, rate: resolutionOf(scenario, draws), offers }
}

interface Volumes {
  readonly conversations: readonly number[]
  readonly involved: readonly number[]
}

function simulateOffer(scenario: ResolvedScenario, offer: ResolvedOffer, volumes: Volumes, draws: Draws): OracleOffer {
  const { months: horizonLength } = scenario
  const rate = resolutionOf(scenario, draws, offer) ?? volumes.involved.map(() => 0)
  const actions = (m: number) => draws.staged(scenario.conversations.actions, scenario.start + m, 'conversations.actions')
  const purse = { scenario, offer, draws, months: horizonLength }
  const handledBy = (factors: readonly number[]) => volumes.involved.map((involved, m) => involved * (factors[m] ?? 1))
  const metersBy = (factors: readonly number[]) => {
    const involved = handledBy(factors)
    return {
      conversations: involved,
      tickets: volumes.conversations,
      resolutions: billableOf(offer, scenario.start, involved, rate, draws),
      actions: involved.map((count, m) => count * actions(m)),
      escalations: involved.map((count, m) => count * (1 - rate[m])),
      people: volumes.conversations.map((volume, m) => volume - involved[m] * rate[m]),
    }
  }
  const factors = factorsOf(purse, metersBy)
  const meters = metersBy(factors)
  const handled = handledBy(factors)
  const genuine = handled.map((involved, m) => involved * rate[m])
  const billable = meters.resolutions
  const bills = offer.charges.map((charge, k) => {
    const path = `offers.${offer.name}.charges${charge.id === undefined ? `[${k}]` : `.${charge.id}`}`
    return billOf(charge, { ...purse, meters, path })
  })
  const people = peopleCosts(scenario, volumes.conversations, genuine, draws)
  const running = monthsOf(scenario).map((m) => runningCost(offer, scenario.start + m, draws))
  const layersByMonth = monthsOf(scenario).map((m) => {
    const layers: Partial<Record<Layer, number>> = {}
    for (const { lines, adjustments } of bills)
      for (const { layer, months } of [...lines, ...adjustments]) layers[layer] = (layers[layer] ?? 0) + months[m]
    return layers
  })
  commitAcross(layersByMonth, purse)
  creditBack(layersByMonth, handled, genuine, purse)

  const months = monthsOf(scenario).map((m): OracleMonth => {
    const layers = layersByMonth[m]
    const bill = sum(Object.values(layers))
    return {
      bill,
      total: bill + people[m] + running[m],
      people: people[m],
      running: running[m],
      resolutions: genuine[m],
      billable: billable[m],
      overage: {
        quantity: sum(bills.map(({ overage }) => overage?.quantity[m] ?? 0)),
        amount: sum(bills.map(({ overage }) => overage?.amount[m] ?? 0)),
        flag: bills.some(({ overage }) => overage?.flag[m] ?? false),
      },
      unused: sum(bills.map(({ unused }) => unused?.[m] ?? 0)),
      layers,
    }
  })
  const horizon = (read: (month: OracleMonth) => number) => sum(months.map(read))
  return {
    months,
    factors,
    bill: horizon(({ bill }) => bill),
    total: horizon(({ total }) => total),
    resolutions: horizon(({ resolutions }) => resolutions),
    billable: horizon(({ billable }) => billable),
  }
}

type MonthLayers = Partial<Record<Layer, number>>

/** The floor under usage, commitment and overage: trued up at a period's end, or billed first and drawn down. */
function commitAcross(months: readonly MonthLayers[], purse: Purse): void {
  const { minimum, name } = purse.offer
  if (!minimum) return
  const spend = ({ usage = 0, commitment = 0, overage = 0 }: MonthLayers) => usage + commitment + overage
  const amount = (span: Span) => boundOf(minimum.money, `offers.${name}.minimum`, span, purse)
  const add = (m: number, more: number) => {
    months[m].commitment = (months[m].commitment ?? 0) + more
  }
  for (const span of spansOf(minimum.per, months.length)) {
    const { first, last } = span
    const spent = months.slice(first, last + 1).map(spend)
    if (!minimum.upfront) {
      add(last, Math.max(0, renewed(amount(span), last, purse) - sum(spent)))
      continue
    }
    const prepaid = renewed(amount(span), first, purse)
    spent.forEach((month, k) => {
      const [now, before] = [sum(spent.slice(0, k + 1)), sum(spent.slice(0, k))]
      const beyond = Math.max(0, now - prepaid) - Math.max(0, before - prepaid)
      add(first + k, (k === 0 ? prepaid : 0) + beyond - month)
    })
  }
}

/** Refund and guarantee, in the last of their months, at the mean genuine rate of the conversations that the AI handled. */
function creditBack(months: readonly MonthLayers[], handled: readonly number[], genuine: readonly number[], purse: Purse): void {
  const { refund, guarantee, name } = purse.offer
  const rate = (n: number) => sum(genuine.slice(0, n)) / sum(handled.slice(0, n))
  const credit = (m: number, amount: number) => {
    months[m].credits = (months[m].credits ?? 0) - amount
  }
  if (refund && refund.months <= months.length && rate(refund.months) < refund.below - 1e-12) {
    const spent = months.slice(0, refund.months).map((layer) => sum(SPENT.map((key) => layer[key] ?? 0)))
    const most = refund.maximum === undefined ? Infinity : converted(refund.maximum, `offers.${name}.refund.maximum`, purse)
    credit(refund.months - 1, Math.min(refund.share * sum(spent), most))
  }
  if (guarantee && guarantee.months <= months.length && rate(guarantee.months) <= guarantee.notAbove + 1e-12)
    credit(guarantee.months - 1, converted(guarantee.payment, `offers.${name}.guarantee.payment`, purse))
}

const SPENT = ['usage', 'commitment', 'overage', 'add-on'] as const

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** The vendor's count: shares of resolved and unresolved conversations, less credits, at once or `lag` months later. */
function billableOf(
  { name, counted }: ResolvedOffer,
  start: number,
  involved: readonly number[],
  rate: readonly number[],
  draws: Draws,
): number[] {
  const path = `offers.${name}.counted`
  const resolved = (m: number) => draws.staged(counted.resolved, start + m, `${path}.resolved`)
  const unresolved = (m: number) => draws.staged(counted.unresolved, start + m, `${path}.unresolved`)
  const { share, lag } = counted.reopened
  const reopened = (m: number) => draws.staged(share, start + m, `${path}.reopened`, `${path}.reopened.share`)
  const counts = involved.map((volume, m) => volume * (rate[m] * resolved(m) + (1 - rate[m]) * unresolved(m)))
  if (lag === 0) return counts.map((count, m) => count * (1 - reopened(m)))
  // A credit has the share of the month in which the conversation was resolved.
  return counts.map((count, m) => Math.max(0, count - (m < lag ? 0 : reopened(m - lag) * counts[m - lag])))
}

function peopleCosts(
  { human, start }: ResolvedScenario,
  conversations: readonly number[],
  genuine: readonly number[],
  draws: Draws,
): number[] {
  if (!human) return conversations.map(() => 0)
  return conversations.map((volume, m) => {
    if (volume === 0) return 0
    const cost = draws.staged(human.cost, start + m, 'human.cost')
    const uplift = draws.staged(human.uplift, start + m, 'human.uplift')
    return (volume - genuine[m]) * cost * (1 + (uplift * genuine[m]) / volume)
  })
}

function runningCost({ name, running }: ResolvedOffer, month: number, draws: Draws): number {
  if (!running) return 0
  const path = `offers.${name}.running`
  return draws.staged(running.value, month, path, `${path}.value`) / (running.per === 'year' ? 12 : 1)
}
