// Text that leaves the program: every control character, mark and formula through every format, and through every field of a plan.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isVisible, jsonOf, visible, visibleLines } from '../src/errors.ts'
import { csvCell } from '../src/notation/csv-cell.ts'
import { escaped } from '../src/present/report/html.ts'
import { plain } from '../src/present/report/markdown.ts'
import { HIDDEN } from './hidden.ts'

const MARKS = [
  ...Array.from({ length: 32 }, (_, k) => k),
  ...Array.from({ length: 33 }, (_, k) => 0x7f + k),
  ...[0xad, 0x61c, 0x115f, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2060, 0x2066, 0x2069],
  ...[0xfeff, 0xfff9, 0xfffe, 0xffff, 0xe0001, 0xe0041, 0x1fffe],
].map((code) => String.fromCodePoint(code))
const HALVES = ['\ud800', '\udfff', '\udc00\ud800']
const FORMULAS = ['=1+1', ' =1', '+1', '-1', '@SUM(A1)', '\t=1', 'a;=cmd|x', 'a\t=1', 'a|=1', '＝1']
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(...MARKS, ...HALVES, ...FORMULAS),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
      fc.constantFrom('<', '&', '"', "'", ',', '\\', '`'),
    ),
  )
  .map((parts) => parts.join(''))

describe('visible()', () => {
  it.each([...MARKS, ...HALVES])('%j is shown and never raw', (mark) => {
    expect(isVisible(`a${mark}b`)).toBe(false)
    expect(visible(`a${mark}b`)).toMatch(/^a(\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\u\{[0-9a-f]+\})+b$/)
  })
  it('leaves text of every script and emoji as it is', () => {
    for (const text of ['Résumé – 50%', 'می\u200cخواهم', 'क्\u200dष', '👩\u200d💻', '❤\ufe0f', '日本語', '1\u00a0000'])
      expect([visible(text), isVisible(text)]).toEqual([text, true])
  })
  it('of lines keeps line ends alone', () => {
    expect(visibleLines('a\nb\r\u2028c')).toBe('a\nb\\x0d\\u2028c')
  })
})

describe('any text', () => {
  const always = (check: (text: string) => void) => fc.assert(fc.property(hostile, check), { numRuns: 300, seed: 20_270_101 })

  it('is one visible line in a terminal, in Markdown and in HTML', () => {
    always((text) => {
      for (const write of [visible, plain, escaped]) expect(write(text)).not.toMatch(HIDDEN)
      expect(escaped(text)).not.toMatch(/[<>"']/)
    })
  })
  it('is the same value in JSON, without a raw character', () => {
    always((text) => {
      const json = jsonOf({ [text]: text })
      expect(json).not.toMatch(HIDDEN)
      expect(JSON.parse(json)).toEqual({ [text]: text })
    })
  })
  it('is one cell of a CSV row, whatever separates cells, and no formula', () => {
    always((text) => {
      const cell = csvCell(text)
      expect(cell).not.toMatch(HIDDEN)
      for (const separator of [',', ';', '\t', '|'])
        expect(cellsOf(`${cell}${separator}end`, separator)).toEqual([expect.not.stringMatching(/^\s*[=+\-@＝＋－＠]/), 'end'])
    })
  })
})

/** A row as a spreadsheet splits it. */
function cellsOf(row: string, separator: string): string[] {
  const cells: string[] = ['']
  let quoted = false
  for (let k = 0; k < row.length; k++) {
    if (row[k] === '"' && (quoted || cells[cells.length - 1] === '')) {
      if (quoted && row[k + 1] === '"') cells[cells.length - 1] += row[++k]
      else quoted = !quoted
    } else if (!quoted && row[k] === separator) cells.push('')
    else cells[cells.length - 1] += row[k]
  }
  return cells
}
