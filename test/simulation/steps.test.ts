// The places along one draw where a plan jumps, against their closed forms.
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile/compile.ts'
import { normalCdf } from '../../src/numerics/distributions/special/normal.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { measuredOf } from '../../src/simulation/measured.ts'
import { modelOf } from '../../src/simulation/model.ts'
import { stepsOf } from '../../src/simulation/steps.ts'
import { reader } from '../questions/reader.ts'

async function stepsIn(scenario: object): Promise<Readonly<Record<string, readonly number[]>>> {
  const program = compile((await resolve(readScenario(scenario), reader)).scenario, { measure: 'bill', pairs: 'auto' })
  const model = modelOf(program)
  measuredOf(model)
  return Object.fromEntries(stepsOf(model).map(({ dimension, at }) => [program.dimensions[dimension].name, at]))
}

/** Thresholds have a slack of a billionth. */
const near = (...values: readonly number[]) => values.map((value) => expect.closeTo(value, 8) as number)
const flat = { charges: [{ fee: '$1k' }] }
const volume = { base: 'uniform(1000, 2000)' }
const tiers = [{ to: 1_250, price: '$2' }, { to: 1_900, price: '$1.50' }, { price: '$1' }]

describe('the steps along a draw', () => {
  it('are at the thresholds of tiers, packages and bundles', async () => {
    const plan = (charge: object) => ({
      months: 1,
      conversations: volume,
      offers: { stepped: { charges: [{ meter: 'conversations', ...charge }] }, flat },
    })
    const fees = tiers.map(({ price, ...rest }) => ({ ...rest, fee: price }))
    expect(await stepsIn(plan({ volume: tiers }))).toEqual({ 'conversations.base': near(0.25, 0.9) })
    expect(await stepsIn(plan({ bundles: fees }))).toEqual({ 'conversations.base': near(0.25, 0.9) })
    expect(await stepsIn(plan({ package: 300, price: '$200' }))).toEqual({ 'conversations.base': near(0.2, 0.5, 0.8) })
    expect(await stepsIn(plan({ graduated: tiers }))).toEqual({})
    // Packages of two conversations: none of 500 steps moves a figure.
    expect(await stepsIn(plan({ package: 2, price: '$2' }))).toEqual({})
  })

  it('are where a guarantee pays, in every month and far in the tail', async () => {
    const plan = (notAbove: number) => ({
      months: 2,
      conversations: { base: 1_000 },
      resolution: { rate: 'normal(0.65, 0.03)', improvement: '3pt/month' },
      offers: {
        sure: { charges: [{ meter: 'conversations', price: '$1' }], guarantee: { months: 1, notAbove, payment: '$5k' } },
        flat,
      },
    })
    expect(await stepsIn(plan(0.62))).toEqual({ 'resolution.rate': near(normalCdf(-1)) })
    const [far] = Object.values(await stepsIn(plan(0.5)))
    expect(far).toHaveLength(1)
    expect(far[0] / normalCdf(-5)).toBeCloseTo(1, 5)
  })

  it('are those of each value of a discrete input', async () => {
    const steps = await stepsIn({
      months: 1,
      conversations: volume,
      resolution: { rate: 'discrete(50%: 0.6, 80%: 0.4)' },
      offers: { stepped: { charges: [{ meter: 'resolutions', volume: [{ to: 900, price: '$2' }, { price: '$1' }] }] }, flat },
    })
    expect(steps).toEqual({ 'conversations.base': near(0.125, 0.8) })
  })

  it('are none where another continuous draw moves them', async () => {
    const steps = await stepsIn({
      months: 1,
      conversations: volume,
      resolution: { rate: 'uniform(50%, 80%)' },
      offers: { stepped: { charges: [{ meter: 'resolutions', volume: tiers }] }, flat },
    })
    expect(steps).toEqual({})
  })
})
