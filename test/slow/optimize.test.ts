// The best commitment against closed forms: where the mean, P90 and shortfall are least, and under conditions.
import { describe, expect, it } from 'vitest'
import { optimumOf as optimize } from '../../src/questions/negotiate/optimize.ts'
import { effort, long, patience } from '../effort.ts'
import { committed, excess, lognormalUse, phi, reader, rootOf, use, useAt } from '../questions/reader.ts'

const path = 'offers.zendesk.charges[0].commitment'
const scenario = { ...lognormalUse, offers: { zendesk: committed } }
const bounds = [20_000, 45_000] as const
const cost = (c: number) => 1.5 * c + 2 * excess(c)
const of = (options: object = {}, own: object = scenario) =>
  optimize(
    own,
    { offer: 'zendesk', minimize: 'mean', vary: { [path]: bounds }, trials: long ? 65_536 : 8_192, ...options } as Parameters<
      typeof optimize
    >[1],
    reader,
  )
const seeds = Array.from({ length: effort(2, 100).numRuns }, (_, k) => k + 1)

describe('the commitment with the least mean is the 25th percentile of use', () => {
  it.each(seeds)(
    'seed %i: 30,380 at $50,998.52, within the reported interval and error',
    async (seed) => {
      const found = await of({ seed })
      const { value, low, high } = found.best[path]
      const exact = useAt(0.25)
      expect(exact).toBeCloseTo(30_380.2, 1)
      expect(low).toBeLessThanOrEqual(exact)
      expect(high).toBeGreaterThanOrEqual(exact)
      expect(value).toBeGreaterThanOrEqual(low)
      expect(value).toBeLessThanOrEqual(high)
      expect(high - low).toBeLessThan(long ? 20 : 200)
      expect(cost(exact)).toBeCloseTo(50_998.52, 2)
      expect(found.cost.se).toBeLessThan(long ? 0.5 : 5)
      expect(Math.abs(found.cost.value - cost(exact))).toBeLessThan(4 * found.cost.se)
    },
    patience,
  )
  it.each(['latin', 'random'] as const)('also with %s numbers', async (method) => {
    const found = await of({ method, trials: 16_384 })
    const { low, high } = found.best[path]
    expect(low).toBeLessThan(useAt(0.25))
    expect(high).toBeGreaterThan(useAt(0.25))
    expect(high - low).toBeLessThan(2_500)
  })
  it('and every point of the curve is within its error', async () => {
    const { curve } = await of()
    expect(curve.length).toBeGreaterThan(33)
    expect(curve.every((point, k) => k === 0 || point.values[path] > curve[k - 1].values[path])).toBe(true)
    for (const point of curve) {
      const exact = cost(point.values[path])
      expect(Math.abs(point.cost.value - exact)).toBeLessThan(5 * point.cost.se + 1e-6)
      expect(point.mean).toEqual(point.cost)
    }
  })
  it('also for a year', async () => {
    const found = await of({ trials: 16_384 }, { ...scenario, months: 12 })
    expect(found.best[path].low).toBeLessThan(useAt(0.25))
    expect(found.best[path].high).toBeGreaterThan(useAt(0.25))
    expect(Math.abs(found.cost.value - 12 * cost(useAt(0.25)))).toBeLessThan(4 * found.cost.se)
  })
})

describe('for other figures', () => {
  it.each(seeds.slice(0, long ? 100 : 2))(
    'P90 is least at the 90th percentile of use, a kink: seed %i',
    async (seed) => {
      const found = await of({ minimize: 'p90', seed, trials: 16_384 })
      const { low, high } = found.best[path]
      expect(low).toBeLessThan(useAt(0.9))
      expect(high).toBeGreaterThan(useAt(0.9))
      expect(high - low).toBeLessThan(300)
      expect(Math.abs(found.cost.value - 1.5 * useAt(0.9))).toBeLessThan(8 * found.cost.se)
    },
    patience,
  )
  it('the shortfall at 95 if a quarter of the trials stay below', async () => {
    const found = await of({ minimize: 'expectedShortfall95' })
    const exact = useAt(1 - 0.75 * 0.05)
    expect(found.best[path].low).toBeLessThan(exact)
    expect(found.best[path].high).toBeGreaterThan(exact)
    expect(found.best[path].high - found.best[path].low).toBeLessThan(600)
  })
  it('the frontier leads from the lowest mean to the lowest P90, and no point beats it', async () => {
    const { frontier, curve } = await of()
    const [first, last] = [frontier[0].values[path], frontier[frontier.length - 1].values[path]]
    expect(Math.abs(first - useAt(0.25))).toBeLessThan(800)
    expect(Math.abs(last - useAt(0.9))).toBeLessThan(800)
    for (const { mean, p90 } of frontier)
      expect(curve.some((other) => other.mean.value < mean.value - 20 && other.p90.value < p90.value - 20)).toBe(false)
  })
})

describe('under a requirement', () => {
  // P90 = 2 · q90 − C / 2 below q90
  const most = 2 * useAt(0.9) - 33_000 / 2
  it.each([[`P90 at most $${most}`], [`p90 <= ${most}`], [{ statistic: 'p90', atMost: most }]])('%o', async (require) => {
    const found = await of({ require })
    const { value, low, high } = found.best[path]
    expect(low).toBeLessThan(33_000)
    expect(high).toBeGreaterThan(33_000)
    expect(Math.abs(value - 33_000)).toBeLessThan(100)
    expect(found.require).toHaveLength(1)
    expect(found.require[0].figure.value).toBeLessThanOrEqual(most)
    expect(found.curve.filter(({ feasible }) => feasible).every(({ p90 }) => p90.value <= most)).toBe(true)
  })
  it('P(cheapest) at least 60%', async () => {
    const rival = { charges: [{ meter: 'resolutions', price: '$1.60' }] }
    const found = await of(
      { minimize: 'p90', require: ['P(cheapest) at least 60%'], vary: { [path]: ['30k', '45k'] } },
      { ...scenario, offers: { zendesk: committed, rival } },
    )
    const z = (q: number) => Math.log(q / use.median) / use.sd
    const chance = (c: number) => phi(z(1.25 * c)) - phi(z(0.9375 * c))
    const exact = rootOf((c) => 0.6 - chance(c), 30_000, 40_000)
    expect(found.best[path].low).toBeLessThan(exact)
    expect(found.best[path].high).toBeGreaterThan(exact)
    expect(Math.abs(found.best[path].value - exact)).toBeLessThan(100)
    expect(found.require[0].figure.value).toBeGreaterThanOrEqual(0.6)
  })
})

describe('two fields', () => {
  it('find the percentile of each of two commitments', async () => {
    const both = {
      charges: [
        { id: 'ai', meter: 'resolutions', commitment: '30k/month', price: '$1.50', overage: '$2.00' },
        { id: 'all', meter: 'tickets', commitment: '30k/month', price: '$1.00', overage: '$1.25' },
      ],
    }
    const [ai, all] = ['offers.both.charges.ai.commitment', 'offers.both.charges[1].commitment']
    const found = await optimize(
      { ...lognormalUse, offers: { both } },
      { offer: 'both', vary: { [ai]: [25_000, 40_000], [all]: [25_000, 40_000] }, trials: 8192 },
      reader,
    )
    expect(found.paths).toEqual({ [ai]: ai, [all]: 'offers.both.charges.all.commitment' })
    for (const [name, p] of [
      [ai, 0.25],
      [all, 0.2],
    ] as const) {
      expect(found.best[name].low).toBeLessThanOrEqual(useAt(p))
      expect(found.best[name].high).toBeGreaterThanOrEqual(useAt(p))
      expect(found.best[name].high - found.best[name].low).toBeLessThan(2_000)
    }
  })
  it('stay whole numbers', async () => {
    const seats = {
      charges: [
        { seats: { perAgent: 600 }, price: '$115/month', minimum: 10 },
        { meter: 'resolutions', package: 1000, price: '$990' },
      ],
    }
    const found = await optimize(
      { conversations: { base: 50_000 }, resolution: { rate: '65%' }, months: 6, offers: { seats } },
      { offer: 'seats', vary: { months: [3, 9] }, trials: 64 },
      reader,
    )
    expect(found.best).toEqual({ months: { value: 3, low: 3, high: 4 } })
  })
})

describe('an impossible search', () => {
  it.each([
    [{ offer: 'none' }, 'there is no offer "none": the offers are zendesk'],
    [{ minimize: 'p100' }, 'minimize: expected mean, a percentile such as p90, expectedShortfall95, or regret, got "p100"'],
    [{ minimize: 'cheapest' }, 'minimize: expected mean'],
    [
      { vary: {} },
      "vary: expected one or two fields with their bounds, such as { 'offers.zendesk.commitment': ['20k', '45k'] }, got none",
    ],
    [{ vary: { [path]: [45_000, 20_000] } }, 'expected a lower bound and then a higher one, got 45000 and 20000'],
    [{ vary: { [path]: [-1, 20_000] } }, `${path} cannot be -1: expected a quantity of 0 or more`],
    [{ vary: { [path]: [1] } }, 'expected two bounds such as [20000, 45000]'],
    [{ vary: { [path]: bounds, 'offers.zendesk.commitment': bounds } }, `vary: expected two different fields, got ${path} twice`],
    [{ require: 'P90 under $5' }, 'require: expected a condition such as "P80 at most $500k"'],
    [{ require: 'P90 at most lots' }, 'require: expected an amount such as $0.99'],
    [{ require: { statistic: 'p90' } }, 'require: expected one bound, atMost or atLeast'],
    [
      { require: 'P90 at most $10k' },
      `require: no point with ${path} from 20000 to 45000 meets "P90 at most $10k". In this range, P90 is at least 5`,
    ],
  ])('is refused for %o', async (options, message) => {
    await expect(of({ trials: 64, ...options })).rejects.toThrow(message)
  })
})
