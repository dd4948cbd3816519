// The noises of a month are linear forms of independent normal scores, so their covariances follow exactly from the coefficients.
import { describe, expect, it } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { compile } from '../../src/compile/compile.ts'
import { Affine } from '../../src/preintegration/affine.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { Graph, type Node } from '../../src/simulation/graph.ts'
import { modelOf } from '../../src/simulation/model.ts'

const read = (plan: object) => resolve(readScenario(plan), givenFiles())

/** A plan with a noise of the volume, one of the rate, and one of an offer's own rate, and their correlations. */
const planOf = (phis: readonly number[], rhos: readonly number[]) => ({
  months: 24,
  conversations: { base: 1_000, noise: { cv: '8%', autocorrelation: phis[0] } },
  resolution: { rate: '65%', noise: { sd: '2pt', autocorrelation: phis[1] } },
  correlations: [
    ['conversations.noise', 'resolution.noise'],
    ['conversations.noise', 'offers.own.resolution.noise'],
    ['resolution.noise', 'offers.own.resolution.noise'],
  ].flatMap((between, k) => (rhos[k] === undefined ? [] : [{ between, rho: rhos[k] }])),
  offers: {
    own: {
      resolution: { rate: '40%', noise: { sd: '5pt', autocorrelation: phis[2] ?? 0 } },
      charges: [{ meter: 'resolutions', price: 1 }],
    },
  },
})

/** The states of each noise, month by month, as linear forms. Rates have theirs with the opposite sign. */
async function formsOf(plan: object): Promise<Float64Array[][]> {
  const program = compile((await read(plan)).scenario, { measure: 'bill', pairs: 'none' })
  const graph = new Graph()
  const { inputs } = modelOf(program, graph)
  const { volume, noises } = program
  if (!volume.noise) throw new Error('no noise of the volume')
  const states: (readonly Node[])[] = [
    inputs.states(volume.noise),
    ...noises.map((noise) => inputs.rateNoise(noise, { sd: noise.sd, shift: 0 }).states),
  ]
  const affine = new Affine(graph, [...program.dimensions.keys()], new Set())
  return states.map((own) => own.map((node) => affine.form(node) ?? new Float64Array()))
}

const product = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, k) => sum + value * b[k], 0)
const correlation = (a: Float64Array, b: Float64Array) => product(a, b) / Math.sqrt(product(a, a) * product(b, b))

describe('correlated noises', () => {
  it.each([
    { phis: [0.9, 0], rho: 0.43 },
    { phis: [0.5, 0.7], rho: -0.2 },
    { phis: [-0.4, 0.8], rho: -0.3 },
    { phis: [0.6, 0.6], rho: 0.95 },
  ])('with autocorrelations $phis have levels with the correlation $rho in every month', async ({ phis, rho }) => {
    const [volume, rate] = await formsOf(planOf(phis, [rho]))
    volume.forEach((level, m) => {
      expect(correlation(level, rate[m])).toBeCloseTo(-rho, 12)
      expect(product(level, level) / product(volume[0], volume[0])).toBeCloseTo(1, 12)
      if (m === 0) return
      expect(correlation(level, volume[m - 1])).toBeCloseTo(phis[0], 12)
      expect(correlation(rate[m], rate[m - 1])).toBeCloseTo(phis[1], 12)
      // In the stationary law a lag takes the autocorrelation of the later level.
      expect(correlation(level, rate[m - 1])).toBeCloseTo(-rho * phis[0], 12)
      expect(correlation(rate[m], volume[m - 1])).toBeCloseTo(-rho * phis[1], 12)
    })
  })

  it('of three kinds are correlated pair by pair', async () => {
    const forms = await formsOf(planOf([0.9, 0.2, 0.6], [0.3, -0.2, 0.4]))
    for (const m of [0, 1, 23]) {
      expect(correlation(forms[0][m], forms[1][m])).toBeCloseTo(-0.3, 12)
      expect(correlation(forms[0][m], forms[2][m])).toBeCloseTo(0.2, 12)
      expect(correlation(forms[1][m], forms[2][m])).toBeCloseTo(0.4, 12)
    }
  })

  it.each([0.8, -0.8, 0.436])('refuse %d with autocorrelations 0.9 and 0, and name the largest possible one', async (rho) => {
    const plan = planOf([0.9, 0], [rho])
    await expect(read(plan)).rejects.toThrow(
      `correlations[0].rho: expected a correlation from -0.4358 to 0.4358, the largest that noises with autocorrelations 0.9 and 0 can have every month, got ${rho}`,
    )
  })

  it('accept the largest possible correlation itself, in both directions', async () => {
    for (const rho of [Math.sqrt(0.19), -Math.sqrt(0.19)]) {
      const [volume, rate] = await formsOf(planOf([0.9, 0], [rho]))
      expect(correlation(volume[23], rate[23])).toBeCloseTo(-rho, 9)
    }
  })

  it('refuse three that are possible in the first month but not in later ones', async () => {
    // The levels' matrix is positive definite, that of the new parts is not: its smallest eigenvalue is below 0.
    const { scenario } = await read(planOf([0.9, 0.5, 0], [0.65, 0.42, 0.45]))
    expect(() => compile(scenario, { measure: 'bill', pairs: 'none' })).toThrow(/correlations that are possible together/)
    const { scenario: equal } = await read(planOf([0.5, 0.5, 0.5], [0.65, 0.42, 0.45]))
    expect(() => compile(equal, { measure: 'bill', pairs: 'none' })).not.toThrow()
  })

  it('keep their correlation if a third noise is switched off', async () => {
    const plan = planOf([0.5, 0.5, 0.5], [0.3, 0.3, 0.6])
    const off = { ...plan, conversations: { base: 1_000, noise: { cv: 0 } } }
    const { mixes } = compile((await read(off)).scenario, { measure: 'bill', pairs: 'none' })
    expect(mixes[0].factor[1][0]).toBeCloseTo(0.6, 12)
  })
})
