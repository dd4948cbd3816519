// The interval of each node holds its value in every trial, for plans that use every driver and operation.
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile/compile.ts'
import { planTrials } from '../../src/numerics/random/plan.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { modelOf } from '../../src/simulation/model.ts'
import { farthest, Reach } from '../../src/simulation/reach.ts'
import { recorded } from '../../src/simulation/recorded.ts'
import { everyDriver } from '../oracle/scenarios.ts'
import { reader } from '../questions/reader.ts'

const modelFor = async (scenario: object) =>
  modelOf(compile((await resolve(readScenario(scenario), reader)).scenario, { measure: 'bill', pairs: 'auto' }))

describe('the reach of a node', () => {
  it.each(Object.keys(everyDriver))('holds its values: %s', async (name) => {
    const model = await modelFor(everyDriver[name])
    const nodes = [...model.graph.definitions.keys()]
    const reach = new Reach(model.graph)
    const columns = recorded(model, planTrials(256, 'random'), 'reach', nodes)
    for (const node of nodes) {
      const [low, high] = reach.of(node)
      const slack = 1e-9 * Math.max(1, Math.abs(low) < Infinity ? Math.abs(low) : 0, Math.abs(high) < Infinity ? Math.abs(high) : 0)
      for (const value of columns[node]) {
        if (value >= low - slack && value <= high + slack) continue
        const { operation, numbers } = model.graph.definitions[node]
        expect.fail(`node ${node}, ${operation} ${numbers.join(' ')}: ${value} is outside ${low} to ${high}`)
      }
    }
  })

  it('is that of six standard deviations, also of correlated and autoregressive scores', async () => {
    const { graph } = await modelFor({
      months: 3,
      conversations: { base: 'normal(1000, 10)', noise: { cv: '8%', autocorrelation: 0.6 } },
      resolution: { rate: 'normal(0.6, 0.01)' },
      correlations: [{ between: ['conversations.base', 'resolution.rate'], rho: 0.7 }],
      offers: { a: { charges: [{ meter: 'resolutions', price: '$1' }] } },
    })
    const reach = new Reach(graph)
    // Φ(−5.998) is 1e-9.
    const z = 5.9978070150076865
    for (const [node, { operation, args }] of graph.definitions.entries()) {
      const [low, high] = reach.of(node)
      if (
        operation === 'score' ||
        (operation === 'linear' && args.length === 2 && args.every((arg) => graph.definitions[arg].operation === 'score'))
      ) {
        expect([low, high]).toEqual([expect.closeTo(-z, 6), expect.closeTo(z, 6)])
      }
      // Every month of a stationary noise reaches equally far.
      if (operation === 'state') expect(high).toBeCloseTo(z * Math.sqrt(Math.log1p(0.0064)) * 184.6649652337873, 4)
    }
  })

  it('of a difference leaves out what both have in common', async () => {
    const { graph, costs } = await modelFor({
      months: 2,
      conversations: { base: 'lognormal(1000, 300)', noise: { cv: '10%' } },
      offers: {
        a: { charges: [{ meter: 'conversations', price: '$1' }] },
        b: { charges: [{ meter: 'conversations', price: '$1' }, { fee: '$500' }] },
      },
    })
    const reach = new Reach(graph)
    expect(reach.difference(costs[0], costs[1])).toEqual([-1000, -1000])
    expect(reach.loss(costs, 0)).toBe(0)
    expect(reach.loss(costs, 1)).toBe(1000)
    expect(farthest([-2, 5], 1)).toBe(4)
    expect(farthest([-Infinity, 5], 1)).toBe(0)
  })

  it('of a capped or raised bill ends at its bound', async () => {
    const charge = { meter: 'conversations', price: '$1' }
    const { costs, graph } = await modelFor({
      months: 3,
      conversations: { base: 'normal(1000, 100)', noise: { cv: '8%' } },
      offers: {
        monthly: { charges: [{ ...charge, maximum: '$1100/month' }, { fee: '$5' }] },
        yearly: { charges: [{ ...charge, maximum: '$12k/year', minimum: '$10k/year' }] },
        open: { charges: [charge] },
      },
    })
    const reach = new Reach(graph)
    const [monthly, yearly, open] = costs.map((cost) => reach.of(cost))
    expect(monthly[1]).toBeCloseTo(3 * 1_105, 9)
    expect(yearly[1]).toBeCloseTo(3_000, 9)
    expect(yearly[0]).toBeCloseTo(2_500, 9)
    expect(open[1]).toBeGreaterThan(4_000)
  })

  it('of a month beyond a commitment of the year is that of the month', async () => {
    const { graph, offers } = await modelFor({
      months: 12,
      conversations: { base: 'uniform(900, 1100)' },
      offers: {
        yearly: { charges: [{ meter: 'conversations', commitment: '12k/year', price: '$1', overage: '$2' }] },
        flat: { charges: [{ fee: '$1' }] },
      },
    })
    const [low, high] = new Reach(graph).of(offers[0].billMonth(11))
    expect(low).toBeGreaterThanOrEqual(0)
    // A month bills its part of the commitment and at most its own conversations.
    expect(high).toBeLessThan(12_000 / 12 + 2 * 1_100.01)
  })
})
