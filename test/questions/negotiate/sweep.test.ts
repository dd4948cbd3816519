// A sweep gives each variant the same figures as a run of that variant alone.
import { describe, expect, it } from 'vitest'
import { sweepRows, type Vary } from '../../../src/questions/negotiate/sweep.ts'
import { sweep } from '../../setup/sweep.ts'
import { simulate } from '../../simulate.ts'
import { reader } from '../reader.ts'

const fin = { charges: [{ id: 'usage', meter: 'resolutions', price: '$0.99' }] }
const flat = { charges: [{ meter: 'conversations', price: '$0.80' }] }
const committed = { charges: [{ meter: 'resolutions', commitment: '30k/month', price: '$1.50', overage: '$2.00' }] }
const base = {
  conversations: { base: '45k to 60k', noise: { cv: '8%' } },
  resolution: { rate: '60% to 70%', noise: { sd: '2pt', autocorrelation: 0.7 } },
  offers: { fin, flat, committed },
}
const options = { trials: 4096, seed: 'sweep' }

describe('a sweep', () => {
  it.each(['sobol', 'latin', 'random'] as const)('agrees with a run of each variant (%s)', async (method) => {
    const commitments = [25_000, 35_000]
    const { rows } = await sweepRows(base, { 'offers.committed.commitment': commitments }, reader, { ...options, method })
    for (const commitment of commitments) {
      const charge = { ...committed.charges[0], commitment: `${commitment}/month` }
      const { summary } = await simulate(
        { ...base, offers: { fin, flat, committed: { charges: [charge] } } },
        { ...options, method, preintegration: false },
      )
      for (const row of rows.filter(({ values }) => values[0] === commitment)) {
        const { mean, percentiles, expectedShortfall } = summary.offers[row.offer].bill
        const near = ({ value, se }: { readonly value: number; readonly se: number }) => ({
          value: expect.closeTo(value, 6),
          // Errors of `random` come from its batches here.
          se: method === 'random' ? expect.any(Number) : expect.closeTo(se, 6),
        })
        expect(row.mean).toEqual(near(mean))
        const { p50, p80, p90, p95 } = percentiles
        if (!p50 || !p80 || !p90 || !p95 || !expectedShortfall.p95) throw new Error('figures are missing')
        expect(row.tails).toEqual({
          p50: near(p50),
          p80: near(p80),
          p90: near(p90),
          p95: near(p95),
          expectedShortfall95: near(expectedShortfall.p95),
        })
        expect(row.cheapest.value).toBeCloseTo(summary.comparison.cheapest[row.offer].value, 12)
        if (method !== 'random') expect(row.cheapest.se).toBeCloseTo(summary.comparison.cheapest[row.offer].se, 12)
        else expect(row.mean.se / mean.se).toBeGreaterThan(0.7)
      }
    }
  })

  it('uses common random numbers if a drawn input becomes a number', async () => {
    const scenario = { ...base, resolution: { rate: '60% to 70%' } }
    const { rows } = await sweepRows(scenario, { 'resolution.rate': [0.5, 0.75] }, reader, options)
    const mean = (rate: number, offer: string) => rows.find((row) => row.values[0] === rate && row.offer === offer)?.mean.value ?? 0
    // The variants keep the volumes of the plan, whose rate is drawn.
    const { summary } = await simulate(scenario, { ...options, preintegration: false })
    expect(mean(0.5, 'flat')).toBeCloseTo(summary.offers.flat.bill.mean.value, 6)
    // The volumes are the same, so that the bill is exactly proportional to the rate.
    expect(mean(0.75, 'fin') / mean(0.5, 'fin')).toBeCloseTo(1.5, 12)
    expect(mean(0.75, 'flat')).toBe(mean(0.5, 'flat'))
    expect(mean(0.5, 'fin') / mean(0.5, 'flat')).toBeCloseTo((0.99 * 0.5) / 0.8, 12)
  })

  it('is an Arrow table with a row for each variant and offer, and the fields as its first columns, named as they were asked by', async () => {
    const table = await sweep(
      base,
      { 'resolution.rate': '50%:60%:5pt', 'offers.fin.charges[0].price': [0.9, '$1.00'] },
      reader,
      options,
    )
    expect(table.numRows).toBe(3 * 2 * 3)
    expect(table.schema.fields.map(({ name }) => name)).toEqual(
      ['resolution.rate', 'offers.fin.charges[0].price', 'offer'].concat(
        ['mean', 'p50', 'p80', 'p90', 'p95', 'expectedShortfall95', 'cheapest'].flatMap((name) => [name, `${name}_se`]),
      ),
    )
    expect(table.schema.fields[1].metadata.get('path')).toBe('offers.fin.charges.usage.price')
    expect([...(table.getChild('resolution.rate')?.toArray() ?? [])].filter((_, k) => k % 6 === 0)).toEqual([0.5, 0.55, 0.6])
    expect(table.get(0)?.toJSON()).toMatchObject({ offer: 'fin', 'resolution.rate': 0.5, 'offers.fin.charges[0].price': 0.9 })
    const cheapest = [...(table.getChild('cheapest')?.toArray() ?? [])] as number[]
    for (let k = 0; k < cheapest.length; k += 3) expect(cheapest[k] + cheapest[k + 1] + cheapest[k + 2]).toBeCloseTo(1, 12)
  })

  it('has no error if nothing is uncertain', async () => {
    const certain = { conversations: { base: 50_000 }, resolution: { rate: '65%' }, offers: { fin, flat } }
    const { rows } = await sweepRows(certain, { 'resolution.rate': [0.5] }, reader, { trials: 64 })
    expect(rows.map(({ mean, cheapest }) => [mean, cheapest])).toEqual([
      [
        { value: expect.closeTo(12 * 24_750, 6), se: 0 },
        { value: 1, se: 0 },
      ],
      [
        { value: expect.closeTo(12 * 40_000, 6), se: 0 },
        { value: 0, se: 0 },
      ],
    ])
  })

  it('counts whole conversations if the plan does', async () => {
    const counted = { ...base, counting: 'sampled', months: 1, conversations: { base: 100 }, resolution: { rate: '50%' } }
    const { rows } = await sweepRows(counted, { 'offers.flat.price': [1, 2] }, reader, options)
    const [one, two] = rows.filter(({ offer }) => offer === 'flat')
    expect(two.tails.p80.value).toBe(2 * one.tails.p80.value)
    expect(Number.isInteger(one.tails.p80.value)).toBe(true)
    expect(Math.abs(one.mean.value - 100)).toBeLessThan(4 * one.mean.se)
  })

  it('can add uncertainty to a certain plan', async () => {
    const certain = { conversations: { base: 50_000, noise: { cv: 0 } }, resolution: { rate: '65%' }, offers: { fin } }
    const { rows } = await sweepRows(certain, { 'conversations.noise.cv': ['0%', '10%'] }, reader, options)
    expect(rows[0].tails.p80.value).toBeCloseTo(rows[0].mean.value, 6)
    expect(rows[1].tails.p80.value).toBeGreaterThan(1.01 * rows[1].mean.value)
  })

  it('reports progress, and stops on request', async () => {
    const seen: number[] = []
    await sweepRows(base, { 'resolution.rate': '0.5:0.7:0.01' }, reader, {
      ...options,
      onProgress: (done, total) => seen.push(done / total),
    })
    expect(seen.every((share, k) => k === 0 || share >= seen[k - 1])).toBe(true)
    expect(seen[seen.length - 1]).toBe(1)
    await expect(
      sweepRows(base, { 'resolution.rate': [0.5] }, reader, { ...options, signal: AbortSignal.abort() }),
    ).rejects.toThrow('abort')
  })

  it.each([
    [
      { 'resolution.rate': '0:1:0.000001' },
      'resolution.rate: expected at most 10,000 numbers, got 1,000,001 from "0:1:0.000001". Use a larger step',
    ],
    [
      { 'resolution.rate': '0.1:0.9:0.001', 'conversations.base': '1000:100000:100' },
      'expected at most 10,000 variants, got 793,791 (801 × 991). Use fewer numbers',
    ],
    [{}, 'expected at least one field'],
    [{ 'resolution.rate': [] }, 'expected a list of numbers, or a text such as 50%:90%:5pt'],
    [{ 'resolution.rate': [Number.NaN] }, 'resolution.rate: expected a finite number, got NaN'],
    [{ 'resolution.rate': [1.2] }, 'resolution.rate cannot be 1.2: expected a share'],
    [{ 'resolution.rate': '50%:90%' }, 'expected lowest:highest:step'],
    [{ 'resolution.rate': '90%:50%:5pt' }, 'with a step above 0'],
    [{ 'offers.fin.price': [1], 'offers.fin.charges[0].price': [2] }, 'offers.fin.charges.usage.price: expected each field once'],
    [{ 'offers.fin.title': [1] }, 'the plan has no such field'],
  ] as readonly (readonly [Vary, string])[])('is refused for %o', async (vary, message) => {
    await expect(sweepRows(base, vary, reader, options)).rejects.toThrow(message)
  })
})
