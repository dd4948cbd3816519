// Parts of HTML pages. All text from a scenario passes through `escaped`.
import { visible } from '../../errors.ts'
import type { TableData } from './pieces.ts'
import { STYLE } from './style.ts'

export const escaped = (text: string): string =>
  visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

/**
 * A page that loads nothing from elsewhere.
 * @param body the content of `main`
 * @param policy more directives of the security policy, each with its semicolon
 */
export const htmlPage = (
  title: string,
  body: readonly string[],
  { style = '', policy = '', scripts = '' }: { readonly style?: string; readonly policy?: string; readonly scripts?: string } = {},
): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; ${policy}base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}${style}</style>
</head>
<body>
<main>
${body.join('\n')}
</main>
${scripts}</body>
</html>
`

/** A table with a caption. The first column holds the names of the rows. */
export function tableOf({ caption, head, rows, marked, words = [] }: TableData): string {
  const look = (k: number) => (words.includes(k) ? ' class="words"' : '')
  const lines = (cell: string) => cell.split('\n').map(escaped).join('<br>')
  const cells = head.map((cell, k) => `<th scope="col"${look(k)}>${escaped(cell)}</th>`).join('')
  const body = rows.map(
    ([name, ...rest], k) =>
      `<tr${k === marked ? ' class="marked"' : ''}><th scope="row">${escaped(name)}</th>${rest.map((cell, k) => `<td${look(k + 1)}>${lines(cell)}</td>`).join('')}</tr>`,
  )
  const label = caption === '' ? head.join(', ') : caption
  const shown = caption === '' ? '' : `<caption>${escaped(caption)}</caption>`
  return `<div class="wide" role="region" aria-label="${escaped(label)}" tabindex="0"><table>${shown}<thead><tr>${cells}</tr></thead><tbody>${body.join('')}</tbody></table></div>`
}

/** A drawing with a caption, and its data as a table behind a click. */
export function figureOf(svg: string, description: string, table: string): string {
  // Screen readers read the caption in place of the drawing.
  const own = svg.replace(/<svg /, '<svg aria-hidden="true" focusable="false" ')
  return `<figure>${own}<figcaption>${escaped(description)}</figcaption><details><summary>Show the figures</summary>${table}</details></figure>`
}

/** Makes the ids of clip paths unique among the drawings of a page. */
export const withOwnIds = (svg: string, prefix: string): string =>
  svg.replace(/\bid="([^"]+)"/g, `id="${prefix}$1"`).replace(/url\(#([^)]+)\)/g, `url(#${prefix}$1)`)
