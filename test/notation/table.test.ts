// The rules of tables: numbers, dates, currencies and headers.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cpuSeconds } from '../cpu.ts'
import { TableColumn, columnName, readAs } from '../../src/notation/table/columns.ts'
import { type CsvTable, layoutOf, parseCsv } from '../../src/notation/table/csv.ts'
import { dayNumber, dayOf, parseDate, readDates } from '../../src/notation/table/dates.ts'
import { isMangled, numberIn, plainCell } from '../../src/notation/table/numbers.ts'
import { formatMonth } from '../../src/months.ts'
import { effort } from '../effort.ts'

const table = async (text: string): Promise<CsvTable> => parseCsv(new TextEncoder().encode(text), 't.csv', 1 << 20)
const numbers = async (cells: readonly string[], delimiter = ';') => {
  const read = await table(`n${delimiter}m\n${cells.map((cell) => `"${cell}"${delimiter}x`).join('\n')}\n`)
  return new TableColumn(read, 0, 't.csv').numbers(Number.isFinite, 'a number', 'some empty')
}

describe('a number', () => {
  it.each([
    ['41546', '.', 41_546],
    ['41,546', '.', 41_546],
    ['1,234,567.89', '.', 1_234_567.89],
    ['1.234.567,89', ',', 1_234_567.89],
    ['41 546,5', ',', 41_546.5],
    ["41'546.50", '.', 41_546.5],
    ['€56000', '.', 56_000],
    ['56.000 €', ',', 56_000],
    ['EUR 56,000', '.', 56_000],
    ['-$1,200.50', '.', -1_200.5],
    ['$-1,200.50', '.', -1_200.5],
    ['($1,200.50)', '.', -1_200.5],
    ['4.15E+04', '.', 41_500],
    ['0.5', '.', 0.5],
    ['.5', '.', 0.5],
    ['12.', '.', 12],
  ] as const)('such as %s with the sign %s is read', (text, decimal, value) => {
    expect(numberIn(text, decimal)).toBe(value)
  })

  it.each([
    'many',
    '1,23',
    '12,34,567',
    '1,234.5.6',
    '1.5.2',
    '--5',
    '-($5)',
    '5 tickets',
    '2024-01',
    '1 23',
    '0,123',
    'abc5',
    '%',
  ])('is not %s', (text) => {
    expect(numberIn(text, '.')).toBeUndefined()
  })

  it('with two readings is settled by its column', async () => {
    expect(await numbers(['1.234', '0.5'])).toEqual([1.234, 0.5])
    expect(await numbers(['1.234', '1.234.567'])).toEqual([1_234, 1_234_567])
    expect(await numbers(['1,234', '17,5'])).toEqual([1.234, 17.5])
    expect(await numbers(['1,234', ''], ',')).toEqual([1_234, Number.NaN])
    await expect(numbers(['1,234'])).rejects.toThrow('a stated decimal sign, since "1,234" in line 2')
    await expect(numbers(['1.234', '1,234'])).rejects.toThrow(
      'one way to write numbers in column "n" of "t.csv", got "1.234" in line 2 and "1,234" in line 3',
    )
  })

  it('with two readings is settled by another column, but not by dates', async () => {
    const own = new TableColumn(await table('date;n;cost\n03.2024;1.234;5,50\n04.2024;2.345;6,5\n'), 1, 't.csv')
    expect(own.numbers(Number.isFinite, 'a number', 'filled')).toEqual([1_234, 2_345])
    const dates = new TableColumn(await table('date;n\n03.2024;1.234\n'), 1, 't.csv')
    expect(() => dates.numbers(Number.isFinite, 'a number', 'filled')).toThrow('a stated decimal sign')
  })

  it('is the same in every notation that shows its decimal sign', async () => {
    const value = fc.integer({ min: -999_999_999, max: 999_999_999 }).map((cents) => cents / 100)
    await fc.assert(
      fc.asyncProperty(
        fc.array(value, { minLength: 1, maxLength: 12 }),
        fc.constantFrom('en-US', 'de-DE', 'fr-FR', 'de-CH'),
        async (values, locale) => {
          const cells = values.map((own) => own.toLocaleString(locale, { minimumFractionDigits: 2 }))
          expect(await numbers(cells)).toEqual(values.map((own) => own + 0))
        },
      ),
      effort(60, 2_000),
    )
  })

  it('keeps its unit in the notation of a plan', () => {
    expect(plainCell('41,5 %', ',')).toBe('41.5%')
    expect(plainCell('€ 1.250,00', ',')).toBe('€1250.00')
    expect(plainCell('-2.5pt', '.')).toBe('-2.5pt')
    expect(plainCell('48k', '.')).toBe('48k')
    expect(plainCell('n/a', '.')).toBe('n/a')
  })

  it('that a spreadsheet shortened is known', () => {
    expect(['2.15474E+14', '2,15474E+14', '2E+15', '1.1e+16'].map(isMangled)).toEqual([true, true, true, true])
    expect(['215474000000007', 'E+14', 'a2.15E+14', '2.15474E14', '5e3', ''].map(isMangled)).toEqual(new Array(6).fill(false))
  })
})

describe('a column', () => {
  it('has the currency of its header, and those of its cells', async () => {
    const read = await table('month,invoice_EUR,Cost (USD),total\n2024-01,5,€7,$1\n2024-02,6,8,£2\n')
    const columns = read.header.map((_, k) => new TableColumn(read, k, 't.csv'))
    expect(columns.map(({ unit }) => unit)).toEqual([undefined, 'EUR', 'USD', undefined])
    expect(columns.map((column) => [...column.currencies()])).toEqual([
      [],
      [],
      [['€', 2]],
      [
        ['$', 2],
        ['£', 3],
      ],
    ])
    expect(columnName('Invoice €')).toEqual({ name: 'Invoice', unit: '€' })
    expect(columnName('resolutions')).toEqual({ name: 'resolutions' })
  })

  it('that is read is named, and so are the others', () => {
    expect(readAs({ month: 'Date', invoice: undefined }, '3 months', ['Date', 'a', '', 'b'])).toBe(
      'read as: month = Date; 3 months; not read: a, b',
    )
  })
})

describe('a table', () => {
  it.each([
    ['a,b\n1,2\n', ','],
    ['a;b\n1,5;2,5\n', ';'],
    ['a\tb, c\n1\t2\n', '\t'],
    ['"a;b",c\n1,2\n', ','],
    ['a|b\n1|2\n', '|'],
    ['sep=;\na,b;c\n', ';'],
    ['a\n1,5\n', '\u001f'],
  ])('%j has its delimiter', (text, delimiter) => {
    expect(layoutOf(text).delimiter).toBe(delimiter)
  })

  it('skips empty rows and columns, and keeps the lines of the file', async () => {
    const { header, rows } = await table('\ufeffsep=,\r\na,b,,\r\n\r\n,,,\r\n1,2,,\r\n')
    expect([header, rows]).toEqual([['a', 'b'], [{ cells: ['1', '2'], line: 5 }]])
  })

  it('with two columns of one name is refused', async () => {
    await expect(table('a,b,a\n1,2,3\n')).rejects.toThrow('one column "a" in line 1 of "t.csv", got 2: rename or delete the others')
  })
})

describe('a table of 100,000 rows', () => {
  const head = 'month,conversations\n'
  const seconds = async (text: string) => {
    const before = cpuSeconds()
    await parseCsv(new TextEncoder().encode(text), 'rows.csv', 1 << 24).catch(() => undefined)
    return cpuSeconds() - before
  }
  it('that all lack a cell is refused at the first, sooner than a table of whole rows is read', async () => {
    const short = head + '1\n'.repeat(100_000)
    await expect(parseCsv(new TextEncoder().encode(short), 'rows.csv', 1 << 24)).rejects.toThrow(
      '2 cells in line 2 of "rows.csv" as in its header, got 1',
    )
    expect(await seconds(short)).toBeLessThan(await seconds(head + '1,1\n'.repeat(100_000)))
  })
})

describe('a date', () => {
  it.each([
    ['2024-03', '2024-03'],
    ['2024/3/31', '2024-03 31'],
    ['2024-03-31T10:00:00.5+02:00', '2024-03 31'],
    ['2024-03-31 10:00 UTC', '2024-03 31'],
    ['2024-03-31 UTC', '2024-03 31'],
    ['03/2024', '2024-03'],
    ['31.3.2024', '2024-03 31'],
    ['Mar-24', '2024-03'],
    ["Mar '24", '2024-03'],
    ['Mar-2024', '2024-03'],
    ['Sept. 2024', '2024-09'],
    ['2024 March', '2024-03'],
    ['31-Mar-24', '2024-03 31'],
    ['March 31, 2024', '2024-03 31'],
  ])('may be written %s', (text, expected) => {
    const found = parseDate(text)
    expect(found && [formatMonth(found.month), ...(found.day === undefined ? [] : [found.day])].join(' ')).toBe(expected)
  })

  it.each(['22-Jan', 'Jan 22', '2024', '45292', '2024-13', '31.2.2024', '3/4/24', 'Ma-24', '202403'])('is not %s', (text) => {
    expect(parseDate(text)).toBeUndefined()
  })

  it('with slashes is settled by its column', () => {
    const read = (...texts: string[]) =>
      readDates(
        texts.map((text, k) => ({ text, line: k + 2 })),
        't.csv',
      ).map(({ month, day }) => `${formatMonth(month)} ${day}`)
    expect(read('1/2/2024', '1/31/2024')).toEqual(['2024-01 2', '2024-01 31'])
    expect(read('01/02/2024', '31/01/2024')).toEqual(['2024-02 1', '2024-01 31'])
    expect(() => read('01/02/2024', '31/01/2024', '1/31/2024')).toThrow('some dates begin with the day, others with the month')
    expect(() => read('01/02/2024')).toThrow('write dates as 2024-03-31')
  })

  it('is a number of days, and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (number) => {
        const { month, day } = dayOf(number)
        expect(dayNumber(month, day)).toBe(number)
        expect(`${formatMonth(month)}-${String(day).padStart(2, '0')}`).toBe(
          new Date(number * 86_400_000).toISOString().slice(0, 10),
        )
      }),
      effort(200, 5_000),
    )
  })
})
