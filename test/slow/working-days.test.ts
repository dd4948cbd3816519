// Working days in simulated histories: they make forecasts better where volumes follow them, and change little where volumes do not.
import { expect, it } from 'vitest'
import { fitPast } from '../../src/forecasting/ensemble/past-fit.ts'
import { varianceIn } from '../../src/forecasting/ensemble/ensemble.ts'
import { workCalendar, workingIn } from '../../src/forecasting/history/working-days.ts'
import { lognormalCrps } from '../../src/questions/backtest/scores.ts'
import { long } from '../effort.ts'
import { normals, SEASON, volumesOf } from '../forecasting/simulated.ts'

const JANUARY = 2021 * 12
const HISTORIES = long ? 60 : 16
const MONTHS = 36

/** The mean score (CRPS) of the 12 months ahead, as a share of the volume. The mixture counts as one lognormal distribution. */
function score(volumes: readonly number[], working: readonly number[] | undefined): number {
  const past = { first: JANUARY, volumes: volumes.slice(0, MONTHS), days: true, ...(working && { working }) }
  const { ensemble, lengthOf } = fitPast(past, JANUARY + MONTHS, 12)
  const { members } = ensemble
  const scores = volumes.slice(MONTHS).map((actual, t) => {
    const mean = members.reduce((sum, member) => sum + member.weight * member.mean[t], 0)
    const spread = members.reduce((sum, own) => sum + own.weight * (varianceIn(own, 12, t) + (own.mean[t] - mean) ** 2), 0)
    return lognormalCrps(Math.exp(mean) * lengthOf(JANUARY + MONTHS + t), Math.sqrt(spread), actual) / actual
  })
  return scores.reduce((a, b) => a + b, 0) / scores.length
}

it.each([
  ['is at least 15% smaller where volumes are in proportion to working days', 1, 0, 0.85],
  ['changes by less than 2% where volumes are in proportion to days', 0, 0.98, 1.02],
] as const)('the error of months ahead %s', async (_, elasticity, least, most) => {
  const { working = [] } = workingIn(await workCalendar('US'), JANUARY, MONTHS + 24)
  const of = Array.from({ length: HISTORIES }, (__, seed) => {
    const volumes = volumesOf({ level: 1000, growth: 0.05, season: SEASON, sd: 0.03, phi: 0.3 }, MONTHS + 12, normals(seed + 1))
    const counted = volumes.map((volume, k) => volume * (working[k] / 21) ** elasticity)
    return [score(counted, working), score(counted, undefined)] as const
  })
  const sum = (k: 0 | 1) => of.reduce((total, scores) => total + scores[k], 0)
  const ratio = sum(0) / sum(1)
  expect(ratio).toBeGreaterThan(least)
  expect(ratio).toBeLessThan(most)
})
