// Tests the parts that read an export: times, months in time zones, rows of bytes, ids.
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Ids } from '../../../src/invoice/audit/ids.ts'
import { LONGEST_LINE, scanner } from '../../../src/invoice/audit/scan.ts'
import { instantIn, instantText, NO_TIME, NO_ZONE } from '../../../src/invoice/audit/time.ts'
import { daysFrom } from '../../../src/notation/table/dates.ts'
import { zoneOf } from '../../../src/invoice/audit/zone.ts'
import { effort, patience } from '../../effort.ts'

const encoder = new TextEncoder()
const instant = (text: string) => {
  const bytes = encoder.encode(text)
  return instantIn(bytes, 0, bytes.length)
}

describe('a time', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0],
    ['2026-01-31T23:59:59.999Z', Date.UTC(2026, 0, 31, 23, 59, 59, 999)],
    ['2026-01-31 23:59:59.9994Z', Date.UTC(2026, 0, 31, 23, 59, 59, 999)],
    ['2024-02-29T12:00Z', Date.UTC(2024, 1, 29, 12)],
    ['2026-02-01T01:00:00+02:00', Date.UTC(2026, 0, 31, 23)],
    ['2026-02-01T01:00:00.5-0930', Date.UTC(2026, 1, 1, 10, 30, 0, 500)],
    ['2026-02-01T01:00:00+05', Date.UTC(2026, 0, 31, 20)],
    [' 2024-02-29T12:00Z  ', Date.UTC(2024, 1, 29, 12)],
    ['2024-02-29 12:00:30 UTC', Date.UTC(2024, 1, 29, 12, 0, 30)],
    ['2024-02-29 12:00GMT', Date.UTC(2024, 1, 29, 12)],
    ['2016-12-31T23:59:60Z', Date.UTC(2016, 11, 31, 23, 59, 59, 999)],
  ])('such as %s is read as the platform reads it', (text, expected) => {
    expect(instant(text)).toBe(expected)
  })

  it('is read and written as the platform does, whatever the time', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }), (date) => {
        const [text, at] = [date.toISOString(), date.getTime()]
        expect(instant(text)).toBe(at)
        expect(instantText(at)).toBe(text.replace('.000Z', 'Z'))
        expect(daysFrom(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())).toBe(Math.floor(at / 86_400_000))
      }),
      effort(500, 100_000),
    )
  })

  it.each([
    '2026-01-31',
    '2026-13-01T00:00Z',
    '2026-02-29T00:00Z',
    '2026-01-31T24:00Z',
    '2026-01-31T23:60Z',
    '31.01.2026 12:00',
    'yesterday',
    '2026-01-31T23:59:59Zulu',
    '2026-01-31T23:59:59 CET',
    '2026-01-31T23:59:59+2',
  ])('is not read from %s', (text) => {
    expect(instant(text)).toBe(NO_TIME)
  })

  it('needs its zone, and may be empty', () => {
    expect(instant('2026-01-31T23:59:59')).toBe(NO_ZONE)
    expect(instant('')).toBeNaN()
    expect(instant('  ')).toBeNaN()
  })
})

describe('a month', () => {
  const last = Date.UTC(2026, 0, 31, 22, 59, 59, 999)
  it.each([
    ['UTC', last, '2026-01', last + 1, '2026-01'],
    ['Europe/Berlin', last, '2026-01', last + 1, '2026-02'],
    ['America/Los_Angeles', Date.UTC(2026, 1, 1, 7, 59, 59, 999), '2026-01', Date.UTC(2026, 1, 1, 8), '2026-02'],
    ['+05:30', Date.UTC(2026, 0, 31, 18, 29, 59, 999), '2026-01', Date.UTC(2026, 0, 31, 18, 30), '2026-02'],
    // The clocks change in the night in which this month begins.
    ['Atlantic/Azores', Date.UTC(2026, 10, 1, 0, 59, 59, 999), '2026-10', Date.UTC(2026, 10, 1, 1), '2026-11'],
  ])('ends in %s at its own last millisecond', (zone, before, earlier, after, later) => {
    const { monthOf } = zoneOf(zone)
    const text = (month: number) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
    expect([text(monthOf(before)), text(monthOf(after))]).toEqual([earlier, later])
  })

  it('is the month that the platform shows, whatever the time', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland']
    const times = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) })
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.array(times, { minLength: 1, maxLength: 20 }), (name, instants) => {
        const zone = zoneOf(name)
        const format = new Intl.DateTimeFormat('en-US', { timeZone: name, year: 'numeric', month: 'numeric' })
        for (const at of instants) {
          const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
          expect(zone.monthOf(at)).toBe(12 * parts.year + parts.month - 1)
        }
      }),
      effort(50, 3000),
    )
  })

  it('in an unknown time zone is refused', () => {
    expect(() => zoneOf('Mars/Olympus')).toThrow(
      'zone: expected a time zone such as UTC, America/New_York or +02:00, got "Mars/Olympus"',
    )
  })
})

/** All rows of a text, cut into chunks. */
function rowsOf(
  text: string | Uint8Array,
  size = 7,
): { readonly rows: string[][]; readonly lines: number[]; readonly long: number[] } {
  const rows: string[][] = []
  const lines: number[] = []
  const long: number[] = []
  const decoder = new TextDecoder()
  const reader = scanner(
    ({ bytes, starts, ends, cells, line }) => {
      rows.push(Array.from({ length: cells }, (_, k) => decoder.decode(bytes.subarray(starts[k], ends[k])).replaceAll('""', '"')))
      lines.push(line)
    },
    (line) => long.push(line),
  )
  const bytes = typeof text === 'string' ? encoder.encode(text) : text
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.slice(at, at + size))
  reader.end()
  return { rows, lines, long }
}

describe('rows', () => {
  it('are those that csv-parse finds, wherever the file is cut', () => {
    const cell = fc.oneof(
      fc.constant(''),
      fc.string({ maxLength: 6 }).map((text) => text.replace(/[\r\0]/g, '')),
      fc.constantFrom('a,b', 'x"y', 'line\nbreak', 'ü€'),
    )
    const table = fc
      .integer({ min: 2, max: 5 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }))
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 40 }), fc.constantFrom('\n', '\r\n'), (written, size, end) => {
        // The header shows the separator.
        const all = [written[0].map((_, k) => `h${k}`), ...written]
        const text = all
          .map((row) => row.map((value) => (/[",;\t\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(','))
          .join(end)
        expect(rowsOf(text, size).rows).toEqual(
          parse(text, {
            relax_column_count: true,
            skip_empty_lines: true,
            skip_records_with_empty_values: true,
            record_delimiter: ['\n', '\r\n'],
          }),
        )
      }),
      effort(200, 20_000),
    )
  })

  it('without any text are skipped, as is the line by which a spreadsheet states the delimiter', () => {
    expect(rowsOf('sep=|\nid|at,;\n|\n\n1|2\n').rows).toEqual([
      ['id', 'at,;'],
      ['1', '2'],
    ])
  })

  it('may be separated by semicolons or tabs, after a byte-order mark', () => {
    expect(rowsOf('\ufeffid;started\na;b,c\n').rows).toEqual([
      ['id', 'started'],
      ['a', 'b,c'],
    ])
    expect(rowsOf('id\tstarted\na\tb\n').rows[1]).toEqual(['a', 'b'])
  })

  it('have the right line numbers after quoted line breaks and empty lines', () => {
    expect(rowsOf('a,b\n"x\ny",1\n\nz,2').lines).toEqual([1, 2, 5])
  })

  it('longer than 1 MiB are reported and skipped', () => {
    const { rows, long } = rowsOf(`a,b\n${'x'.repeat(3 * LONGEST_LINE)},1\nc,d\n`, 1 << 16)
    expect(rows).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
    expect(long).toEqual([2])
    // A quote that is never closed must not swallow the file.
    expect(rowsOf(`a,b\n"x\n${'y,1\n'.repeat(300_000)}c,d\n`, 1 << 16).rows.at(-1)).toEqual(['c', 'd'])
  })
})

it(
  'ids are numbered in order, also beyond a hundred thousand',
  () => {
    const ids = new Ids()
    const bytes = (k: number) => encoder.encode(`conversation-${k * 7919}`)
    const numbers = Array.from({ length: 120_000 }, (_, k) => k)
    // One expectation covers all ids, because a call of expect takes longer than a lookup.
    expect(numbers.filter((k) => ids.add(bytes(k), 0, bytes(k).length) !== k)).toEqual([])
    expect(numbers.filter((k) => k % 997 === 0 && ids.find(bytes(k), 0, bytes(k).length) !== k)).toEqual([])
    expect(ids.add(bytes(5), 0, bytes(5).length)).toBe(5)
    expect(ids.find(encoder.encode('nobody'), 0, 6)).toBe(-1)
    expect(ids.size).toBe(120_000)
  },
  patience,
)
