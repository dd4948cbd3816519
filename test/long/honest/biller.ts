// Bills one trial of a plan: months, charges and terms, straight from their definitions. It counts which branch each comparison takes,
// so that places where a cost jumps or bends can be found. It shares nothing with the engine. Truths need millions of trials, so a year is
// written into the same arrays each time.
import { ContractBiller, sum } from './contract.ts'
import type { Law } from './laws.ts'
import { type Crew, People } from './people.ts'
import type { Offer, Plan } from './plans.ts'
import { Branches, of, Stream } from './stream.ts'
import { Totals } from './totals.ts'
import { Work } from './work.ts'

/** One trial's values. */
export interface Drawn {
  readonly value: (law: Law) => number
  /** Scores of the noises of each month, for plans that have them. */
  readonly volumeScores: ArrayLike<number>
  readonly rateScores: ArrayLike<number>
  /** Scores of the segments' own noises, by segment. */
  readonly ownScores?: readonly ArrayLike<number>[]
  /** The factor of the spike and the points of the setback that start in each month. Without one, 1 and 0. */
  readonly spikes?: ArrayLike<number>
  readonly setbacks?: ArrayLike<number>
  /** Draws a whole number with a Poisson distribution, for plans with sampled counts. */
  readonly whole?: (mean: number) => number
}

/** What an offer costs, valid until the next trial. */
export interface OfferYear {
  readonly totals: Totals
  /** The cost of people by month, and of the year by stream. */
  readonly people: Float64Array
  readonly splitPeople: Float64Array
  readonly crew: Crew
}

export interface Year {
  readonly volumes: Float64Array
  /** Conversations that seem resolved by the plan's own rate. */
  readonly resolved: Float64Array
  readonly offers: readonly OfferYear[]
  /** Empty for a plan without segments. */
  readonly segments: readonly Pick<Stream, 'volumes' | 'resolved'>[]
  /** Two trials with the same regime lie on one smooth piece of every cost. */
  readonly regime: number
}

export class Biller {
  readonly #plan: Plan
  readonly #branches = new Branches()
  readonly #streams: readonly Stream[]
  readonly #quantities: Pick<Stream, 'volumes' | 'resolved'>
  readonly #offers: readonly OfferBiller[]

  constructor(plan: Plan) {
    const { months, offers, segments } = plan
    const empty = () => new Float64Array(months)
    this.#plan = plan
    this.#streams = (segments ?? [undefined]).map((segment) => new Stream(plan, segment, this.#branches))
    // A plan without segments has the quantities of its only stream.
    this.#quantities = segments ? { volumes: empty(), resolved: empty() } : this.#streams[0]
    this.#offers = offers.map((offer) => new OfferBiller(plan, offer, this.#streams, this.#branches))
  }

  /** The arrays of the year are those of every year. */
  year(drawn: Drawn): Year {
    const { segments } = this.#plan
    const { volumes, resolved } = this.#quantities
    this.#branches.regime = 0
    this.#streams.forEach((stream, s) => stream.set(drawn, drawn.ownScores?.[s]))
    if (segments) this.#add()
    for (const offer of this.#offers) offer.bill(drawn)
    return { volumes, resolved, offers: this.#offers, segments: segments ? this.#streams : [], regime: this.#branches.regime }
  }

  #add(): void {
    for (const key of ['volumes', 'resolved'] as const) {
      const all = this.#quantities[key]
      all.fill(0)
      for (const stream of this.#streams) for (let m = 0; m < all.length; m++) all[m] += stream[key][m]
    }
  }
}

class OfferBiller implements OfferYear {
  readonly totals: Totals
  readonly people: Float64Array
  readonly splitPeople: Float64Array
  readonly crew: People
  readonly #plan: Plan
  readonly #work: Work
  readonly #contracts: readonly ContractBiller[]

  constructor(plan: Plan, offer: Offer, streams: readonly Stream[], branches: Branches) {
    const { months } = plan
    this.#plan = plan
    this.#work = new Work(plan, offer, streams, branches)
    this.totals = new Totals(months, this.#work.tickets)
    this.people = new Float64Array(months)
    this.splitPeople = new Float64Array(streams.length)
    this.crew = new People(plan, streams, branches)
    const { totals } = this
    this.#contracts = this.#work.shares.map(
      ({ contract, flows, live, shadow }) => new ContractBiller(contract, { months, flows, live, shadow, branches, totals }),
    )
  }

  bill(drawn: Drawn): void {
    const { returns } = this.#plan
    this.#work.set(drawn)
    this.totals.clear()
    const returned = { share: of(returns?.share ?? 0, drawn.value), lag: returns?.lag ?? 0 }
    for (const contract of this.#contracts) contract.bill(drawn.value, returned)
    this.crew.set(this.#work.handled, drawn)
    this.people.fill(0)
    for (const [s, costs] of this.crew.costs.entries()) {
      this.splitPeople[s] = sum(costs)
      for (let m = 0; m < costs.length; m++) this.people[m] += costs[m]
    }
  }
}
