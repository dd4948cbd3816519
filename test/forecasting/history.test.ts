// Reads histories: which rows are used as they are, which are changed with a note, and which are refused.
import { describe, expect, it } from 'vitest'
import { type HistoryOptions, readHistory } from '../../src/forecasting/history/history.ts'
import { historyTable } from '../../src/forecasting/history/rows.ts'
import { formatMonth, parseMonth } from '../../src/months.ts'

const read = async (text: string, options: HistoryOptions = {}) => readHistory(await historyTable(text, 'h.csv'), 'h.csv', options)
const monthly = (values: readonly (number | string)[], header = 'month,conversations', from = 2023 * 12) =>
  `${header}\n${values.map((value, k) => `${formatMonth(from + k)},${value}`).join('\n')}\n`
const day = (k: number) => new Date(Date.UTC(2024, 0, 1 + k)).toISOString().slice(0, 10)
const daily = (from: number, to: number, value = (_: number): number | string => 10) =>
  `date,tickets\n${Array.from({ length: to - from }, (_, k) => `${day(from + k)},${value(from + k)}`).join('\n')}\n`
const plain = [100, 110, 120, 130, 140, 150, 160]

describe('months', () => {
  it('are read in their order', async () => {
    const { start, conversations, next, notes } = await read(monthly(plain))
    expect([formatMonth(start), formatMonth(next)]).toEqual(['2023-01', '2023-08'])
    expect(conversations).toEqual(plain)
    expect(notes).toEqual([])
  })

  it.each([
    ['2023-01', 'Jan 2023'],
    ['2023-01', '2023 January'],
    ['2023-01', '2023/1'],
    ['2023-01', '2023-01-31'],
    ['2023-01', '2023-01-01T00:00:00Z'],
  ])('%s may be written %s', async (_, written) => {
    const text = monthly(plain).replace('2023-01', written)
    const same = text
      .split('\n')
      .map((line, k) =>
        k > 1 && written.length > 8 && /\d{4}-\d{2}-\d{2}/.test(written) ? line.replace(/^(\d{4}-\d{2}),/, '$1-01,') : line,
      )
    expect(formatMonth((await read(same.join('\n'))).start)).toBe('2023-01')
  })

  it('in another order are sorted, and a note names the first line out of order', async () => {
    const lines = monthly(plain).trim().split('\n')
    const { conversations, notes } = await read([lines[0], lines[2], lines[1], ...lines.slice(3)].join('\n'))
    expect(conversations).toEqual(plain)
    expect(notes).toEqual(['line 3: the date is earlier than that of the line before, so rows are sorted by date'])
  })

  it('that are missing, empty or 0 are gaps, each with a note', async () => {
    const text = monthly([100, '', 120, 0, 140, 150, 160, 170, 180]).replace(/2023-07.*\n/, '')
    const { conversations, notes } = await read(text)
    expect(conversations.map((value) => (Number.isNaN(value) ? '-' : value))).toEqual([100, '-', 120, '-', 140, 150, '-', 170, 180])
    expect(notes).toEqual([
      'line 3: 2023-02 has no number and is treated as unknown',
      'line 5: 2023-04 has 0 conversations and is treated as unknown',
      '2023-07 has no row and is treated as unknown',
    ])
  })

  it('that are repeated with the same numbers count once, and with other numbers are refused', async () => {
    const twice = `${monthly(plain)}2023-03,120\n`
    expect((await read(twice)).conversations).toEqual(plain)
    expect((await read(twice)).notes).toContain('line 9: repeats line 4 and is left out')
    await expect(read(`${monthly(plain)}2023-03,121\n`)).rejects.toThrow('one row per date in "h.csv", got lines 4 and 9')
  })

  it('lose the last one if it looks incomplete, unless `partial` keeps it', async () => {
    const text = monthly([...plain, 60])
    const { conversations, next, notes } = await read(text)
    expect(conversations).toEqual(plain)
    expect(formatMonth(next)).toBe('2023-09')
    expect(notes[0]).toMatch(/^line 9: 2023-08 is below half of the months before it, looks incomplete and is left out/)
    expect((await read(text, { partial: true })).conversations).toEqual([...plain, 60])
    // A smaller fall counts as real.
    expect((await read(monthly([...plain, 80]))).conversations).toEqual([...plain, 80])
  })

  it('can be limited by `since` and `until`', async () => {
    const { start, conversations } = await read(monthly([...plain, 170, 180]), { since: 2023 * 12 + 1, until: 2023 * 12 + 7 })
    expect(formatMonth(start)).toBe('2023-02')
    expect(conversations).toEqual([...plain.slice(1), 170])
  })
})

describe('days', () => {
  it('are summed, and an incomplete first or last month is left out', async () => {
    // Days from 2024-01-15 to 2024-08-20.
    const { start, conversations, next, notes } = await read(daily(14, 233))
    expect([formatMonth(start), formatMonth(next)]).toEqual(['2024-02', '2024-09'])
    expect(conversations).toEqual([290, 310, 300, 310, 300, 310])
    expect(notes.filter((note) => note.includes('left out'))).toHaveLength(2)
  })

  it('of a month without its last weekend are a whole month', async () => {
    // Days up to Friday, 2024-06-28.
    expect((await read(daily(0, 180))).conversations).toHaveLength(6)
  })

  it('that are missing or empty within a month get a note', async () => {
    const text = daily(0, 213, (k) => (k === 40 ? '' : 10)).replace(/2024-05-[12].*\n/g, '')
    const { conversations, notes } = await read(text)
    expect(conversations[1]).toBe(280)
    expect(notes.some((note) => /an empty cell counts as 0 in the sum of 2024-02/.test(note))).toBe(true)
    expect(
      notes.some((note) => /2024-05 has only 11 days \(other months about 3[01]\), which are summed as they are/.test(note)),
    ).toBe(true)
  })
})

describe('columns', () => {
  const row = (header: string) =>
    `${header}\n${plain.map((value, k) => `${formatMonth(2023 * 12 + k)},${value / 2},${value},${value * 2}`).join('\n')}`
  it('are found by their usual names', async () => {
    const { conversations, resolutions, invoices } = await read(row('Date,Resolved by AI,Total tickets,Invoice amount'))
    expect([conversations[0], resolutions?.[0], invoices?.[0]]).toEqual([100, 50, 200])
  })

  it('need no usual names if there are two and one has months', async () => {
    expect((await read(monthly(plain, 'month,whatever'))).conversations).toEqual(plain)
  })

  it('can be stated', async () => {
    const { conversations } = await read(row('a,b,c,d'), { columns: { month: 'a', conversations: 'c' } })
    expect(conversations[0]).toBe(100)
    await expect(read(row('a,b,c,d'))).rejects.toThrow(
      'columns of months and conversations in line 1 of "h.csv", got "a", "b", "c", "d": state the names of the columns, as in month=NAME,conversations=NAME',
    )
    await expect(read(row('a,b,c,d'), { columns: { month: 'x' } })).rejects.toThrow('a column "x" for month in line 1 of "h.csv"')
  })
})

describe('a history is refused with', () => {
  it.each([
    ['fewer than six months', monthly([1, 2, 3, 4, 5]), 'at least 6 months with conversations in "h.csv", got 5'],
    [
      'a cell that is no number',
      monthly([1, 2, 'many', 4, 5, 6]),
      'a number of 0 or more in line 4, column "conversations" of "h.csv", got "many"',
    ],
    [
      'a negative count',
      monthly([1, 2, -3, 4, 5, 6]),
      'a number of 0 or more in line 4, column "conversations" of "h.csv", got "-3"',
    ],
    [
      'a date that reads otherwise elsewhere',
      monthly(plain).replace('2023-02', '03/04/2023'),
      'dates with one reading in "h.csv", got "03/04/2023" in line 3, and no date of the column shows whether the day or the month comes first: write dates as 2024-03-31',
    ],
    ['a thirteenth month', monthly(plain).replace('2023-02', '2023-13'), 'in line 3 of "h.csv", got "2023-13"'],
    ['a day that there is not', monthly(plain).replace('2023-02', '2023-02-30'), 'in line 3 of "h.csv", got "2023-02-30"'],
    ['months and days', monthly(plain).replace('2023-02', '2023-02-28'), 'either months or days in "h.csv", got both'],
    [
      'more resolutions than conversations',
      `month,conversations,resolutions\n${plain.map((value, k) => `${formatMonth(2023 * 12 + k)},${value},${k === 3 ? value + 1 : 5}`).join('\n')}`,
      'no more resolutions than conversations in line 5 of "h.csv", got 131 of 130',
    ],
    ['an empty file', ' \n', 'a header and rows in "h.csv", which is empty'],
    ['nothing but a header', 'month,conversations\n', 'at least 6 months with conversations in "h.csv", got 0'],
    ['more than a mebibyte', `month,conversations\n${'2023-01,1\n'.repeat(110_000)}`, 'at most 1 MiB in "h.csv"'],
  ])('%s', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message)
  })

  it('rows that are not objects', async () => {
    await expect(historyTable([[1, 2] as never], 'rows')).rejects.toThrow('got [1,2] in row 1')
  })
})

it('a history may be a list of objects with dates and numbers', async () => {
  const rows = plain.map((value, k) => ({
    month: new Date(Date.UTC(2023, k, 1)),
    conversations: value,
    resolutions: k === 0 ? null : 3,
  }))
  const { start, conversations, resolutions } = readHistory(await historyTable(rows, 'rows'), 'rows')
  expect(start).toBe(parseMonth('2023-01'))
  expect(conversations).toEqual(plain)
  expect(resolutions?.slice(1)).toEqual(plain.slice(1).map(() => 3))
})
