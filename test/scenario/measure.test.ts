// A correlation of ranks or of values becomes one of normal scores, by closed forms of the families that have one.
import { describe, expect, it } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { lognormal, normalMean } from '../closed-forms/mathematics.ts'
import { rateNoise } from '../closed-forms/rate-noise.ts'

const two = (a: string, b: string) => ({
  a: { charges: [{ meter: 'conversations', price: a }] },
  b: { charges: [{ meter: 'conversations', price: b }] },
})
const scored = async (plan: object) => (await resolve(readScenario(plan), givenFiles())).scenario.correlations[0].rho
const priced = (a: string, b: string, rho: number, measure?: string) =>
  scored({
    conversations: { base: 1_000 },
    offers: two(a, b),
    correlations: [{ between: ['offers.a.price', 'offers.b.price'], rho, ...(measure && { measure }) }],
  })

describe('the measure of a correlation', () => {
  it('is that of normal scores if nothing is stated', async () => {
    expect(await priced('$1 to $2', 'uniform($1, $2)', 0.4)).toBe(0.4)
    expect(await priced('$1 to $2', 'uniform($1, $2)', 0.4, 'normal')).toBe(0.4)
  })

  it.each([-1, -0.4, 0, 0.4, 0.95, 1])('of ranks gives scores of 2 sin(πρ/6): %d', async (rho) => {
    expect(await priced('$1 to $2', 'discrete($1: 1, $2: 1)', rho, 'spearman')).toBeCloseTo(2 * Math.sin((Math.PI * rho) / 6), 12)
  })

  it('of uniform values is that of their ranks', async () => {
    for (const rho of [-0.9, 0.3, 0.8])
      expect(await priced('uniform($1, $2)', 'uniform($0, $5)', rho, 'pearson')).toBeCloseTo(2 * Math.sin((Math.PI * rho) / 6), 8)
  })

  it('of lognormal values is log(1 + ρ c₁c₂) over the scales', async () => {
    const [one, other] = [lognormal(2, 1), lognormal(3, 3)]
    for (const rho of [-0.4, 0.5, 0.9])
      expect(await priced('lognormal($2, $1)', 'lognormal($3, $3)', rho, 'pearson')).toBeCloseTo(
        Math.log1p(rho * 0.5 * 1) / (one.sigma * other.sigma),
        7,
      )
  })

  it('of two prices with two values each is π/2 ρ on the sine', async () => {
    const coin = 'discrete($1: 1, $2: 1)'
    for (const rho of [-0.95, 0.5, 0.9])
      expect(await priced(coin, coin, rho, 'pearson')).toBeCloseTo(Math.sin((Math.PI / 2) * rho), 6)
  })

  it('of values names the largest possible correlation, in both directions', async () => {
    // A lognormal with cv 4 and one with cv 0.5: between (e^{±ab} − 1) / 2.
    const ab = lognormal(1, 4).sigma * lognormal(1, 0.5).sigma
    const [least, largest] = [Math.expm1(-ab) / 2, Math.expm1(ab) / 2].map((bound) => Math.trunc(bound * 1e4) / 1e4)
    const asked = priced('lognormal($1, $4)', 'lognormal($2, $1)', 0.9, 'pearson')
    await expect(asked).rejects.toThrow(
      `correlations[0].rho: expected a correlation from ${least} to ${largest}, the largest that the values of offers.a.charges[0].price and offers.b.charges[0].price can have, got 0.9`,
    )
    await expect(priced('lognormal($1, $4)', 'lognormal($2, $1)', -0.9, 'pearson')).rejects.toThrow(`from ${least} to ${largest}`)
    expect(await priced('lognormal($1, $4)', 'lognormal($2, $1)', largest, 'pearson')).toBeGreaterThan(0.99)
  })

  it('refuses values whose standard deviation rests on draws that no run contains', async () => {
    await expect(priced('pareto(2.05, $1)', '$1 to $2', 0.3, 'pearson')).rejects.toThrow(
      'correlations[0].measure: expected `spearman` or `normal`, since the tail of offers.a.charges[0].price is so heavy',
    )
    expect(await priced('pareto(2.05, $1)', '$1 to $2', 0.3, 'spearman')).toBeGreaterThan(0.3)
  })

  it('of two noises is that of volume and rate in every month', async () => {
    const noisy = (rho: number, measure: string, phi = 0) =>
      scored({
        conversations: { base: 1_000, noise: { cv: 0.3, autocorrelation: phi } },
        resolution: { rate: '90%', noise: { sd: '8pt' } },
        offers: two('$1', '$2'),
        correlations: [{ between: ['conversations.noise', 'resolution.noise'], rho, measure }],
      })
    const r = await noisy(-0.5, 'pearson')
    // A lognormal weight shifts the score of the rate by r σ.
    const { sigma } = lognormal(1, 0.3)
    const { shift, tau } = rateNoise(0.9, 0.08)
    const rate = (z: number) => 1 / (1 + Math.exp(-Math.log(9) - shift - tau * z))
    expect((normalMean((z) => rate(z + r * sigma)) - 0.9) / (0.3 * 0.08)).toBeCloseTo(-0.5, 8)
    expect(await noisy(-0.5, 'spearman')).toBeCloseTo(2 * Math.sin(-Math.PI / 12), 12)
    // Autocorrelations of 0.9 and 0 allow scores of 0.4358, which are ranks of 0.4196.
    await expect(noisy(0.43, 'spearman', 0.9)).rejects.toThrow(
      'expected a correlation from -0.4196 to 0.4196, the largest that noises',
    )
  })
})
