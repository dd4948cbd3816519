// Plans of careless and hostile people: the shipped example and one with every field, mutated as text and as data.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { parse, stringify } from 'yaml'

const example = readFileSync('examples/annual-budget.yaml', 'utf8')

/** A plan that states every field once. */
const dense = `
name: Everything
currency: EUR
start: 2026-11
months: 18
conversations:
  base: 45k to 60k
  growth: uniform(0%, 2%)/month
  seasonality: [0.96, 0.93, 0.98, 0.97, 0.98, 0.97, 0.96, 0.98, 1.00, 1.02, 1.12, 1.13]
  noise: { cv: 8%, autocorrelation: 0.5 }
  spikes: { probability: 4%, size: 1.2 to 1.8, months: 2 }
  involvement: [{ until: 2027-03, value: 40% }, { value: "beta(18, 4)" }]
  actions: { p10: 1.2, p90: 3 }
resolution:
  rate: { value: 60% to 70%, source: a pilot }
  improvement: 1pt/month
  approach: saturating
  ceiling: 85%
  noise: { sd: 2pt, autocorrelation: 0.7 }
  setbacks: { probability: 3%, size: 5pt, months: 2 }
correlations:
  - { between: [conversations.noise, resolution.noise], rho: -0.2 }
  - { between: [conversations.base, human.cost], rho: 0.3 }
human: { cost: "normal($6.00, $0.50)", uplift: 20% }
offers:
  unit: { charges: [{ meter: resolutions, price: "uniform($0.80, $1.20)", minimum: $30k/year }] }
  own:
    title: With its own rate
    resolution: { rate: 55%, offset: -5pt, noise: { sd: 1pt } }
    counted: { resolved: 95%, unresolved: 10%, reopened: { share: 5%, lag: 1 } }
    running: $2k/month
    charges:
      - { id: main, meter: resolutions, commitment: 30k/month, price: $1.50, overage: $2.00, layer: usage }
      - { seats: { perAgent: 600 }, price: $115/month, layer: platform }
      - { fee: "discrete(100: 0.5, 200: 0.5)" }
      - { fee: $20k/once }
      - { meter: tickets, price: { distribution: pert, min: 0.1, mode: 0.2, max: 0.5 } }
run: { trials: 64, seed: 7, method: random, measure: total, keepTrials: true, pairs: all }
`

const sources = [example, dense]

/** Words and characters with a meaning in YAML, JSON, JavaScript or the notation. */
const tokens = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ':',
    ': ',
    ',',
    '- ',
    '#',
    '?',
    '|',
    '>',
    '"',
    "'",
    '%',
    '!',
    '!!binary ',
    '!!js/function ',
    '@',
    '`',
    '---\n',
    '...\n',
  ],
  ...[
    '\n',
    '\n\n',
    '\t',
    '\r',
    ' ',
    '    ',
    '\u0000',
    '\u001b[2J',
    '\u202e',
    '\ufeff',
    '\u2009',
    '١٢',
    '½',
    '−',
    'é',
    '😀',
    '\ud800',
  ],
  ...[
    'null',
    '~',
    'true',
    'yes',
    'no',
    '0',
    '-0',
    '-1',
    '1',
    '65',
    '1e400',
    '-1e308',
    '1e308',
    '1e-320',
    '.inf',
    '-.inf',
    '.nan',
    '0x1F',
    '0o17',
    '017',
    '1_000',
    '1:30',
  ],
  ...[
    '1,200',
    '1.234,5',
    '50k',
    '1.2m',
    '3bn',
    '100%',
    '0%',
    '101%',
    '-5pt',
    '$',
    '$-1',
    '$1e13',
    '€5',
    '/month',
    '/year',
    '/once',
    '/quarter',
    ' to ',
    '5 to 5',
    '9 to 1',
    '0 to 1',
  ],
  ...[
    'uniform(',
    'uniform(1, 2)',
    'uniform(2, 1)',
    'normal(0, 0)',
    'lognormal(1, 1e9)',
    'beta(0.01, 100)',
    'pareto(2.0001, 1)',
    'studentT(2.1, 0, 1)',
    'gamma(1e-6, 1)',
    'weibull(0.01, 1)',
  ],
  ...[
    'mixture(1: 1, normal(2, 1): 0)',
    'discrete(1: 0)',
    'discrete(1: -1, 2: 2)',
    'empirical(/etc/passwd, 0)',
    'nothing(1)',
    ')',
    '((((((',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'prototype',
    'length',
    '10',
    '2027',
    '2027-13',
    '0000-01',
    '9999-12',
    '275760-09',
    '../../x',
  ],
  ...[
    'conversations',
    'base',
    'monthly',
    'noise',
    'resolution',
    'rate',
    'offers',
    'charges',
    'meter',
    'price',
    'fee',
    'seats',
    'commitment',
    'overage',
    'run',
    'months',
    'catalog',
    'value',
    'source',
  ],
] as const

/** Values for fields. */
const values: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...tokens),
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    '',
    [],
    {},
    [[]],
    [null],
    { value: 1 },
    { value: null },
    { distribution: 'uniform' },
    { p10: 1, p90: 2 },
    { p0: 1, p100: 2 },
  ),
  fc.constantFrom<unknown>(
    0,
    -0,
    1,
    -1,
    0.5,
    12,
    65,
    240,
    241,
    1e12,
    1e13,
    1e15,
    2 ** 53,
    5e-324,
    Number.MAX_VALUE,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ),
  fc.double(),
  fc.integer(),
  fc.string({ unit: 'binary' }),
  fc.jsonValue({ maxDepth: 4 }),
  fc
    .integer({ min: 1, max: 100_000 })
    .chain((length) => fc.constantFrom('1', ' ', '(', '9.', '$', '[', '-', 'a', '1 to ').map((sign) => sign.repeat(length))),
)

/** Cuts out, moves, doubles or replaces parts of a text. */
export const mutatedText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...sources, ...sources.map((text) => JSON.stringify(parse(text), null, 1))),
    fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        length: fc.oneof({ weight: 5, arbitrary: fc.nat(6) }, { weight: 1, arbitrary: fc.nat(400) }),
        to: fc.double({ min: 0, max: 1, noNaN: true }),
        what: fc.oneof(fc.constantFrom<string>('', ...tokens), fc.string({ maxLength: 8 })),
        how: fc.constantFrom('replace', 'insert', 'remove', 'move', 'double', 'indent'),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([start, mutations]) =>
    mutations.reduce((text, { at, length, to, what, how }) => {
      const from = Math.floor(at * text.length)
      const span = text.slice(from, from + length)
      const without = text.slice(0, from) + text.slice(from + length)
      const target = Math.floor(to * without.length)
      switch (how) {
        case 'replace':
          return text.slice(0, from) + what + text.slice(from + length)
        case 'insert':
          return text.slice(0, from) + what + text.slice(from)
        case 'remove':
          return without
        case 'move':
          return without.slice(0, target) + span + without.slice(target)
        case 'double':
          return text.slice(0, from) + span + text.slice(from)
        default:
          return text.slice(0, from) + text.slice(from).replace('\n', `\n${' '.repeat(length % 8)}`)
      }
    }, start),
  )

interface DataMutation {
  readonly steps: readonly number[]
  readonly value: unknown
  readonly key: string
  readonly how: 'replace' | 'remove' | 'rename' | 'add' | 'wrap' | 'double'
}

function mutated(node: unknown, { steps, value, key, how }: DataMutation, depth = 0): unknown {
  if (typeof node !== 'object' || node === null || depth === steps.length) {
    return how === 'wrap' ? [node] : how === 'replace' || typeof node !== 'object' || node === null ? value : node
  }
  const entries: [string, unknown][] = Object.entries(node)
  const at = entries.length === 0 ? 0 : steps[depth] % entries.length
  const last = depth === steps.length - 1
  if (last && how === 'remove') entries.splice(at, 1)
  else if (last && how === 'rename' && entries[at]) entries[at] = [key, entries[at][1]]
  else if (last && how === 'add') entries.push([key, value])
  else if (last && how === 'double' && entries[at]) entries.push([`${entries[at][0]}2`, entries[at][1]])
  else if (entries[at]) entries[at] = [entries[at][0], mutated(entries[at][1], { steps, value, key, how }, depth + 1)]
  return Array.isArray(node) ? entries.map(([, item]) => item) : Object.fromEntries(entries)
}

/** Removes, renames, adds or changes some fields of a plan's data. */
export const mutatedData: fc.Arbitrary<unknown> = fc
  .tuple(
    fc.constantFrom(...sources.map((text): unknown => parse(text))),
    fc.array(
      fc.record({
        steps: fc.array(fc.nat(30), { minLength: 1, maxLength: 6 }),
        value: values,
        key: fc.oneof(fc.constantFrom<string>(...tokens), fc.string({ maxLength: 70 })),
        how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'rename', 'add', 'wrap', 'double'),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([start, mutations]) => mutations.reduce<unknown>((data, mutation) => mutated(data, mutation), start))

/** Values that a program may pass by mistake. */
const anything: fc.Arbitrary<object> = fc.oneof(
  fc.object({ maxDepth: 4 }),
  fc
    .anything({
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
    })
    .map((value) => ({ conversations: { base: value }, offers: { a: { charges: [{ meter: 'conversations', price: value }] } } })),
)

/** A random input for the reader: text or an object. */
export const anyInput: fc.Arbitrary<string | object> = fc.oneof(
  { weight: 6, arbitrary: mutatedText },
  { weight: 4, arbitrary: mutatedData.map((data) => (typeof data === 'object' && data !== null ? data : String(data))) },
  { weight: 3, arbitrary: mutatedData.map((data) => JSON.stringify(data) ?? '') },
  { weight: 2, arbitrary: mutatedData.map((data) => stringify(data)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom<string>(...tokens), { maxLength: 60 }).map((list) => list.join('')) },
  { weight: 1, arbitrary: anything },
)
