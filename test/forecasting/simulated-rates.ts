// Simulates resolutions with known parameters.
import { rateNoise } from '../closed-forms/rate-noise.ts'

export interface RateTruth {
  readonly months: number
  readonly count: number
  readonly trend: (month: number) => number
  /** Standard deviation at the starting rate, as a fraction. */
  readonly sd: number
  readonly phi: number
}

export function resolved({ months, count, trend, sd, phi }: RateTruth, normal: () => number): [number[], number[]] {
  const start = trend(0)
  const { shift, tau } = rateNoise(start, sd)
  let state = tau * normal()
  const counts = Array.from({ length: months }, () => count)
  const resolutions = counts.map((n, m) => {
    if (m > 0) state = phi * state + tau * Math.sqrt(1 - phi * phi) * normal()
    const rate = 1 / (1 + Math.exp(-(Math.log(trend(m) / (1 - trend(m))) + shift + state)))
    return Math.min(n, Math.max(0, Math.round(n * rate + Math.sqrt(n * rate * (1 - rate)) * normal())))
  })
  return [counts, resolutions]
}

/** A history of a rate that goes on for a year. */
export interface RateHistory {
  readonly conversations: readonly number[]
  readonly resolutions: readonly number[]
  /** The true rates of the year after. */
  readonly ahead: readonly number[]
}

/** The log-odds of each month, given standard normal numbers and the number of months. */
type Course = (normal: () => number, months: number) => number[]

const added = (normal: () => number, months: number, sd: number, phi: number, mean: (m: number) => number): number[] => {
  let state = sd * normal()
  return Array.from({ length: months }, (_, m) => {
    if (m > 0) state = phi * state + sd * Math.sqrt(1 - phi * phi) * normal()
    return mean(m) + state
  })
}

/** Kinds of histories: their months, conversations a month, and course. Rates are mostly from 30% to 80%. */
export const RATE_KINDS: Readonly<Record<string, { readonly months: number; readonly count: number; readonly course: Course }>> = {
  walk: {
    ...{ months: 36, count: 10_000 },
    course: (normal, months) => {
      let level = 0.3 + 0.5 * normal()
      return Array.from({ length: months }, () => {
        level += 0.06 * normal()
        return level + 0.03 * normal()
      })
    },
  },
  steady: {
    ...{ months: 36, count: 10_000 },
    course: (normal, months) => {
      const level = 0.3 + 0.5 * normal()
      return added(normal, months, 0.06, 0.4, () => level)
    },
  },
  ramp: {
    ...{ months: 18, count: 10_000 },
    course: (normal, months) => {
      const [low, top] = [-1 + 0.3 * normal(), 1 + 0.3 * normal()]
      return added(normal, months, 0.05, 0.3, (m) => top - (top - low) * Math.exp(-m / 8))
    },
  },
  few: {
    ...{ months: 24, count: 60 },
    course: (normal, months) => {
      const level = 0.5 + 0.7 * normal()
      return added(normal, months, 0.1, 0.3, () => level)
    },
  },
}

export function rateHistory(kind: string, normal: () => number, uniform: () => number): RateHistory {
  const { months, count, course } = RATE_KINDS[kind]
  const rates = course(normal, months + 12).map((odds) => 1 / (1 + Math.exp(-odds)))
  const conversations = Array.from({ length: months }, () => Math.round(count * Math.exp(0.1 * normal())))
  const resolutions = conversations.map((n, m) => {
    // From a few hundred on, a binomial number is normal.
    if (n > 400) return Math.min(n, Math.max(0, Math.round(n * rates[m] + Math.sqrt(n * rates[m] * (1 - rates[m])) * normal())))
    return Array.from({ length: n }, () => (uniform() < rates[m] ? 1 : 0) as number).reduce((a, b) => a + b, 0)
  })
  return { conversations, resolutions, ahead: rates.slice(months) }
}

/** Volumes and resolutions whose monthly deviations have the correlation `rho`. */
export function correlatedHistory(
  rho: number,
  months: number,
  normal: () => number,
): Pick<RateHistory, 'conversations' | 'resolutions'> {
  let [volume, rate] = [0, 0]
  const counts = Array.from({ length: months }, (_, m) => {
    const [a, b] = [normal(), normal()]
    volume = 0.4 * volume + 0.08 * a
    rate = 0.4 * rate + 0.1 * (rho * a + Math.sqrt(1 - rho * rho) * b)
    const days = new Date(Date.UTC(2021, m + 1, 0)).getUTCDate()
    const conversations = Math.round(300 * days * Math.exp(volume))
    const share = 1 / (1 + Math.exp(-0.5 - rate))
    return {
      conversations,
      resolved: Math.round(conversations * share + Math.sqrt(conversations * share * (1 - share)) * normal()),
    }
  })
  return { conversations: counts.map((one) => one.conversations), resolutions: counts.map((one) => one.resolved) }
}
