import { describe, expect, it } from 'vitest'
import { ScenarioError } from '../../src/errors.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { readScenario } from '../../src/scenario/read.ts'
import type { ResolvedScenario } from '../../src/scenario/resolved.ts'
import { files, good, UNUSABLE } from './unusable-files.ts'

const reads: string[] = []
const reader = {
  read(path: string): Promise<Uint8Array> {
    reads.push(path)
    if (!Object.hasOwn(files, path)) return Promise.reject(new Error('there is no such file'))
    const file = files[path]
    return Promise.resolve(typeof file === 'string' ? new TextEncoder().encode(file) : file)
  },
}
const resolved = async (input: string | object): Promise<ResolvedScenario> => (await resolve(readScenario(input), reader)).scenario
const problems = async (input: string | object): Promise<string> => {
  try {
    await resolved(input)
  } catch (error) {
    if (error instanceof ScenarioError) return error.message
    throw error
  }
  return ''
}
const empirical = (...values: number[]) => ({ distribution: 'empirical', values })

describe('a column of a file is read as a distribution', () => {
  it('in the notation of its field', async () => {
    const { conversations, resolution, offers } = await resolved({
      ...good,
      conversations: { base: 'empirical(tickets.csv, tickets)' },
      resolution: { rate: 'empirical( "tickets.csv" , rate )' },
      offers: {
        fin: { charges: [{ meter: 'resolutions', price: { distribution: 'empirical', file: 'tickets.csv', column: 'price' } }] },
      },
    })
    expect(conversations.base).toEqual(empirical(48_000, 52_000, 50_500))
    expect(resolution?.rate).toEqual(empirical(0.61, 0.645, 0.7))
    expect(offers[0].charges[0]).toMatchObject({ price: empirical(0.99, 1.09, 1.29) })
  })
  it('as spreadsheets write it: with byte order mark, CRLF or CR, quotes and empty lines at the end', async () => {
    const base = (text: string) =>
      resolved({ ...good, conversations: { base: text } }).then(({ conversations }) => conversations.base)
    expect(await base('empirical(excel.csv, "tickets, all")')).toEqual(empirical(48_000, 52_000))
    expect(await base("empirical('old mac.csv', n)")).toEqual(empirical(1, 2))
  })
  it('whatever the delimiter, the decimal sign, and the encoding of spreadsheets', async () => {
    const values = async (file: string, decimal?: string) =>
      (await resolved({ ...good, ...(decimal && { decimal }), conversations: { base: `empirical(${file}, n)` } })).conversations
        .base
    expect(await values('semicolons.csv')).toEqual(empirical(1_234.5, 2_000))
    expect(await values('tabs.csv')).toEqual(empirical(1, 2))
    expect(await values('stated.csv')).toEqual(empirical(1, 3))
    expect(await values('thousands.csv')).toEqual(empirical(41_546, 1_043_843))
    expect(await values('german.csv', ',')).toEqual(empirical(1_234, 2_345))
    expect(await values('german.csv', '.')).toEqual(empirical(1.234, 2.345))
  })
  it('and a note says which columns', async () => {
    const plan = {
      ...good,
      conversations: { base: 'empirical(tickets.csv, tickets)', involvement: 'empirical(tickets.csv, rate)' },
    }
    expect((await resolve(readScenario(plan), reader)).warnings).toContain(
      'tickets.csv: read as: conversations.base = tickets, conversations.involvement = rate; 3 rows',
    )
  })
  it('with a period, in a mixture, for a monthly draw, and beside a source', async () => {
    const { conversations, resolution, offers, sources } = await resolved({
      ...good,
      conversations: {
        base: { value: 'mixture(empirical(tickets.csv, tickets): 75%, 60k to 70k: 25%)', source: 'ticket export' },
        growth: 'empirical(growth.csv, g)/month',
        spikes: { probability: '5%', size: 'empirical(old mac.csv, n)' },
        involvement: [{ until: '2027-01', value: '40%' }, { value: 'empirical(tickets.csv, rate)' }],
      },
      resolution: { rate: '60%', improvement: 'empirical(points.csv, gain)/month' },
      offers: { a: { charges: [{ fee: 'empirical(data/prices.csv, price)/year' }] } },
    })
    expect(conversations.base).toMatchObject({
      distribution: 'mixture',
      components: [empirical(48_000, 52_000, 50_500), { distribution: 'lognormal' }],
      weights: [0.75, 0.25],
    })
    expect(conversations.growth).toEqual({ value: empirical(0.01, -0.005), per: 'month' })
    expect(conversations.spikes?.size).toEqual(empirical(1, 2))
    expect(conversations.involvement).toMatchObject([{ value: 0.4 }, { value: empirical(0.61, 0.645, 0.7) }])
    expect(resolution?.improvement).toEqual({ value: empirical(0.01, 0.005), kind: 'points', per: 'month' })
    expect(offers[0].charges[0]).toMatchObject({ fee: { value: empirical(20_000, 30_000), per: 'year' } })
    expect(sources).toEqual([{ path: 'conversations.base', source: 'ticket export' }])
  })
  it('in another currency', async () => {
    const { offers } = await resolved({
      ...good,
      exchange: { EUR: '$1.08' },
      offers: { a: { charges: [{ fee: 'empirical(euro.csv, fee)/month' }] } },
    })
    expect(offers[0].charges[0]).toMatchObject({ fee: { value: { value: empirical(900, 1_000), currency: 'EUR' }, per: 'month' } })
  })
  it('and the file is read only once', async () => {
    reads.length = 0
    const value = 'empirical(tickets.csv, rate)'
    await resolved({ ...good, conversations: { base: '50k', involvement: value }, resolution: { rate: value, ceiling: value } })
    expect(reads).toEqual(['tickets.csv'])
  })
  it('but not in a title', async () => {
    const scenario = { ...good, offers: { fin: { title: 'empirical(none.csv, x)', charges: [{ fee: 5 }] } } }
    expect((await resolved(scenario)).offers[0].title).toBe('empirical(none.csv, x)')
  })
})

describe('a file that cannot be used', () => {
  it.each(UNUSABLE)('gets a message with file, line and reason: %j', async (input, message) => {
    expect(await problems(input)).toContain(message)
  })
  it('is reported with all other problems, each with its place in the text', async () => {
    const lines = await problems(
      'months: 2\nconversations: { base: "empirical(none.csv, n)", noise: { cv: 8 } }\nresolution: { rate: 70% }\noffers:\n  a:\n    charges: [{ meter: resolutions, price: "empirical(bad.csv, n)" }]\n',
    )
    expect(lines.split('\n').map((line) => line.replace(/:.*(?=\()/, ' '))).toEqual([
      'conversations.base (line 2, column 24)',
      'conversations.noise.cv (line 2, column 63)',
      'offers.a.charges[0].price (line 6, column 44)',
    ])
  })
  it('is not a CSV of monthly volumes as another country writes it, in any order', async () => {
    const { scenario, warnings } = await resolve(readScenario({ ...good, conversations: { monthly: 'monate.csv' } }), reader)
    expect(scenario.conversations.monthly).toEqual([10_000, 20_000.5])
    expect(warnings).toContain(
      'monate.csv: read as: month = Date, conversations = Tickets; 2 months, 2027-01 to 2027-02; not read: Ort',
    )
  })
  it('is not a CSV of monthly volumes from a spreadsheet', async () => {
    expect((await resolved({ ...good, conversations: { monthly: 'plan.csv' } })).conversations.monthly).toEqual([10, 20])
  })
})
