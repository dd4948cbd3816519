import { describe, expect, it } from 'vitest'
import { ScenarioError } from '../../src/errors.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { uncertainInputs } from '../../src/scenario/names.ts'
import { readScenario } from '../../src/scenario/read.ts'

const reader = { read: () => Promise.reject(new Error('no file')) }
const resolved = async (input: string | object) => (await resolve(readScenario(input), reader)).scenario

const plain = {
  months: 12,
  conversations: {
    base: '45k to 60k',
    growth: '1%/month',
    seasonality: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2],
    noise: { cv: '8%', autocorrelation: 0.5 },
    spikes: { probability: '4%', size: '1.2 to 1.8', months: 1 },
    involvement: [{ until: '2027-03', value: '40% to 50%' }, { value: '85%' }],
  },
  resolution: {
    rate: { p10: '60%', p90: '70%' },
    improvement: '1pt/month',
    setbacks: { probability: '2%', size: '5pt', months: 2 },
  },
  correlations: [{ between: ['conversations.noise', 'conversations.noise'], rho: -0.2 }].slice(1),
  human: { cost: 'normal($6, $0.50)', uplift: 0.1 },
  offers: {
    fin: { offset: '-5pt', charges: [{ id: 'usage', meter: 'resolutions', price: 'uniform($0.90, $1.10)', minimum: '$1k/month' }] },
    zendesk: {
      running: '$4k/month',
      charges: [
        { meter: 'resolutions', commitment: '30k/month', price: '$1.50', overage: 'uniform($1, $3)' },
        { seats: 40, price: '$115/month' },
      ],
    },
  },
}
/** The same plan with a source in every place that allows one. */
function annotated(node: unknown, path: string, sources: string[]): unknown {
  if (Array.isArray(node)) {
    const stages = path.endsWith('involvement') || path.endsWith('charges')
    return node.map((item, k) => annotated(item, `${path}${stages && item.id ? `.${item.id}` : `[${k}]`}`, sources))
  }
  const keys = ['id', 'meter', 'until']
  if (typeof node === 'object' && node !== null) {
    const entries = Object.entries(node).map(([key, item]) => [
      key,
      keys.includes(key) ? item : annotated(item, path === '' ? key : `${path}.${key}`, sources),
    ])
    return Object.fromEntries(entries)
  }
  sources.push(path)
  return { value: node, source: `the sheet, ${path}` }
}

describe('a source beside a value', () => {
  it('changes no figure and no name, and is kept with its path', async () => {
    const paths: string[] = []
    const { sources, ...rest } = await resolved(annotated(plain, '', paths) as object)
    const without = await resolved(plain)
    expect(rest).toEqual(without)
    expect(uncertainInputs({ ...rest, ...(sources && { sources }) })).toEqual(uncertainInputs(without))
    expect(sources?.map(({ path }) => path).sort()).toEqual(paths.sort())
    expect(paths).toContain('offers.fin.charges.usage.price')
    expect(paths).toContain('offers.zendesk.charges[1].seats')
    expect(sources?.find(({ path }) => path === 'human.cost')).toEqual({ path: 'human.cost', source: 'the sheet, human.cost' })
    expect(Object.hasOwn(without, 'sources')).toBe(false)
  })
  it('is allowed in a distribution, a stage, a term, a charge and an offer', async () => {
    const { sources } = await resolved({
      ...plain,
      conversations: {
        base: { distribution: 'pert', min: 40_000, mode: 50_000, max: 65_000, source: 'a' },
        involvement: [{ value: '85%', source: 'b' }],
        noise: { cv: '8%', source: 'c' },
      },
      resolution: { rate: { p10: '60%', p90: '70%', source: 'd' } },
      offers: { source: { source: 'e', charges: [{ fee: 5, source: 'f' }] } },
    })
    expect(sources).toEqual([
      { path: 'conversations.base', source: 'a' },
      { path: 'conversations.involvement[0]', source: 'b' },
      { path: 'conversations.noise', source: 'c' },
      { path: 'resolution.rate', source: 'd' },
      { path: 'offers.source', source: 'e' },
      { path: 'offers.source.charges[0]', source: 'f' },
    ])
  })
  it.each([
    [{ ...plain, source: 'x' }, 'source: unknown key'],
    [{ ...plain, run: { source: 'x' } }, 'run.source: unknown key'],
    [{ ...plain, human: { cost: { value: 6, source: '' } } }, 'human.cost.source: expected a text of up to 500 characters'],
    [{ ...plain, human: { cost: { value: 6, source: ['x'] } } }, 'human.cost.source: expected a text'],
    [{ ...plain, human: { cost: { value: 6, source: 'a\u001b[2Jb' } } }, 'got "a\\x1b[2Jb"'],
    [{ ...plain, human: { cost: { value: -6, source: 'x' } } }, 'human.cost: expected an amount of 0 or more, got -6'],
    [
      { ...plain, human: { cost: { value: 6, sorce: 'x' } } },
      'human.cost.sorce: expected no other key than `source` beside `value`, got "x"',
    ],
  ])('is refused if it is wrong, example %#', async (input, message) => {
    await expect(resolved(input)).rejects.toThrow(ScenarioError)
    await expect(resolved(input)).rejects.toThrow(message)
  })
})
