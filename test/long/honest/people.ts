// The cost of people by stream and month: a price for each contact, or the pay of heads whose number follows the work with delays.
import type { Drawn } from './biller.ts'
import type { Plan, Staff } from './plans.ts'
import { of, type Branches, type Stream } from './stream.ts'

/** What people cost and how many there are, valid until the next offer. */
export interface Crew {
  /** By stream and month. */
  readonly costs: readonly Float64Array[]
  readonly heads: Float64Array
  readonly need: Float64Array
  readonly hires: number
  readonly releases: number
  /** Contacts that nobody was there for. */
  readonly shortfall: number
}

/** Heads that were hired to meet a need meet it but for rounding, which must not choose a branch. */
const exceeds = (a: number, b: number): boolean => a - b > 1e-12 * b

type ByStream = readonly Float64Array[]

export class People implements Crew {
  readonly costs: ByStream
  readonly heads: Float64Array
  readonly need: Float64Array
  hires = 0
  releases = 0
  shortfall = 0
  readonly #plan: Plan
  readonly #streams: readonly Stream[]
  readonly #branches: Branches
  /** Heads that arrive in a month, and those whose last paid month was the one before. */
  readonly #arriving: Float64Array
  readonly #leaving: Float64Array
  /** Minutes of a month by stream, and of all. */
  readonly #minutes: readonly number[]
  readonly #work: Float64Array

  constructor(plan: Plan, streams: readonly Stream[], branches: Branches) {
    const { months, staff, segments } = plan
    this.#plan = plan
    this.#streams = streams
    this.#branches = branches
    this.costs = streams.map(() => new Float64Array(months))
    this.heads = new Float64Array(months)
    this.need = new Float64Array(months)
    const release = staff?.release
    this.#arriving = new Float64Array(months + (staff?.hire.lag ?? 0) + 1)
    this.#leaving = new Float64Array(months + (release && 'notice' in release ? release.notice : 0) + 2)
    this.#minutes = streams.map((_, s) => segments?.[s].minutes ?? NaN)
    this.#work = new Float64Array(streams.length)
  }

  set(handled: ByStream, { value }: Drawn): void {
    if (this.#plan.staff) this.#setStaff(this.#plan.staff, handled, value)
    else this.#setCosts(handled, value)
  }

  #setCosts(handled: ByStream, value: Drawn['value']): void {
    const { human, segments, cashable = 1 } = this.#plan
    const shared = of(human ?? 0, value)
    for (const [s, { volumes }] of this.#streams.entries()) {
      const price = segments?.[s].human ?? shared
      for (let m = 0; m < volumes.length; m++) {
        const left = handled[s][m]
        this.costs[s][m] = price * (cashable === 1 ? left : left + (1 - cashable) * (volumes[m] - left))
      }
    }
  }

  #setStaff(staff: Staff, handled: ByStream, value: Drawn['value']): void {
    const { hire, release } = staff
    const [pay, minutes, short] = [of(staff.pay, value), of(staff.minutes, value), of(staff.shortfall, value)]
    const hours = staff.hours * (1 - of(staff.shrinkage, value)) * staff.occupancy
    const stays = 1 - of(staff.attrition, value)
    const [arriving, leaving] = [this.#arriving.fill(0), this.#leaving.fill(0)]
    this.hires = 0
    this.releases = 0
    this.shortfall = 0
    let heads = staff.start
    for (let m = 0; m < this.heads.length; m++) {
      let [work, contacts] = [0, 0]
      for (let s = 0; s < handled.length; s++) {
        const own = this.#minutes[s]
        this.#work[s] = handled[s][m] * (own > 0 ? own : minutes)
        work += this.#work[s]
        contacts += handled[s][m]
      }
      const need = work / 60 / hours
      const stayed = heads * stays + arriving[m]
      let left = this.#branches.is(leaving[m] > stayed) ? stayed : leaving[m]
      heads = stayed - left
      if (hire.lag === 0 && this.#branches.is(exceeds(need, heads))) {
        arriving[m] = need - heads
        heads = need
      }
      if (release && 'immediate' in release && this.#branches.is(exceeds(heads, need))) {
        left += heads - need
        heads = need
      }
      const missing = this.#missing(m, heads, need, hire.ramp)
      this.#decide(m, heads, need, stays, staff)
      this.heads[m] = heads
      this.need[m] = need
      this.hires += arriving[m]
      this.releases += left
      this.shortfall += contacts * missing
      const cost = pay * heads + hire.cost * arriving[m] + (release?.cost ?? 0) * left + short * contacts * missing
      for (let s = 0; s < handled.length; s++) this.costs[s][m] = (cost * this.#work[s]) / work
    }
  }

  /** The share of contacts that nobody is there for. Those who are new do half of the work. */
  #missing(m: number, heads: number, need: number, ramp: number): number {
    let learning = 0
    for (let k = Math.max(0, m - ramp + 1); k <= m && ramp > 0; k++) learning += this.#arriving[k]
    const productive = this.#branches.is(heads < learning / 2) ? 0 : heads - learning / 2
    return this.#branches.is(exceeds(need, productive)) ? 1 - productive / need : 0
  }

  /** At the end of a month, for the month when those who are hired now will arrive. */
  #decide(m: number, heads: number, need: number, stays: number, { hire: { lag }, release }: Staff): void {
    const [arriving, leaving] = [this.#arriving, this.#leaving]
    let [coming, gone, all] = [0, 0, 0]
    for (let k = m + 1; k < arriving.length && k <= m + lag; k++) coming += arriving[k]
    for (let k = m + 1; k < leaving.length; k++) {
      all += leaving[k]
      if (k <= m + lag) gone += leaving[k]
    }
    const later = (heads + coming) * stays ** lag
    if (this.#branches.is(exceeds(need, later - gone))) {
      if (lag > 0) arriving[m + lag] = need - (later - gone)
      return
    }
    if (!release || 'immediate' in release) return
    const spare = later - all - need
    const some = this.#branches.is(exceeds(later - all, need)) ? spare : 0
    leaving[m + release.notice + 1] = this.#branches.is(some > release.most) ? release.most : some
  }
}
