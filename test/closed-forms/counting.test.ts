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
