// Reads the text, the tables and the data of a report's page, for tests that compare its figures.
import type { PageData } from '../../../src/present/report/data.ts'
import { revivedEstimate } from '../../../src/numerics/estimators/estimate.ts'

export interface PageTable {
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export interface ChartWords {
  readonly title: string
  readonly description: string
  readonly tables: readonly PageTable[]
}

export interface ReadPage {
  /** All that a reader sees, without drawings and scripts. */
  readonly text: string
  /** The sentences of the first screen: headline, lead and facts. */
  readonly first: string
  readonly tables: readonly PageTable[]
  readonly charts: readonly ChartWords[]
  /** What drawings say: labels of marks and axes, of the wide and of the narrow drawing. */
  readonly labels: readonly string[]
  /** The data that the sliders start from. Absent on a page without sliders. */
  readonly island: PageData | undefined
}

const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }

const plain = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim()

const within = (html: string, tag: string): string[] =>
  [...html.matchAll(new RegExp(`<${tag}(?: [^>]*)?>(.*?)</${tag}>`, 'gs'))].map(([, inner = '']) => inner)

const tablesIn = (html: string): PageTable[] =>
  within(html, 'table').map((table) => {
    const [head = '', body = table] = table.split('</thead>')
    const rows = within(body, 'tr').map((row) =>
      [...row.matchAll(/<(?:th|td)(?: [^>]*)?>(.*?)<\/(?:th|td)>/gs)].map(([, cell = '']) => plain(cell)),
    )
    return { caption: plain(within(table, 'caption')[0] ?? ''), head: within(head, 'th').map(plain), rows }
  })

export function readPage(html: string): ReadPage {
  const [main = ''] = within(html, 'main')
  const undrawn = main.replace(/<svg.*?<\/svg>/gs, '')
  const json = /<script type="application\/json" id="page-data">(.*?)<\/script>/s.exec(html)?.[1]
  const [opening = ''] = undrawn.split(/<section(?: class="(?:begin|ahead)"| id="live"[^>]*)?>/)
  const figures = within(main, 'figure').filter((figure) => figure.includes('<svg'))
  return {
    text: plain(undrawn),
    first: plain(opening.replace(/<figure.*?<\/figure>/gs, ' ').replace(/<table.*?<\/table>/gs, ' ')),
    tables: tablesIn(undrawn),
    charts: figures.map((figure) => {
      const [caption = ''] = within(figure, 'figcaption')
      const [title = ''] = within(caption, 'strong')
      const [description = ''] = within(caption, 'span')
      return { title: plain(title), description: plain(description), tables: tablesIn(figure) }
    }),
    labels: within(main, 'text').map(plain),
    island: json === undefined ? undefined : (JSON.parse(json, revivedEstimate) as PageData),
  }
}

/** The row of a name in the first table whose head starts with these cells. */
export function rowOf({ tables }: Pick<ReadPage, 'tables'>, head: readonly string[], name: string): readonly string[] | undefined {
  const found = tables.find((table) => head.every((cell, k) => table.head[k]?.toLowerCase() === cell.toLowerCase()))
  return found?.rows.find(([own]) => own?.toLowerCase() === name.toLowerCase())?.slice(1)
}

/** All amounts of a text, such as "$1,234", "-$0.99" and "$424k". */
export const amountsIn = (text: string): string[] =>
  [...text.matchAll(/-?[$€£]\d[\d,]*(?:\.\d+)?(?:[kMB]\b)?/g)].map(([amount]) => amount)
