// An Arrow table that shows its first rows: as text in a console, as HTML in a notebook. Arrow's own shows its buffers.
import type { Table } from 'apache-arrow'
import { formatNumber } from '../../notation/number.ts'
import { tableElement } from '../charts/element.ts'
import { consoleColumns } from '../report/console.ts'
import { escaped } from '../report/html.ts'
import { align } from '../report/text.ts'

const ROWS = 10
/** Digits that tell amounts and shares apart. */
const DIGITS = 7

const cellOf = (value: unknown): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(DIGITS))) : value === null || value === undefined ? '' : String(value)

function cellsOf(table: Table): string[][] {
  const names = table.schema.fields.map(({ name }) => name)
  const columns = names.map((_, k) => table.getChildAt(k))
  const rows = Array.from({ length: Math.min(ROWS, table.numRows) }, (_, row) => columns.map((column) => cellOf(column?.get(row))))
  return [names, ...rows]
}

const sizeOf = ({ numRows, numCols }: Table, columns = numCols): string => {
  const size = `${formatNumber(numRows)} rows and ${formatNumber(numCols)} columns`
  const parts = [
    ...(numRows > ROWS ? [`the first ${ROWS} rows`] : []),
    ...(columns < numCols ? [`${formatNumber(columns)} columns`] : []),
  ]
  return parts.length === 0 ? size : `${size}, of which ${parts.join(' and ')} are shown`
}

/** Columns of standard errors give way first. */
const isError = (name: string): boolean => name.endsWith('_se')

const widthOf = (cells: readonly string[]): number => Math.max(...cells.map((cell) => [...cell].length))

/** The places of the columns that fit into a line: all, or the first ones that are no errors. At least one. */
function fitting([head, ...rows]: readonly (readonly string[])[], columns: number): number[] {
  const gap = 2
  const widths = head.map((name, k) => gap + widthOf([name, ...rows.map((row) => row[k])]))
  const all = head.map((_, k) => k)
  const fits = (places: readonly number[]) => places.reduce((sum, k) => sum + widths[k], -gap) <= columns
  if (fits(all)) return all
  const figures = all.filter((k) => !isError(head[k]))
  const count = figures.findLastIndex((_, k) => fits(figures.slice(0, k + 1))) + 1
  return figures.slice(0, Math.max(1, count))
}

function textOf(table: Table, columns = Infinity): string {
  const cells = cellsOf(table)
  const places = fitting(cells, columns)
  return [...align(cells.map((row) => places.map((k) => row[k]))), sizeOf(table, places.length)].join('\n')
}

function htmlOf(table: Table): string {
  const [head, ...rows] = cellsOf(table)
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`
  return `<table><caption>${sizeOf(table)}</caption><thead>${row(head, 'th')}</thead><tbody>${rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`
}

/** @returns the table, which consoles and kernels now ask how to show it */
export function shownTable(table: Table): Table {
  const bundle = () => ({ 'text/html': htmlOf(table), 'text/plain': textOf(table) })
  const hidden = (value: () => unknown) => ({ value, enumerable: false })
  return Object.defineProperties(table, {
    [Symbol.for('nodejs.util.inspect.custom')]: hidden(() => textOf(table, consoleColumns())),
    [Symbol.for('Deno.customInspect')]: hidden(() => textOf(table, consoleColumns())),
    [Symbol.for('Jupyter.display')]: hidden(bundle),
    _toMime: hidden(bundle),
    toHTML: hidden(() => htmlOf(table)),
    element: hidden(() => tableElement({ toHTML: () => htmlOf(table) })),
  })
}
