// How all charts look: colours that the colour-blind tell apart (Okabe and Ito, 2008), greys that read on light and on dark.
export const SCHEMA = 'https://vega.github.io/schema/vega-lite/v5.json'

export const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#8c6d31', '#666666'] as const
const INK = '#767676'

export const CONFIG = {
  font: 'system-ui, sans-serif',
  view: { stroke: null },
  axis: {
    labelColor: INK,
    titleColor: INK,
    gridColor: '#80808033',
    domainColor: '#80808080',
    tickColor: '#80808080',
    labelFontSize: 11,
    labelLimit: 260,
    titleFontSize: 11,
  },
  legend: { labelColor: INK, titleColor: INK },
  title: { color: INK, fontSize: 14, subtitleColor: INK },
  text: { color: INK },
  header: { labelColor: INK, titleColor: INK },
  range: { category: COLOURS },
}

export const WIDTH = 560
export const HEIGHT = 300

const SYMBOLS: Readonly<Record<string, string>> = { USD: '$', EUR: '€', GBP: '£' }

/** An axis in money as people write it: $386k, $1.2M. */
export function moneyAxis(currency: string, title: string): object {
  const symbol = Object.hasOwn(SYMBOLS, currency) ? SYMBOLS[currency] : `${currency} `
  const short = "replace(format(abs(datum.value), '.3~s'), 'G', 'B')"
  return { title, labelExpr: `(datum.value < 0 ? '-' : '') + '${symbol}' + ${short}` }
}

/** $386k: money in titles and labels. */
export function shortMoney(value: number, currency: string): string {
  const symbol = Object.hasOwn(SYMBOLS, currency) ? SYMBOLS[currency] : `${currency} `
  const size = Math.abs(value)
  const [scale, unit] = size >= 999.5e6 ? [1e9, 'B'] : size >= 999.5e3 ? [1e6, 'M'] : size >= 999.5 ? [1e3, 'k'] : [1, '']
  const text = Number((size / scale).toPrecision(3)).toString()
  return `${value < 0 ? '-' : ''}${symbol}${text}${unit}`
}

export const percent = (value: number): string => `${Math.round(100 * value)} %`

export const shareAxis = (title: string): object => ({ title, format: '.0%' })
