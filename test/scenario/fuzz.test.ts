// Whatever stands anywhere in a scenario: it is read, or refused as a scenario's problem, and never breaks the reader.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ScenarioError } from '../../src/errors.ts'
import { compile } from '../../src/program/compile.ts'
import { resolve } from '../../src/program/resolve.ts'
import { readScenario } from '../../src/scenario/read.ts'

const RUNS = process.env.BILLCAST_LONG ? 10_000 : 300

const reader = { read: () => Promise.resolve(new TextEncoder().encode('n,m\n1,2\n3%,$4\n')) }
const good = {
  name: 'x',
  months: 3,
  conversations: {
    base: '45k to 60k',
    growth: '1%/month',
    seasonality: new Array(12).fill(1),
    noise: { cv: '8%', autocorrelation: 0.5 },
    spikes: { probability: '4%', size: '1.2 to 1.8', months: 1 },
    involvement: [{ until: '2027-02', value: '40%' }, { value: '85%' }],
    actions: 2,
  },
  resolution: { rate: { p10: '60%', p90: '70%' }, improvement: '1pt/month', ceiling: 0.85, noise: { sd: '2pt' } },
  correlations: [{ between: ['conversations.noise', 'resolution.noise'], rho: -0.2 }],
  human: { cost: '$6', uplift: '5%' },
  offers: {
    a: {
      title: 'A',
      offset: '-5pt',
      counted: { resolved: '99%', unresolved: 0.01, reopened: { share: '5%', lag: 1 } },
      running: '$4k/month',
      charges: [
        { id: 'usage', meter: 'resolutions', price: 'uniform($1, $3)', minimum: '$30k/year' },
        { meter: 'resolutions', commitment: '30k/month', price: '$1.50', overage: '$2', paid: 'upfront' },
        { seats: { perAgent: 600 }, price: '$115/month', layer: 'platform' },
        { fee: '$49/month' },
      ],
    },
  },
  run: { trials: '1k', seed: 7, method: 'sobol' },
}

/** Every path of an object, the empty one too. */
const paths = (node: unknown): string[][] => [
  [],
  ...(typeof node === 'object' && node !== null
    ? Object.entries(node).flatMap(([key, item]) => paths(item).map((path) => [key, ...path]))
    : []),
]
function put(node: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value
  const copy: Record<string, unknown> = Array.isArray(node) ? ([...node] as never) : { ...(node as object) }
  copy[key] = put(copy[key], rest, value)
  return copy
}
const words = fc.oneof(
  fc.constantFrom(
    'empirical(f.csv, n)',
    'empirical(f.csv, m)/month',
    'mixture(empirical(f.csv, n): 1, 5: 2)',
    'mixture(',
    '1,200',
    '65%',
    '-1pt',
  ),
  fc.constantFrom(
    'uniform(1, 2)',
    '5 to 3',
    '1/',
    '/month',
    '%',
    '$',
    '1e999',
    '',
    ' ',
    '__proto__',
    'a to b',
    '(',
    ')',
    '2027-01',
    '[0]',
    'to',
  ),
  fc.string({ maxLength: 12 }),
)
const values = fc.oneof(
  words,
  fc.double(),
  fc.constantFrom(null, true, undefined, 0, -1, 1e13, 0.5),
  fc.jsonValue({ maxDepth: 2 }),
  fc.record(
    { value: fc.oneof(words, fc.double()), source: words, per: fc.constantFrom('month', 'day', 5) },
    { requiredKeys: ['value'] },
  ),
  fc.record(
    {
      distribution: fc.constantFrom('empirical', 'mixture', 'pert', 'discrete', 'x'),
      values: fc.oneof(words, fc.array(words)),
      weights: fc.array(fc.double()),
      components: fc.array(words),
      file: words,
      column: words,
    },
    { requiredKeys: ['distribution'] },
  ),
)

async function outcome(input: string | object): Promise<'read' | 'refused'> {
  try {
    const { scenario } = await resolve(readScenario(input), reader)
    compile(scenario, { measure: 'bill', pairs: 'auto' })
    return 'read'
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error
    for (const { message } of error.problems) expect(message).not.toMatch(/\[object|got undefined/)
    return 'refused'
  }
}

it('objects with one thing replaced', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths(good)), values, async (path, value) => {
      await outcome(put(good, path, value) as object)
    }),
    { numRuns: RUNS, seed: 20_270_101 },
  )
}, 600_000)

it('text with a piece replaced', async () => {
  const text = JSON.stringify(good, undefined, 1)
  await fc.assert(
    fc.asyncProperty(
      fc.nat(text.length),
      fc.nat(12),
      fc.oneof(words, fc.constantFrom('{', '}', '[', ']', ':', ',', '\n', '&a ', '*a', '- ', '!x ', '#', '"')),
      async (at, length, piece) => {
        await outcome(text.slice(0, at) + piece + text.slice(at + length))
      },
    ),
    { numRuns: RUNS, seed: 20_270_102 },
  )
}, 600_000)
