// The oracle: a slow, obvious simulator, one trial at a time, written from the model's definitions and not from the engine.
// Given the values that were drawn, it says what every offer costs in every month.
import type { ResolvedOffer } from '../../src/contract/offer.ts'
import type { Layer } from '../../src/contract/operation.ts'
import type { ResolvedScenario } from '../../src/scenario/resolved.ts'
import { billOf } from './charges.ts'
import { conversationsOf, involvementOf, monthsOf, resolutionOf } from './drivers.ts'
import { type Draws, drawsOf, type SampledInputs } from './inputs.ts'

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
  /** Sums over the horizon. */
  readonly bill: number
  readonly total: number
  readonly resolutions: number
  readonly billable: number
}

export interface OracleTrial {
  readonly conversations: readonly number[]
  readonly involved: readonly number[]
  /** Genuine rate of the shared resolution; undefined where none is stated. */
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
  const rate = resolutionOf(scenario, draws, offer) ?? volumes.involved.map(() => 0)
  const genuine = volumes.involved.map((involved, m) => involved * rate[m])
  const left = volumes.conversations.map((volume, m) => volume - genuine[m])
  const billable = billableOf(offer, volumes.involved, rate, draws)
  const actions = draws.value(scenario.conversations.actions, 'conversations.actions')
  const meters = {
    conversations: volumes.involved,
    tickets: volumes.conversations,
    resolutions: billable,
    actions: volumes.involved.map((involved) => involved * actions),
    escalations: volumes.involved.map((involved, m) => involved * (1 - rate[m])),
    people: left,
  }
  const bills = offer.charges.map((charge, k) => {
    const path = `offers.${offer.name}.charges${charge.id === undefined ? `[${k}]` : `.${charge.id}`}`
    return billOf(charge, { months: scenario.months, meters, draws, path })
  })
  const people = peopleCosts(scenario, volumes.conversations, genuine, draws)
  const running = runningCost(offer, draws)

  const months = monthsOf(scenario).map((m): OracleMonth => {
    const layers: Partial<Record<Layer, number>> = {}
    for (const { lines } of bills) for (const { layer, months } of lines) layers[layer] = (layers[layer] ?? 0) + months[m]
    const bill = sum(Object.values(layers))
    return {
      bill,
      total: bill + people[m] + running,
      people: people[m],
      running,
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
    bill: horizon(({ bill }) => bill),
    total: horizon(({ total }) => total),
    resolutions: horizon(({ resolutions }) => resolutions),
    billable: horizon(({ billable }) => billable),
  }
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** What the vendor counts: shares of the resolved and the unresolved, less what is credited, at once or `lag` months later. */
function billableOf(
  { name, counted }: ResolvedOffer,
  involved: readonly number[],
  rate: readonly number[],
  draws: Draws,
): number[] {
  const path = `offers.${name}.counted`
  const resolved = draws.value(counted.resolved, `${path}.resolved`)
  const unresolved = draws.value(counted.unresolved, `${path}.unresolved`)
  const { share, lag } = counted.reopened
  const reopened = draws.value(share, `${path}.reopened`, `${path}.reopened.share`)
  const counts = involved.map((volume, m) => volume * (rate[m] * resolved + (1 - rate[m]) * unresolved))
  if (lag === 0) return counts.map((count) => count * (1 - reopened))
  return counts.map((count, m) => Math.max(0, count - (m < lag ? 0 : reopened * counts[m - lag])))
}

function peopleCosts(
  { human }: ResolvedScenario,
  conversations: readonly number[],
  genuine: readonly number[],
  draws: Draws,
): number[] {
  if (!human) return conversations.map(() => 0)
  const cost = draws.value(human.cost, 'human.cost')
  const uplift = draws.value(human.uplift, 'human.uplift')
  return conversations.map((volume, m) => (volume === 0 ? 0 : (volume - genuine[m]) * cost * (1 + (uplift * genuine[m]) / volume)))
}

function runningCost({ name, running }: ResolvedOffer, draws: Draws): number {
  if (!running) return 0
  return draws.value(running.value, `offers.${name}.running`, `offers.${name}.running.value`) / (running.per === 'year' ? 12 : 1)
}
