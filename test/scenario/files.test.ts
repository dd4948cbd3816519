import { describe, expect, it } from 'vitest'
import { ScenarioError } from '../../src/errors.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { readScenario } from '../../src/scenario/read.ts'
import type { ResolvedScenario } from '../../src/scenario/resolved.ts'

const files: Readonly<Record<string, string | Uint8Array>> = {
  'tickets.csv': 'month,tickets,rate,price\n2026-01,48k,61%,$0.99\n2026-02,52000,64.5%,$1.09\n2026-03,50.5k,0.7,1.29\n',
  'excel.csv': '\ufeffmonth,"tickets, all"\r\n2026-01,"48000"\r\n2026-02,52k\r\n\r\n',
  'old mac.csv': 'n\r1\r2\r',
  'data/prices.csv': 'price\n$20k\n$30k\n',
  'euro.csv': 'fee\n€900\n€1k\n',
  'points.csv': 'gain\n1pt\n0.5pt\n',
  'growth.csv': 'g\n1%\n-0.5%\n',
  'bad.csv': 'n,rate,wide\n5,65%,20%\nabc,130%,40%\n7,65,120%\n',
  'gap.csv': 'n,m\n1,2\n,3\n',
  'blank.csv': 'n\n1\n\n3\n',
  'wide.csv': 'n,m\n1,200,3\n',
  'quote.csv': 'n\n"1\n2\n',
  'semicolons.csv': 'n;m\n1;2\n',
  'twice.csv': 'n,n\n1,2\n',
  'header.csv': 'n\n',
  'empty.csv': '',
  'large.csv': new Uint8Array((1 << 20) + 1).fill(0x31),
  'latin1.csv': Uint8Array.from([0x6e, 0x0a, 0xe9, 0x0a]),
  'utf16.csv': Uint8Array.from([0x6e, 0, 0x0a, 0, 0x31, 0]),
  'plan.csv': '\ufeffmonth,conversations\r\n2027-01,10\r\n"2027-02",20\r\n',
  'late.csv': 'month,conversations\n2027-01,10\n2027-03,x\n',
}
const reads: string[] = []
const reader = {
  read(path: string): Promise<Uint8Array> {
    reads.push(path)
    if (!Object.hasOwn(files, path)) return Promise.reject(new Error('there is no such file'))
    const file = files[path]
    return Promise.resolve(typeof file === 'string' ? new TextEncoder().encode(file) : file)
  },
}
const good = {
  months: 2,
  conversations: { base: '50k' } as object,
  resolution: { rate: '65%' } as object,
  offers: { fin: { charges: [{ meter: 'resolutions', price: '$0.99' }] } } as object,
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

describe('a column of a file stands for a distribution', () => {
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
  it('as spreadsheets write it: byte order mark, CRLF, quotes, empty lines at the end; and with CR alone', async () => {
    const base = (text: string) =>
      resolved({ ...good, conversations: { base: text } }).then(({ conversations }) => conversations.base)
    expect(await base('empirical(excel.csv, "tickets, all")')).toEqual(empirical(48_000, 52_000))
    expect(await base("empirical('old mac.csv', n)")).toEqual(empirical(1, 2))
  })
  it('with a period, in a mixture, where it is drawn every month, and beside a source', async () => {
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
  it('read once, however often it is named', async () => {
    reads.length = 0
    const value = 'empirical(tickets.csv, rate)'
    await resolved({ ...good, conversations: { base: '50k', involvement: value }, resolution: { rate: value, ceiling: value } })
    expect(reads).toEqual(['tickets.csv'])
  })
  it('but a title is only a title', async () => {
    const scenario = { ...good, offers: { fin: { title: 'empirical(none.csv, x)', charges: [{ fee: 5 }] } } }
    expect((await resolved(scenario)).offers[0].title).toBe('empirical(none.csv, x)')
  })
})

describe('a file that cannot be used says which, where and why', () => {
  const base = (value: unknown) => ({ ...good, conversations: { base: value } })
  const rate = (value: unknown) => ({ ...good, resolution: { rate: value } })
  it.each([
    [base('empirical(none.csv, n)'), 'conversations.base: expected a readable CSV file, got "none.csv": there is no such file'],
    [
      base('empirical(tickets.csv, conversations)'),
      'conversations.base: expected a column "conversations" in line 1 of "tickets.csv", got "month", "tickets", "rate", "price"',
    ],
    [base('empirical(bad.csv, n)'), 'expected a number such as 50000, 50k or 1.2m in line 3, column "n" of "bad.csv", got "abc"'],
    [rate('empirical(bad.csv, rate)'), '(did you mean 65%?) in line 4, column "rate" of "bad.csv", got "65"'],
    [
      rate('empirical(bad.csv, wide)'),
      'resolution.rate: expected a share from 0% to 100% in nearly all draws (truncatedNormal or pert keep to a range), got "20%" (line 2) to "120%" (line 4) in column "wide" of "bad.csv"',
    ],
    [
      rate('mixture(empirical(bad.csv, wide): 1, 50% to 60%: 1)'),
      'resolution.rate: expected a share from 0% to 100% in nearly all draws (truncatedNormal or pert keep to a range), got "20%" (line 2) to "120%" (line 4)',
    ],
    [rate('empirical(growth.csv, g)'), 'resolution.rate: expected a share from 0% to 100%'],
    [base('empirical(gap.csv, n)'), 'expected a value in line 3, column "n" of "gap.csv", got an empty cell'],
    [base('empirical(blank.csv, n)'), 'expected a value in line 3, column "n" of "blank.csv", got an empty cell'],
    [
      base('empirical(wide.csv, n)'),
      'expected 2 cells in line 2 of "wide.csv" as in its header, got 3 (a number is written without',
    ],
    [base('empirical(quote.csv, n)'), 'expected cells in double quotes that are closed again in line 3 of "quote.csv"'],
    [base('empirical(semicolons.csv, n)'), 'expected commas between the columns of "semicolons.csv"'],
    [base('empirical(twice.csv, n)'), 'expected one column "n" in line 1 of "twice.csv", got 2'],
    [base('empirical(header.csv, n)'), 'expected at least one row below the header of "header.csv", got none'],
    [base('empirical(empty.csv, n)'), 'expected a header and rows in "empty.csv", which is empty'],
    [base('empirical(large.csv, n)'), 'expected at most 1 MiB in "large.csv", got 1048577 bytes'],
    [base('empirical(latin1.csv, n)'), 'expected CSV text in UTF-8, which "latin1.csv" is not'],
    [base('empirical(utf16.csv, n)'), 'expected CSV text in UTF-8, which "utf16.csv" is not'],
    [base('empirical(tickets.csv)'), 'conversations.base: expected empirical(file.csv, column)'],
    [
      base({ distribution: 'empirical', file: 'tickets.csv' }),
      'conversations.base.column: expected the name of a column of tickets.csv',
    ],
    [base({ distribution: 'empirical' }), 'conversations.base: expected a list `values`, or `file` and `column`'],
    [
      base({ distribution: 'empirical', values: [1], file: 'tickets.csv', column: 'rate' }),
      'conversations.base.values: expected either values, or a file and its column',
    ],
    [{ ...good, conversations: { monthly: 'none.csv' } }, 'conversations.monthly: expected a readable CSV file, got "none.csv"'],
    [{ ...good, conversations: { monthly: 'tickets.csv' } }, 'expected the columns month,conversations in line 1'],
    [{ ...good, conversations: { monthly: 'late.csv' } }, 'expected 2027-02 in line 3 of "late.csv", got "2027-03"'],
    [
      { ...good, conversations: { monthly: 'late.csv' } },
      'expected a number of conversations ≥ 0 in line 3 of "late.csv", got "x"',
    ],
  ])('%j', async (input, message) => {
    expect(await problems(input)).toContain(message)
  })
  it('together with all other problems, each at its place in the text', async () => {
    const lines = await problems(
      'months: 2\nconversations: { base: "empirical(none.csv, n)", noise: { cv: 8 } }\nresolution: { rate: 70% }\noffers:\n  a:\n    charges: [{ meter: resolutions, price: "empirical(bad.csv, n)" }]\n',
    )
    expect(lines.split('\n').map((line) => line.replace(/:.*(?=\()/, ' '))).toEqual([
      'conversations.base (line 2, column 24)',
      'conversations.noise.cv (line 2, column 63)',
      'offers.a.charges[0].price (line 6, column 44)',
    ])
  })
  it('a monthly plan may be a spreadsheet’s CSV', async () => {
    expect((await resolved({ ...good, conversations: { monthly: 'plan.csv' } })).conversations.monthly).toEqual([10, 20])
  })
})
