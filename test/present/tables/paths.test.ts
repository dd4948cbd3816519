// The paths of single trials agree with the trials' own drivers and costs, which other code computes.
import type { Table } from 'apache-arrow'
import { describe, expect, it } from 'vitest'
import { csvText } from '../../../src/present/tables/csv.ts'
import { pathsTable } from '../../../src/present/tables/paths.ts'
import { runScenario } from '../../../src/api/run.ts'
import { inlineExecutor } from '../../../src/run/executor.ts'
import { pathBytes, pathsOf, pathsWithin } from '../../../src/questions/paths.ts'
import { simulate } from '../../simulate.ts'

const plan = {
  start: '2027-11',
  months: 5,
  conversations: { base: '900 to 1100', growth: '2%/month', noise: { cv: '10%', autocorrelation: 0.5 } },
  resolution: { rate: '60% to 70%', noise: { sd: '2pt' } },
  human: { cost: '$4' },
  offers: {
    fin: { charges: [{ meter: 'resolutions', price: '$0.99' }] },
    committed: {
      charges: [{ meter: 'resolutions', commitment: '600/month', price: '$0.80', overage: '$1.20' }],
      running: '$90/month',
    },
  },
}
const column = (table: Table, name: string): ArrayLike<number> => {
  const found = table.getChild(name)?.toArray() as ArrayLike<number> | undefined
  if (!found) throw new Error(`no column ${name}: ${table.schema.fields.map((field) => field.name).join(', ')}`)
  return found
}
/** The sums of each trial's rows. */
const added = (values: ArrayLike<number>, months: number): number[] =>
  Array.from({ length: values.length / months }, (_, i) =>
    Array.from({ length: months }, (__, m) => values[i * months + m]).reduce((a, b) => a + b, 0),
  )
const agree = (found: number, exact: number) => expect(Math.abs(found - exact)).toBeLessThanOrEqual(1e-9 * Math.abs(exact))

describe.each(['sobol', 'random'] as const)('the paths of a run (%s)', (method) => {
  const run = simulate(plan, { trials: 20_000, method, measure: 'total', paths: true })

  it('have a row for each recorded trial and month', async () => {
    const result = await run
    const table = result.paths()
    expect(table.schema.fields.map(({ name, metadata }) => [name, metadata.get('unit')])).toEqual([
      ['trial', undefined],
      ['month', undefined],
      ['conversations', 'conversations'],
      ['rate', 'share'],
      ['fin.bill', 'USD'],
      ['fin.total', 'USD'],
      ['committed.bill', 'USD'],
      ['committed.total', 'USD'],
    ])
    const inputs = column(result.inputs(), 'trial')
    expect(table.numRows).toBe(5 * inputs.length)
    expect([0, 4, 5].map((row) => table.get(row)?.toJSON().month)).toEqual(['2027-11', '2028-03', '2027-11'])
    const trial = column(table, 'trial')
    for (const i of [0, 1, 7_000, inputs.length - 1]) expect([trial[5 * i], trial[5 * i + 4]]).toEqual([inputs[i], inputs[i]])
  })

  it('add up to the conversations and the cost of each trial', async () => {
    const result = await run
    const [table, inputs, trials] = [result.paths(), result.inputs(), result.trials()]
    const volume = added(column(table, 'conversations'), 5)
    const rates = column(table, 'rate')
    const volumes = column(table, 'conversations')
    const [conversations, rate, trial] = ['conversations', 'rate', 'trial'].map((name) => column(inputs, name))
    const costs = ['fin', 'committed'].map((name) => [added(column(table, `${name}.total`), 5), column(trials, name)] as const)
    const bill = column(table, 'fin.bill')
    for (let i = 0; i < volume.length; i += 97) {
      agree(volume[i], conversations[i])
      const resolved = [0, 1, 2, 3, 4].reduce((sum, m) => sum + rates[5 * i + m] * volumes[5 * i + m], 0)
      agree(resolved / volume[i], rate[i])
      for (const [found, exact] of costs) agree(found[i], exact[trial[i]])
      agree(bill[5 * i + 2], 0.99 * rates[5 * i + 2] * volumes[5 * i + 2])
    }
  })
})

it('a plan with segments has the paths of each', async () => {
  const segmented = {
    months: 3,
    conversations: { noise: { cv: '10%' } },
    resolution: { rate: '50%' },
    segments: {
      chat: { conversations: { base: '400 to 600' }, resolution: { rate: '60% to 70%' } },
      'us/voice': { conversations: { base: 200 } },
    },
    offers: { fin: { charges: [{ meter: 'resolutions', price: '$1' }, { fee: '$100/month' }] } },
  }
  const result = await simulate(segmented, { trials: 2_048 })
  const table = result.paths()
  const [all, chat, voice] = ['', 'segments.chat.', 'segments.us/voice.'].map((at) => column(table, `${at}conversations`))
  const [bill, ofChat, ofVoice] = ['', 'segments.chat.', 'segments.us/voice.'].map((at) => column(table, `fin.${at}bill`))
  const rate = column(table, 'segments.chat.rate')
  for (let row = 0; row < all.length; row += 7) {
    agree(chat[row] + voice[row], all[row])
    agree(ofChat[row] + ofVoice[row], bill[row])
    // The fee is split by conversations.
    agree(ofChat[row], rate[row] * chat[row] + (100 * chat[row]) / all[row])
  }
})

it('a large plan has the paths of fewer trials', async () => {
  const reader = { read: () => Promise.reject(new Error('the plan reads no files')) }
  const { trials } = await runScenario(plan, { trials: 4_096, monthly: false }, { executor: () => inlineExecutor, reader })
  // The AI takes part in all conversations, so that 5 months of 2 drivers and 4 costs are 30 numbers a trial, and 2,184 trials would fit.
  expect(pathsWithin(trials, 2 ** 16).trials).toHaveLength(2_048)
  expect(pathsOf(trials).trials).toHaveLength(4_096)
  expect(pathBytes(trials.outcome.program, trials.outcome.plan)).toBe(8 * 35 * 4_096)
})

it('a range of rows is that of the whole table', () => {
  const months = ['2027-01', '2027-02', '2027-03']
  const paths = {
    trials: Uint32Array.of(0, 7),
    columns: [{ name: 'conversations', unit: 'conversations' as const, months: months.map((_, m) => Float64Array.of(m, 10 + m)) }],
  }
  const table = pathsTable(paths, months, 'USD', {})
  expect(csvText(table)).toBe(
    'trial,month,conversations\n0,2027-01,0\n0,2027-02,1\n0,2027-03,2\n7,2027-01,10\n7,2027-02,11\n7,2027-03,12\n',
  )
  expect(table.columns.map(({ values }) => [...values(2, 5)])).toEqual([
    [0, 7, 7],
    ['2027-03', '2027-01', '2027-02'],
    [2, 10, 11],
  ])
})
