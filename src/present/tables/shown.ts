// An Arrow table that shows its first rows: as text in a console, as HTML in a notebook. Arrow's own shows its buffers.
import type { Table } from 'apache-arrow'
import { formatNumber } from '../../notation/number.ts'
import { tableElement } from '../charts/element.ts'
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

const sizeOf = ({ numRows, numCols }: Table): string => {
  const shown = numRows > ROWS ? `, of which the first ${ROWS} are shown` : ''
  return `${formatNumber(numRows)} rows and ${formatNumber(numCols)} columns${shown}`
}

const textOf = (table: Table): string => [...align(cellsOf(table)), sizeOf(table)].join('\n')

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
    [Symbol.for('nodejs.util.inspect.custom')]: hidden(() => textOf(table)),
    [Symbol.for('Deno.customInspect')]: hidden(() => textOf(table)),
    [Symbol.for('Jupyter.display')]: hidden(bundle),
    _toMime: hidden(bundle),
    toHTML: hidden(() => htmlOf(table)),
    element: hidden(() => tableElement({ toHTML: () => htmlOf(table) })),
  })
}
