// Results, tables and charts as elements of a page.
import { shown, UsageError } from '../errors.ts'

/** What has a form as HTML, or draws itself as SVG. */
export type Shown = { toHTML(): string } | { toSVG(): Promise<string> }

interface Page {
  createElement(name: string): { innerHTML: string }
}

/** @throws UsageError outside of a page, and for values that have no form for one */
export async function elementOf(value: Shown): Promise<object> {
  const { document } = globalThis as { readonly document?: Page }
  const forms: Partial<{ toSVG(): Promise<string>; toHTML(): string }> = value ?? {}
  if (typeof forms.toSVG !== 'function' && typeof forms.toHTML !== 'function')
    throw new UsageError(`element: expected a result, a table or a chart, got ${shown(value)}`)
  if (document === undefined) throw new UsageError('element: expected a page. Elsewhere call toHTML() or toSVG()')
  const made = document.createElement('div')
  made.innerHTML = (await forms.toSVG?.()) ?? forms.toHTML?.() ?? ''
  return made
}
