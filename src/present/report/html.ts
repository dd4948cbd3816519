// Parts of HTML pages. All text from a scenario passes through `escaped`.
import { visible } from '../../errors.ts'
import { capital } from '../../questions/compare/verdict-words.ts'
import type { TableData } from './pieces.ts'
import { STYLE } from './style.ts'

export const escaped = (text: string): string =>
  visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

/** What the margins of printed pages say, besides the title and the page's number. */
export interface Edges {
  /** The months of the figures. */
  readonly top?: string
  /** How the figures came about. */
  readonly bottom?: string
}

interface PageParts {
  readonly style?: string
  /** More directives of the security policy, each with its semicolon. */
  readonly policy?: string
  readonly scripts?: string
  readonly edges?: Edges
}

/** A text in a margin of printed pages. */
export const marginRule = (box: 'top-left' | 'top-right' | 'bottom-left', text: string): string =>
  `@page{@${box}{content:${styleText(text)};font:8pt system-ui,sans-serif;color:#444}}`

/** @page rules of a page with this title. */
const marginRules = (title: string, { top, bottom }: Edges): string =>
  [
    marginRule('top-left', title),
    ...(top === undefined ? [] : [marginRule('top-right', top)]),
    ...(bottom === undefined ? [] : [marginRule('bottom-left', bottom)]),
  ].join('')

/**
 * A page that loads nothing from elsewhere.
 * @param body the content of `main`
 */
export const htmlPage = (
  title: string,
  body: readonly string[],
  { style = '', policy = '', scripts = '', edges = {} }: PageParts = {},
): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; ${policy}base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}${marginRules(title, edges)}${style}</style>
</head>
<body>
<main>
${body.join('\n')}
</main>
${scripts}</body>
</html>
`

/** Text as a string of a style sheet, in which only letters, digits and spaces stand as they are. */
const styleText = (text: string): string =>
  `"${visible(text).replace(/[^A-Za-z0-9 ]/gu, (sign) => `\\${(sign.codePointAt(0) ?? 0).toString(16)} `)}"`

/** With more columns, a phone shows each row as a card: a name, and below it the head of each column with its cell. */
const MOST_COLUMNS = 3

/** A path such as `offers.fin.price` may break after its dots. */
const breakable = (name: string): string =>
  /^\w[\w-]*(\.[\w[\]-]+)+$/.test(name) ? escaped(name).replaceAll('.', '.<wbr>') : escaped(name)

/**
 * A table with a caption. The first column holds the names of the rows.
 * @param about sets its name apart from that of the same table elsewhere on the page, for screen readers
 * @param shown the rows that a folded table shows
 */
export function tableOf(table: TableData, about = '', shown = Infinity): string {
  const { caption, head: heads, rows, marked, sums = [], words = [], extra } = table
  const head = heads.map(capital)
  const look = (k: number) => (words.includes(k) ? ' class="words"' : extra === k ? ' class="extra"' : '')
  const lines = (cell: string) => cell.split('\n').map(escaped).join('<br>')
  const isCards = words.length > 0 || (extra === undefined && head.length > MOST_COLUMNS)
  const named = (k: number) => (isCards ? ` data-head="${escaped(head[k])}"` : '')
  // A card is no table for a browser, but stays one for a screen reader.
  const role = (name: string) => (isCards ? ` role="${name}"` : '')
  const cells = head.map((cell, k) => `<th scope="col"${role('columnheader')}${look(k)}>${escaped(cell)}</th>`).join('')
  const body = rows.map(
    ([name, ...rest], row) =>
      `<tr${role('row')}${row >= shown ? ' class="more"' : row === marked ? ' class="marked"' : sums.includes(row) ? ' class="sum"' : ''}><th scope="row"${role('rowheader')}>${breakable(name === '' ? '–' : name)}</th>${rest.map((cell, k) => `<td${role('cell')}${look(k + 1)}${named(k + 1)}>${lines(cell)}</td>`).join('')}</tr>`,
  )
  const label = caption === '' ? head.join(', ') : caption
  const above = caption === '' ? '' : `<caption>${escaped(caption)}</caption>`
  return `<div class="wide" role="region" aria-label="${escaped(`${label}${about}`)}" tabindex="0"><table${role('table')}${isCards ? ' class="cards"' : ''}>${above}<thead${role('rowgroup')}><tr${role('row')}>${cells}</tr></thead><tbody${role('rowgroup')}>${body.join('')}</tbody></table></div>`
}

/** A table with its first rows, and a box to tick for the others. It needs no script, and paper has all rows. */
export const foldedTable = (table: TableData, shown: number, words: string): string =>
  `<div class="folded">${tableOf(table, '', shown)}<label><input type="checkbox"> ${escaped(words)}</label></div>`

/** Makes the ids of clip paths unique among the drawings of a page, whose own styles hold the colors of dark screens. */
export const withOwnIds = (svg: string, prefix: string): string =>
  svg
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/\bid="([^"]+)"/g, `id="${prefix}$1"`)
    .replace(/url\(#([^)]+)\)/g, `url(#${prefix}$1)`)
