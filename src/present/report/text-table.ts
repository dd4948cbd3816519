// Lays out the blocks of a text: sentences, and tables that fit a width. A table first loses the columns that a reader can spare, then
// becomes a list.
import { wrapped } from '../../notation/wrap.ts'
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

function fittedLines(table: TextTable, screen: Screen): TextSpan[][] {
  const { spare = [], head } = table
  const present = spare.filter((name) => head.includes(name))
  for (let gone = 0; gone <= present.length; gone++) {
    const out = present.slice(0, gone)
    const kept = without(table, out)
    const lines = columnLines(kept, screen)
    if (lines) return [...lines, ...(gone > 0 ? [[muted(leftOutWords(out, screen.columns))]] : [])]
  }
  return stackedLines(table, screen)
}

function leftOutWords(names: readonly string[], columns: number): string {
  const list = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}` : names[0]
  return `(${columns} columns have no room for ${list}.)`
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

/** The table in columns. Undefined if it is too wide. */
function columnLines(
  { head, rows, left = [0], strong: chosen = [] }: TextTable,
  { columns, errors }: Screen,
): TextSpan[][] | undefined {
  const texts = head.map((name, k) => [
    name,
    ...columnTexts(
      rows.map((row) => row[k]),
      errors,
    ),
  ])
  const widths = texts.map((cells) => Math.max(...cells.map((cell) => lengthOf(cell.trimEnd()))))
  const last = widths.length - 1
  const others = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP.length, 0)
  const room = columns - others
  if (room < widths[last] && !(last > 0 && left.includes(last) && room >= LEAST_WRAPPED)) return undefined
  widths[last] = Math.min(widths[last], room)
  const lineOf = (cells: readonly string[]) =>
    cells
      .map((cell, k) => padded(cell, widths[k], left.includes(k)))
      .join(GAP)
      .trimEnd()
  const lines = Array.from({ length: rows.length + 1 }, (_, r): TextSpan[][] => {
    const cells = texts.map((column) => column[r])
    const [first, ...more] = wrapped(cells[last], widths[last])
    const below = more.map((text) => [{ text: ' '.repeat(others) + text }])
    const line = lineOf([...cells.slice(0, last), first])
    if (r === 0) return [[muted(line)], ...below]
    return [[chosen.includes(cells[0]) ? strong(line) : { text: line }], ...below]
  })
  // A table without headings has no line for them.
  return (head.every((name) => name === '') ? lines.slice(1) : lines).flat()
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
