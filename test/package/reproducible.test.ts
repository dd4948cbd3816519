import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type SimulationResult, simulate } from 'billcast'
import { describe, expect, it } from 'vitest'
import type { Method } from '../../src/numerics/random/plan.ts'
import { slow } from '../effort.ts'
import { simulate as simulateHere } from '../simulate.ts'
import type { GoldenScenario } from '../stability/golden.mjs'

const scenario = {
  months: 4,
  conversations: {
    base: '45k to 60k',
    noise: { cv: '8%', autocorrelation: 0.5 },
    spikes: { probability: '4%', size: '1.2 to 1.8' },
  },
  resolution: { rate: '60% to 70%', improvement: '1pt/month', noise: { sd: '2pt', autocorrelation: 0.7 } },
  human: { cost: '$6.00' },
  offers: {
    fin: { charges: [{ meter: 'resolutions', price: '$0.99' }] },
    zendesk: { charges: [{ meter: 'resolutions', commitment: '30k/month', price: '$1.50', overage: '$2.00' }] },
  },
}

function bitsOf(result: Pick<SimulationResult, 'summary' | 'trials'>): string {
  const fin = result.trials().getChild('fin')?.toArray() as Float64Array
  return createHash('sha256').update(JSON.stringify(result.summary)).update(new Uint8Array(fin.slice().buffer)).digest('hex')
}

/** Threads by method; one of them in `npm test`. */
const widthsOf: readonly (readonly [Method, readonly number[]])[] = slow
  ? [
      ['sobol', [2, 7]],
      ['latin', [3]],
      ['random', [1]],
    ]
  : [['sobol', [2]]]

/** Each thread fits the histories for itself. */
const fitted = (JSON.parse(readFileSync('test/stability/scenarios.json', 'utf8')) as GoldenScenario[]).filter(
  ({ name }) => name === 'segments of a history',
)

describe('the same scenario, seed and trials', () => {
  it.each(fitted)(
    'give the same bits without threads and on one, two and three of them: $name',
    async ({ scenario: plan, options }) => {
      const summaries = [(await simulateHere(plan, options)).summary]
      for (const threads of [1, 2, 3]) summaries.push((await simulate(plan as never, { ...options, threads })).summary)
      expect(summaries[0].drivers.segments?.chat.conversations.mean.value).toBeGreaterThan(0)
      expect(new Set(summaries.map((summary) => JSON.stringify(summary))).size).toBe(1)
    },
  )
  it.each(widthsOf)('give the same bits without threads and, by %s, with %j', async (method, widths) => {
    // Two blocks in each replicate.
    const options = { trials: 65_537, method }
    const hashes = [bitsOf(await simulateHere(scenario, options))]
    for (const threads of widths) hashes.push(bitsOf(await simulate(scenario, { ...options, threads })))
    expect(new Set(hashes).size).toBe(1)
  })
  it('give other bits with another seed', async () => {
    const [a, b] = await Promise.all(['a', 'b'].map((seed) => simulateHere(scenario, { trials: 2_048, seed })))
    expect(a.budget('fin', 0.9).value).not.toBe(b.budget('fin', 0.9).value)
  })
  it('an added offer changes no other offer’s trials (random)', async () => {
    const more = {
      ...scenario,
      offers: { ...scenario.offers, quoted: { charges: [{ meter: 'conversations', price: 'uniform($1, $3.50)' }] } },
    }
    const [a, b] = await Promise.all([scenario, more].map((s) => simulateHere(s, { trials: 4_096, method: 'random' })))
    expect(a.trials().getChild('fin')?.toArray()).toEqual(b.trials().getChild('fin')?.toArray())
  })
  it('stop on a signal', async () => {
    const controller = new AbortController()
    const run = simulate(scenario, { trials: 50_000_000, keepTrials: false, threads: 2, signal: controller.signal })
    setTimeout(() => controller.abort(), 200)
    await expect(run).rejects.toThrow()
  })
})
