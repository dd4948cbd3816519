// Gives a plan the futures of its history: their means are the expected volumes, and closed months belong to the history.
import { futuresOf, type PastVolumes } from '../../forecasting/ensemble/futures.ts'
import type { PlanHistory, ResolvedScenario } from '../resolved.ts'
import { type Pasts, PLAN } from './pasts.ts'

export function withFutures(scenario: ResolvedScenario, pasts: Pasts): ResolvedScenario {
  const past = pasts.get(PLAN)
  if (past === undefined) return scenario
  return {
    ...scenario,
    conversations: { ...scenario.conversations, ...futures(past, scenario.actuals?.conversations ?? [], scenario) },
  }
}

/** The plan as it was before its first month closed. */
export function withoutActuals({ actuals: _, ...scenario }: ResolvedScenario): ResolvedScenario {
  const { history, ...conversations } = scenario.conversations
  if (!history) return scenario
  const before = history.volumes.slice(0, scenario.start - history.first)
  const last = before.findLastIndex((volume) => volume > 0)
  const { first, days } = history
  return {
    ...scenario,
    conversations: { ...conversations, ...futures({ first, days, volumes: before.slice(0, last + 1) }, [], scenario) },
  }
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
