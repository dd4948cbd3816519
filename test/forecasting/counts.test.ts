// Small counts with months of 0: histories of a known level.
import { describe, expect, it } from 'vitest'
import { uniforms } from '../../bench/forecast/uniforms.mjs'
import { fitCounts, zerosAreCounts } from '../../src/forecasting/fit/counts.ts'

const MONTHS = 36

function poisson(mean: number, next: () => number): number {
  const u = next()
  let [count, chance] = [0, Math.exp(-mean)]
  for (let below = chance; u > below; below += chance) {
    count++
    chance *= mean / count
  }
  return count
}

const steady = (mean: number) => (next: () => number) => poisson(mean, next)
/** Months differ as the exponential distribution does, so that counts are geometric. */
const geometric = (mean: number) => (next: () => number) => poisson(-mean * Math.log(next()), next)

const historiesOf = (month: (next: () => number) => number): number[][] =>
  Array.from({ length: 200 }, (_, k) => {
    const next = uniforms(1 + 7919 * k)
    return Array.from({ length: MONTHS }, () => month(next))
  }).filter((volumes) => volumes.includes(0))

describe('histories with months of 0', () => {
  it.each([
    [0.5, 'Poisson', steady(0.5)],
    [2, 'Poisson', steady(2)],
    [0.5, 'geometric', geometric(0.5)],
    [8, 'geometric', geometric(8)],
  ])('of %d conversations a month (%s) have this level, inside four of five stated intervals', (mean, _, month) => {
    const histories = historiesOf(month)
    expect(histories.filter(zerosAreCounts).length / histories.length).toBeGreaterThan(0.95)
    const fits = histories.map((volumes) => fitCounts(volumes).base)
    const levels = fits.map(({ value, se }) => value * Math.exp((se * se) / 2))
    // The error of the mean is 1% to 2%.
    expect(Math.abs(levels.reduce((sum, level) => sum + level, 0) / levels.length / mean - 1)).toBeLessThan(0.05)
    const inside = fits.filter(({ value, se }) => Math.abs(Math.log(mean / value)) < 1.2816 * se)
    expect(inside.length / fits.length).toBeGreaterThan(0.76)
  })

  it.each([
    ['400', () => 400],
    ['8 in every other month', () => 8],
    ['10 to 20', (k: number) => 10 + (k % 11)],
  ])('and %s conversations have gaps', (_, month) => {
    expect(zerosAreCounts(Array.from({ length: MONTHS }, (__, k) => (k === 7 ? 0 : month(k))))).toBe(false)
  })
})
