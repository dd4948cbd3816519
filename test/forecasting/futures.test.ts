// The futures that a plan draws from its history, against the ensemble itself: by quadrature over χ², and by an independent sampler.
import { describe, expect, it } from 'vitest'
import type { Ensemble, Member } from '../../src/forecasting/ensemble/ensemble.ts'
import { volumeDriver } from '../../src/forecasting/ensemble/driver.ts'
import { futuresOf } from '../../src/forecasting/ensemble/futures.ts'
import { fitVolumes } from '../../src/forecasting/ensemble/volumes.ts'
import { normalCdf } from '../../src/numerics/distributions/special/normal.ts'
import { givenFiles } from '../../src/api/given.ts'
import { runScenario } from '../../src/api/run.ts'
import { inlineExecutor } from '../../src/run/executor.ts'
import { formatMonth } from '../../src/months.ts'
import { quantileOf } from '../../src/numerics/estimators/sorted.ts'
import { planOf } from '../../src/numerics/random/plan.ts'
import { leversOf } from '../../src/present/report/levers.ts'
import { informationOf } from '../../src/questions/explain/information.ts'
import { sensitivityOf } from '../../src/questions/explain/sensitivity.ts'
import { reforecastOf } from '../../src/questions/replan/reforecast.ts'
import { compile } from '../../src/compile/compile.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { withoutActuals } from '../../src/scenario/resolve/futures.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { modelOf } from '../../src/simulation/model.ts'
import { drawnNodes } from '../../src/simulation/observe.ts'
import { recorded } from '../../src/simulation/recorded.ts'
import { chiSquare } from './chi-square.ts'
import { normals, SEASON, volumesOf } from './simulated.ts'

const START = 2026 * 12
const past = volumesOf({ level: 20_000, growth: 0.2, season: SEASON, sd: 0.07, phi: 0.5 }, 48, normals(21)).map(Math.round)
const csv = (volumes: readonly number[]) =>
  `month,conversations\n${volumes.map((volume, k) => `${formatMonth(START - 48 + k)},${volume}`).join('\n')}\n`
/** Months as they are, so that volumes are those of the ensemble. */
const history = { file: 'h.csv', days: false }
const offers = {
  a: { charges: [{ meter: 'tickets', price: 1 }] },
  b: { charges: [{ meter: 'tickets', price: 0.9 }, { fee: 2_500 }] },
}
const run = async (scenario: object, options: object = {}, text = csv(past)) =>
  runScenario(
    { offers, start: '2026-01', ...scenario },
    { trials: 4096, seed: 'futures', ...options },
    {
      executor: () => inlineExecutor,
      reader: givenFiles({ 'h.csv': text }),
    },
  )

const ensemble = fitVolumes(START - 48, past, 12)
const typicalLog = ({ members }: Ensemble, t: number) => members.reduce((sum, { weight, mean }) => sum + weight * mean[t], 0)
/** Twice the shape of the posterior of the variance: the months less one. */
const DEGREES = ensemble.members[0].freedom

const { least: LEAST, widths } = chiSquare(DEGREES)
const varianceAt = ({ factor }: Member, months: number, t: number): number =>
  Array.from({ length: t + 1 }, (_, k) => factor[t * months + k] ** 2).reduce((a, b) => a + b)

/** P(volume of month t ≤ x), below the cap at 20 times the typical volume. */
function shareBelow({ members, months }: Ensemble, t: number, x: number): number {
  let sum = 0
  for (const member of members) {
    const sd = Math.sqrt(varianceAt(member, months, t))
    for (const [w, p] of widths) sum += member.weight * p * normalCdf((Math.log(x) - member.mean[t]) / (w * sd))
  }
  return sum
}

/** Futures by their definition, from random numbers of another kind. */
function sampledFutures({ members, months }: Ensemble, count: number, seed: number): Float64Array[] {
  const normal = normals(seed)
  const sums = members.map((_, c) => members.slice(0, c + 1).reduce((sum, { weight }) => sum + weight, 0))
  return Array.from({ length: count }, () => {
    const u = normalCdf(normal())
    const member =
      members[
        Math.max(
          0,
          sums.findIndex((sum) => u < sum),
        )
      ]
    const square = Array.from({ length: DEGREES }, normal).reduce((sum, z) => sum + z * z, 0)
    const w = Math.sqrt(DEGREES / Math.max(LEAST, square))
    const normals12 = Array.from({ length: months }, normal)
    return Float64Array.from({ length: months }, (_, t) => {
      const along = normals12.slice(0, t + 1).reduce((sum, z, k) => sum + member.factor[t * months + k] * z, 0)
      return Math.exp(Math.min(typicalLog({ members, months }, t) + Math.log(20), member.mean[t] + w * along))
    })
  })
}

describe('the futures of a history', () => {
  it('have expected volumes that agree with quadrature over χ²', () => {
    const { means } = volumeDriver(ensemble, new Array<number>(12).fill(1))
    for (let t = 0; t < 12; t++) {
      let mean = 0
      for (const member of ensemble.members) {
        const variance = varianceAt(member, 12, t)
        for (const [w, p] of widths) mean += member.weight * p * Math.exp(member.mean[t] + (w * w * variance) / 2)
      }
      expect(Math.abs(means[t] / mean - 1)).toBeLessThan(1e-5)
    }
  })

  it.each(['sobol', 'random', 'latin'] as const)(
    'have months and a year as the ensemble says, within four stated errors (%s)',
    async (method) => {
      const { summary } = await run({ conversations: { history } }, { method, trials: 16_384 })
      const { bill } = summary.offers.a
      const { means } = volumeDriver(ensemble, new Array<number>(12).fill(1))
      for (const t of [0, 5, 11]) {
        const { mean, percentiles } = bill.monthly[t]
        expect(Math.abs(mean.value - means[t])).toBeLessThan(4 * mean.se)
        for (const [name, p] of [
          ['p10', 0.1],
          ['p50', 0.5],
          ['p90', 0.9],
          ['p95', 0.95],
        ] as const) {
          const { value, se = Number.NaN } = percentiles?.[name] ?? { value: Number.NaN }
          expect(shareBelow(ensemble, t, value - 4 * se)).toBeLessThan(p)
          expect(shareBelow(ensemble, t, value + 4 * se)).toBeGreaterThan(p)
        }
      }
      expect(Math.abs(bill.mean.value - means.reduce((a, b) => a + b))).toBeLessThan(4 * bill.mean.se)
      const truth = sampledFutures(ensemble, 20_000, 5).map((months) => months.reduce((a, b) => a + b))
      const sorted = Float64Array.from(truth).sort()
      const center = truth.reduce((a, b) => a + b) / truth.length
      const sd = Math.sqrt(truth.reduce((sum, x) => sum + (x - center) ** 2, 0) / truth.length)
      // The error of a standard deviation follows from the fourth moment, that of a quantile from its neighbors.
      const fourth = truth.reduce((sum, x) => sum + (x - center) ** 4, 0) / truth.length
      const sdError = Math.sqrt((fourth - sd ** 4) / truth.length) / (2 * sd)
      expect(Math.abs(bill.sd.value - sd)).toBeLessThan(4 * Math.hypot(sdError, bill.sd.se))
      for (const [name, p] of [
        ['p10', 0.1],
        ['p50', 0.5],
        ['p90', 0.9],
      ] as const) {
        const step = Math.sqrt((p * (1 - p)) / truth.length)
        const error = (quantileOf(sorted, p + step) - quantileOf(sorted, p - step)) / 2
        const { value, se } = bill.percentiles[name] ?? { value: Number.NaN, se: Number.NaN }
        expect(Math.abs(value - quantileOf(sorted, p))).toBeLessThan(4 * Math.hypot(error, se))
      }
    },
  )

  it('are Student t values on the logarithm if the ensemble has one member', () => {
    const member: Member = {
      ...ensemble.members[0],
      weight: 1,
      mean: Float64Array.of(10),
      factor: Float64Array.of(0.05),
    }
    const { shifts, factors, means, weights } = volumeDriver({ months: 1, members: [member] }, [1])
    const log = Math.log(means[0]) + shifts[0][0]
    expect(log).toBeCloseTo(10, 12)
    expect([weights[0], factors[0][0][0]]).toEqual([1, 0.05])
    // E exp(0.05 T) of the t, cut where χ² is below its 0.1% quantile.
    const mean = widths.reduce((sum, [w, p]) => sum + p * Math.exp(10 + (w * w * 0.0025) / 2), 0)
    expect(Math.abs(means[0] / mean - 1)).toBeLessThan(1e-6)
  })

  it('are the same bits in every fit, and have one digest', () => {
    const [one, other] = [0, 1].map((k) => futuresOf({ first: START - 48, volumes: past, days: k === 0 }, START, 12))
    const again = futuresOf({ first: START - 48, volumes: [...past], days: true }, START, 12)
    expect(again.digest).toBe(one.digest)
    expect(other.digest).not.toBe(one.digest)
  })

  it('are scaled by `conversations.level`', async () => {
    const plain = await run({ conversations: { history } }, { trials: 1024 })
    const scaled = await run({ conversations: { history, level: 1.25 } }, { trials: 1024 })
    const total = ({ summary }: typeof plain) => summary.offers.a.bill
    expect(total(scaled).point).toBeCloseTo(1.25 * total(plain).point, 6)
    expect(total(scaled).mean.value).toBeCloseTo(1.25 * total(plain).mean.value, 6)
    await expect(run({ conversations: { base: 100, level: 2 } })).rejects.toThrow('conversations.level: remove `level`')
  })

  it('give way to plain fields where a key replaces one of them, or on request', async () => {
    for (const conversations of [{ history, growth: '5%/year' }, { history: { ...history, plain: true } }]) {
      const { scenario } = await run({ conversations }, { trials: 64 })
      expect(scenario.conversations.history).toBeUndefined()
      expect(scenario.conversations.base).toBeDefined()
    }
  })

  it('state growth, seasons and noise in words', async () => {
    const { scenario } = await run({ conversations: { history } }, { trials: 64 })
    expect(scenario.sources?.[0].source).toMatch(
      /^fitted to 48 months of h.csv, 2022-01 to 2025-12: growth of \d+\.\d% ± \d+\.\d% a year, seasons from -\d+\.\d% in (November|December) to \+\d\.\d% in \w+, noise of \d\.\d% a month \(95% interval \d\.\d% to \d+\.\d%\)$/,
    )
  })
})

describe('closed months of a plan with a history', () => {
  const reader = givenFiles({
    'h.csv': csv(past),
    'longer.csv': csv([...past, 41_000, 39_000]),
    'closed.csv': 'month,conversations\n2026-01,41000\n2026-02,39000\n',
  })
  const closed = { start: '2026-01', conversations: { history }, actuals: 'closed.csv', offers }

  it('join the history: the rest of the year is that of the longer history', async () => {
    const later = { start: '2026-03', months: 10, conversations: { history: { ...history, file: 'longer.csv' } }, offers }
    const [one, other] = [await resolve(readScenario(closed), reader), await resolve(readScenario(later), reader)]
    expect(one.scenario.conversations.monthly?.slice(0, 2)).toEqual([41_000, 39_000])
    expect(one.scenario.conversations.monthly?.slice(2)).toEqual(other.scenario.conversations.monthly)
    expect(one.scenario.conversations.history?.digest).toBe(other.scenario.conversations.history?.digest)
    const whole = withoutActuals(one.scenario).conversations
    expect(whole.history?.digest).toBe(
      (await run({ conversations: { history } }, { trials: 64 })).scenario.conversations.history?.digest,
    )
  })

  it('are known in a reforecast, which weighs all trials alike where no rate is known', async () => {
    const { offers: found, effective } = await reforecastOf(closed, { trials: 4096 }, reader)
    expect(effective).toBe(4096)
    const { monthly } = (await resolve(readScenario(closed), reader)).scenario.conversations
    for (const [price, fee, { closed: spent, months }] of [
      [1, 0, found.a],
      [0.9, 2_500, found.b],
    ] as const) {
      expect(spent.value).toBeCloseTo(price * 80_000 + 2 * fee, 6)
      months.forEach(({ mean }, k) =>
        expect(Math.abs(mean.value - fee - price * (monthly?.[k + 2] ?? Number.NaN))).toBeLessThan(4 * mean.se),
      )
    }
  })
})

describe('monthly scores of a history', () => {
  it('are those that `correlations` join with other noises', async () => {
    const { scenario } = await run(
      {
        conversations: { history },
        resolution: { rate: 0.6, noise: { sd: '5pt', autocorrelation: 0 } },
        correlations: [{ between: ['conversations.noise', 'resolution.noise'], rho: 0.8 }],
      },
      { trials: 64 },
    )
    const model = modelOf(compile(scenario, { measure: 'bill', pairs: 'none' }))
    const nodes = drawnNodes(model)
    const names = ['conversations.noise[3]', 'resolution.noise[3]', 'resolution.noise[4]']
    const columns = recorded(
      model,
      planOf(1, 4096),
      's',
      names.map((name) => nodes.get(name) ?? Number.NaN),
    )
    const [one, same, later] = columns
    const product = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, i) => sum + x * b[i], 0) / a.length
    // Scores are standard normal, so that the mean of their product is their correlation.
    expect(Math.abs(product(one, same) - 0.8)).toBeLessThan(0.02)
    expect(Math.abs(product(one, later))).toBeLessThan(0.02)
  })
})

describe('questions about a plan with a history', () => {
  const plan = {
    start: '2026-01',
    conversations: { history },
    offers: {
      a: { charges: [{ meter: 'tickets', price: 1 }] },
      b: { charges: [{ meter: 'tickets', price: '0.8 to 0.9' }, { fee: 6_000 }] },
    },
  }
  const reader = givenFiles({ 'h.csv': csv(past) })

  it('name its futures as one group, of which the cost of a price per conversation is nothing else', async () => {
    const { inputs, ignorance } = await sensitivityOf(plan, { offer: 'a', trials: 4096 }, reader)
    expect(Object.keys(inputs)).toEqual(['offers.b.charges[0].price', 'conversations.history'])
    const { first, rank } = inputs['conversations.history']
    expect([first?.value, rank.value]).toEqual([expect.closeTo(1, 6) as number, expect.closeTo(1, 6) as number])
    expect(ignorance.value).toBeLessThan(4 * ignorance.se)
  })

  it('know what it is worth to know its futures, and all of it beside the price', async () => {
    const { evpi, evppi, words } = await informationOf(
      plan,
      { trials: 16_384, inputs: ['conversations.history', 'offers.b.price', ['conversations.history', 'offers.b.price']] },
      reader,
    )
    const worth = evppi['conversations.history']
    expect(worth.value).toBeGreaterThan(0)
    expect(worth.value - 4 * worth.se).toBeLessThan(evpi.value)
    expect(Object.values(evppi)[2]).toEqual(evpi)
    expect(words).not.toContain('conversations.history')
  })

  it('move its level by a slider of the report, and leave its volumes alone', async () => {
    const { scenario } = await resolve(readScenario(plan), reader)
    const levers = leversOf(plan, scenario).map(({ path }) => path)
    expect(levers).toContain('conversations.level')
    expect(levers).not.toContain('conversations.monthly')
  })
})
