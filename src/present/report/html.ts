// Pieces of a page. Whatever comes from a scenario passes through `escaped`.
import type { TableData } from './sections.ts'

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')

/** A table with a caption; the first column holds the rows' names. */
export function tableOf({ caption, head, rows }: TableData): string {
  const cells = head.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join('')
  const body = rows.map(
    ([name, ...rest]) =>
      `<tr><th scope="row">${escaped(name)}</th>${rest.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
  )
  return `<div class="wide" role="region" aria-label="${escaped(caption)}" tabindex="0"><table><caption>${escaped(caption)}</caption><thead><tr>${cells}</tr></thead><tbody>${body.join('')}</tbody></table></div>`
}

/** A drawing with what it shows in words, and its data as a table behind a click. */
export function figureOf(svg: string, description: string, table: string): string {
  // Ids of clip paths must not repeat on one page; a drawing names itself by its caption.
  const own = svg.replace(/<svg /, '<svg aria-hidden="true" focusable="false" ')
  return `<figure>${own}<figcaption>${escaped(description)}</figcaption><details><summary>The figures behind it</summary>${table}</details></figure>`
}

/** Clip paths of several drawings on one page: each has ids of its own. */
export const withOwnIds = (svg: string, prefix: string): string =>
  svg.replace(/\bid="([^"]+)"/g, `id="${prefix}$1"`).replace(/url\(#([^)]+)\)/g, `url(#${prefix}$1)`)
