// Are the odds of comparisons honest where costs step, bend or happen rarely? Exact values come from closed forms and quadrature. The lines of
// pre-integration once missed regions between the places where they looked, and stated errors that were ten times too small.
import { describe, expect, it } from 'vitest'
import type { Estimate, Summary } from '../../src/summary/summary.ts'
import { integral, normalCdf, normalDensity, normalMean, solve } from '../closed-forms/mathematics.ts'
import { long, patience, thorough } from '../effort.ts'
import { simulate } from '../simulate.ts'

/** With n seeds, the ratio has a standard error of about 1 / √(2n): a tenth for 48. */
const seedsFor = (trials: number): number => (!long ? 12 : trials > 200_000 ? 24 : 48)
/** The ratio of actual to stated errors. */
const MOST = 1.25

const Z95 = 1.6448536269514722
/** Mean and standard deviation of the logarithm of a lognormal `low to high`. */
const logOf = (low: number, high: number) => [Math.log(low * high) / 2, Math.log(high / low) / (2 * Z95)] as const

/** One month's volume: a lognormal base of 7,000 to 14,000 times noise of 8% with mean 1, which is lognormal too. */
const conversations = { base: '7k to 14k', noise: { cv: '8%' } }
const noise = Math.sqrt(Math.log(1 + 0.08 * 0.08))
const [middle, wide] = [logOf(7_000, 14_000)[0] - (noise * noise) / 2, Math.hypot(logOf(7_000, 14_000)[1], noise)]
const volumeBelow = (v: number): number => (v <= 0 ? 0 : normalCdf((Math.log(v) - middle) / wide))
const volumeIn = (low: number, high: number): number => Math.max(0, volumeBelow(high) - volumeBelow(low))

type Costs = (volume: number) => readonly number[]

/** The probability that each cost is the least, by the middles of a fine grid over the volume's probability. */
function oddsOf(costs: Costs, cells = 100_000): number[] {
  const odds = costs(1).map(() => 0)
  const edges = Array.from({ length: cells + 1 }, (_, k) => middle + wide * (-6 + (12 * k) / cells))
  for (let k = 0; k < cells; k++) {
    const all = costs(Math.exp((edges[k] + edges[k + 1]) / 2))
    const mass = normalCdf((edges[k + 1] - middle) / wide) - normalCdf((edges[k] - middle) / wide)
    odds[all.indexOf(Math.min(...all))] += mass
  }
  return odds
}

interface Known {
  readonly of: (summary: Summary) => Estimate | undefined
  readonly exact: number
}

const cheapest = (name: string, exact: number): Known => ({ of: ({ comparison }) => comparison.cheapest[name], exact })
const cheaper = (a: string, b: string, exact: number): Known => ({ of: ({ comparison }) => comparison.cheaper?.[a][b], exact })

/** Errors of many seeds must be as large as stated. A figure on a floor may be more precise. */
async function expectHonest(scenario: object, trials: number, known: readonly Known[]): Promise<Estimate[][]> {
  const found = known.map((): Estimate[] => [])
  const seeds = seedsFor(trials)
  for (let seed = 0; seed < seeds; seed++) {
    const { summary } = await simulate(scenario, { trials, monthly: false, seed: `chances ${seed}` })
    known.forEach(({ of }, k) => found[k].push(of(summary) ?? { value: Number.NaN, se: 0 }))
  }
  known.forEach(({ exact }, k) => {
    const rms = (of: (one: Estimate) => number) => Math.sqrt(found[k].reduce((sum, one) => sum + of(one) ** 2, 0) / seeds)
    const [actual, stated] = [rms(({ value }) => value - exact), rms(({ se }) => se)]
    expect(actual, `figure ${k}: ${exact}, off by ${actual}, stated ${stated}`).toBeLessThan(MOST * stated)
  })
  return found
}

const isIntegrated = (all: readonly Estimate[]): boolean => all.every(({ by }) => by === 'preintegration')
const priced = (meter: string, price: string, more: object = {}) => ({ charges: [{ meter, price }], ...more })

describe(
  'the odds of comparisons',
  () => {
    it.runIf(thorough)('are counted if a package starts anywhere on a line', async () => {
      const offers = {
        unit: priced('conversations', '$0.666'),
        packages: { charges: [{ meter: 'conversations', package: 2_500, price: '$1600' }] },
      }
      // The unit price is lower up to 1600 k / 0.666 conversations of the k-th package.
      const exact = Array.from({ length: 60 }, (_, k) => volumeIn(2_500 * k, Math.min(2_500 * (k + 1), (1_600 * (k + 1)) / 0.666)))
      const odds = exact.reduce((a, b) => a + b)
      const known = [cheapest('unit', odds), cheaper('packages', 'unit', 1 - odds)]
      for (const trials of long ? [10_000, 50_000, 100_000] : [10_000]) {
        const found = await expectHonest({ months: 1, conversations, offers }, trials, known)
        expect(found.flat().some(({ by }) => by !== undefined)).toBe(false)
      }
      // A year of autocorrelated noise: from 150 million plain trials, ± 0.0000073.
      const year = { conversations: { base: '5k to 20k', noise: { cv: '8%', autocorrelation: 0.5 } }, offers }
      for (const trials of long ? [10_000, 50_000, 100_000] : [10_000]) await expectHonest(year, trials, [cheapest('unit', YEAR)])
    })

    it('are counted if a guarantee pays rarely', async () => {
      // The guarantee pays at three standard deviations below the mean rate, and decides the comparison whenever it does.
      const scenario = {
        months: 1,
        conversations,
        resolution: { rate: 'normal(0.65, 0.03)' },
        offers: {
          guaranteed: priced('resolutions', '$1', { guarantee: { months: 1, notAbove: '56%', payment: '$5k' } }),
          flat: priced('conversations', '$0.5'),
        },
      }
      for (const trials of long ? [10_000, 50_000] : [10_000])
        await expectHonest(scenario, trials, [cheaper('guaranteed', 'flat', normalCdf(-3))])
    })

    it('are exact in each value of a discrete price, however rare', async () => {
      const scenario = (chance: number) => ({
        months: 1,
        conversations,
        resolution: { rate: 'normal(0.65, 0.03)' },
        offers: {
          solved: priced('resolutions', `discrete($1: ${1 - chance}, $0.5: ${chance})`),
          asked: priced('conversations', '$0.636'),
        },
      })
      for (const chance of long ? [0.0001, 0.0007, 0.01, 0.3] : [0.0007]) {
        const exact = (1 - chance) * normalCdf((0.636 - 0.65) / 0.03) + chance
        const [found] = await expectHonest(scenario(chance), 10_000, [cheapest('solved', exact)])
        expect(isIntegrated(found)).toBe(true)
        for (const { se } of found) expect(se).toBeLessThan(6e-5)
      }
    })

    it('have the error of the lines that a second discrete price may miss', async () => {
      const scenario = {
        months: 1,
        conversations,
        resolution: { rate: 'normal(0.65, 0.03)' },
        offers: {
          solved: priced('resolutions', 'discrete($1: 0.9993, $0.5: 0.0007)'),
          asked: priced('conversations', 'discrete($0.636: 0.9994, $0.9: 0.0006)'),
        },
      }
      const below = (limit: number) => normalCdf((limit - 0.65) / 0.03)
      const exact = [1, 0.5].map((price, k) =>
        [0.636, 0.9].reduce((sum, other, j) => sum + [0.9993, 0.0007][k] * [0.9994, 0.0006][j] * below(other / price), 0),
      )
      for (const trials of long ? [10_000, 100_000] : [10_000])
        await expectHonest(scenario, trials, [cheapest('solved', exact[0] + exact[1])])
    })

    it.runIf(thorough)('are exact if a commitment is cheaper in a narrow range of volumes', async () => {
      const rate = (z: number) => 0.65 + 0.03 * z
      const scenario = {
        months: 1,
        conversations,
        resolution: { rate: 'normal(0.65, 0.03)' },
        offers: {
          committed: { charges: [{ meter: 'conversations', commitment: '7697/month', price: '$0.63', overage: '$13' }] },
          solved: priced('resolutions', '$0.97'),
          asked: priced('conversations', '$0.634'),
        },
      }
      // Cheaper than a unit price u from 0.63 · 7,697 / u to the volume at which the overage makes up for it.
      const range = (u: number) => (u < 0.63 ? 0 : volumeIn((0.63 * 7_697) / u, (12.37 * 7_697) / (13 - u)))
      const against = normalMean((z) => range(0.97 * rate(z)), 0.0005)
      for (const trials of long ? [10_000, 100_000] : [10_000]) {
        const [asked, solved] = await expectHonest(scenario, trials, [
          cheaper('committed', 'asked', range(0.634)),
          cheaper('committed', 'solved', against),
        ])
        expect(isIntegrated(asked) && isIntegrated(solved)).toBe(true)
        for (const { se } of solved) expect(se).toBeLessThan(5e-4)
      }
    })

    it.runIf(thorough)('are exact if a floor and a commitment bend next to each other', async () => {
      const scenario = {
        months: 1,
        conversations,
        resolution: { rate: 'normal(0.65, 0.03)' },
        offers: {
          committed: { charges: [{ meter: 'resolutions', commitment: '7000/month', price: '$0.84', overage: '$1.8' }] },
          floored: { charges: [{ meter: 'resolutions', price: '$0.865', minimum: '$5860/month' }] },
        },
      }
      // The commitment is cheaper from the resolutions that its fee would buy, up to those at which its overage makes up for it.
      const [low, high] = [(0.84 * 7_000) / 0.865, (0.96 * 7_000) / (1.8 - 0.865)]
      const exact = normalMean((z) => volumeIn(low / (0.65 + 0.03 * z), high / (0.65 + 0.03 * z)), 0.002)
      for (const trials of long ? [10_000, 100_000] : [10_000]) {
        const [found] = await expectHonest(scenario, trials, [cheaper('committed', 'floored', exact)])
        // A pilot may find no direction along which the difference changes, and its odds are then counted.
        expect(found.filter(({ by }) => by !== undefined).length).toBeGreaterThan(found.length / 2)
      }
    })

    it.runIf(thorough)('are honest if lines are little more precise than counts, so that luck decides between them', async () => {
      /** The mean over the rates, and over the volumes between two numbers of standard deviations. */
      const mean = (low: number, high: number, of: (v: number, r: number) => number) =>
        integral((z) => normalDensity(z) * normalMean((y) => of(Math.exp(middle + wide * z), 0.65 + 0.03 * y)), low, high, 60)
      const scoreOf = (v: number) => (Math.log(v) - middle) / wide
      const within = (price: number, low: number, high: number) => Math.min(1, Math.max(0, (price - low) / (high - low)))
      const scenario = (price: string, limit: object, other: object) => ({
        months: 1,
        conversations,
        resolution: { rate: 'normal(0.65, 0.03)' },
        offers: { quoted: { charges: [{ meter: 'resolutions', price, ...limit }] }, other },
      })
      const fee = {
        charges: [
          { meter: 'conversations', price: '$0.3' },
          { fee: '$3200', per: 'month' },
        ],
      }
      const [capped, floored] = [
        scenario('uniform($0.8, $1.2)', { maximum: '$7000/month' }, priced('conversations', '$0.64')),
        scenario('uniform($0.8, $1.1)', { minimum: '$6000/month' }, fee),
      ]
      // Beyond 7,000 / 0.64 conversations the cap is always cheaper. Up to 2,800 / 0.3 of them the floor never is.
      const [cap, floor] = [scoreOf(7_000 / 0.64), scoreOf(2_800 / 0.3)]
      const underCap = mean(-8, cap, (_, r) => within(0.64 / r, 0.8, 1.2)) + 1 - normalCdf(cap)
      const overFloor = mean(floor, 8, (v, r) => within((0.3 * v + 3_200) / (r * v), 0.8, 1.1))
      await expectHonest(capped, 16_384, [cheaper('quoted', 'other', underCap)])
      await expectHonest(floored, 16_384, [cheaper('quoted', 'other', overFloor)])
    })

    it.runIf(thorough)('are those of six offers with seats by need, bundles and a discrete price', async () => {
      const scenario = {
        months: 1,
        conversations,
        resolution: { rate: '65%' },
        offers: {
          unit: priced('resolutions', '$1'),
          packages: { charges: [{ meter: 'conversations', package: 2_500, price: '$1600' }] },
          seats: {
            charges: [
              { seats: { perAgent: 600 }, price: '$900/month' },
              { meter: 'conversations', price: '$0.1' },
            ],
          },
          bundles: {
            charges: [
              { meter: 'resolutions', bundles: [{ to: 6_000, fee: '$5800' }, { to: 7_000, fee: '$6300' }, { fee: '$9000' }] },
            ],
          },
          quoted: priced('conversations', 'discrete($0.7: 0.98, $0.5: 0.02)'),
          dear: { charges: [{ meter: 'conversations', package: 100, price: '$200' }] },
        },
      }
      const costs =
        (quote: number): Costs =>
        (v) => [
          0.65 * v,
          1_600 * Math.ceil(v / 2_500),
          900 * Math.ceil((0.35 * v) / 600) + 0.1 * v,
          0.65 * v <= 6_000 ? 5_800 : 0.65 * v <= 7_000 ? 6_300 : 9_000,
          quote * v,
          200 * Math.ceil(v / 100),
        ]
      const [usual, low] = [oddsOf(costs(0.7)), oddsOf(costs(0.5))]
      const names = Object.keys(scenario.offers)
      const known = names.slice(0, 5).map((name, k) => cheapest(name, 0.98 * usual[k] + 0.02 * low[k]))
      for (const trials of long ? [16_384, 131_072, 1_000_000] : [16_384]) await expectHonest(scenario, trials, known)
    })

    it('and percentiles follow the past months that a bootstrap draws', async () => {
      const ratios = [0.7, 1, 1.3]
      const [mu, sigma] = logOf(7_000, 14_000)
      const scenario = {
        months: 2,
        conversations: { base: '7k to 14k', bootstrap: { ratios, block: 1 } },
        offers: {
          unit: priced('conversations', '$0.66'),
          committed: { charges: [{ meter: 'conversations', commitment: '10k/month', price: '$0.6', overage: '$0.9' }] },
        },
      }
      const bill = (v: number) => 6_000 + 0.9 * Math.max(0, v - 10_000)
      const months = ratios.flatMap((a) => ratios.map((b) => [a, b] as const))
      const each = (of: (pair: readonly [number, number]) => number) => months.reduce((sum, pair) => sum + of(pair) / 9, 0)
      const below = (base: number) => normalCdf((Math.log(base) - mu) / sigma)
      const twice =
        ([a, b]: readonly [number, number]) =>
        (base: number) =>
          bill(a * base) + bill(b * base)
      // The unit price is lower up to the base at which it meets the commitment, and from the second one on.
      const odds = each(([a, b]) => {
        const gap = (base: number) => 0.66 * (a + b) * base - twice([a, b])(base)
        const kinks = [10_000 / a, 10_000 / b].sort((x, y) => x - y)
        const crossings = [0, ...kinks, 1e6].flatMap((low, k, all) => {
          const high = all[k + 1]
          if (high === undefined || gap(low) < 0 === gap(high) < 0) return []
          const rising = gap(low) < 0
          return [solve((x) => (rising ? gap(x) : -gap(x)), 0, low, high)]
        })
        return [0, ...crossings].reduce(
          (sum, from, k) => (k % 2 === 0 ? sum + below(crossings[k] ?? 1e9) - (from === 0 ? 0 : below(from)) : sum),
          0,
        )
      })
      const upTo = (q: number) => each((pair) => (q < 12_000 ? 0 : below(solve(twice(pair), q, 10_000 / Math.max(...pair), 1e6))))
      const percentile = (key: 'p80' | 'p95', p: number): Known => ({
        of: ({ offers }) => offers.committed.bill.percentiles[key],
        exact: solve(upTo, p, 12_001, 100_000),
      })
      const figures = [cheaper('unit', 'committed', odds), percentile('p80', 0.8), percentile('p95', 0.95)]
      await expectHonest(scenario, 16_384, figures)
      if (!long) return
      // Past months are drawn beside the lines, so that the sample is more precise for a long time.
      await expectHonest(scenario, 262_144, figures)
      const { summary } = await simulate(scenario, { trials: 1_000_000, monthly: false, seed: 'chances' })
      const p95 = figures[2].of(summary)
      expect(p95?.by).toBe('preintegration')
      expect(Math.abs((p95?.value ?? Number.NaN) - figures[2].exact)).toBeLessThan(4 * (p95?.se ?? 0))
    })
  },
  patience,
)

/** P(a unit price of $0.666 costs less over a year than packages of 2,500 at $1,600), by NumPy. */
const YEAR = 0.9918423
