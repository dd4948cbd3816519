// Inputs that a t copula joins: the map from normal scores by closed forms, joint tails by reference figures, and pairs of trials that share some
// of the inputs.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { compile } from '../../src/compile/compile.ts'
import { planTrials } from '../../src/numerics/random/plan.ts'
import { allAtOnce } from '../../src/pace.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { frozen } from '../../src/simulation/frozen.ts'
import { modelOf } from '../../src/simulation/model.ts'
import { recording, subsetOf } from '../../src/simulation/recorded.ts'
import { normalCdf, normalQuantile, solve } from '../closed-forms/mathematics.ts'
import { simulate } from '../simulate.ts'

interface Case {
  readonly df: number
  readonly r: number
  readonly p: number
  readonly both: number
  readonly shared: number
}

const { cases } = JSON.parse(readFileSync('test/reference/t-copula.json', 'utf8')) as { readonly cases: readonly Case[] }

const read = (plan: object) => resolve(readScenario(plan), givenFiles())
const priced = (df: number, r: number) => ({
  months: 1,
  conversations: { base: 1 },
  offers: Object.fromEntries(['a', 'b'].map((name) => [name, { charges: [{ meter: 'conversations', price: 'uniform(0, 1)' }] }])),
  correlations: [{ between: ['offers.a.price', 'offers.b.price'], rho: r }],
  copula: { t: df },
})
const modelFor = async (plan: object) => modelOf(compile((await read(plan)).scenario, { measure: 'bill', pairs: 'none' }))

/** P(T ≤ x) with four degrees of freedom. */
const belowOfFour = (x: number) => 0.5 + (0.375 * x * (1 - (x * x) / (12 + 3 * x * x))) / Math.sqrt(1 + (x * x) / 4)

describe('the scores of a t copula', () => {
  it.each([
    { df: 2, below: (x: number) => 0.5 + x / (2 * Math.sqrt(2 + x * x)), chi: (w: number) => -Math.expm1(-w / 2) },
    { df: 4, below: belowOfFour, chi: (w: number) => 1 - Math.exp(-w / 2) * (1 + w / 2) },
  ])('with $df degrees of freedom are those of Student t values', async ({ df, below, chi }) => {
    const { graph, inputs, program } = await modelFor(priced(df, 0.6))
    const [mix] = program.mixes
    const nodes = [...mix.dimensions, mix.tail?.dimension ?? -1].map((d) => graph.score(d))
    const scores = mix.dimensions.map((d) => inputs.score(d))
    const plan = planTrials(512, 'sobol')
    const [z1, z2, g, ...found] = allAtOnce(recording({ program, graph } as never, plan, 'map', [...nodes, ...scores], plan.trials))
    for (let i = 0; i < 256; i++) {
      const w = solve(chi, normalCdf(-g[i]), 0, 200)
      ;[z1[i], 0.6 * z1[i] + 0.8 * z2[i]].forEach((z, k) => {
        const t = z * Math.sqrt(df / w)
        // The upper tail is that of the lower one, which has the digits.
        const score = -Math.sign(t) * normalQuantile(below(-Math.abs(t)))
        expect(Math.abs(found[k][i] - score), `t ${t}`).toBeLessThan(1e-7)
      })
    }
  })
})

describe('two prices joined by a t copula', () => {
  it.each(cases)(
    'with $df degrees of freedom and correlation $r are both above their quantile $p as often as they should be',
    async ({ df, r, p, both, shared }) => {
      const model = await modelFor(priced(df, r))
      const plan = planTrials(262_144, 'sobol')
      const [a, b] = model.program.inputs.map((_, k) => model.inputs.input(k))
      const all = new Set(model.program.dimensions.keys())
      const first = new Set([model.program.inputs[0].dimension])
      const [[one, other], [again, anew]] = allAtOnce(frozen(model, plan, 'tails', [a, b], [{ kept: all }, { kept: first }]))
      expect(again.reduce((most, value, i) => Math.max(most, Math.abs(value - one[i])), 0)).toBeLessThan(1e-12)
      const { starts } = subsetOf(plan, plan.trials)
      const agrees = (event: (i: number) => boolean, exact: number) => {
        const shares = starts.slice(1).map((end, k) => {
          let count = 0
          for (let i = starts[k]; i < end; i++) if (event(i)) count++
          return count / (end - starts[k])
        })
        const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
        const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (shares.length - 1)
        const se = Math.sqrt(variance / shares.length)
        expect(Math.abs(mean - exact), `${mean} ± ${se} for ${exact}`).toBeLessThanOrEqual(4.5 * se + 1e-9)
        expect(se).toBeLessThan(0.1 * exact + 1e-4)
      }
      agrees((i) => one[i] > p && other[i] > p, both)
      // The other price of the twin has the law that the first one leaves it.
      agrees((i) => one[i] > p && anew[i] > p, both)
      agrees((i) => other[i] > p && anew[i] > p, shared)
      for (const column of [one, other, anew]) {
        agrees((i) => column[i] > p, 1 - p)
        agrees((i) => column[i] > 0.3, 0.7)
      }
    },
  )
})

describe('prices with Student t distributions that a t copula of the same degrees of freedom joins', () => {
  // They are a bivariate t distribution, so every linear form of them is a Student t value too.
  const quantile = (p: number) => solve(belowOfFour, p, -1e3, 1e3)
  const r = 0.6
  const charge = (price: string) => ({ meter: 'conversations', price })
  const plan = {
    months: 1,
    conversations: { base: 1 },
    copula: { t: 4 },
    offers: {
      both: { charges: [charge('studentT(4, 100, 1)'), charge('studentT(4, 100.5, 1.3)')] },
      other: { charges: [charge('200')] },
    },
    correlations: [{ between: ['offers.both.charges[0].price', 'offers.both.charges[1].price'], rho: r }],
  }
  const scale = Math.sqrt(1 + 1.69 + 2 * 1.3 * r)

  it('have a sum with the percentiles of its own Student t distribution, on lines as well', async () => {
    for (const preintegration of [true, false]) {
      const { summary } = await simulate({ ...plan, run: { preintegration } }, { trials: 131_072, seed: 't' })
      const { percentiles } = summary.offers.both.bill
      for (const [key, p] of [
        ['p50', 0.5],
        ['p80', 0.8],
        ['p95', 0.95],
      ] as const) {
        const { value = 0, se = 0, by } = percentiles[key] ?? {}
        // The sample knows the middle of a symmetric distribution better than the lines do.
        if (key !== 'p50') expect(by).toBe(preintegration ? 'preintegration' : undefined)
        expect(Math.abs(value - 200.5 - scale * quantile(p)), `${key} ${value} ± ${se}`).toBeLessThanOrEqual(4.5 * se + 1e-9)
        expect(se).toBeLessThan(0.02)
      }
      const cheaper = summary.comparison.cheaper?.both.other ?? { value: 0, se: 0 }
      expect(Math.abs(cheaper.value - belowOfFour(-0.5 / scale))).toBeLessThanOrEqual(4.5 * cheaper.se + 1e-9)
    }
  })

  it('form a group for each set of inputs that correlations join', async () => {
    const four = ['a', 'b', 'c', 'd']
    const { mixes, dimensions } = (
      await modelFor({
        ...priced(4, 0.5),
        offers: Object.fromEntries(four.map((name) => [name, { charges: [charge('uniform(0, 1)')] }])),
        correlations: [
          { between: ['offers.a.price', 'offers.c.price'], rho: 0.5 },
          { between: ['offers.b.price', 'offers.d.price'], rho: 0.2 },
        ],
      })
    ).program
    expect(mixes.map((mix) => mix.dimensions.map((d) => dimensions[d].name.slice(0, 8)))).toEqual([
      ['offers.a', 'offers.c'],
      ['offers.b', 'offers.d'],
    ])
    expect(new Set(mixes.map(({ tail }) => tail?.dimension)).size).toBe(2)
    expect(dimensions).toHaveLength(6)
  })

  it('are refused with a correlation of ranks or values', async () => {
    const ranked = { ...plan, correlations: [{ ...plan.correlations[0], measure: 'spearman' }] }
    await expect(read(ranked)).rejects.toThrow('correlations[0].measure: expected `normal` beside a t copula, got "spearman"')
  })

  it('get a note if no correlation joins any inputs', async () => {
    const { warnings } = await read({ ...plan, correlations: [] })
    expect(warnings.join()).toContain('copula: it has no effect')
    expect((await read(plan)).warnings.join()).not.toContain('copula')
  })
})
