// Are errors honest if costs jump at one place of one draw? Each net of n points has n·u of them below a probability u, or one more, so that all nets
// may count alike. The mean of a step of height h then has a root mean square error of h √(f (1 − f) / R) / n, for R nets and the fraction f of n·u.
import { describe, expect, it } from 'vitest'
import { METHODS, planTrials } from '../../src/numerics/random/plan.ts'
import type { Estimate } from '../../src/summary/summary.ts'
import { long, someOf, thorough } from '../effort.ts'
import { simulate } from '../simulate.ts'

const TRIALS = 2_048
const SEEDS = thorough ? 60 : 8
/** Both kinds of nets in the long tests. */
const NETS = long ? (['sobol', 'latin'] as const) : (['sobol'] as const)
const { replicates, points } = planTrials(TRIALS, 'sobol')
/** Fractions of a stratum. In the middle the spread of the replicates shows the error, near 0 and 1 it does not. */
const FRACTIONS = [0.05, 0.1, 0.3, 0.5, 0.75, 0.95]
const [LOW, WIDTH, FEE, STEP] = [1_000, 1_000, 500, 100]

/**
 * A fee that steps where the volume passes `u` of its range, beside a smooth one, and a payment if the rate is up to `u` of its own range. The fee of that offer is
 * discrete.
 */
const stepped = (u: number) => ({
  months: 1,
  conversations: { base: `uniform(${LOW}, ${LOW + WIDTH})` },
  resolution: { rate: 'uniform(60%, 70%)' },
  offers: {
    bundles: {
      charges: [
        { meter: 'conversations', bundles: [{ to: LOW + u * WIDTH, fee: FEE }, { fee: FEE + STEP }] },
        { meter: 'conversations', price: '$0.001' },
      ],
    },
    sure: {
      charges: [{ fee: 'discrete($900: 0.7, $1200: 0.3)' }],
      guarantee: { months: 1, notAbove: 0.6 + 0.1 * u, payment: STEP },
    },
    flat: { charges: [{ fee: '$550' }] },
  },
})

const rms = (all: readonly number[]): number => Math.sqrt(all.reduce((sum, x) => sum + x * x, 0) / all.length)

interface Compared {
  readonly off: number[]
  readonly stated: number[]
}

const compare = (all: Compared, exact: number, { value, se }: Estimate = { value: Number.NaN, se: 0 }): void => {
  all.off.push(value - exact)
  all.stated.push(se)
  expect(Math.abs(value - exact)).toBeLessThan(5 * se)
}

function expectHonest({ off, stated }: Compared): void {
  const ratio = rms(off) / rms(stated)
  expect(ratio).toBeGreaterThan(0.8)
  expect(ratio).toBeLessThan(1.25)
}

describe('a step at one place of one draw', () => {
  it.each(someOf(NETS, 3))('leaves its error in every mean that it moves, by %s', async (method) => {
    const found: Record<string, Compared> = {}
    const add = (key: string, exact: number, estimate: Estimate | undefined) => {
      found[key] ??= { off: [], stated: [] }
      compare(found[key], exact, estimate)
    }
    for (const f of FRACTIONS) {
      const u = (20 + f) / points
      for (let seed = 0; seed < SEEDS; seed++) {
        const options = { trials: TRIALS, method, seed: `step ${f} ${seed}` }
        const { offers, comparison } = (await simulate(stepped(u), options)).summary
        const { bill, layers } = offers.sure
        const mean = FEE + STEP * (1 - u) + 0.001 * (LOW + WIDTH / 2)
        add('bill', mean, offers.bundles.bill.mean)
        add('difference', mean - 550, comparison.difference?.bundles.flat.mean)
        add('month', mean, offers.bundles.bill.monthly[0].mean)
        add('sure', 990 - STEP * u, bill.mean)
        add('credits', -STEP * u, layers.credits)
      }
    }
    for (const all of Object.values(found)) expectHonest(all)
    const exact = FRACTIONS.map((f) => (STEP * Math.sqrt((f * (1 - f)) / replicates)) / points)
    expect(rms(found.credits.off) / rms(exact)).toBeGreaterThan(0.8)
    expect(rms(found.credits.off) / rms(exact)).toBeLessThan(1.2)
  })

  it.each(METHODS)('leaves its error in a mean and an expected shortfall if hardly any trial reaches it, by %s', async (method) => {
    // One run in two meets the last bundle.
    const share = 0.5 / TRIALS
    const found: Record<string, Compared> = { mean: { off: [], stated: [] }, shortfall: { off: [], stated: [] } }
    for (let seed = 0; seed < SEEDS; seed++) {
      const { bill } = (await simulate(stepped(1 - share), { trials: TRIALS, method, seed: `rare ${seed}` })).summary.offers.bundles
      compare(found.mean, FEE + STEP * share + 0.001 * (LOW + WIDTH / 2), bill.mean)
      compare(found.shortfall, FEE + (STEP * share) / 0.05 + 0.001 * (LOW + 0.975 * WIDTH), bill.expectedShortfall?.p95)
    }
    for (const { off, stated } of Object.values(found)) {
      // The spread of runs that met it is larger than its error, that of others smaller: they state the error of its chance.
      expect(rms(off) / rms(stated)).toBeGreaterThan(0.5)
      expect(rms(off) / rms(stated)).toBeLessThan(1.25)
      expect(Math.min(...stated)).toBeGreaterThan(0.9 * ((STEP * Math.sqrt(0.5)) / TRIALS))
    }
  })

  it.runIf(thorough)('costs no precision where two draws move it', async () => {
    const plan = { ...stepped(0.5), conversations: { base: 'uniform(1000, 2000)', noise: { cv: '8%' } } }
    const { offers } = (await simulate(plan, { trials: 16_384, seed: 'two' })).summary
    const { mean, sd } = offers.bundles.bill
    expect(mean.se).toBeLessThan(sd.value / Math.sqrt(16_384) / 3)
  })
})
