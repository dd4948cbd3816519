// The correlation of volume and rate, from simulated histories of both.
import { describe, expect, it } from 'vitest'
import { fittedDrivers } from '../../src/forecasting/fit/drivers.ts'
import { fitHistory } from '../../src/forecasting/fit/per-day.ts'
import { fitRate } from '../../src/forecasting/fit/rate.ts'
import { estimatedCorrelation } from '../../src/forecasting/ensemble/innovations.ts'
import { calibrationOf } from '../../src/questions/backtest/calibration.ts'
import { someOf } from '../effort.ts'
import { correlatedHistory } from './simulated-rates.ts'
import { normals } from './simulated.ts'

const FIRST = 2021 * 12
const seeds = someOf([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19], 10)

describe('the correlation of volume and rate', () => {
  it.each([-0.5, 0, 0.6])('of %d is found within two errors, in 18 of 20 histories or more and with little bias', (rho) => {
    const scores = seeds.map((seed) => {
      const { conversations, resolutions } = correlatedHistory(rho, 48, normals(200 + seed))
      const rate = fitRate({ first: FIRST, conversations, resolutions }, FIRST + 48)
      const found = fittedDrivers(fitHistory({ first: FIRST, volumes: conversations, days: true }, FIRST + 48), rate).together
      if (!found) throw new Error('no correlation')
      expect(found.se).toBeGreaterThan(0.05)
      expect(found.se).toBeLessThan(0.3)
      return (found.value - rho) / found.se
    })
    expect(scores.filter((score) => Math.abs(score) > 2).length).toBeLessThanOrEqual(seeds.length / 10)
    // The prior pulls toward 0, by half an error at most.
    expect(Math.abs(scores.reduce((a, b) => a + b) / scores.length)).toBeLessThan(0.5 + 3 / Math.sqrt(seeds.length))
  })

  it('is that of the months that both know, allowing for the part that is no chance', () => {
    const pairs = [1.2, -0.4, 0.3, -1.5, 0.8, 0.1, -0.9, 1.7, -0.2, 0.6, -1.1, 0.5]
    const of = (share: number, sign: number) => pairs.map((value, k) => ({ month: FIRST + k, value: sign * value, share }))
    expect(estimatedCorrelation(of(1, 1), of(1, 1).slice(1))).toBeUndefined()
    const [sure, half] = [estimatedCorrelation(of(1, 1), of(1, -1)), estimatedCorrelation(of(1, 1), of(0.25, -1))]
    expect(sure?.value).toBeLessThan(-0.9)
    // Chance makes up three quarters of the rate's deviation: the estimate is weaker, and its error is larger.
    expect(half?.value).toBeGreaterThan(sure?.value ?? 0)
    expect(half?.se).toBeGreaterThan(sure?.se ?? 1)
  })

  it('stands in the plan and among the figures', async () => {
    const { conversations, resolutions } = correlatedHistory(-0.5, 48, normals(200))
    const rows = conversations.map((count, k) => ({
      month: `${2021 + Math.floor(k / 12)}-${String((k % 12) + 1).padStart(2, '0')}`,
      conversations: count,
      resolutions: resolutions[k],
    }))
    const { resolution, scenario } = await calibrationOf(rows)
    expect(resolution?.correlation?.value).toBeLessThan(-0.1)
    expect(scenario).toMatch(
      /between: \[conversations\.noise, resolution\.noise\], rho: -0\.\d+ \} +# months that are busier than expected: -0\.\d\d ± 0\.\d\d/,
    )
  })

  it('is left out where months are drawn from the past', () => {
    const { conversations, resolutions } = correlatedHistory(-0.5, 48, normals(200))
    const rate = fitRate({ first: FIRST, conversations, resolutions }, FIRST + 48)
    const { correlations } = fittedDrivers(fitHistory({ first: FIRST, volumes: conversations, days: true }, FIRST + 48), rate, 3)
    expect(correlations.flatMap(({ between }) => between)).not.toContain('conversations.noise')
  })
})
