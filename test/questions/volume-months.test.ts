// The drawing of the months: their average, and a band that holds 90 of 100 trials.
import { expect, it } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { runScenario } from '../../src/api/run.ts'
import { volumeMonths } from '../../src/questions/volume-months.ts'
import { inlineExecutor } from '../../src/run/executor.ts'

const CV = 0.1
const plan = `conversations: { monthly: [50000, 40000, 60000], noise: { cv: ${CV} } }
resolution: { rate: 65% }
months: 3
offers: { flat: { charges: [{ meter: conversations, price: 0.70 }] } }
`

it.each([1, 2, 3])(
  'lognormal noise gives the mean and the P5 and P95 of its formula, to a hundredth of the band (seed %i)',
  async (seed) => {
    const options = { trials: 8_192, seed: String(seed) }
    const { trials } = await runScenario(plan, options, { executor: () => inlineExecutor, reader: givenFiles({}) })
    const sd = Math.sqrt(Math.log(1 + CV * CV))
    const at = (z: number) => Math.exp(z * sd - (sd * sd) / 2)
    const [low, high] = [at(-1.644854), at(1.644854)]
    for (const [m, month] of volumeMonths(trials).entries()) {
      const base = [50_000, 40_000, 60_000][m]
      const least = 0.01 * (high - low) * base
      expect(Math.abs(month.mean - base)).toBeLessThan(least)
      expect(Math.abs(month.low - low * base)).toBeLessThan(least)
      expect(Math.abs(month.high - high * base)).toBeLessThan(least)
    }
  },
)
