// Lays out the blocks of a text: sentences, and tables that fit a width. A table first loses the columns that a reader can spare, then
// becomes a list.
import { PATH_BREAKS, wrapped, wrappedPath } from '../../notation/wrap.ts'
import type { Estimate } from '../../summary/summary.ts'

/** How a piece of text stands out, where the output can show it. */
export type Tone = 'strong' | 'muted' | 'good' | 'warning'

export interface TextSpan {
  readonly text: string
  readonly tone?: Tone
}

/** A figure, and its standard error in words. */
export interface FigureCell {
  readonly text: string
  readonly error: string
}

export type Cell = string | FigureCell

export interface TextTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  /** Columns that stand to the left: the first one unless stated. Text in the last one may be wrapped. */
  readonly left?: readonly number[]
  /** Headings of the columns that may be left out, in the order in which they go. */
  readonly spare?: readonly string[]
  /** Spaces before each line. */
  readonly indent?: number
  /** First cells of the rows that stand out. */
  readonly strong?: readonly string[]
}

export type Block = string | TextSpan | TextTable

/** Where a text is shown. */
export interface Screen {
  /** Characters in a line. */
  readonly columns: number
  /** Whether figures stand with their standard errors. */
  readonly errors: boolean
  /** Whether sentences are wrapped too. A reader of a file does that. */
  readonly wraps?: boolean
}

/** A text without a terminal: as wide as it needs, and without errors. */
export const PLAIN_SCREEN: Screen = { columns: Infinity, errors: false }

const GAP = '  '
/** A wrapped last column has at least this many characters. */
const LEAST_WRAPPED = 24

export const strong = (text: string): TextSpan => ({ text, tone: 'strong' })
export const warning = (text: string): TextSpan => ({ text, tone: 'warning' })
export const muted = (text: string): TextSpan => ({ text, tone: 'muted' })

/** A figure of a table with its standard error. */
export const figureCell = ({ value, se }: Estimate, write: (value: number) => string): FigureCell => ({
  text: write(value),
  error: se < Infinity ? write(se) : 'none',
})

/** A table whose first row holds the headings. */
export function textTable(rows: readonly (readonly Cell[])[], more: Omit<TextTable, 'head' | 'rows'> = {}): TextTable {
  const [head, ...others] = rows
  return { head: head.map((cell) => (typeof cell === 'object' ? cell.text : cell)), rows: others, ...more }
}

const lengthOf = (text: string): number => [...text].length
const padded = (text: string, width: number, left: boolean): string => {
  const space = ' '.repeat(Math.max(0, width - lengthOf(text)))
  return left ? text + space : space + text
}

/** The lines of all blocks. */
export function linesOfBlocks(blocks: readonly Block[], screen: Screen): TextSpan[][] {
  return blocks.flatMap((block): TextSpan[][] => {
    if (typeof block === 'object' && 'head' in block) return tableLines(block, screen)
    const { text, ...tone } = typeof block === 'string' ? { text: block } : block
    const lines = screen.wraps ? text.split('\n').flatMap((line) => wrapped(line, screen.columns)) : text.split('\n')
    return lines.map((line) => [{ text: line, ...tone }])
  })
}

/** The same as text alone. */
export const plainLines = (blocks: readonly Block[], screen: Screen = PLAIN_SCREEN): string[] =>
  linesOfBlocks(blocks, screen).map((spans) => spans.map(({ text }) => text).join(''))

function tableLines({ indent = 0, ...table }: TextTable, screen: Screen): TextSpan[][] {
  const lines = fittedLines(table, { ...screen, columns: screen.columns - indent })
  return indent === 0 ? lines : lines.map((spans) => [{ text: ' '.repeat(indent) }, ...spans])
}

/** How much of a table is broken into lines to make it narrower: nothing, its headings, or the cells of its first column too. */
const BREAKS = ['none', 'headings', 'first column'] as const
type Breaks = (typeof BREAKS)[number]

function fittedLines(table: TextTable, screen: Screen): TextSpan[][] {
  const { spare = [], head } = table
  const present = spare.filter((name) => head.includes(name))
  for (const breaks of BREAKS)
    for (let gone = 0; gone <= present.length; gone++) {
      const out = present.slice(0, gone)
      const lines = columnLines(without(table, out), screen, breaks)
      if (lines)
        return [
          ...lines,
          ...(gone > 0
            ? leftOutLines(
                head.filter((name) => out.includes(name)),
                screen.columns,
              )
            : []),
        ]
    }
  return stackedLines(table, screen)
}

function leftOutLines(names: readonly string[], columns: number): TextSpan[][] {
  const words = `(${columns} columns have no room for ${names.map((name) => `"${name}"`).join(', ')}.)`
  return wrapped(words, columns).map((line) => [muted(line)])
}

function without(table: TextTable, names: readonly string[]): TextTable {
  if (names.length === 0) return table
  const kept = table.head.flatMap((name, k) => (names.includes(name) ? [] : [k]))
  return {
    ...table,
    head: kept.map((k) => table.head[k]),
    rows: table.rows.map((row) => kept.map((k) => row[k])),
    left: (table.left ?? [0]).map((k) => kept.indexOf(k)),
  }
}

/** The cells of a column as texts of one width, where figures and their errors stand below each other. */
function columnTexts(cells: readonly Cell[], errors: boolean): string[] {
  const figures = cells.filter((cell) => typeof cell === 'object')
  if (!errors || figures.length === 0) return cells.map((cell) => (typeof cell === 'object' ? cell.text : cell))
  const width = Math.max(...figures.map(({ error }) => lengthOf(error)))
  return cells.map((cell) =>
    typeof cell === 'object' ? `${cell.text} ± ${padded(cell.error, width, false)}` : `${cell}${' '.repeat(width + 3)}`,
  )
}

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => lengthOf(text.trimEnd())))

/** Breaks headings between words and behind the dots of a path, those that save most first, until they are short enough together. */
function headingLines(names: readonly string[], cells: readonly number[], excess: number): readonly (readonly string[])[] {
  const broken = names.map((name, k) =>
    wrappedPath(name, Math.max(cells[k], ...name.split(PATH_BREAKS).map((piece) => lengthOf(piece.trimEnd())))),
  )
  const saved = (k: number) => Math.max(cells[k], lengthOf(names[k])) - Math.max(cells[k], widest(broken[k]))
  const chosen = new Set<number>()
  let left = excess
  for (const k of names.map((_, own) => own).sort((a, b) => saved(b) - saved(a)))
    if (left > 0 && saved(k) > 0) {
      chosen.add(k)
      left -= saved(k)
    }
  return names.map((name, k) => (chosen.has(k) ? broken[k] : [name]))
}

/** The table in columns. Undefined if it is too wide. */
function columnLines(
  { head, rows, left = [0], strong: chosen = [] }: TextTable,
  { columns, errors }: Screen,
  breaks: Breaks,
): TextSpan[][] | undefined {
  const texts = head.map((_, k) =>
    columnTexts(
      rows.map((row) => row[k]),
      errors,
    ),
  )
  const cellWidths = texts.map(widest)
  const widthOf = (own: readonly number[]): number => own.reduce((sum, width) => sum + width + GAP.length, -GAP.length)
  const whole = widthOf(cellWidths.map((width, k) => Math.max(width, lengthOf(head[k]))))
  const headings = headingLines(head, cellWidths, breaks === 'none' ? 0 : whole - columns)
  const widths = texts.map((cells, k) => widest([...headings[k], ...cells]))
  const last = widths.length - 1
  const isSpread = (k: number) => k > 0 && k === last && left.includes(k)
  const isBroken = (k: number) => isSpread(k) || (k === 0 && breaks === 'first column')
  const taken = (): number => widthOf(widths)
  // The last column gives way first, then the first one.
  for (const k of [last, 0])
    if (isBroken(k)) widths[k] = Math.min(widths[k], Math.max(LEAST_WRAPPED, widths[k] + columns - taken()))
  if (taken() > columns) return undefined
  const rowLines = (cells: readonly string[], r: number): string[] => {
    const parts = cells.map((cell, k) => (isBroken(k) ? (k === 0 ? wrappedPath : wrapped)(cell, widths[k]) : [cell]))
    return linesOfCells(r === 0 ? headings : parts, widths, left, r === 0)
  }
  const lines = Array.from({ length: rows.length + 1 }, (_, r): TextSpan[][] => {
    const cells = head.map((name, k) => (r === 0 ? name : texts[k][r - 1]))
    return rowLines(cells, r).map((line) => [r === 0 ? muted(line) : chosen.includes(cells[0]) ? strong(line) : { text: line }])
  })
  // A table without headings has no line for them.
  return (head.every((name) => name === '') ? lines.slice(1) : lines).flat()
}

/** The lines of a row whose cells have lines of their own. Headings end on one line, and other cells start on one. */
function linesOfCells(
  cells: readonly (readonly string[])[],
  widths: readonly number[],
  left: readonly number[],
  endTogether: boolean,
): string[] {
  const height = Math.max(...cells.map((lines) => lines.length))
  return Array.from({ length: height }, (_, n) =>
    cells
      .map((lines, k) => padded(lines[endTogether ? n - height + lines.length : n] ?? '', widths[k], left.includes(k)))
      .join(GAP)
      .trimEnd(),
  )
}

/** Each row as a list: its first cell, then a line for each other cell. */
function stackedLines({ head, rows, left = [0] }: TextTable, screen: Screen): TextSpan[][] {
  const indent = '  '
  const label = Math.max(...head.slice(1).map(lengthOf))
  const texts = head.map((_, k) =>
    columnTexts(
      rows.map((row) => row[k]),
      screen.errors,
    ),
  )
  const figures = texts.slice(1).filter((_, k) => !left.includes(k + 1))
  const width = Math.max(0, ...figures.flat().map((text) => lengthOf(text.trimEnd())))
  return rows.flatMap((_, r): TextSpan[][] => {
    const title = texts[0][r]
    const cells = head.slice(1).flatMap((name, k): TextSpan[][] => {
      const text = texts[k + 1][r].trimEnd()
      if (text === '') return []
      const value = left.includes(k + 1) ? text : padded(text, width, false)
      const start = `${indent}${padded(name, label, true)}${GAP}`
      const [first, ...more] = wrapped(value, Math.max(LEAST_WRAPPED, screen.columns - lengthOf(start)))
      return [
        [{ text: start, tone: 'muted' }, { text: first }],
        ...more.map((line) => [{ text: ' '.repeat(lengthOf(start)) + line }]),
      ]
    })
    return [...(title === '' ? [] : [[strong(title)]]), ...cells]
  })
}
