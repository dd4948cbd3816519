// The ensemble against dense matrices, and what it does with gaps, outliers and simple histories.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CELLS, covarianceOf, FLOOR } from '../../src/forecasting/ensemble/cells.ts'
import { fitEnsemble, type Member } from '../../src/forecasting/ensemble/ensemble.ts'
import { PLAIN } from '../../src/forecasting/ensemble/prior.ts'
import { regressorsAt } from '../../src/forecasting/ensemble/project.ts'
import { fitVolumes, knownOf } from '../../src/forecasting/ensemble/volumes.ts'
import { normals, SEASON, volumesOf } from './simulated.ts'

interface Case {
  readonly first: number
  readonly months: number
  readonly volumes: readonly number[]
  readonly members: readonly (Omit<Member, 'mean' | 'factor' | 'freedom'> & {
    readonly mean: readonly number[]
    readonly covariance: readonly (readonly number[])[]
  })[]
}

const cases: readonly Case[] = JSON.parse(readFileSync('test/reference/ensemble.json', 'utf8'))
const JANUARY = 2021 * 12

describe('the ensemble', () => {
  it.each(cases.map((one) => [one.volumes.length, one] as const))(
    'of %i months agrees with dense matrices to nine digits',
    (_, { first, months, volumes, members }) => {
      const ahead = Int32Array.from({ length: months }, (__, h) => volumes.length + h)
      const known = knownOf(first, volumes)
      const found = fitEnsemble(known, ahead, PLAIN)
      expect(found.members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12)
      for (const expected of members) {
        const same = found.members.find(
          ({ process, slope, season }) => process === expected.process && slope === expected.slope && season === expected.season,
        )
        if (!same) throw new Error(`no member ${expected.process} ${expected.slope} ${expected.season}`)
        // Members that hardly count are left out, which adds to the others' weights.
        expect(Math.abs(same.weight / expected.weight - 1)).toBeLessThan(0.002)
        expect(same.freedom).toBe(known.at.length)
        expected.mean.forEach((value, f) => expect(same.mean[f]).toBeCloseTo(value, 8))
        for (let f = 0; f < months; f++)
          for (let g = 0; g < months; g++) {
            let value = 0
            for (let k = 0; k <= Math.min(f, g); k++) value += same.factor[f * months + k] * same.factor[g * months + k]
            expect(Math.abs(value - expected.covariance[f][g])).toBeLessThan(1e-9)
          }
      }
    },
  )

  it('has 510 cells, and its contrasts give the stated covariance of seasons', () => {
    expect(CELLS.processes.length * CELLS.slopes.length * CELLS.seasons.length).toBe(510)
    const rows = Array.from({ length: 14 }, (_, place) => {
      const row = new Float64Array(13)
      regressorsAt(JANUARY + 5, 10, place, row, 0)
      return row
    })
    for (const [i, a] of rows.entries())
      for (const [j, b] of rows.entries()) {
        const product = a.subarray(0, 11).reduce((sum, value, k) => sum + value * b[k], 0)
        expect(product).toBeCloseTo((i % 12 === j % 12 ? 1 : 0) - 1 / 12, 12)
      }
  })

  it.each([
    [0.8, 1],
    [0.9, 2],
  ])('sums slopes that keep %d of themselves in closed form, with a variance of %d', (damping, variance) => {
    for (const [t, u] of [
      [0, 5],
      [4, 4],
      [3, 9],
      [11, 7],
    ]) {
      let sum = 0
      for (let i = 1; i <= t; i++) for (let j = 1; j <= u; j++) sum += damping ** Math.abs(i - j)
      const exact = variance * (sum + (t === u ? 1 : 0))
      expect(covarianceOf({ variance, phi: 0, walk: 0, drift: 1, damping })(t, u)).toBeCloseTo(exact, 12)
    }
  })

  it('puts a constant history about its value, with an interval of some width', () => {
    const { members } = fitVolumes(JANUARY, new Array<number>(36).fill(5000), 12)
    for (const { mean, factor } of members.filter(({ breaks }) => !breaks)) {
      expect(mean[0]).toBeCloseTo(Math.log(5000), 3)
      expect(factor[0]).toBeGreaterThan(Math.sqrt(FLOOR / 36) / 4)
    }
  })
})

describe('a month that the others cannot explain', () => {
  const plain = volumesOf({ level: 1000, growth: 0.05, season: SEASON, sd: 0.04, phi: 0.2 }, 36, normals(7))
  it('is left out and comes back as a spike', () => {
    expect(fitVolumes(JANUARY, plain, 12).spikes).toEqual([])
    const found = fitVolumes(
      JANUARY,
      plain.map((value, k) => (k === 20 ? 3 * value : value)),
      12,
    )
    expect(found.spikes.map(({ place }) => place)).toEqual([20])
    expect(Math.abs(found.spikes[0].ratio / 3 - 1)).toBeLessThan(0.15)
    expect(found.spikeChance).toBeCloseTo(1 / 48, 12)
    expect(found.maybeSeasons).toEqual([])
  })

  it('may be a season if its calendar month was seen only once', () => {
    const found = fitVolumes(
      JANUARY,
      plain.slice(0, 23).map((value, k) => (k === 11 ? 3.5 * value : value)),
      12,
    )
    expect([...found.maybeSeasons, ...found.maybeSpikes]).toEqual([11])
  })
})
