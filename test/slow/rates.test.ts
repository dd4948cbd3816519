// Forecasts of simulated resolution rates: walks, steady ones, ramps of a launch, few conversations.
import { beforeAll, describe, expect, it } from 'vitest'
import { uniforms } from '../../bench/forecast/uniforms.mjs'
import { fitRate, type RateFit } from '../../src/forecasting/fit/rate.ts'
import { long, patience } from '../effort.ts'
import { normals } from '../forecasting/simulated.ts'
import { RATE_KINDS, rateHistory } from '../forecasting/simulated-rates.ts'

const EACH = long ? 75 : 20
const FIRST = 2021 * 12

/** The standard deviation of the year's mean under the fields of a plan. */
function yearSd({ rate, improvement, correlation, noise }: RateFit): number {
  let noisy = 0
  for (let f = 0; f < 12; f++) for (let g = 0; g < 12; g++) noisy += noise.autocorrelation ** Math.abs(f - g) / 144
  const [a, b] = [rate.se, 5.5 * improvement.se]
  return Math.sqrt(a * a + b * b + 2 * correlation * a * b + noisy * noise.sd * noise.sd)
}

interface Tested {
  readonly kind: string
  /** Whether the 80% interval of the year's mean holds the truth. */
  readonly covered: boolean
  /** Errors of next month's rate: of the fit, and of repeating the last month. */
  readonly error: number
  readonly repeated: number
}

describe('of simulated histories of a rate', () => {
  let all: readonly Tested[]
  beforeAll(() => {
    all = Object.keys(RATE_KINDS).flatMap((kind, k) => {
      // Nothing was chosen by histories of these seeds.
      const [normal, uniform] = [normals(23_000 + k), uniforms(23_500 + k)]
      return Array.from({ length: EACH }, () => {
        const { conversations, resolutions, ahead } = rateHistory(kind, normal, uniform)
        const start = FIRST + conversations.length
        const fit = fitRate({ first: FIRST, conversations, resolutions }, start)
        if (!fit) throw new Error('no fit')
        const mean = ahead.reduce((a, b) => a + b) / 12
        const last = conversations.length - 1
        return {
          kind,
          covered: Math.abs(fit.rate.value + 5.5 * fit.improvement.value - mean) < 1.2816 * yearSd(fit),
          error: fit.rate.value - ahead[0],
          repeated: resolutions[last] / conversations[last] - ahead[0],
        }
      })
    })
  }, 4 * patience)

  const share = (tested: readonly Tested[]) => tested.filter(({ covered }) => covered).length / tested.length
  const squares = (errors: readonly number[]) => errors.reduce((sum, error) => sum + error * error, 0)

  it('about 80% of the 80% intervals hold the mean of the year', () => {
    // The share of 300 intervals has a standard error of 2.3 points, and that of 80 one of 4.5.
    const slack = long ? 0.04 : 0.09
    expect(Math.abs(share(all) - 0.8)).toBeLessThan(slack)
  })

  it('no kind is covered far less or always', () => {
    for (const kind of Object.keys(RATE_KINDS)) expect(share(all.filter((one) => one.kind === kind)), kind).toBeGreaterThan(0.6)
  })

  it("next month's error is no larger than that of repeating the last month", () => {
    expect(squares(all.map(({ error }) => error))).toBeLessThan(squares(all.map(({ repeated }) => repeated)))
  })
})
