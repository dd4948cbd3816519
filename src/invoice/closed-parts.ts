// The rates of an offer's contracts in closed months: as their point estimates, times one factor with which they resolve the number that is known.
import { contractsOf, type OfferProgram, type Program } from '../compile/program.ts'
import type { MonthlyDrivers } from './drivers.ts'

/** @param drivers by contract and segment */
export function withClosedRates(
  program: Program,
  offer: OfferProgram,
  drivers: readonly (readonly MonthlyDrivers[])[],
): readonly (readonly MonthlyDrivers[])[] {
  const { actuals, offers } = program
  if (actuals?.offer === undefined || offers[actuals.offer] !== offer || !actuals.resolved) return drivers
  const shadows = contractsOf(offer).map(({ contract }) => contract.shadow)
  const working = (p: number, s: number, m: number) =>
    shadows[p]?.[m] === true ? 0 : drivers[p][s].involved[m] * drivers[p][s].rate[m]
  /** The number of resolutions that holds for a contract in a segment, and the contracts and segments that share it. */
  const numberOf = (p: number, s: number, m: number) => {
    const bySegment = actuals.segments !== undefined
    const parts = actuals.parts ? [p] : [...drivers.keys()]
    const segments = bySegment ? [s] : [...drivers[p].keys()]
    const totals = bySegment ? actuals.segments?.[s].resolved : actuals.resolved
    const number = actuals.parts ? actuals.parts[p][bySegment ? s : 0][m] : totals?.[m]
    return {
      number: number ?? 0,
      expected: parts.reduce((sum, q) => sum + segments.reduce((all, t) => all + working(q, t, m), 0), 0),
    }
  }
  return drivers.map((own, p) =>
    own.map((course, s) => {
      const rate = course.rate.map((planned, m) => {
        if (m >= actuals.volumes.length || working(p, s, m) === 0) return planned
        const { number, expected } = numberOf(p, s, m)
        return Math.min(1, (planned * number) / expected)
      })
      return { ...course, rate }
    }),
  )
}
