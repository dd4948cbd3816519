// Turns the data of a chart into a table.
import type { Chart } from '../charts/chart.ts'
import { monthWords, parseMonth } from '../../months.ts'
import { formatMoney } from '../../notation/money.ts'
import { formatNumber } from '../../notation/number.ts'
import type { TableData } from './pieces.ts'

const MOST_ROWS = 400
/** A number of trials is no money. */
const COUNT = 'trials'
/** Keys that only place or color a mark. */
const MARKS = new Set(['label', 'low', 'high', 'kind', 'color', 'order'])

export function chartTable(chart: Chart, currency: string): TableData {
  const rows = rowsOf(chart.spec)
  const keys = [...new Set(rows.flatMap(Object.keys))].filter((key) => !MARKS.has(key))
  const cell = (key: string, value: unknown) => {
    if (key === 'month' && typeof value === 'string' && parseMonth(value) !== undefined) return monthWords(value)
    if (typeof value !== 'number') return String(value ?? '')
    if (key === COUNT) return formatNumber(value)
    return Math.abs(value) > 100 ? formatMoney(value, currency) : String(Number(value.toPrecision(4)))
  }
  return {
    caption: chart.description,
    head: keys,
    rows: rows.slice(0, MOST_ROWS).map((row) => keys.map((key) => cell(key, row[key]))),
  }
}

/** Collects the data of all layers. A list that several layers share counts once. */
function rowsOf(node: unknown, seen: Set<unknown> = new Set()): Record<string, unknown>[] {
  if (Array.isArray(node)) return node.flatMap((item) => rowsOf(item, seen))
  if (typeof node !== 'object' || node === null) return []
  const { data, mark, ...rest } = node as {
    readonly data?: { readonly values?: Record<string, unknown>[] }
    readonly mark?: unknown
  }
  // Names beside the ends of lines repeat figures of the lines.
  const isText = typeof mark === 'object' && mark !== null && 'type' in mark && mark.type === 'text'
  const values = isText ? [] : (data?.values ?? [])
  const own = seen.has(values) ? [] : values
  seen.add(values)
  return [...own, ...rowsOf(Object.values(rest), seen)]
}
