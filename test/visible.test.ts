// Text that leaves the program: every control character, mark and formula through every format, and through every field of a plan.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isVisible, jsonOf, visible, visibleLines } from '../src/errors.ts'
import { csvCell } from '../src/notation/csv-cell.ts'
import { escaped } from '../src/present/report/html.ts'
import { plain } from '../src/present/report/markdown-table.ts'
import { HIDDEN } from './hidden.ts'
import { HALVES, hostile, MARKS } from './marks.ts'

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
