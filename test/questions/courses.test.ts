// Tests where the lead passes from one offer to another.
import { describe, expect, it } from 'vitest'
import { courseIn, fifthsOf } from '../../src/questions/compare/courses.ts'

const TRIALS = 40_000
/** Even places in (0, 1), and the same places in another order. */
const even = Float64Array.from({ length: TRIALS }, (_, i) => (i + 0.5) / TRIALS)
const mixed = Float64Array.from({ length: TRIALS }, (_, i) => even[(i * 15_013) % TRIALS])

describe('the offers that cost least along a driver', () => {
  it('finds the rate at which a price per resolution meets a flat price', () => {
    // 0.99 a resolution and 0.6435 a conversation meet at 65%. What else varies adds the same to both.
    const rates = even.map((u) => 0.55 + 0.2 * u)
    const costs = [rates.map((rate, i) => 0.99 * rate + mixed[i]), mixed.map((own) => 0.6435 + own)]
    const found = courseIn('rate', rates, ['fin', 'flat'], costs)
    const [crossing] = found?.crossings ?? []
    expect(found?.crossings).toHaveLength(1)
    expect(crossing).toMatchObject({ below: 'fin', above: 'flat' })
    expect(Math.abs(crossing.value - 0.65)).toBeLessThan(4 * crossing.se)
    expect(crossing.se).toBeLessThan(1e-3)
    expect(found?.stretches.map(({ cheapest }) => cheapest)).toEqual(['fin', undefined, 'flat'])
    expect(found?.classes).toHaveLength(20)
  })

  it('states an error that covers the crossing of noisy costs', () => {
    const noise = mixed.map((u, i) => 0.05 * (u - 0.5) * (i % 2 === 0 ? 1 : -1))
    const costs = [even.map((u, i) => u + noise[i]), even.map(() => 0.4)]
    const [{ value, se }] = courseIn('rate', even, ['a', 'b'], costs)?.crossings ?? []
    expect(Math.abs(value - 0.4)).toBeLessThan(4 * se)
    expect(se).toBeLessThan(0.01)
  })

  it('names no leader within 1%, and one along the whole driver', () => {
    const one = courseIn('rate', even, ['a', 'b'], [even.map(() => 100), even.map(() => 100.5)])
    expect(one?.stretches).toEqual([{ from: even[0], to: even[TRIALS - 1], cheapest: undefined }])
    const other = courseIn('rate', even, ['a', 'b'], [even.map(() => 100), even.map(() => 102)])
    expect(other?.stretches.map(({ cheapest }) => cheapest)).toEqual(['a'])
    expect(other?.crossings).toEqual([])
  })

  it('needs 800 trials and a driver that varies', () => {
    expect(courseIn('rate', even.slice(0, 799), ['a', 'b'], [even.slice(0, 799), even.slice(0, 799)])).toBeUndefined()
    expect(
      courseIn(
        'rate',
        even.map(() => 0.5),
        ['a', 'b'],
        [even, mixed],
      ),
    ).toBeUndefined()
  })

  it('gives the mean of each cost in the lowest and the highest fifth, with its error', () => {
    const [[low, high], [first, last]] = fifthsOf(even, [even.map((u) => 100 * u), even.map(() => 7)]) ?? []
    expect(low.value).toBeCloseTo(10, 9)
    expect(high.value).toBeCloseTo(90, 9)
    // A fifth of 0 to 100 is uniform on 20, with a standard deviation of 20 over the root of 12.
    expect(low.se).toBeCloseTo(20 / Math.sqrt(12) / Math.sqrt(even.length / 5), 3)
    expect([first, last]).toEqual([
      { value: 7, se: 0 },
      { value: 7, se: 0 },
    ])
    expect(
      fifthsOf(
        even.map(() => 1),
        [even],
      ),
    ).toBeUndefined()
  })
})
