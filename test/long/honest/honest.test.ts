// Whether standard errors are honest: every figure of random plans, over seeds and methods, against truths that do not share its
// estimator (truths.json). All of it takes up to three hours on two cores:
//   npm run test:long -- honest/honest
// BILLCAST_HONEST=0-19 runs only these cases, and BILLCAST_HONEST_SEEDS=8 limits the number of seeds. Finished runs stay in .cache/honest,
// so that an interrupted test continues, and BILLCAST_HONEST=finished judges only those. A test writes results.json. The table in
// docs/precision.md is made from that file.
import { afterAll, describe, expect, it } from 'vitest'
import { METHODS } from '../../../src/numerics/random/plan.ts'
import { STATISTICS } from '../../../src/summary/list.ts'
import { casesAsked, mostSeeds, onlyFinished } from './asked.ts'
import { type Judged, judge, type Row, rowOf, rowsBy, type Unjudged } from './judge.ts'
import { Pool } from './pool.ts'
import { type Case, caseOf, COUNT } from './cases.ts'
import { type ResultsFile, writeResults } from './results.ts'
import { finishedSeeds, runsOf } from './runs.ts'
import { readTruths, truthsIn } from './truths.ts'

const pool = new Pool()
afterAll(() => pool.close())

/** Statistics that the test cannot judge, with the reason. */
const BEYOND: Readonly<Record<string, string>> = {
  min: 'the lowest trial has no standard error',
  max: 'the highest trial has no standard error',
  heavyTail: 'it says how far a standard error can be trusted, and has none of its own',
}

/** Where a statistic of the list stands among the kinds of figures, if not under its own key. */
const PLACES: Readonly<Record<string, RegExp>> = {
  withinBudget: /^budget\.within/,
  percentiles: /percentiles/,
  varianceShare: /risk\.variance/,
  shortfallShare: /risk\.expectedShortfall/,
}
/** Statistics of plans with segments only. */
const OF_SEGMENTS = new Set(['varianceShare', 'shortfallShare'])

interface Verdicts {
  readonly judged: readonly Judged[]
  readonly unjudged: readonly Unjudged[]
}

const seedsOf = (one: Case): number => (onlyFinished() ? finishedSeeds(one) : Math.min(one.seeds, mostSeeds()))

async function verdictsOf(one: Case): Promise<Verdicts> {
  const { number, plan } = one
  const truths = truthsIn(readTruths()[number])
  const all: Verdicts[] = []
  for (const method of METHODS) {
    const runs = await runsOf(one, method, seedsOf(one), pool)
    all.push(judge({ number, method, plan, runs, truths }))
  }
  return { judged: all.flatMap(({ judged }) => judged), unjudged: all.flatMap(({ unjudged }) => unjudged) }
}

const shown = ({ kind, figures, intervals, covered, ratio, worst }: Row): string =>
  `${kind.padEnd(46)} ${String(figures).padStart(6)} ${String(intervals).padStart(7)} ${(covered * 100).toFixed(1).padStart(6)}% ${ratio.toFixed(2).padStart(6)}  ${worst}`

const source = ({ integrated }: { readonly integrated: boolean }) => (integrated ? 'integrated' : 'sampled')

function countBy(numbers: readonly number[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const one of numbers) counts[one] = (counts[one] ?? 0) + 1
  return counts
}

function resultsOf(cases: readonly Case[], { judged, unjudged }: Verdicts): ResultsFile {
  const plain = judged.filter(({ apart }) => apart === undefined)
  const apart = judged.filter((one) => one.apart !== undefined)
  const integrated = judged.filter((one) => one.integrated).length
  const left = unjudged.filter(({ reason }) => reason !== 'no error')
  return {
    cases: cases.length,
    of: COUNT,
    seeds: countBy(cases.map(seedsOf)),
    all: rowOf('all', plain),
    kinds: rowsBy(plain, (one) => `${one.kind} ${source(one)}`),
    apart: rowsBy(apart, (one) => one.apart ?? ''),
    integrated: { judged: integrated, of: integrated + left.filter((one) => one.integrated).length },
    left: left.length,
  }
}

describe('standard errors', () => {
  const found: { judged: Judged[]; unjudged: Unjudged[] } = { judged: [], unjudged: [] }
  const stored = readTruths()
  const cases = casesAsked(COUNT)
    .filter((number) => stored[number] !== undefined)
    .map(caseOf)
    .filter((one) => seedsOf(one) > 0)

  it('are compared with truths', async () => {
    expect(cases.length).toBeGreaterThan(0)
    const start = performance.now()
    for (const [k, one] of cases.entries()) {
      const { judged, unjudged } = await verdictsOf(one)
      found.judged.push(...judged)
      found.unjudged.push(...unjudged)
      const minutes = ((performance.now() - start) / 60_000).toFixed(1)
      const { ratio, covered } = rowOf('', judged)
      console.log(
        `${k + 1}/${cases.length} case ${one.number}: ratio ${ratio.toFixed(2)}, covered ${(100 * covered).toFixed(1)}%, ${minutes} min`,
      )
    }
    const results = resultsOf(cases, found)
    writeResults(results)
    console.log([...results.kinds, ...results.apart, results.all].map(shown).join('\n'))
    const { judged, of } = results.integrated
    console.log(`${judged} of ${of} integrated figures are judged; ${results.left} figures have no truth that is precise enough`)
  })

  it('are those of every statistic of the list', () => {
    const kinds = new Set(found.judged.map(({ kind }) => kind))
    const missing = STATISTICS.filter(({ key }) => {
      const place = PLACES[key] ?? new RegExp(`(^|\\.)${key}(\\.|$)`)
      if (OF_SEGMENTS.has(key) && !cases.some(({ plan }) => plan.segments)) return false
      return BEYOND[key] === undefined && ![...kinds].some((kind) => place.test(kind))
    })
    expect(missing.map(({ key }) => key)).toEqual([])
    // A kind of figure without any truth is one that figures.ts lacks.
    const lacking = new Set(
      found.unjudged.filter(({ reason, kind }) => reason === 'no truth' && !kinds.has(kind)).map(({ kind }) => kind),
    )
    expect([...lacking]).toEqual([])
  })

  it('cover the truth of 93% to 97% of all figures', () => {
    const { all } = resultsOf(cases, found)
    expect(all.covered).toBeGreaterThan(0.93)
    expect(all.covered).toBeLessThan(0.97)
  })

  it('are neither too small nor too large, by kind of statistic', () => {
    const { kinds } = resultsOf(cases, found)
    // A kind of few intervals may be off by chance.
    const off = kinds.filter(({ ratio, intervals }) => {
      const chance = 3 / Math.sqrt(2 * intervals)
      return ratio > 1.25 + chance || ratio < 0.8 - chance
    })
    expect(off.map(shown)).toEqual([])
  })

  it('are not too small for any figure of 64 seeds', () => {
    const off = found.judged.filter(({ seeds, ratio, apart }) => seeds === 64 && apart === undefined && ratio > 1.5)
    expect(off.map(({ number, method, path, ratio }) => `case ${number} ${method} ${path} ${ratio.toFixed(2)}`)).toEqual([])
  })

  it('do not cover too little where few events, floors or atoms decide', () => {
    const { apart } = resultsOf(cases, found)
    expect(apart.filter(({ covered }) => covered < 0.93).map(shown)).toEqual([])
  })

  it('are judged for at least half of the integrated figures', () => {
    const { judged, of } = resultsOf(cases, found).integrated
    expect(judged).toBeGreaterThanOrEqual(of / 2)
  })
})
