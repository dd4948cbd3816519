// Pre-integration: what is exact along a line is exact in the result, and the basis of the lines is orthonormal.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalCdf, normalQuantile } from '../../src/numerics/distributions/special/normal.ts'
import { pilotSampling } from '../../src/preintegration/pilot.ts'
import { blocksOfLines } from '../../src/preintegration/points.ts'
import { LineBlocks } from '../../src/preintegration/preintegration.ts'
import { extended, reflections } from '../../src/preintegration/reflections.ts'
import { Crossings } from '../../src/preintegration/roots.ts'
import { QUANTILES, type Sampling } from '../../src/preintegration/sampling.ts'
import { Arena } from '../../src/numerics/kernel/arena.ts'
import { exp, log, log1p } from '../../src/numerics/kernel/math.ts'
import { compile } from '../../src/compile/compile.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { headlineOf } from '../../src/summary/headline.ts'
import type { Estimate } from '../../src/summary/summary.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { modelOf } from '../../src/simulation/model.ts'
import { simulate } from '../simulate.ts'

const priced = (price: number | string, meter = 'conversations', more: object = {}) => ({ charges: [{ meter, price, ...more }] })

describe('headline figures that depend on one score', () => {
  const cv = 0.3
  const sigma = Math.sqrt(log1p(cv * cv))
  const amount = (z: number) => 1000 * exp(sigma * z - (sigma * sigma) / 2)
  const scenario = {
    months: 1,
    conversations: { base: 1000, noise: { cv } },
    offers: { one: priced(1), capped: priced(1, 'conversations', { minimum: '$900/month' }), flat: { charges: [{ fee: 1000 }] } },
  }

  it('match the closed form to the accuracy of the roots', async () => {
    const { summary } = await simulate(scenario, { trials: 2_048 })
    const { percentiles, expectedShortfall } = summary.offers.one.bill
    for (const [key, p] of [
      ['p50', 0.5],
      ['p80', 0.8],
      ['p90', 0.9],
      ['p95', 0.95],
    ] as const) {
      expect(percentiles[key]?.by).toBe('preintegration')
      expect(Math.abs((percentiles[key]?.value ?? 0) / amount(normalQuantile(p)) - 1)).toBeLessThan(1e-7)
    }
    // Partial expectation of the lognormal distribution above its percentile.
    for (const [key, p] of [
      ['p90', 0.9],
      ['p95', 0.95],
    ] as const) {
      const exact = (1000 * normalCdf(sigma - normalQuantile(p))) / (1 - p)
      const found = expectedShortfall[key]
      expect(Math.abs((found?.value ?? 0) - exact)).toBeLessThan(5 * (found?.se ?? 0) + 1e-9)
      expect(found?.se).toBeLessThan(2)
    }
    // one < flat where the volume is below 1,000: half the normal mass, moved by the mean-one correction.
    const cheaper = summary.comparison.cheaper?.one.flat
    expect(cheaper?.value).toBeCloseTo(normalCdf(sigma / 2), 8)
    expect(cheaper?.by).toBe('preintegration')
    // Above the floor the two are the same bill: a tie, which counts for neither.
    const above = 1 - normalCdf((Math.sqrt(1) * (-0.10536051565782628 + (sigma * sigma) / 2)) / sigma)
    expect(summary.comparison.cheaper?.one.capped.value).toBeCloseTo(1 - above, 6)
    expect(summary.comparison.cheaper?.capped.one.value).toBeCloseTo(0, 8)
  })

  it('share ties equally', async () => {
    const { summary } = await simulate(scenario, { trials: 4_096 })
    const chances = Object.values(summary.comparison.cheapest).map(({ value }) => value)
    expect(chances.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
  })

  it('come from the sample at an atom', async () => {
    const { summary } = await simulate(
      { ...scenario, offers: { floor: priced(1, 'conversations', { minimum: '$2000/month' }), one: priced(1) } },
      { trials: 2_048 },
    )
    const { p50 } = summary.offers.floor.bill.percentiles
    expect(p50).toEqual({ value: 2000, se: 0 })
  })

  it('can come from the sample alone', async () => {
    const { summary } = await simulate(scenario, { trials: 2_048, preintegration: false })
    expect(summary.offers.one.bill.percentiles.p90?.by).toBeUndefined()
    expect(JSON.stringify(summary)).not.toContain('preintegration')
  })
})

const year = {
  conversations: { base: '45k to 60k', noise: { cv: '10%', autocorrelation: 0.5 } },
  resolution: { rate: '60% to 70%', improvement: '1pt/month', noise: { sd: '2pt', autocorrelation: 0.7 } },
  offers: {
    resolution: priced(0.99, 'resolutions'),
    conversation: priced(0.8),
    committed: { charges: [{ meter: 'resolutions', commitment: '30k/month', price: 1.5, overage: 2 }] },
    quoted: priced('uniform(1, 3.5)'),
  },
}

async function programOf(scenario: object) {
  const read = await resolve(readScenario(scenario), { read: () => Promise.reject(new Error('no file')) })
  return compile(read.scenario, { measure: 'bill', pairs: 'auto' })
}

describe('the percentile of one Newton step', () => {
  it('is where F equals p, as further iterations would find', async () => {
    const program = await programOf(year)
    const sampling = pilotSampling(new Arena(), modelOf(program), 65_536, 'newton') as Sampling
    const work = (changed: Sampling) => {
      const blocks = new LineBlocks(new Arena(), modelOf(program), changed, 'newton')
      return blocksOfLines(changed.outer).flatMap((parts) => blocks.run(parts))
    }
    const meanOf = (sums: ReturnType<typeof work>, target: number, slot: number) =>
      sums.reduce((all, part) => all + part[target][slot], 0) / sampling.outer.trials
    const first = work(sampling)
    const stepped = sampling.targets.map((target, k) =>
      target.kind === 'offer'
        ? {
            ...target,
            thresholds: target.thresholds.map(({ quantile, at }, slot) => ({
              quantile,
              at: at + (QUANTILES[quantile] - meanOf(first, k, 3 * slot)) / meanOf(first, k, 3 * slot + 1),
            })),
          }
        : target,
    )
    const second = work({ ...sampling, targets: stepped })
    stepped.forEach((target, k) => {
      if (target.kind !== 'offer') return
      target.thresholds.forEach(({ quantile }, slot) => {
        // The step's own error is of second order: far below the standard error of F, which is about 1e-4 here.
        expect(Math.abs(meanOf(second, k, 3 * slot) - QUANTILES[quantile])).toBeLessThan(1e-5)
      })
    })
  })

  it('agrees with fifteen times as many plain trials, and is about as precise', async () => {
    const [sharp, plain] = await Promise.all([
      simulate(year, { trials: 65_536, seed: 'sharp' }),
      simulate(year, { trials: 1_000_000, seed: 'plain', method: 'random', preintegration: false }),
    ])
    for (const [name, { bill }] of Object.entries(sharp.summary.offers)) {
      for (const key of ['p50', 'p80', 'p90', 'p95'] as const) {
        const [a, b] = [bill.percentiles[key], plain.summary.offers[name].bill.percentiles[key]]
        if (!a || !b) throw new Error('a percentile is missing')
        expect(Math.abs(a.value - b.value), `${name} ${key}`).toBeLessThan(5 * Math.sqrt(a.se * a.se + b.se * b.se))
        expect(a.se, `${name} ${key}`).toBeLessThan(1.5 * b.se)
      }
    }
  })
})

describe('headline figures with events', () => {
  const cv = 0.2
  const sigma = Math.sqrt(log1p(cv * cv))
  // The size is lognormal and lies between 1.2 and 1.8 in 90% of spikes. These are the mean and sd of its logarithm.
  const [middle, tau] = [log(1.2 * 1.8) / 2, log(1.8 / 1.2) / (2 * 1.6448536269514722)]
  const spike = 0.15
  const below = (q: number) => {
    const z = log(q / 1000) + (sigma * sigma) / 2
    return (1 - spike) * normalCdf(z / sigma) + spike * normalCdf((z - middle) / Math.sqrt(sigma * sigma + tau * tau))
  }
  const exact = (p: number) => {
    let [low, high] = [100, 10_000]
    for (let k = 0; k < 60; k++) {
      const at = (low + high) / 2
      if (below(at) < p) low = at
      else high = at
    }
    return low
  }

  it('match the mixture of a month with and without a spike', async () => {
    const scenario = {
      months: 1,
      conversations: { base: 1000, noise: { cv }, spikes: { probability: spike, size: '1.2 to 1.8' } },
      offers: { one: priced(1), flat: { charges: [{ fee: 1300 }] } },
    }
    for (const seed of ['a', 'b', 'c']) {
      const { summary } = await simulate(scenario, { trials: 262_144, keepTrials: false, seed })
      const { percentiles } = summary.offers.one.bill
      for (const [key, p] of [
        ['p50', 0.5],
        ['p80', 0.8],
        ['p90', 0.9],
        ['p95', 0.95],
      ] as const) {
        const found = percentiles[key]
        expect(found?.by, key).toBe('preintegration')
        expect(found?.se, key).toBeLessThan(0.1)
        expect(Math.abs((found?.value ?? 0) - exact(p)), key).toBeLessThan(4.5 * (found?.se ?? 0) + 1e-5)
      }
      const cheaper = summary.comparison.cheaper?.one.flat
      expect(cheaper?.by).toBe('preintegration')
      expect(Math.abs((cheaper?.value ?? 0) - below(1300))).toBeLessThan(4.5 * (cheaper?.se ?? 0) + 1e-9)
    }
  })

  it('agree with plain trials if spikes and setbacks overlap, for distributions with and without a density', async () => {
    const busy = {
      ...year,
      conversations: { ...year.conversations, spikes: { probability: '8%', size: '1.2 to 1.8', months: 2 } },
      resolution: { ...year.resolution, setbacks: { probability: '10%', size: 'discrete(5pt: 3, 15pt: 1)', months: 3 } },
    }
    const plain = await simulate(busy, { trials: 1_000_000, seed: 'plain', method: 'random', preintegration: false })
    const program = await programOf(busy)
    const sampling = pilotSampling(new Arena(), modelOf(program), 1_048_576, 'sharp') as Sampling
    const blocks = new LineBlocks(new Arena(), modelOf(program), sampling, 'sharp')
    const sums = blocksOfLines(sampling.outer).flatMap((parts) => blocks.run(parts))
    const offers = Object.values(plain.summary.offers)
    const headline = headlineOf(
      { sampling, sums },
      offers.map(({ bill }) => ({ sd: bill.sd.value, max: bill.max })),
      { rarest: undefined, jumps: [] },
    )
    offers.forEach(({ bill }, k) => {
      const agree = (what: string, a: Estimate | undefined, b: Estimate | undefined) => {
        if (!a || !b) throw new Error(`${what} is missing`)
        expect(Math.abs(a.value - b.value), `${k} ${what}`).toBeLessThan(4.5 * Math.sqrt(a.se * a.se + b.se * b.se))
        expect(a.se, `${k} ${what}`).toBeLessThan(b.se)
      }
      for (const key of ['p50', 'p80', 'p90', 'p95'] as const) agree(key, headline.percentile(k, key), bill.percentiles[key])
      for (const key of ['p90', 'p95'] as const)
        agree(`expectedShortfall ${key}`, headline.expectedShortfall(k, key), bill.expectedShortfall[key])
    })
  })
})

describe('the basis of the lines', () => {
  const vector = (n: number) =>
    fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n, maxLength: n }).map((x) => Float64Array.from(x))
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, k) => sum + x * b[k], 0)

  it('is orthonormal, and the reflections map the axes onto it', () => {
    fc.assert(
      fc.property(fc.array(vector(9), { minLength: 1, maxLength: 5 }), (vectors) => {
        const length = Math.sqrt(dot(vectors[0], vectors[0]))
        fc.pre(length > 1e-6)
        const basis = extended([vectors[0].map((x) => x / length)], vectors, 4)
        basis.forEach((a, i) => basis.forEach((b, j) => expect(dot(a, b)).toBeCloseTo(i === j ? 1 : 0, 12)))
        const found = reflections(basis)
        basis.forEach((target, i) => {
          const axis = Float64Array.from({ length: 9 }, (_, k) => (k === i ? 1 : 0))
          const image = [...found].reverse().reduce((x, { v, factor }) => x.map((c, k) => c + factor * dot(v, x) * v[k]), axis)
          const sign = dot(image, target) < 0 ? -1 : 1
          image.forEach((component, k) => expect(sign * component).toBeCloseTo(target[k], 12))
        })
      }),
      { numRuns: 200, seed: 20_270_101 },
    )
  })
})

describe('roots along a line', () => {
  const find = (value: (t: number) => number, rough = true) => {
    const arena = new Arena()
    const column = arena.column()
    const found = new Crossings(arena, [column], [{ a: 0 }], rough)
    let looks = 0
    found.find(4, (t) => {
      looks += 1
      arena.view(column, 4).set(arena.view(t, 4).map(value))
    })
    const at: number[] = []
    for (let root = found.first(0, 0); root >= 0; root = found.next(root)) at.push(found.at(root))
    return { negative: found.negative(0, 0), at, looks }
  }
  it('are found if a function rises, falls or jumps', () => {
    expect(find((t) => exp(t) - 2)).toMatchObject({ negative: true, at: [expect.closeTo(Math.LN2, 10)] })
    expect(find((t) => 0.7 - t)).toMatchObject({ negative: false, at: [expect.closeTo(0.7, 12)] })
    expect(find((t) => (t < 0.123 ? -1 : 5))).toMatchObject({ negative: true, at: [expect.closeTo(0.123, 9)] })
  })
  it('are all found if there are several', () => {
    const cubic = (t: number) => (t + 2) * (t - 1) * (t - 2.5)
    expect(find(cubic)).toMatchObject({ negative: true, at: [-2, 1, 2.5].map((root) => expect.closeTo(root, 9)) })
    expect(find(() => 1)).toMatchObject({ negative: false, at: [] })
  })
  it('are found between nodes of the same sign if the function bends toward 0', () => {
    const valley = (t: number) => (t - 2.2) * (t - 2.9)
    expect(find(valley, false)).toMatchObject({ negative: false, at: [2.2, 2.9].map((root) => expect.closeTo(root, 9)) })
  })
  it('are found in a dip that is far narrower than the distance between nodes', () => {
    // Slowly down, then steeply up: between two nodes the neighboring secants do not show how deep it goes.
    for (const low of [-1.13, -0.26, 0.337, 1.71]) {
      const dip = (t: number) => (t < low ? 0.4 * (exp(-0.2 * t) - exp(-0.2 * low)) : 60 * (t - low)) - 0.004
      const { at, negative } = find(dip)
      expect(negative).toBe(false)
      expect(at).toHaveLength(2)
      for (const root of at) expect(Math.abs(dip(root))).toBeLessThan(1e-8)
    }
  })
  it('take two evaluations beyond the nodes for a smooth function', () => {
    expect(find((t) => exp(0.1 * t) - 1.1, false).looks).toBeLessThanOrEqual(7 + 3)
  })
  it('have the slope of the function', () => {
    const arena = new Arena()
    const column = arena.column()
    const found = new Crossings(arena, [column], [{ a: 0, shift: 2 }], false)
    found.find(4, (t) => arena.view(column, 4).set(arena.view(t, 4).map(exp)))
    expect(found.slope(found.first(0, 0)) / 2).toBeCloseTo(1, 3)
  })
  it('of a difference with exchanged sides are where the tie begins and ends', () => {
    const arena = new Arena()
    const columns = [arena.column(), arena.column()]
    const tie = 1e-9
    const functions = [
      { a: 0, b: 1, tie },
      { a: 1, b: 0, tie, mirrors: true },
    ]
    const found = new Crossings(arena, columns, functions, false)
    found.find(4, (t) => {
      arena.view(columns[0], 4).set(arena.view(t, 4).map(exp))
      arena.view(columns[1], 4).fill(2)
    })
    const [begins, ends] = [0, 1].map((k) => found.at(found.first(k, 0)))
    expect([found.negative(0, 0), found.negative(1, 0)]).toEqual([true, false])
    // 2 − tie · 2 and 2 + tie · 2, as logarithms.
    expect((ends - begins) / (2 * tie)).toBeCloseTo(1, 3)
    expect(begins).toBeCloseTo(Math.LN2 - tie, 10)
  })
})
