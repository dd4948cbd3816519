// Every question of the library on a real thread: it leaves the caller's thread free, stops on a signal and gives the figures of one thread.
import type { Table } from 'apache-arrow'
import * as library from 'billcast'
import { describe, expect, it } from 'vitest'
import { QUESTIONS, type QuestionName } from '../../src/questions/list.ts'
import { thorough } from '../effort.ts'

const {
  backtest,
  breakEven,
  diff,
  fairPrice,
  optimize,
  pilot,
  portfolio,
  reforecast,
  sensitivity,
  stress,
  sweep,
  track,
  valueOfInformation,
} = library

const rate = 'resolution.rate'
const plan = {
  start: '2027-01',
  months: 6,
  conversations: { base: '45k to 60k', noise: { cv: '8%', autocorrelation: 0.5 } },
  resolution: { rate: '60% to 70%', improvement: '1pt/month' },
  stress: { surge: { 'conversations.base': 80_000 } },
  offers: {
    fin: { charges: [{ meter: 'resolutions', price: '$0.99' }] },
    flat: { charges: [{ meter: 'conversations', price: '$0.65' }] },
  },
} satisfies library.Scenario
const later = { ...plan, resolution: { rate: '65% to 75%', improvement: '1pt/month' } }
const closed = { actuals: 'closed.csv', files: { 'closed.csv': 'month,conversations\n2027-01,52000\n2027-02,52500\n' } }
const history = Array.from({ length: 37 }, (_, k) => ({
  month: `${2022 + Math.floor(k / 12)}-${String((k % 12) + 1).padStart(2, '0')}`,
  conversations: 40_000 + 300 * k + 2_000 * ((k * 7) % 5),
}))

interface Watched {
  readonly threads: number
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

/** Rows with the figures, since a table compares by its buffers. */
const rowsOf = (table: Table) => table.toArray().map((row: object) => ({ ...row }))
const trials = 16_384

/** One call of each question. A question without a call does not compile. */
const calls: Readonly<Record<QuestionName, (watched: Watched) => Promise<unknown>>> = {
  breakEven: (own) => breakEven(plan, rate, ['fin', 'flat'], { trials, ...own }),
  fairPrice: (own) => fairPrice(plan, 'offers.fin.price', { against: 'flat', trials, ...own }),
  optimize: (own) => optimize(plan, { offer: 'fin', vary: { [rate]: ['60%', '70%'] }, minimize: 'p90', trials: 1_024, ...own }),
  sweep: async (own) => rowsOf(await sweep(plan, { [rate]: '60%:70%:5pt' }, { trials, ...own })),
  diff: (own) => diff(plan, later, { trials, ...own }),
  sensitivity: (own) => sensitivity(plan, { offer: 'fin', trials, ...own }),
  valueOfInformation: (own) => valueOfInformation(plan, { trials, ...own }),
  pilot: (own) => pilot(plan, { input: rate, sizes: [50, 500], trials, ...own }),
  portfolio: (own) =>
    portfolio({ plans: { a: { scenario: plan, offer: 'fin' }, b: { scenario: later, offer: 'flat' } } }, { trials, ...own }),
  stress: (own) => stress(plan, { offer: 'fin', trials, ...own }),
  reforecast: (own) => reforecast(plan, { trials, ...closed, ...own }),
  track: (own) => track(plan, { trials, ...closed, ...own }),
  backtest: (own) => backtest(history, { trials: 4_096, ...own }),
}

/** What the library exports beside the questions of the list. None of it runs many trials, except `simulate`, which has its own threads. */
const OTHERS = [
  'Chart',
  'ParameterError',
  'RandomValue',
  'ScenarioError',
  'SimulationResult',
  'UsageError',
  'audit',
  'bridge',
  'calibrate',
  'charts',
  'compare',
  'defineCharge',
  'distribution',
  'distributions',
  'element',
  'fit',
  'save',
]
const MORE = ['check', 'checkInvoices', 'invoice', 'notebookProgress', 'offers', 'png', 'report', 'scenarioJsonSchema', 'simulate']

/** The least turns beside a thread. Work on the caller's thread takes turns too, but only about one in 30 ms. */
const FREE = 10
/** The most turns between an abort and the rejection. */
const SOON = 3

/** Counts the turns that the event loop gets until `stop`, at most one a millisecond. */
function turns(): { readonly count: () => number; readonly stop: () => void } {
  let count = 0
  const timer = setInterval(() => (count += 1), 1)
  return { count: () => count, stop: () => clearInterval(timer) }
}

/** Keeps reports of progress. */
function progress() {
  const seen: (readonly [done: number, total: number])[] = []
  return { seen, onProgress: (done: number, total: number) => void seen.push([done, total]) }
}

it('the list has every question that the library exports', () => {
  expect(Object.keys(library).sort()).toEqual([...Object.keys(QUESTIONS), ...OTHERS, ...MORE].sort())
})

describe.each(Object.entries(calls))('%s', (name, call) => {
  it('gives the same figures on another thread, which leaves this one free, and reports its progress', async () => {
    const [near, far] = [progress(), progress()]
    const here = await call({ threads: 1, onProgress: near.onProgress })
    const loop = turns()
    const there = await call({ threads: 2, onProgress: far.onProgress })
    loop.stop()
    expect(there).toEqual(here)
    expect(loop.count()).toBeGreaterThan(FREE)
    expect(near.seen[0][0], 'a report at the start').toBe(0)
    for (const { seen } of [near, far]) {
      for (const [k, [done, total]] of seen.entries()) {
        expect(done).toBeLessThanOrEqual(total)
        expect(done).toBeGreaterThanOrEqual(k === 0 ? 0 : seen[k - 1][0])
      }
      const [done, total] = seen[seen.length - 1]
      expect(done).toBe(total)
    }
  })

  it.each([1, 2])('stops within a few turns of an abort, with %i threads', async (threads) => {
    const stop = new AbortController()
    let loop: ReturnType<typeof turns> | undefined
    const onProgress = () => {
      loop ??= turns()
      stop.abort()
    }
    await expect(call({ threads, onProgress, signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' })
    loop?.stop()
    expect(loop?.count()).toBeLessThanOrEqual(SOON)
    await expect(call({ threads, signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' })
  })

  it.each([1, 2])('rejects with the error of a callback that throws, with %i threads', async (threads) => {
    const error = new Error('from the callback')
    let calls = 0
    const onProgress = () => {
      calls += 1
      throw error
    }
    await expect(call({ threads, onProgress })).rejects.toBe(error)
    expect(calls).toBe(1)
    // The last report comes when the answer does, which takes a while.
    if (!thorough && name !== 'sweep') return
    const last = (done: number, total: number) => {
      if (done === total) throw error
    }
    await expect(call({ threads, onProgress: last })).rejects.toBe(error)
  })
})
