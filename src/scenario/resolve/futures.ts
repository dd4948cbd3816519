// Gives a plan the futures of its history: their means are the expected volumes, and closed months belong to the history.
import { futuresOf } from '../../forecasting/ensemble/futures.ts'
import type { PastVolumes } from '../../forecasting/ensemble/past-fit.ts'
import type { PlanHistory, ResolvedScenario } from '../resolved.ts'
import { type Pasts, PLAN } from './pasts.ts'
import { withEstimates } from './together.ts'

export { withEstimates } from './together.ts'

export function withFutures(scenario: ResolvedScenario, pasts: Pasts): ResolvedScenario {
  const { actuals, segments, conversations } = scenario
  const own = pasts.get(PLAN)
  return {
    ...scenario,
    ...(own && { conversations: { ...conversations, ...futures(own, actuals?.conversations ?? [], scenario) } }),
    ...(segments && {
      segments: segments.map((segment, s) => {
        const past = pasts.get(segment.name)
        const closed = actuals?.segments?.[s].conversations ?? []
        return past ? { ...segment, conversations: { ...segment.conversations, ...futures(past, closed, scenario) } } : segment
      }),
    }),
  }
}

/** The plan as it was before its first month closed. */
export function withoutActuals({ actuals: _, ...scenario }: ResolvedScenario): ResolvedScenario {
  const before = <T extends { readonly history?: PlanHistory }>(own: T): T =>
    own.history ? { ...own, ...futures(pastBefore(own.history, scenario.start), [], scenario) } : own
  const planned: ResolvedScenario = {
    ...scenario,
    conversations: before(scenario.conversations),
    ...(scenario.segments && {
      segments: scenario.segments.map((segment) => ({ ...segment, conversations: before(segment.conversations) })),
    }),
  }
  const stated = scenario.correlations.filter(({ estimated }) => estimated === undefined)
  return { ...planned, correlations: withEstimates(planned, stated) }
}

/** The history up to its last known month before the plan. */
function pastBefore({ digest: _, ...past }: PlanHistory, start: number): PastVolumes {
  const before = past.volumes.slice(0, start - past.first)
  return { ...past, volumes: before.slice(0, before.findLastIndex((volume) => volume > 0) + 1) }
}

/** @param actual the volumes of the plan's first months. Wrong ones, which are reported, are left out. */
function futures(
  past: PastVolumes,
  actual: readonly number[],
  { start, months }: ResolvedScenario,
): { readonly monthly: readonly number[]; readonly history: PlanHistory } {
  const closed = actual.length < months && actual.every((volume) => volume > 0) ? actual : []
  const gap = closed.length === 0 ? 0 : start - past.first - past.volumes.length
  const whole = { ...past, volumes: [...past.volumes, ...new Array<number>(gap).fill(0), ...closed] }
  const { driver, digest } = futuresOf(whole, start, months)
  return { monthly: [...closed, ...driver.means], history: { ...whole, digest } }
}
