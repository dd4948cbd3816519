// Stated errors of a plan that draws the futures of its history, over many seeds.
import { describe, expect, it } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { runScenario } from '../../src/api/run.ts'
import { formatMonth } from '../../src/months.ts'
import { inlineExecutor } from '../../src/run/executor.ts'
import { normals, SEASON, volumesOf } from '../forecasting/simulated.ts'

const SEEDS = 40
const past = volumesOf({ level: 20_000, growth: 0.2, season: SEASON, sd: 0.07, phi: 0.5 }, 48, normals(21)).map(Math.round)
const text = `month,conversations\n${past.map((volume, k) => `${formatMonth(2022 * 12 + k)},${volume}`).join('\n')}\n`
const plan = {
  start: '2026-01',
  conversations: { history: 'h.csv' },
  offers: { a: { charges: [{ meter: 'tickets', price: 1 }] } },
}

describe('stated errors of a plan with a history', () => {
  it.each(['sobol', 'random', 'latin'] as const)('hold over many seeds (%s)', async (method) => {
    const scores: Record<string, number[]> = { mean: [], p50: [], p90: [] }
    const platform = { executor: () => inlineExecutor, reader: givenFiles({ 'h.csv': text }) }
    const billed = async (seed: string, trials: number) =>
      (await runScenario(plan, { trials, seed, method, preintegration: false }, platform)).summary.offers.a.bill
    const large = await billed('truth', 524_288)
    for (let k = 0; k < SEEDS; k++) {
      const found = await billed(`seed ${k}`, 4_096)
      const add = (name: string, one: { value: number; se: number }, truth: { value: number; se: number }) =>
        scores[name].push((one.value - truth.value) / Math.hypot(one.se, truth.se))
      add('mean', found.mean, large.mean)
      for (const name of ['p50', 'p90'] as const) {
        const [one, truth] = [found.percentiles?.[name], large.percentiles?.[name]]
        if (one && truth) add(name, one, truth)
      }
    }
    for (const own of Object.values(scores)) {
      expect(own).toHaveLength(SEEDS)
      // The mean square of 40 standard scores has a standard error of √(2 / 40), 0.22. Errors may be too wide, but hardly too narrow.
      const square = own.reduce((sum, z) => sum + z * z, 0) / SEEDS
      expect(square).toBeLessThan(1 + 4 * Math.sqrt(2 / SEEDS))
      expect(square).toBeGreaterThan(0.2)
    }
  })
})
