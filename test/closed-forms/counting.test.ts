// Sampled counts: conversations are Poisson, what the AI takes part in and what it resolves are binomial, so each is Poisson again.
import { describe, expect, it } from 'vitest'
import { binomialQuantile, poissonQuantile } from '../numerics/distributions/counts.ts'
import { Arena } from '../../src/numerics/kernel/arena.ts'
import { closedForm } from './agreement.ts'

const offers = {
  conversation: { charges: [{ meter: 'conversations', price: 1 }] },
  resolution: { charges: [{ meter: 'resolutions', price: 1 }] },
}

for (const base of [3, 200, 50_000]) {
  closedForm(
    `counts around ${base}`,
    { months: 1, counting: 'sampled', conversations: { base, involvement: '80%' }, resolution: { rate: '65%' }, offers },
    ({ offers: { conversation, resolution } }, agrees) => {
      agrees(conversation.bill.mean, 0.8 * base, Math.sqrt(0.8 * base))
      agrees(conversation.bill.sd, Math.sqrt(0.8 * base))
      agrees(resolution.bill.mean, 0.52 * base, Math.sqrt(0.52 * base))
      agrees(resolution.bill.sd, Math.sqrt(0.52 * base))
      expect(Number.isInteger(conversation.bill.max)).toBe(true)
      expect(resolution.bill.percentiles.p90?.by).toBeUndefined()
    },
  )
}

describe('the kernel inverts counts', () => {
  const arena = new Arena()
  const { ops } = arena.kernel
  const [u, a, b, out] = [arena.column(), arena.column(), arena.column(), arena.column()]
  const shares = Float64Array.from({ length: 1_024 }, (_, i) => (i + 0.5) / 1_024)
  const at = (fill: (i: number) => readonly [number, number], run: () => void) => {
    arena.view(u).set(shares)
    for (let i = 0; i < 1_024; i++) [arena.view(a)[i], arena.view(b)[i]] = fill(i)
    run()
    return arena.view(out)
  }
  it.each([0.01, 1, 20, 99])('exactly if they are few: Poisson of mean %d', (mean) => {
    const counts = at(
      () => [mean, 0],
      () => ops.poisson(u, a, out, 1_024),
    )
    shares.forEach((p, i) => expect(counts[i]).toBe(poissonQuantile(mean, p, 1 - p)))
  })
  it.each([120, 5_000, 1e6])('within a thousandth of a standard deviation if they are many: Poisson of mean %d', (mean) => {
    const counts = at(
      () => [mean, 0],
      () => ops.poisson(u, a, out, 1_024),
    )
    const wrong = shares.filter((p, i) => counts[i] !== poissonQuantile(mean, p, 1 - p)).length
    // A count is off by one where u falls within the error of a step: a share of at most 1e-3 of a standard deviation's steps.
    expect(wrong / 1_024).toBeLessThan(1e-3 * Math.sqrt(mean) + 2e-3)
    shares.forEach((p, i) =>
      expect(Math.abs(counts[i] - poissonQuantile(mean, p, 1 - p))).toBeLessThanOrEqual(1 + 1e-3 * Math.sqrt(mean)),
    )
  })
  it.each([
    [10, 0.3],
    [300, 0.9],
    [1_000, 0.001],
    [1, 0.5],
  ])('exactly for a binomial of %d at %d', (n, p) => {
    const counts = at(
      () => [n, p],
      () => ops.binomial(u, a, b, out, 1_024),
    )
    shares.forEach((share, i) => expect(counts[i]).toBe(binomialQuantile(n, p, share, 1 - share)))
  })
  /** P(N ≤ k) of the kernel's counts for 1,024 numbers k: the largest u that gives at most k, by bisection. */
  const sharesBelow = (from: number, number: number, probability?: number): Float64Array => {
    const low = new Float64Array(1_024)
    const high = new Float64Array(1_024).fill(1)
    for (let step = 0; step < 54; step++) {
      for (let i = 0; i < 1_024; i++) arena.view(u)[i] = (low[i] + high[i]) / 2
      arena.view(a).fill(number)
      arena.view(b).fill(probability ?? 0)
      if (probability === undefined) ops.poisson(u, a, out, 1_024)
      else ops.binomial(u, a, b, out, 1_024)
      for (let i = 0; i < 1_024; i++) {
        const side = arena.view(out)[i] <= from + i ? low : high
        side[i] = arena.view(u)[i]
      }
    }
    return low
  }

  /** P(N ≤ k) for the same k, from the ratios of neighboring probabilities. Next to nothing lies outside. */
  const exactly = (from: number, ratio: (k: number) => number): Float64Array => {
    const logs = new Float64Array(1_024)
    for (let i = 1; i < 1_024; i++) logs[i] = logs[i - 1] + Math.log(ratio(from + i))
    const top = Math.max(...logs)
    const parts = logs.map((value) => Math.exp(value - top))
    const total = parts.reduce((sum, part) => sum + part, 0)
    let below = 0
    return parts.map((part) => (below += part / total))
  }

  // The bounds are 1.5 times the error of the expansion, which falls with the variance. Without Sheppard's corrections it is 40 to 250
  // times as large, and the variance is too large by 1/12.
  it.each([
    { mean: 100.5, bound: 4e-6 },
    { mean: 400, bound: 5e-7 },
    { mean: 4_000, bound: 1.5e-8 },
    { n: 1_000, p: 0.4, mean: 400, bound: 3e-7 },
    { n: 500, p: 0.7, mean: 350, bound: 2e-6 },
    { n: 100_000, p: 0.0011, mean: 110, bound: 3.5e-6 },
  ])('with the exact distribution and variance if they are many: mean $mean (n $n, p $p)', ({ n, p, mean, bound }) => {
    const variance = n === undefined ? mean : mean * (1 - p)
    const from = Math.max(0, Math.round(mean) - 512)
    const found = sharesBelow(from, n ?? mean, p)
    const ratio = (k: number) => (n === undefined ? mean / k : k > n ? 0 : ((n - k + 1) / k) * (p / (1 - p)))
    const exact = exactly(from, ratio)
    expect(Math.max(...found.map((share, i) => Math.abs(share - exact[i])))).toBeLessThan(bound)
    let [first, second] = [0, 0]
    found.forEach((share, i) => {
      const chance = share - (i === 0 ? 0 : found[i - 1])
      first += chance * (from + i - mean)
      second += chance * (from + i - mean) ** 2
    })
    expect(Math.abs(first)).toBeLessThan(1e-9)
    expect(Math.abs(second - first ** 2 - variance)).toBeLessThan(5e-5)
  })

  it('to 0 if nothing can happen', () => {
    expect(
      at(
        () => [0, 0.5],
        () => ops.binomial(u, a, b, out, 1_024),
      ).every((count) => count === 0),
    ).toBe(true)
    expect(
      at(
        () => [0, 0],
        () => ops.poisson(u, a, out, 1_024),
      ).every((count) => count === 0),
    ).toBe(true)
  })
})
