// The look of all charts: their colors on light and dark pages, and the pieces that many specifications share.
import { formatNumber } from '../../notation/number.ts'
import { currencySymbol, decimalsOf } from '../../notation/currency.ts'
import { spanWords, trialsWord } from '../../months.ts'
import type { Estimate, Summary } from '../../summary/summary.ts'
import type { Spec } from './chart.ts'

export const SCHEMA = 'https://vega.github.io/schema/vega-lite/v5.json'
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

export const offerColor = (place: number): string => OFFER_COLORS[place % OFFER_COLORS.length][0]

/** Colors of series that are no offers. */
export const COLORS = ['#1f78c8', '#bd5800', '#0f766e', '#6b2c5e', '#8a6400', '#4f46a5', '#a02c4a', '#4d6b1f'] as const
export const [TITLE, INK, GRAY, GRID, RULE, PAPER] = ['#1c1b19', '#57534c', '#8f8a82', '#ece8e1', '#cfc9be', '#ffffff'] as const

/** Layers of a bill from the axis up, always in one order and color. */
export const LAYER_COLORS = {
  commitment: '#27406b',
  usage: '#3f86c9',
  overage: '#d97706',
  'add-on': '#7c5cbf',
  platform: '#2f8f6b',
  'set-up': '#b8436b',
  management: '#8a6d3b',
  credits: '#5fa8a8',
  people: '#8a93a0',
  running: '#b4bac3',
} as const

export const LAYER_ORDER: readonly string[] = Object.keys(LAYER_COLORS)

/** The colors of the layers that a chart has, in their order. */
export function layerScale(layers: readonly string[]): object {
  const domain = LAYER_ORDER.filter((layer) => layers.includes(layer))
  return { domain, range: Object.entries(LAYER_COLORS).flatMap(([layer, color]) => (domain.includes(layer) ? [color] : [])) }
}

/** Text in a colored cell, which is the same on dark pages. */
export const [LIGHT_ON_COLOR, TITLE_ON_PALE] = ['#fefefe', '#1b1b1a'] as const

/** The colors that a dark page has in place of those of a light one. */
export const DARK: readonly (readonly [light: string, dark: string])[] = [
  ...OFFER_COLORS,
  ...([
    [TITLE, '#f1eee8'],
    [INK, '#b5afa5'],
    [GRAY, '#918b82'],
    [GRID, '#2a2824'],
    [RULE, '#4b4741'],
    [PAPER, '#171614'],
    ['#27406b', '#8fabdb'],
    ['#7c5cbf', '#a98be8'],
    ['#2f8f6b', '#4fb58d'],
    ['#b8436b', '#e0719a'],
  ] as const),
]

const LABEL = 12
export const [TITLE_SIZE, SUBTITLE_SIZE] = [15, 13]

export const FONT = 'Inter, system-ui, sans-serif'

export const CONFIG = {
  font: FONT,
  view: { stroke: null },
  axis: {
    ...{ labelColor: INK, titleColor: INK, gridColor: GRID, domainColor: RULE, tickColor: RULE, titleFontWeight: 400 },
    ...{ labelFontSize: LABEL, labelLimit: 260, labelSeparation: 8, titleFontSize: LABEL },
  },
  // Words on a horizontal axis and lines of amounts: neither needs a frame.
  // The title of a vertical axis lies above it, where it can be read.
  axisY: {
    ...{ domain: false, ticks: false, labelPadding: 6 },
    ...{ titleAngle: 0, titleAlign: 'left', titleAnchor: 'end', titleX: -40, titleY: -12 },
  },
  legend: {
    orient: 'top',
    symbolOpacity: 1,
    title: null,
    offset: 8,
    labelColor: INK,
    titleColor: INK,
    labelLimit: 260,
    labelFontSize: LABEL,
    titleFontSize: LABEL,
  },
  title: {
    ...{ anchor: 'start', frame: 'bounds', offset: 14, color: TITLE, fontSize: TITLE_SIZE, fontWeight: 700, lineHeight: 19 },
    ...{ subtitleColor: INK, subtitleFontSize: SUBTITLE_SIZE, subtitlePadding: 5, subtitleLineHeight: 17 },
  },
  text: { color: TITLE, fontSize: LABEL },
  header: { labelColor: INK, titleColor: INK, labelFontSize: LABEL },
  range: { category: COLORS },
}

export const HEIGHT = 300

/** Whether a picture is for a phone or for half of a printed page. It has three names of months in place of five. */
export const isNarrow = (width: number): boolean => width < 440

/** The height of a plot that does not go by its rows. */
export const heightIn = ({ narrow }: { readonly narrow: boolean }, height = HEIGHT): number =>
  narrow ? Math.min(height, 220) : height

/** The data of a chart and its height, which `more` may override. */
export const plot = (values: readonly object[], more: Spec): Spec => ({ height: HEIGHT, data: { values }, ...more })

/** An axis with amounts as people write them: $386k, $1.2M. */
export function moneyAxis(currency: string, title: string | null): object {
  // The prefix of a thousandth would read as a million.
  const short = "replace(format(abs(datum.value), abs(datum.value) < 1 ? '.3~f' : '.3~s'), 'G', 'B')"
  return { title, labelExpr: `(datum.value < 0 ? '-' : '') + '${currencySymbol(currency)}' + ${short}` }
}

/** The same from left to right, where a narrow picture has room for fewer amounts. */
export const moneyAcross = (currency: string, title: string | null, narrow: boolean): object => ({
  ...moneyAxis(currency, title),
  tickCount: narrow ? 3 : 6,
})

export const shareAxis = (title: string | null): object => ({ title, format: '.0%' })

/** Letters of a title that fit half of a page. */
export const LONGEST_TITLE = 68

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
/** Marks whose rows state their colors. */
export const OWN_COLOR = { field: 'color', type: 'nominal', scale: null }
/** "Oct 2027" for 2027-10, in Vega's language. */
const MONTH_NAME =
  "test(/^\\d{4}-\\d{2}$/, datum.value) ? ['Jan','Feb','Mar','Apr','May','Jun','Jul','Aug','Sep','Oct','Nov','Dec'][toNumber(slice(datum.value, 5)) - 1] + ' ' + slice(datum.value, 0, 4) : datum.value"

/** Steps between months that have a name: as many months as divide a year, or whole years. */
const MONTH_STEPS = [1, 2, 3, 4, 6, 12]
const [MOST_NAMES, MOST_NARROW] = [5, 3]

/** The months that have a name below an axis: at most five of them, and three on a phone. */
function namedMonths(all: readonly string[], narrow: boolean): string[] {
  const most = narrow ? MOST_NARROW : MOST_NAMES
  const years = Math.ceil(all.length / 12 / most)
  const step = MONTH_STEPS.find((one) => Math.ceil(all.length / one) <= most) ?? 12 * years
  return all.filter((_, k) => k % step === 0)
}

/** The first name begins at its mark. */
export const FIRST_LEFT = { condition: { test: 'datum.index === 0', value: 'left' }, value: 'center' }

/** Months from left to right. The first name begins at its month, so that it does not meet the words of the vertical axis. */
export const months = (all: readonly string[], narrow: boolean) => ({
  field: 'month',
  type: 'ordinal',
  scale: { domain: all },
  axis: {
    ...{ title: null, labelAngle: 0, labelExpr: MONTH_NAME, values: namedMonths(all, narrow), ticks: false },
    ...{ labelAlign: FIRST_LEFT, labelOverlap: 'greedy', grid: false },
  },
})

/** The lines below a title and below the chart. */
export interface AboutChart {
  /** What is drawn, in which unit, for which period. */
  readonly subtitle: string
  /** Where the figures come from. */
  readonly source?: string
}

/** The measure as the start of a line. */
export const capitalMeasure = ({ comparison }: Pick<Summary, 'comparison'>): string =>
  ({ bill: 'Vendor bill', total: 'Bill, people and running costs' })[comparison.measure]

/** @param what the measure, such as "Vendor bill by month" */
export const aboutRun = (
  { name, months: span, trials, currency }: Pick<Summary, 'name' | 'months' | 'trials' | 'currency'>,
  what: string,
  unit: string = currency,
): AboutChart => ({
  subtitle: `${what}, ${spanWords(span)}${unit === '' ? '' : `, ${unit}`}`,
  source: `Source: billcast, ${name}; ${formatNumber(trials)} ${trialsWord(span.length)}`,
})

/** Whether there are more offers than colors, so that all but one are gray. */
export const isMany = (offers: readonly string[]): boolean => offers.length > OFFER_COLORS.length

/** The place of an offer, whose color it has. Nothing stands for gray: with more offers than colors, only the chosen one has its own. */
export const colorPlace = (offers: readonly string[], offer: string, chosen?: string): number | undefined =>
  isMany(offers) && offer !== chosen ? undefined : offers.indexOf(offer)

/** The same as a color. */
export function colorAmong(offers: readonly string[], offer: string, chosen?: string): string {
  const place = colorPlace(offers, offer, chosen)
  return place === undefined ? GRAY : offerColor(place)
}

/** The color of an offer in a style sheet of a page, which has light and dark colors. */
export const ownStyle = (place: number | undefined): string =>
  `--own:var(${place === undefined ? '--gray' : `--offer${place % OFFER_COLORS.length}`})`

/** The colors of offers by their place in the plan. With more offers than colors, only the chosen one has its own. */
export function offerScale(
  offers: readonly string[],
  chosen?: string,
): { readonly domain: readonly string[]; readonly range: readonly string[] } {
  return { domain: offers, range: offers.map((offer) => colorAmong(offers, offer, chosen)) }
}

export const CONVERSATIONS_AXIS = { title: 'Conversations a month', format: '~s' }

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

/** A bar between two fields, where a single month makes no area. */
export const rangeBar = (x: object, low: object, high: string, opacity: number): object => ({
  mark: { type: 'bar', width: 60, color: COLORS[0], opacity },
  encoding: { x, y: low, y2: { field: high } },
})
