// One history is one history, however a program or a spreadsheet writes it: the same fit, or an error.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CsvError, parseCsv } from '../../src/notation/table/csv.ts'
import { type HistoryOptions, readHistory } from '../../src/forecasting/history/history.ts'
import { historyTable } from '../../src/forecasting/history/rows.ts'
import { daysIn, formatMonth } from '../../src/months.ts'
import { calibrationOf as calibrate } from '../../src/questions/backtest/calibration.ts'
import type { CalibrateOptions } from '../../src/options/history.ts'
import { effort } from '../effort.ts'

const text = (name: string): string => readFileSync(`test/forecasting/tables/${name}.csv`, 'utf8')
const fit = async (name: string, options: CalibrateOptions = {}) => calibrate(text(name), { name: `${name}.csv`, ...options })
const figures = ({ base, growth, cv, seasonality, last }: Awaited<ReturnType<typeof fit>>) => [base, growth, cv, seasonality, last]

describe('the history of plain.csv', () => {
  it.each([
    ['semi', {}],
    ['us_thousands', {}],
    ['german_thousands', { decimal: ',' }],
    ['zendesk', {}],
    ['channel', { sumRows: true }],
  ] as const)('is that of %s.csv with %o', async (name, options) => {
    expect(figures(await fit(name, options))).toEqual(figures(await fit('plain')))
  })

  it('is not guessed where 41.546 has two readings', async () => {
    await expect(fit('german_thousands')).rejects.toThrow(
      'expected a stated decimal sign, since "41.546" in line 2, column "conversations" of "german_thousands.csv" may be 41546 or 41.546',
    )
  })

  it('needs a word to add up channels, which otherwise are segments', async () => {
    const { segments, base } = await fit('channel')
    expect(Object.keys(segments ?? {})).toEqual(['chat', 'email'])
    expect(base).toBe((await fit('plain')).base)
    const table = await parseCsv(new TextEncoder().encode(text('channel')), 'channel.csv', 1e6)
    expect(() => readHistory(table, 'channel.csv')).toThrow(
      'got lines 2 and 3 with the same date. If they are parts of one total, as column "channel" suggests, add them up with `sumRows: true` (--sum-rows)',
    )
    expect((await fit('channel', { sumRows: true })).notes).toContain('72 rows are added up to 36, one for each date')
  })

  it('has no resolutions of the AI if a help desk counts solved tickets', async () => {
    const { resolution, notes } = await fit('zendesk')
    expect(resolution).toBeNull()
    expect(notes).toEqual([
      'read as: month = Ticket created - Month, conversations = Created tickets; 36 months, 2022-01 to 2024-12; not read: Solved tickets, Reopened tickets',
      'the file has no resolutions of the AI: "Solved tickets" may count what people settled. If the AI alone did, state resolutions=Solved tickets',
    ])
    expect((await fit('zendesk', { columns: { resolutions: 'Solved tickets' } })).resolution?.rate.value).toBeCloseTo(0.97, 2)
  })
})

describe('volumes a day', () => {
  it.each(['leap', 'weekly'])('that are equal in %s.csv have hardly any noise, no season and no spike', async (name) => {
    const { base, cv, outliers, seasonality, growth, scenario } = await fit(name, { plain: true })
    expect(base / (365.2425 / 12)).toBeCloseTo(name === 'leap' ? 1_000 : 10_000 / 7, 1)
    expect([outliers, cv < 0.01, Math.abs(growth.value) < 1e-4]).toEqual([[], true, true])
    seasonality?.forEach((factor) => expect(factor).toBeCloseTo(1, 4))
    expect(scenario).toContain('\n  days: true\n')
  })

  it('are not fitted with `days: false`, which takes the leap day for a spike', async () => {
    const { days, outliers, scenario } = await fit('leap', { days: false })
    expect([days, outliers[0].month]).toEqual([false, '2024-02'])
    expect(scenario).toContain('history: { file: leap.csv, days: false, until: 2026-12 }')
  })

  it('of weeks are those of the days that a week ends with, if the header says so', async () => {
    const lines = text('weekly').trim().split('\n').slice(1)
    const read = async (header: string) => readHistory(await historyTable([header, ...lines].join('\n'), 'w.csv'), 'w.csv')
    expect(formatMonth((await read('date,tickets')).start)).toBe('2022-02')
    // Tuesday, 2021-12-28, to Monday, 2022-01-03, is the first week, so that January is whole.
    expect(formatMonth((await read('week ending,tickets')).start)).toBe('2022-01')
  })
})

interface Written {
  readonly text: string
  readonly options?: HistoryOptions
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const FIRST = 2023 * 12 + 6
const two = (value: number): string => String(value).padStart(2, '0')
const year = (month: number): number => Math.floor(month / 12)

/** Ways to write a month. */
const DATES: readonly ((month: number) => string)[] = [
  formatMonth,
  (month) => `${MONTHS[month % 12]}-${String(year(month)).slice(2)}`,
  (month) => `${MONTHS[month % 12]} ${year(month)}`,
  (month) => `${year(month)}/${(month % 12) + 1}/1`,
  (month) => `${formatMonth(month)}-01 00:00:00 UTC`,
  (month) => `${daysIn(month)}.${two((month % 12) + 1)}.${year(month)}`,
  (month) => `${(month % 12) + 1}/${daysIn(month)}/${year(month)}`,
  (month) => `${daysIn(month)}/${two((month % 12) + 1)}/${year(month)} 0:00`,
]

const grouped = (value: number, sign: string): string => String(value).replace(/\B(?=(\d{3})+$)/g, sign)
/** Ways to write a count, and the delimiters they go with. */
const NUMBERS: readonly {
  readonly write: (value: number) => string
  readonly delimiters: readonly string[]
  readonly decimal?: ',' | '.'
}[] = [
  { write: String, delimiters: [',', ';', '\t'] },
  { write: (value) => `"${grouped(value, ',')}"`, delimiters: [',', ';', '\t'] },
  { write: (value) => grouped(value, '.'), delimiters: [',', ';', '\t'] },
  { write: (value) => grouped(value, '.'), delimiters: [';'], decimal: ',' },
  { write: (value) => `"${grouped(value, '.')},00"`, delimiters: [',', ';'] },
  { write: (value) => `${value}.0`, delimiters: [',', ';'] },
  { write: (value) => grouped(value, '\u202f'), delimiters: [','] },
  { write: (value) => grouped(value, '’'), delimiters: [',', ';'] },
  { write: (value) => `${grouped(value, "'")}.00`, delimiters: [';'] },
]

const frame = fc.record({
  date: fc.constantFrom(...DATES),
  number: fc
    .constantFrom(...NUMBERS)
    .chain(({ delimiters, ...number }) => fc.constantFrom(...delimiters).map((delimiter) => ({ ...number, delimiter }))),
  mark: fc.constantFrom('', '\ufeff', 'sep'),
  end: fc.constantFrom('\n', '\r\n'),
  parts: fc.integer({ min: 1, max: 3 }),
  order: fc.array(fc.nat(), { minLength: 100, maxLength: 100 }),
  blank: fc.boolean(),
})

/** @param months counts by month */
function written(
  months: readonly number[],
  { date, number, mark, end, parts, order, blank }: typeof frame extends fc.Arbitrary<infer T> ? T : never,
): Written {
  const { write, delimiter, decimal } = number
  const rows = months.flatMap((count, m) =>
    Array.from({ length: parts }, (_, k) => {
      const own = k === 0 ? count - (parts - 1) * Math.floor(count / parts) : Math.floor(count / parts)
      return [date(FIRST + m), `channel ${k}`, write(own)].join(delimiter)
    }),
  )
  const shuffled = rows.map((row, k) => ({ row, at: order[k % order.length] })).sort((a, b) => a.at - b.at)
  const lines = [
    ...(mark === 'sep' ? [`sep=${delimiter}`] : []),
    ['Month', 'Channel', 'Tickets'].join(delimiter),
    ...shuffled.flatMap(({ row }, k) => (blank && k === 2 ? ['', delimiter.repeat(2), row] : [row])),
  ]
  return {
    text: `${mark === 'sep' ? '' : mark}${lines.join(end)}${end}`,
    options: { sumRows: parts > 1, partial: true, ...(decimal && { decimal }) },
  }
}

const read = async ({ text: csv, options = {} }: Written) => readHistory(await historyTable(csv, 'h.csv'), 'h.csv', options)

describe('whatever the way to write it, a history', () => {
  const counts = fc.array(fc.integer({ min: 400, max: 3_000_000 }), { minLength: 8, maxLength: 30 })

  it('in months, by channel, shuffled, with any dates and numbers is the same or refused', async () => {
    let refused = 0
    await fc.assert(
      fc.asyncProperty(counts, frame, async (months, how) => {
        try {
          const { start, conversations } = await read(written(months, how))
          expect([start, conversations]).toEqual([FIRST, months])
        } catch (error) {
          if (!(error instanceof CsvError)) throw error
          refused += 1
          expect(error.message).toMatch(/^(a stated decimal sign|dates with one reading|one way to write numbers)/)
          expect(how.number.decimal).toBeUndefined()
        }
      }),
      effort(150, 5_000),
    )
    expect(refused).toBeLessThan(effort(150, 5_000).numRuns / 3)
  })

  it('in days is that of its months', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 8, maxLength: 20 }),
        fc.nat(),
        async (rates, seed) => {
          const days = rates.flatMap((rate, m) =>
            Array.from({ length: daysIn(FIRST + m) }, (_, d) => ({
              date: `${formatMonth(FIRST + m)}-${two(d + 1)}`,
              count: rate + ((seed + 7 * d) % 5),
            })),
          )
          const months = rates.map((_, m) =>
            days.filter(({ date }) => date.startsWith(formatMonth(FIRST + m))).reduce((sum, { count }) => sum + count, 0),
          )
          const { conversations } = await read({
            text: `date,tickets\n${days.map(({ date, count }) => `${date},${count}`).join('\n')}\n`,
          })
          expect(conversations).toEqual(months)
        },
      ),
      effort(20, 500),
    )
  })

  it('in weeks differs from its months by the days of weeks that reach into a neighbor', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 9, maxLength: 20 }),
        fc.integer({ min: 0, max: 6 }),
        async (rates, offset) => {
          const days = rates.flatMap((rate, m) => new Array<number>(daysIn(FIRST + m)).fill(rate))
          const weeks = Array.from({ length: Math.floor((days.length - offset) / 7) }, (_, w) => {
            const sum = days.slice(offset + 7 * w, offset + 7 * w + 7).reduce((a, b) => a + b, 0)
            return `${new Date(Date.UTC(2023, 6, 1 + offset + 7 * w)).toISOString().slice(0, 10)},${sum}`
          })
          const { start, conversations } = await read({ text: `week,tickets\n${weeks.join('\n')}\n` })
          conversations.forEach((volume, k) => {
            const m = start - FIRST + k
            const reach = [m - 1, m + 1].reduce((sum, other) => sum + 6 * Math.abs((rates[other] ?? rates[m]) - rates[m]), 0)
            expect(Math.abs(volume - rates[m] * daysIn(start + k))).toBeLessThanOrEqual(reach + 1e-6)
          })
          expect(conversations.length).toBeGreaterThanOrEqual(rates.length - 2)
        },
      ),
      effort(40, 1_000),
    )
  })
})
