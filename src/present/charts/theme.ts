// The look of all charts: colors that the color-blind can distinguish (Okabe and Ito, 2008), grays that suit light and dark pages,
// and the pieces that many specifications share.
import { formatNumber } from '../../notation/number.ts'
import { currencySymbol, decimalsOf } from '../../notation/currency.ts'
import type { Estimate } from '../../summary/summary.ts'
import type { Spec } from './chart.ts'

export const SCHEMA = 'https://vega.github.io/schema/vega-lite/v5.json'
export const COLORS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#8c6d31', '#666666'] as const
/** Colors of offers by their place in the plan, on light and on dark pages. */
export const OFFER_COLORS = [
  ['#6b2c5e', '#b868a6'],
  ['#1f78c8', '#62b0f4'],
  ['#bd5800', '#f5a04c'],
  ['#0f766e', '#2dd4bf'],
  ['#8a6400', '#d9b84a'],
  ['#4f46a5', '#a5a0f0'],
  ['#a02c4a', '#f08aa4'],
  ['#4d6b1f', '#a3cc52'],
] as const
export const INK = '#767676'

export const CONFIG = {
  font: 'system-ui, sans-serif',
  view: { stroke: null },
  axis: {
    ...{ labelColor: INK, titleColor: INK, gridColor: '#80808033', domainColor: '#80808080', tickColor: '#80808080' },
    ...{ labelFontSize: 11, labelLimit: 260, titleFontSize: 11 },
  },
  legend: { labelColor: INK, titleColor: INK, labelLimit: 260 },
  title: { color: INK, fontSize: 14, subtitleColor: INK },
  text: { color: INK },
  header: { labelColor: INK, titleColor: INK },
  range: { category: COLORS },
}

export const WIDTH = 560
export const HEIGHT = 300

/** The data of a chart and its size, which `more` may override. */
export const plot = (values: readonly object[], more: Spec): Spec => ({
  ...{ width: WIDTH, height: HEIGHT, data: { values } },
  ...more,
})

/** An axis with amounts as people write them: $386k, $1.2M. */
export function moneyAxis(currency: string, title: string): object {
  // The prefix of a thousandth would read as a million.
  const short = "replace(format(abs(datum.value), abs(datum.value) < 1 ? '.3~f' : '.3~s'), 'G', 'B')"
  return { title, labelExpr: `(datum.value < 0 ? '-' : '') + '${currencySymbol(currency)}' + ${short}` }
}

export const shareAxis = (title: string): object => ({ title, format: '.0%' })

/** $386k: money in titles and labels. */
export function shortMoney(value: number, currency: string): string {
  const size = Math.abs(value)
  const [scale, unit] = size >= 999.5e6 ? [1e9, 'B'] : size >= 999.5e3 ? [1e6, 'M'] : size >= 999.5 ? [1e3, 'k'] : [1, '']
  const short = Number((size / scale).toPrecision(3))
  const text = String(unit === '' && decimalsOf(currency) === 0 ? Math.round(short) : short)
  return `${value < 0 ? '-' : ''}${currencySymbol(currency)}${text}${unit}`
}

export const percent = (value: number): string => `${Math.round(100 * value)}%`

/** A number with a few significant digits: 50,300 or 0.65. */
export function shortNumber(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits))
  return Math.abs(rounded) < 1_000 ? String(rounded) : formatNumber(rounded)
}

export const quantity = (field: string, more: object = {}): object => ({ field, type: 'quantitative', ...more })
export const category = (field: string, more: object = {}): object => ({ field, type: 'nominal', title: null, ...more })
export const months = (axis: object = {}): object => ({
  field: 'month',
  type: 'ordinal',
  axis: { title: null, labelAngle: -45, ...axis },
})

export const CONVERSATIONS_AXIS = { title: 'conversations per month', format: '~s' }

/** A figure without a standard error has no bar. */
const drawn = (se: number): number => (se < Infinity ? se : 0)

/**
 * Whether a figure exceeds another by more than their error, so that a title may say so. Errors may add up, since both come from the same
 * trials.
 */
export const clearlyAbove = (one: Estimate, other: Estimate): boolean => one.value - other.value > 2 * (one.se + other.se)

/** An exact zero, which a figure must exceed clearly to be one at all. */
export const EXACT_ZERO: Estimate = { value: 0, se: 0 }

/** An estimate within two standard errors, which stays between the bounds. */
export const around = ({ value, se }: { readonly value: number; readonly se: number }, least = -Infinity, most = Infinity) => ({
  low: Math.max(least, value - 2 * drawn(se)),
  high: Math.min(most, value + 2 * drawn(se)),
})

/** A thin line from `low` to `high` in each row. */
export const errorBars = (y: object): object => ({
  mark: { type: 'rule', color: INK },
  encoding: { y, x: quantity('low'), x2: { field: 'high' } },
})

/** An area between two fields, for bands of probability. */
export const band = (x: object, low: object, high: string, opacity: number, more: object = {}): object => ({
  mark: { type: 'area', color: COLORS[0], opacity },
  encoding: { x, y: low, y2: { field: high }, ...more },
})

/** Names each line of a fan at its end. */
export const endLabels = (values: readonly object[], x: object, y: object): object => ({
  data: { values },
  mark: { type: 'text', align: 'left', dx: 6, fontSize: 11 },
  encoding: { x, y, text: { field: 'label' }, color: { field: 'color', type: 'nominal', scale: null } },
})
