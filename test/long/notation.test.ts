// Bytes against the parser of notations, guided by what of it they reach (as AFL does it; Zalewski, 2014): an input that runs a piece of
// the parser that none before it ran is kept, and changed further.
import { Session } from 'node:inspector'
import { expect, it } from 'vitest'
import { cpuSeconds } from '../cpu.ts'
import { ParameterError } from '../../src/errors.ts'
import { parseQuantityPer, parseUncertainPer, splitPer } from '../../src/notation/per.ts'
import { parseScalar } from '../../src/notation/scalar.ts'
import { fileOf, parseUncertain } from '../../src/notation/uncertain.ts'

const MINUTES = Number(process.env.BILLCAST_FUZZ_MINUTES ?? 10)
const SLOW = 100
const KINDS = ['amount', 'money', 'rate', 'points', 'change'] as const

const SEEDS = [
  ...['50k', '1.2m', '-5', '65%', '2pt', '$0.99', '1e400', '0x10', '１２', '1,200', '0,5', '€3', '5 USD', ''],
  ...['45k to 60k', '$1 to $2', '60% to 70%', '1pt to 2pt/month', '30k/month', '12%/year', '$30k/year', '3/quarter'],
  ...['uniform($1.00, $3.50)', 'normal(12%, 6%)', 'beta(20, 10)', 'mixture(0.3: normal(1, 2), 0.7: 5)', 'empirical(a.csv, n)'],
  ...[
    'triangular(1, 2, 3)',
    'discrete(1: 0.5, 2: 0.5)',
    'lognormal(10, 5)',
    'pert(1,2,3)',
    'poisson(4)',
    '__proto__',
    'constructor(1)',
  ],
]
const PIECES = [
  '(',
  ')',
  ',',
  ':',
  '%',
  'pt',
  '$',
  'k',
  'm',
  'bn',
  'e',
  '.',
  '-',
  ' to ',
  '/month',
  '/',
  ' ',
  '"',
  '\n',
  '\0',
  '٣',
  '\u202e',
  '∞',
  'NaN',
  ...SEEDS,
]

/** One random draw, from a seed that failures report. */
function randomOf(seed: number) {
  let x = seed >>> 0 || 1
  return (n: number) => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return (x >>> 0) % n
  }
}

function mutated(text: string, next: (n: number) => number, others: readonly string[]): string {
  let result = text
  for (let k = 1 + next(4); k > 0; k--) {
    const at = next(result.length + 1)
    const to = Math.min(result.length, at + 1 + next(4))
    const cut = [result.slice(0, at), result.slice(at, to), result.slice(to)] as const
    switch (next(7)) {
      case 0:
        result = cut[0] + cut[2]
        break
      case 1:
        result = cut[0] + PIECES[next(PIECES.length)] + cut[1] + cut[2]
        break
      case 2:
        result = cut[0] + String.fromCharCode(next(next(4) === 0 ? 65_536 : 128)) + cut[2]
        break
      case 3:
        result = cut[0] + cut[1].repeat(1 + next(20)) + cut[2]
        break
      case 4:
        result = cut[0] + others[next(others.length)].slice(next(8))
        break
      case 5:
        result = cut[2] + cut[1] + cut[0]
        break
      default:
        result = next(50) === 0 ? result.repeat(1 + next(2_000)) : cut[0] + cut[1].toUpperCase() + cut[2]
    }
    result = result.slice(0, 200_000)
  }
  return result
}

/** Every way to read a text. @throws Error if one fails with an unexpected error, or takes long */
function parseAll(text: string): void {
  const began = cpuSeconds()
  const entries: (() => unknown)[] = [
    ...KINDS.flatMap((kind) => [
      () => parseScalar(text, kind).value,
      () => {
        const value = parseUncertain(text, kind)
        if (typeof value !== 'number') fileOf(value as never)
        return typeof value === 'number' ? value : 0
      },
      () => {
        parseUncertainPer(text, kind)
        return 0
      },
    ]),
    () => parseQuantityPer(text).value,
    () => {
      splitPer(text)
      return 0
    },
  ]
  for (const parse of entries) {
    let value: unknown
    try {
      value = parse()
    } catch (error) {
      if (error instanceof ParameterError && error.message.length < 500) continue
      throw new Error(`${JSON.stringify(text.slice(0, 200))}: ${String(error)}`, { cause: error })
    }
    if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error(`${JSON.stringify(text)} is read as ${String(value)}`)
  }
  const took = 1_000 * (cpuSeconds() - began)
  if (took > SLOW * entries.length) throw new Error(`${JSON.stringify(text.slice(0, 200))} takes ${took} ms`)
}

it(
  `${MINUTES} minutes of bytes: an answer or an error for people, soon`,
  () => {
    const seed = Date.now() >>> 0
    const next = randomOf(seed)
    const session = new Session()
    session.connect()
    const post = (method: string, params?: object): unknown => {
      let answer: unknown
      // The inspector of this thread answers at once.
      session.post(method, params, (_, result) => {
        answer = result
      })
      return answer
    }
    post('Profiler.enable')
    post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
    const reached = new Set<string>()
    /** How many pieces of the parser were run that were not before. */
    const fresh = (): number => {
      const before = reached.size
      const { result } = post('Profiler.takePreciseCoverage') as {
        result: { url: string; functions: { ranges: { startOffset: number; endOffset: number; count: number }[] }[] }[]
      }
      for (const { url, functions } of result) {
        if (!url.includes('/src/')) continue
        for (const { ranges } of functions)
          for (const { startOffset, endOffset, count } of ranges) if (count > 0) reached.add(`${url} ${startOffset} ${endOffset}`)
      }
      return reached.size - before
    }
    const corpus = [...SEEDS]
    for (const text of corpus) parseAll(text)
    fresh()
    let inputs = 0
    const end = performance.now() + MINUTES * 60_000
    try {
      while (performance.now() < end) {
        const batch = Array.from({ length: 200 }, () => mutated(corpus[next(corpus.length)], next, corpus))
        for (const text of batch) parseAll(text)
        inputs += batch.length
        if (fresh() === 0) continue
        // Some of them did, and which ones would take a look at each: the shortest are kept.
        const few = batch.sort((a, b) => a.length - b.length).slice(0, 8)
        corpus.push(...few.filter((text) => text.length < 2_000))
      }
    } catch (error) {
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    }
    session.disconnect()
    console.log(`${inputs} inputs, ${corpus.length} kept, ${reached.size} pieces of the parser reached`)
    expect(inputs).toBeGreaterThan(10_000 * MINUTES)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  },
  (MINUTES + 2) * 60_000,
)
