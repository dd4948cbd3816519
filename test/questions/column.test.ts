// Columns of costs as values: arithmetic trial by trial, within a result and between results on the same trials.
import { describe, expect, it } from 'vitest'
import { thorough } from '../effort.ts'
import { simulate } from '../simulate.ts'

const plan = (price: number | string, more: object = {}) => ({
  months: 3,
  conversations: { base: '45k to 60k', noise: { cv: '8%' } },
  resolution: { rate: '60% to 70%' },
  offers: {
    fin: { charges: [{ meter: 'resolutions', price }] },
    flat: { charges: [{ meter: 'conversations', price: 0.65 }] },
  },
  ...more,
})
const options = { trials: 2_048, seed: 'a' } as const

describe('a column of costs', () => {
  it('has the figures of its offer, from the sample', async () => {
    const result = await simulate(plan(0.99), { ...options, preintegration: false })
    const { bill } = result.summary.offers.fin
    const fin = result.column('fin')
    expect(fin.mean.value).toBeCloseTo(bill.mean.value, 7)
    expect(fin.mean.se).toBeCloseTo(bill.mean.se, 7)
    expect(fin.sd.value).toBeCloseTo(bill.sd.value, 7)
    expect(fin.percentile(0.8)).toEqual(bill.percentiles.p80)
    expect(fin.expectedShortfall(0.95).value).toBeCloseTo(bill.expectedShortfall.p95?.value ?? 0, 6)
    expect(fin.trials).toHaveLength(2_048)
    fin.trials.fill(0)
    expect(result.column('fin').mean).toEqual(fin.mean)
  })

  it('minus that of another offer is their difference', async () => {
    const result = await simulate(plan(0.99), options)
    const [found, known] = [result.column('fin').minus(result.column('flat')), result.difference('fin', 'flat')]
    expect(found.trials).toEqual(known.trials)
    expect(found.name).toBe('fin − flat')
    expect(found.above(0)).toEqual(known.above(0))
    expect(found.mean.value).toBeCloseTo(known.mean.value, 7)
    expect(found.mean.se).toBeCloseTo(known.mean.se, 6)
  })

  it('takes numbers, and chains', async () => {
    const result = await simulate(plan(0.99), options)
    const [fin, flat] = [result.column('fin'), result.column('flat')]
    // The share of the mean of both, as a percentage.
    const share = fin.over(fin.plus(flat).times(0.5)).minus(1).times(100)
    expect(share.name).toBe('((fin / ((fin + flat) × 0.5)) − 1) × 100')
    const [a, b] = [fin.trials[7], flat.trials[7]]
    expect(share.trials[7]).toBeCloseTo(100 * (a / ((a + b) / 2) - 1), 10)
    // 1,000 more moves the mean and no error.
    expect(fin.plus(1_000).mean).toEqual({ value: expect.closeTo(fin.mean.value + 1_000, 7), se: expect.closeTo(fin.mean.se, 9) })
  })
})

describe('columns of two results', () => {
  it('on the same trials have the error of their difference, which is far smaller than that of either', async () => {
    const [one, other] = await Promise.all([simulate(plan(0.99), options), simulate(plan(1.09), options)])
    const dearer = other.column('fin').minus(one.column('fin'))
    // The price changes each trial by the same share, so that the ratio is exact.
    expect(dearer.mean.value / one.column('fin').mean.value).toBeCloseTo(0.1 / 0.99, 12)
    expect(dearer.mean.se / one.column('fin').mean.se).toBeCloseTo(0.1 / 0.99, 9)
    const ratio = other.column('fin').over(one.column('fin'))
    expect(ratio.mean.value).toBeCloseTo(1.09 / 0.99, 12)
    expect(ratio.mean.se).toBeLessThan(1e-12)
    expect(
      other
        .column('flat')
        .minus(one.column('flat'))
        .trials.every((value) => value === 0),
    ).toBe(true)
  })

  it.each(thorough ? (['sobol', 'latin', 'random'] as const) : (['latin'] as const))(
    'have errors of the right size over many seeds: %s',
    async (method) => {
      const deviations = await Promise.all(
        Array.from({ length: 32 }, async (_, k) => {
          const own = { trials: 512, seed: String(k), method, preintegration: false }
          const [one, other] = await Promise.all([
            simulate(plan(0.99, { months: 1 }), own),
            simulate(plan(0.99, { months: 1, resolution: { rate: '55% to 75%' } }), own),
          ])
          const found = other.column('fin').minus(one.column('flat'))
          return found.mean
        }),
      )
      const mean = deviations.reduce((sum, { value }) => sum + value, 0) / 32
      const actual = Math.sqrt(deviations.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / 31)
      const stated = Math.sqrt(deviations.reduce((sum, { se }) => sum + se ** 2, 0) / 32)
      // The ratio of both has a standard error of 13% for 32 seeds, and more for the few replicates of a net.
      expect(stated / actual).toBeGreaterThan(0.65)
      expect(stated / actual).toBeLessThan(1.6)
    },
  )

  it('add the errors of rare values that hardly any trial has', async () => {
    const rare = (probability: string) => ({
      conversations: { base: '45k to 60k', spikes: { probability, size: 9, months: 1 } },
    })
    const [one, same, other] = await Promise.all([
      simulate(plan(0.99, rare('0.0001%')), options),
      simulate(plan(1.09, rare('0.0001%')), options),
      simulate(plan(0.99, rare('0.0002%')), options),
    ])
    const [a, b, c] = [one, same, other].map((result) => result.column('fin'))
    expect(b.minus(a).mean.se / a.mean.se).toBeCloseTo(0.1 / 0.99, 6)
    // With spikes of other months, one is no measure of the other: their variances add up.
    const sum = Math.sqrt(c.mean.se ** 2 + a.mean.se ** 2)
    expect(c.minus(a).mean.se).toBeGreaterThan(0.8 * sum)
    expect(c.minus(a).mean.se).toBeLessThan(sum)
  })

  it('of other trials are refused, with the reason', async () => {
    const fin = (await simulate(plan(0.99), options)).column('fin')
    const cases = [
      [plan(0.99), { ...options, seed: 'b' }, 'their seeds are "a" and "b"'],
      [plan(0.99), { ...options, method: 'random' }, 'their methods are sobol and random'],
      [plan(0.99), { ...options, trials: 4_096 }, 'they have 2048 and 4096 trials'],
      [plan('0.9 to 1.1'), options, 'their plans draw other numbers, such as conversations.noise'],
    ] as const
    for (const [written, own, why] of cases) {
      const other = (await simulate(written, own)).column('fin')
      expect(() => fin.minus(other)).toThrow(`fin − fin: expected two columns of the same trials, but ${why}`)
    }
    const unkept = (await simulate(plan(0.99), { ...options, trials: 2 ** 17, keepTrials: false })).column('fin')
    const kept = (await simulate(plan(0.99), { ...options, trials: 2 ** 17 })).column('fin')
    expect(() => kept.over(unkept)).toThrow('one of the runs kept no trials. Run it with keepTrials: true')
  })

  it('refuse what is no number, and a divisor of 0', async () => {
    const result = await simulate(plan(0.99, { offers: { fin: plan(0.99).offers.fin, free: { charges: [{ fee: 0 }] } } }), options)
    const fin = result.column('fin')
    expect(() => fin.over(result.column('free'))).toThrow('over: expected a divisor that is never 0, got 0 in trial 0')
    expect(() => fin.over(0)).toThrow('over: expected a divisor that is never 0, got 0')
    expect(() => fin.times('2' as never)).toThrow('number: expected a number such as 10000 or -5000, got "2"')
    expect(() => fin.above(Number.NaN)).toThrow('amount: expected a number')
    expect(() => fin.percentile(1)).toThrow('p: expected')
    expect(() => result.column('fin', 'cost' as never)).toThrow('measure: expected bill or total, got "cost"')
    expect(() => result.column('none')).toThrow('there is no offer "none"')
  })
})
