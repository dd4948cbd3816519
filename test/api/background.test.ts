// The methods of a result as promises, answered from a copy of the run as another thread would have it.
import type { Table } from 'apache-arrow'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Background, sentAnswerOf } from '../../src/api/background.ts'
import { compare, save } from '../../src/api/index.ts'
import { givenFiles } from '../../src/api/given.ts'
import type { ResultHome } from '../../src/api/made.ts'
import { SimulationResult } from '../../src/api/result.ts'
import { type Finished, runScenario } from '../../src/api/run.ts'
import { handedOver, receivedRun, sentRun } from '../../src/api/sent.ts'
import { browserHome } from '../../src/platform/browser/home.ts'
import { arrowTable } from '../../src/present/tables/arrow.ts'
import { trialDensities } from '../../src/questions/densities.ts'
import { inlineExecutor } from '../../src/run/executor.ts'

const plan = {
  months: 6,
  conversations: { base: '45k to 60k', noise: { cv: '8%' } },
  resolution: { rate: '60% to 70%' },
  human: { cost: 6 },
  budget: { offer: 'fin', amount: 200_000, confidence: 0.8 },
  segments: { chat: { share: '60%' }, email: { share: '40%', resolution: { rate: '40% to 50%' } } },
  offers: {
    fin: { charges: [{ meter: 'resolutions', price: 0.99 }] },
    flat: { charges: [{ meter: 'conversations', price: 0.6 }] },
  },
}

const made = (home: ResultHome) => ({ table: arrowTable, home, seconds: 0 })
/** The run as a message carries it. */
const copied = (run: Finished): Finished => receivedRun(structuredClone({ ...sentRun(run), densities: trialDensities(run.trials) }))

let here: SimulationResult
/** Answers every call on a copy, by data that is copied too. */
let there: SimulationResult
const calls: string[] = []

beforeAll(async () => {
  const run = await runScenario(plan, { trials: 4_096 }, { executor: () => inlineExecutor, reader: givenFiles({}) })
  const [other, own] = [SimulationResult.of(copied(run), made(browserHome)), copied(run)]
  here = SimulationResult.of(run, made(browserHome))
  there = SimulationResult.of(
    own,
    made({
      ...browserHome,
      async elsewhere(_, call) {
        calls.push(call.name)
        return { found: structuredClone(await sentAnswerOf(other, structuredClone(call))) }
      },
    }),
  )
})

const GIVEN: { readonly [M in keyof Background]: Parameters<Background[M]> } = {
  acceptability: ['conversations'],
  budget: ['fin', 0.37],
  chart: ['fan', 'fin'],
  compare: [{ difference: ['fin', 'flat'] }],
  contingency: ['fin', 0.8],
  convergence: ['p80', 'fin'],
  curve: ['flat'],
  dominance: [],
  expectedShortfall: ['fin', 0.9],
  inputs: [{ all: true }],
  ledger: [{ offer: 'fin' }],
  ledgerFocus: [],
  months: [],
  overrun: ['fin', 200_000],
  paths: [],
  phased: ['fin', 0.8],
  ranking: [],
  regret: ['fin'],
  savings: ['fin'],
  segmentRisk: ['fin'],
  shortfallParts: ['fin', 0.95],
  toHTML: [],
  trials: [],
  verdict: [],
  winners: ['conversations', 'rate'],
  withinBudget: ['fin', 1.1],
}

/** What an answer holds, since tables compare by their buffers. */
const plainOf = (found: unknown): unknown =>
  typeof found === 'object' && found !== null && 'schema' in found
    ? [(found as Table).schema.metadata, (found as Table).schema.fields.map(String), (found as Table).toArray().map(String)]
    : JSON.stringify(found)

describe.each(Object.entries(GIVEN))('background.%s', (name, given) => {
  it('answers on another thread what the method answers here', async () => {
    const method = (here as unknown as Record<string, (...given: readonly unknown[]) => unknown>)[name]
    const expected = name === 'compare' ? compare(here, ...(given as [])) : method.apply(here, given as unknown[])
    const ask = (of: SimulationResult) =>
      (of.background as unknown as Record<string, (...own: readonly unknown[]) => Promise<unknown>>)[name](...given)
    expect(plainOf(await ask(there))).toEqual(plainOf(expected))
    expect(calls.at(-1)).toBe(name)
    expect(plainOf(await ask(here))).toEqual(plainOf(expected))
  })
})

it('answers from another thread are complete: old names, charts, tables that show themselves, and answers to save', async () => {
  const { background } = there
  expect(await background.regret('fin')).toHaveProperty('shortfall')
  expect(await (await background.chart('fan', 'fin')).toSVG()).toBe(await here.chart('fan', 'fin').toSVG())
  expect((await background.trials()).toString()).toBe(here.trials().toString())
  await expect(save(await background.compare(), '')).rejects.toThrow('expected the name of a folder')
  await expect(background.budget('none', 0.8)).rejects.toThrow('there is no offer')
})

it('files come from another thread with the same bytes', async () => {
  for (const table of ['trials', 'months'] as const) {
    expect(await there.toParquet(table)).toEqual(await here.toParquet(table))
    expect(await there.toArrow(table)).toEqual(await here.toArrow(table))
    expect(await there.toCSV(table)).toBe(await here.toCSV(table))
  }
  expect(await there.report('md')).toBe(await here.report('md'))
  expect((await there.toXLSX()).length).toBe((await here.toXLSX()).length)
  expect(calls.slice(-8)).toEqual(['toParquet', 'toArrow', 'toCSV', 'toParquet', 'toArrow', 'toCSV', 'report', 'toXLSX'])
})

it('a run hands over the memory of its columns, unless threads share it', async () => {
  const run = await runScenario(plan, { trials: 1_024 }, { executor: () => inlineExecutor, reader: givenFiles({}) })
  const sent = sentRun(run)
  expect(handedOver(sent)).toEqual([])
  const { trials = [] } = sent.outcome
  const own = { ...sent, outcome: { ...sent.outcome, trials: trials.map((column) => Float64Array.from(column)) } }
  expect(handedOver(own)).toHaveLength(trials.length)
  expect(handedOver(sentRun({ ...run, outcome: { ...run.outcome, trials: [] } }))).toEqual([])
})
