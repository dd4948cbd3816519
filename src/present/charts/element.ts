// Results, tables and charts as elements of a page.
import { shown, UsageError } from '../../errors.ts'

/** What has a form as HTML, or draws itself as SVG. */
export type Shown = { toHTML(): string } | { toSVG(): Promise<string> }

/** An `HTMLElement` in a project that knows pages, and an object elsewhere. */
export type PageElement = typeof globalThis extends { HTMLElement: { prototype: infer Element } } ? Element : object

interface Page {
  createElement(name: string): { innerHTML: string }
}

function holderOf(html: string): PageElement {
  const { document } = globalThis as { readonly document?: Page }
  if (document === undefined) throw new UsageError('element: expected a page. Elsewhere call toHTML() or toSVG()')
  return Object.assign(document.createElement('div'), { innerHTML: html }) as PageElement
}

/** @throws UsageError outside of a page */
export const tableElement = (table: { toHTML(): string }): PageElement => holderOf(table.toHTML())

/** @throws UsageError outside of a page */
export const chartElement = async (chart: { toSVG(): Promise<string> }): Promise<PageElement> => holderOf(await chart.toSVG())

/** @throws UsageError outside of a page, and for values that have no form for one */
export async function elementOf(value: Shown): Promise<PageElement> {
  const { toSVG, toHTML }: Partial<{ toSVG(): Promise<string>; toHTML(): string }> = value ?? {}
  if (typeof toSVG === 'function') return chartElement({ toSVG: () => toSVG.call(value) })
  if (typeof toHTML === 'function') return tableElement({ toHTML: () => toHTML.call(value) })
  throw new UsageError(`element: expected a result, a table or a chart, got ${shown(value)}`)
}
