// Divides the conversations of each month between the AI of an offer and people. Each part of the offer takes its share, and some
// conversations that seem resolved come back.
import { of, type Branches, type Stream } from './stream.ts'
import type { Drawn } from './biller.ts'
import type { Contract, Offer, Part, Plan } from './plans.ts'

/** First month, and the one after the last, of a contract inside the plan. */
export const liveMonths = ({ from, until, term }: Contract, months: number): readonly [from: number, end: number] => [
  Math.max(0, from ?? term?.start ?? 0),
  until === undefined ? months : Math.min(months, until + 1),
]

/** The conversations of one contract in one stream by month. */
export class Flow {
  /** Those that it gets, and those of them in which the AI takes part. */
  readonly tickets: Float64Array
  readonly involved: Float64Array
  /** As the vendor meters them: in months in shadow as well. */
  readonly resolved: Float64Array
  /** Of those resolved in a month, the share that does not come back. None in shadow. */
  readonly genuine: Float64Array
  /** For people who have a seat: with those that come back to them. */
  readonly people: Float64Array

  constructor(months: number) {
    this.tickets = new Float64Array(months)
    this.involved = new Float64Array(months)
    this.resolved = new Float64Array(months)
    this.genuine = new Float64Array(months)
    this.people = new Float64Array(months)
  }
}

/** One part of an offer, or all of it. */
class Share {
  readonly contract: Contract
  readonly flows: readonly Flow[]
  readonly live: readonly [from: number, end: number]
  readonly shadow: number
  readonly traffic: Part['traffic']
  /** By month. */
  readonly weights: Float64Array
  /** Rates of its own by stream, if they are not those of the stream. */
  readonly rates: readonly Float64Array[]
  readonly begin: number

  constructor(part: Contract & Partial<Part>, months: number, streams: number) {
    this.contract = part
    this.live = liveMonths(part, months)
    this.begin = this.live[0]
    this.shadow = part.shadow ?? -1
    this.traffic = part.traffic
    this.weights = new Float64Array(months)
    this.flows = Array.from({ length: streams }, () => new Flow(months))
    const own = part.rate !== undefined || this.begin > 0
    this.rates = Array.from({ length: own ? streams : 0 }, () => new Float64Array(months))
  }

  isLive(m: number): boolean {
    return this.live[0] <= m && m < this.live[1]
  }

  stated(m: number, value: Drawn['value']): number | undefined {
    const stage = this.traffic?.find(({ until = Infinity }) => m <= until)
    return stage && of(stage.value, value)
  }
}

export class Work {
  readonly shares: readonly Share[]
  /** By stream: all conversations, with those that come back to the AI, and those that people handle. */
  readonly tickets: readonly Float64Array[]
  readonly handled: readonly Float64Array[]
  readonly #plan: Plan
  readonly #streams: readonly Stream[]
  readonly #branches: Branches

  constructor(plan: Plan, offer: Offer, streams: readonly Stream[], branches: Branches) {
    const { months } = plan
    this.#plan = plan
    this.#streams = streams
    this.#branches = branches
    this.shares = (offer.parts ?? [offer]).map((part) => new Share(part, months, streams.length))
    this.tickets = streams.map(() => new Float64Array(months))
    this.handled = streams.map(() => new Float64Array(months))
  }

  set(drawn: Drawn): void {
    const { value } = drawn
    for (let m = 0; m < this.#plan.months; m++) this.#weigh(m, value)
    const share = of(this.#plan.returns?.share ?? 0, value)
    for (const [s, stream] of this.#streams.entries()) {
      for (const { rates, contract, begin } of this.shares) {
        if (rates.length > 0) stream.fillRates(rates[s], drawn, contract.rate, begin)
      }
      for (let m = 0; m < this.#plan.months; m++) this.#month(s, m, share, value)
    }
  }

  /** Shares of a month's conversations. Those that exceed all of them together are divided by their sum. */
  #weigh(m: number, value: Drawn['value']): void {
    let taken = 0
    for (const one of this.shares) if (one.isLive(m) && m > one.shadow) taken += one.stated(m, value) ?? 0
    const over = this.#branches.is(taken > 1)
    for (const one of this.shares) {
      const own = one.stated(m, value)
      const rest = over ? 0 : 1 - taken
      const stated = own === undefined ? rest : over && m > one.shadow ? own / taken : own
      one.weights[m] = one.isLive(m) ? stated : 0
    }
  }

  #month(s: number, m: number, share: number, value: Drawn['value']): void {
    const { lag, to } = this.#plan.returns ?? { lag: 0, to: 'people' }
    const [stream, first] = [this.#streams[s], this.#streams[s].volumes[m]]
    const back = to === 'ai' && m >= lag ? share * this.#seeming(s, m - lag) : 0
    for (const one of this.shares) {
      const { contract, rates, weights, flows, shadow } = one
      const flow = flows[s]
      const [weight, involvement] = [weights[m], of(contract.involvement ?? 1, value)]
      flow.tickets[m] = weight * (first + back)
      flow.involved[m] = weight * (first * involvement + back)
      const plain = rates.length === 0 && contract.involvement === undefined
      flow.resolved[m] = plain
        ? weight * (stream.resolved[m] + back * stream.rates[m])
        : flow.involved[m] * (rates[s] ?? stream.rates)[m]
      flow.genuine[m] = m > shadow ? flow.resolved[m] * (1 - share) : 0
      const returned = to === 'people' && m >= lag ? share * flow.resolved[m - lag] : 0
      flow.people[m] = flow.tickets[m] - flow.resolved[m] + returned
    }
    this.tickets[s][m] = first + back
    const toPeople = to === 'people' && m >= lag ? share * this.#seeming(s, m - lag) : 0
    this.handled[s][m] = this.tickets[s][m] - this.#seeming(s, m) + toPeople
  }

  /** What seems resolved by all parts that are not in shadow. */
  #seeming(s: number, m: number): number {
    let total = 0
    for (const { flows, shadow } of this.shares) if (m > shadow) total += flows[s].resolved[m]
    return total
  }
}
