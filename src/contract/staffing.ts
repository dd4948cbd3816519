// People who are on the payroll: heads follow the need for them with delays. The arithmetic stands once, for single numbers and for columns of
// trials, so that the point estimate and the simulation cannot differ.

/** Arithmetic on numbers, or on columns of them. */
export interface Arithmetic<T> {
  constant(value: number): T
  /** constant + Σ coefficient · value */
  linear(constant: number, terms: readonly (readonly [coefficient: number, value: T])[]): T
  multiply(a: T, b: T): T
  /** a / b, and 0 where b is 0 */
  divide(a: T, b: T): T
  least(a: T, b: T): T
  greatest(a: T, b: T): T
  /** max(0, value) */
  positive(value: T): T
  exponential(value: T): T
  logarithm1p(value: T): T
}

/** A pool of people. Lists are by month. */
export interface Pool<T> {
  /** Heads in the month before the first one. */
  readonly start: T
  /** The minutes of contacts that a head handles in a month. */
  readonly capacity: readonly T[]
  /** The share of heads that leave by themselves from one month to the next. */
  readonly attrition: readonly T[]
  /** The months from a decision to hire until people arrive, and those until they work as fast as others. */
  readonly hire: { readonly lag: number; readonly ramp: number }
  /** Absent if heads only leave by themselves. Without `most`, any number may be released in a month. */
  readonly release?: { readonly immediate: boolean; readonly notice: number; readonly most?: readonly T[] }
}

/** What happens to a pool, by month. */
export interface Staffing<T> {
  readonly need: readonly T[]
  /** Those under notice included. */
  readonly heads: readonly T[]
  readonly arrivals: readonly T[]
  readonly departures: readonly T[]
  /** The share of contacts that nobody is there for. */
  readonly unmet: readonly T[]
}

/** @param work minutes of contacts in each month */
export function staffing<T>(math: Arithmetic<T>, pool: Pool<T>, work: readonly T[]): Staffing<T> {
  const { lag, ramp } = pool.hire
  const course: Record<keyof Staffing<T>, T[]> = { need: [], heads: [], arrivals: [], departures: [], unmet: [] }
  const decided: Decided<T> = { hires: [], releases: [] }
  const none = math.constant(0)
  const sum = (values: readonly T[]) =>
    math.linear(
      0,
      values.map((value) => [1, value] as const),
    )
  const excess = (a: T, b: T) =>
    math.positive(
      math.linear(0, [
        [1, a],
        [-1, b],
      ]),
    )
  work.forEach((minutes, m) => {
    const need = math.divide(minutes, pool.capacity[m])
    const kept = math.multiply(stay(math, pool, m), course.heads[m - 1] ?? pool.start)
    const due = decided.hires[m - lag]
    const before = lag > 0 && due !== undefined ? sum([kept, due]) : kept
    const leaving = leavingAt(pool, decided, m)
    let departures = leaving === undefined ? none : math.least(leaving, before)
    let heads = leaving === undefined ? before : excess(before, leaving)
    const missing = excess(need, heads)
    const arrivals = lag === 0 ? missing : (due ?? none)
    if (lag === 0) heads = math.greatest(heads, need)
    if (pool.release?.immediate) {
      departures = excess(heads, need)
      heads = math.least(heads, need)
    }
    course.arrivals.push(arrivals)
    const learning = ramp === 0 ? [] : course.arrivals.slice(Math.max(0, m - ramp + 1))
    const productive =
      learning.length === 0
        ? heads
        : math.positive(
            math.linear(0, [
              [1, heads],
              [-0.5, sum(learning)],
            ]),
          )
    const lacking = excess(need, productive)
    course.need.push(need)
    course.heads.push(heads)
    course.departures.push(departures)
    course.unmet.push(math.divide(lacking, need))
    decide(math, pool, { need, heads }, decided, m)
  })
  return course
}

/** Decisions at the end of each month so far. */
interface Decided<T> {
  readonly hires: T[]
  readonly releases: T[]
}

const stay = <T>(math: Arithmetic<T>, { attrition }: Pool<T>, m: number): T => math.linear(1, [[-1, attrition[m]]])

/** Those whose last paid month was the one before. Undefined if there cannot be any. */
const leavingAt = <T>({ release }: Pool<T>, { releases }: Decided<T>, m: number): T | undefined =>
  release && !release.immediate ? releases[m - 1 - release.notice] : undefined

/** The manager expects attrition to go on as it is, and hires or releases so that the heads meet today's need once hires arrive. */
function decide<T>(
  math: Arithmetic<T>,
  pool: Pool<T>,
  { need, heads }: { readonly need: T; readonly heads: T },
  { hires, releases }: Decided<T>,
  m: number,
): void {
  const { lag } = pool.hire
  const between = (list: readonly T[], from: number, to: number) =>
    list.slice(Math.max(0, from), Math.max(0, to + 1)).map((value) => [1, value] as const)
  const onTheWay = lag === 0 ? [] : between(hires, m - lag + 1, m - 1)
  let expected = math.linear(0, [[1, heads], ...onTheWay])
  const share = stay(math, pool, m)
  for (let k = 0; k < lag; k++) expected = math.multiply(share, expected)
  const notice = pool.release?.notice ?? 0
  const without = (terms: readonly (readonly [number, T])[]) => math.linear(0, [[1, need], [-1, expected], ...terms])
  if (lag > 0) hires.push(math.positive(without(between(releases, m - notice, Math.min(m - 1, m + lag - notice - 1)))))
  if (!pool.release || pool.release.immediate) return
  const excess = math.positive(math.linear(0, [[-1, without(between(releases, m - notice, m - 1))]]))
  const most = pool.release.most?.[m]
  releases.push(most === undefined ? excess : math.least(most, excess))
}

/** Attrition of a month: a stated share, or the monthly part 1 − (1 − a)^(1/12) of a yearly one. */
export function monthlyAttrition<T>(math: Arithmetic<T>, share: T, per: 'month' | 'year'): T {
  if (per === 'month') return share
  const logarithm = math.logarithm1p(math.linear(0, [[-1, share]]))
  return math.linear(1, [[-1, math.exponential(math.linear(0, [[1 / 12, logarithm]]))]])
}

/** The minutes of contacts that a head handles: paid hours that are available and on contacts. */
export const capacityOf = <T>(math: Arithmetic<T>, hours: T, times: number, shrinkage: T, occupancy: T): T =>
  math.linear(0, [[60 * times, math.multiply(hours, math.multiply(math.linear(1, [[-1, shrinkage]]), occupancy))]])
