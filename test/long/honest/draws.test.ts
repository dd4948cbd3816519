// The draws of truths follow their laws, and replicates of shifted lattices agree with plain random trials.
import seedrandom from 'seedrandom'
import { describe, expect, it } from 'vitest'
import { normalQuantile } from '../../closed-forms/mathematics.ts'
import { quantileOf, scoreAt } from './draws.ts'
import { Lattice } from './lattice.ts'
import { type Law, meanOf } from './laws.ts'
import { poisson } from './poisson.ts'

describe('draws', () => {
  it('have the scores of a normal distribution', () => {
    for (const u of [1e-12, 1e-6, 0.001, 0.0137, 0.2, 0.4999, 0.5, 0.71, 0.98, 0.999999])
      expect(Math.abs(scoreAt(u) - normalQuantile(u))).toBeLessThan(1e-6)
  })

  it('have the means of their laws', () => {
    const laws: readonly Law[] = [
      { kind: 'triangular', low: 1, mode: 2, high: 5 },
      { kind: 'pareto', shape: 5, low: 2 },
      { kind: 'lognormal', low: 1, high: 3 },
      { kind: 'logitNormal', low: 0.4, high: 0.6 },
      {
        kind: 'discrete',
        atoms: [
          [1, 0.9],
          [4, 0.1],
        ],
      },
    ]
    const n = 100_000
    for (const law of laws) {
      let total = 0
      for (let k = 0; k < n; k++) total += quantileOf(law, (k + 0.5) / n)
      expect(Math.abs(total / n / meanOf(law) - 1), law.kind).toBeLessThan(1e-4)
    }
  })

  it.each([3, 40, 2_500])('have a Poisson distribution of mean %d', (mean) => {
    const next = seedrandom.alea('counts')
    const n = 200_000
    let [first, second, third] = [0, 0, 0]
    for (let k = 0; k < n; k++) {
      const gap = poisson(mean, next) - mean
      first += gap / n
      second += (gap * gap) / n
      third += gap ** 3 / n
    }
    // Mean, variance and third central moment are all equal to the mean. Each bound is five standard errors.
    expect(Math.abs(first)).toBeLessThan(5 * Math.sqrt(mean / n))
    expect(Math.abs(second / mean - 1)).toBeLessThan(5 * Math.sqrt((2 + 1 / mean) / n))
    expect(Math.abs(third - mean)).toBeLessThan(5 * Math.sqrt((15 * mean ** 3 + 30 * mean ** 2 + 25 * mean) / n))
  })

  it('cover each coordinate of a lattice evenly', () => {
    const lattice = new Lattice(256, 8)
    const cells = Array.from({ length: 8 }, () => new Set<number>())
    lattice.visit(8, seedrandom.alea('shifts'), (point) => point.forEach((x, j) => cells[j].add(Math.floor(256 * x))))
    expect(cells.map(({ size }) => size)).toEqual(Array(8).fill(256))
  })
})
