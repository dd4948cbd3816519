// Futures of several segments against an independent sampler of their joint distribution, and what closed months say about shares.
import { describe, expect, it } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { runScenario } from '../../src/api/run.ts'
import { fitVolumes } from '../../src/forecasting/ensemble/volumes.ts'
import { volumeDriver } from '../../src/forecasting/ensemble/driver.ts'
import type { Ensemble } from '../../src/forecasting/ensemble/ensemble.ts'
import { inlineExecutor } from '../../src/run/executor.ts'
import { reforecastOf } from '../../src/questions/replan/reforecast.ts'
import { normalCdf } from '../../src/numerics/distributions/special/normal.ts'
import { chiSquare } from '../forecasting/chi-square.ts'
import { normals } from '../forecasting/simulated.ts'
import { chat, email, files, MONTHS, NAMES, plan, shared, START, totalFiles } from '../forecasting/two-segments.ts'

const platform = { executor: () => inlineExecutor, reader: givenFiles(files) }

/** Years of both segments by the definition of a future, with scores that have the correlation rho. */
function sampledYears(ensembles: readonly [Ensemble, Ensemble], rho: number, count: number): readonly [number, number][] {
  const normal = normals(77)
  const parts = ensembles.map(({ members, months }) => {
    const freedom = members[0].freedom
    return {
      ...{ members, months, freedom, least: chiSquare(freedom).least },
      sums: members.map((_, c) => members.slice(0, c + 1).reduce((sum, { weight }) => sum + weight, 0)),
      tops: Array.from({ length: months }, (_, t) =>
        members.reduce((sum, { weight, mean }) => sum + weight * mean[t], Math.log(20)),
      ),
    }
  })
  return Array.from({ length: count }, () => {
    const first = Array.from({ length: 12 }, normal)
    const scores = [first, first.map((z) => rho * z + Math.sqrt(1 - rho * rho) * normal())]
    const years = parts.map(({ members, months, freedom, least, sums, tops }, s) => {
      const u = normalCdf(normal())
      const { mean, factor } =
        members[
          Math.max(
            0,
            sums.findIndex((sum) => u < sum),
          )
        ]
      const square = Array.from({ length: freedom }, normal).reduce((sum, z) => sum + z * z, 0)
      const w = Math.sqrt(freedom / Math.max(least, square))
      let year = 0
      for (let t = 0; t < months; t++) {
        let along = 0
        for (let k = 0; k <= t; k++) along += factor[t * months + k] * scores[s][k]
        year += Math.exp(Math.min(tops[t], mean[t] + w * along))
      }
      return year
    })
    return [years[0], years[1]] as [number, number]
  })
}

describe('segments with a history each', () => {
  const ensembles = [fitVolumes(START - MONTHS, chat, 12), fitVolumes(START - MONTHS, email, 12)] as const

  it('have the months and years of their own ensembles, and go together as their histories do', async () => {
    const { summary, scenario } = await runScenario(plan, { trials: 16_384, seed: 'segments' }, platform)
    const [pair] = scenario.correlations
    expect(pair.between).toEqual(NAMES)
    const { chat: one, email: other, both } = summary.offers
    const means = ensembles.map((ensemble) => volumeDriver(ensemble, new Array<number>(12).fill(1)).means)
    for (const [s, { bill }] of [one, other].entries())
      for (const t of [0, 6, 11]) {
        const { mean } = bill.monthly[t]
        expect(Math.abs(mean.value - means[s][t])).toBeLessThan(4 * mean.se)
      }
    const COUNT = 40_000
    const years = sampledYears(ensembles, pair.rho, COUNT)
    const spread = (values: readonly number[]) => {
      const mean = values.reduce((a, b) => a + b) / COUNT
      const sum = (power: number) => values.reduce((all, x) => all + (x - mean) ** power, 0) / COUNT
      const sd = Math.sqrt(sum(2))
      // The error of a standard deviation follows from the fourth moment.
      return { sd, se: Math.sqrt((sum(4) - sd ** 4) / COUNT) / (2 * sd) }
    }
    for (const [{ bill }, values] of [
      [one, years.map(([year]) => year)],
      [other, years.map(([, year]) => year)],
      [both, years.map(([year, second]) => year + second)],
    ] as const) {
      const { sd, se } = spread(values)
      expect(Math.abs(bill.sd.value - sd)).toBeLessThan(4 * Math.hypot(se, bill.sd.se))
      const sorted = [...values].sort((a, b) => a - b)
      for (const [name, p] of [
        ['p10', 0.1],
        ['p50', 0.5],
        ['p90', 0.9],
      ] as const) {
        const at = (level: number) => sorted[Math.floor(level * COUNT)]
        const step = Math.sqrt((p * (1 - p)) / COUNT)
        const { value, se: own } = bill.percentiles[name] ?? { value: Number.NaN, se: Number.NaN }
        expect(Math.abs(value - at(p))).toBeLessThan(4 * Math.hypot((at(p + step) - at(p - step)) / 2, own))
      }
    }
    // Independent segments would have a smaller spread by several errors, so that the check above sees the correlation.
    const apart = spread(sampledYears(ensembles, 0, COUNT).map(([year, second]) => year + second))
    expect(both.bill.sd.value - apart.sd).toBeGreaterThan(6 * Math.hypot(apart.se, both.bill.sd.se))
  })
})

describe('a history of the plan, of which segments have shares', () => {
  it('learns the shares from volumes of segments, as a normal vector does', async () => {
    const { offers } = await reforecastOf({ ...shared, actuals: 'split.csv' }, { trials: 16_384 }, givenFiles(totalFiles))
    expect(offers.chat.closed.value).toBeCloseTo(59_500, 6)
    const split = offers.chat.remaining.mean.value / (offers.chat.remaining.mean.value + offers.email.remaining.mean.value)
    // Quadrature over both shares: two ratios of chat to email, each with the noises of two segments.
    const Z95 = 1.6448536269514722
    const sigma2 = Math.log1p(0.05 ** 2)
    let [weights, sum] = [0, 0]
    const log = { chat: [Math.log(0.6), Math.log(0.8)], email: [Math.log(0.2), Math.log(0.4)] }
    const middle = ([low, high]: readonly number[]) => ({ at: (low + high) / 2, sd: (high - low) / (2 * Z95) })
    const [a, b] = [middle(log.chat), middle(log.email)]
    const observed = [Math.log(29_000 / 16_000), Math.log(30_500 / 15_500)]
    for (let i = -40; i <= 40; i++)
      for (let j = -40; j <= 40; j++) {
        const [x, y] = [a.at + (i / 8) * a.sd, b.at + (j / 8) * b.sd]
        const fit = observed.reduce((all, ratio) => all - (ratio - (x - y)) ** 2 / (4 * sigma2), -((i / 8) ** 2 + (j / 8) ** 2) / 2)
        weights += Math.exp(fit)
        sum += Math.exp(fit) / (1 + Math.exp(y - x))
      }
    expect(split).toBeCloseTo(sum / weights, 2)
  })
})
