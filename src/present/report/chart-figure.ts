// A chart on the page: its finding and its description as text, and three drawings, of which the page shows the one that fits its place. A drawing
// that shrinks would shrink its text too.
import type { Chart } from '../charts/chart.ts'
import { chartTable } from './chart-table.ts'
import { escaped, tableOf, withOwnIds } from './html.ts'

/** Pixels: half of a wide page, the whole of a tablet, and a phone or half of a printed page. */
export const CHART_WIDTHS = { wide: 500, middle: 660, narrow: 320 } as const
type Size = keyof typeof CHART_WIDTHS

export async function chartFigure(chart: Chart, prefix: string, currency: string): Promise<string> {
  const sizes = Object.keys(CHART_WIDTHS) as Size[]
  const drawings = await Promise.all(
    sizes.map(async (size) => {
      const svg = withOwnIds(await chart.at(CHART_WIDTHS[size], { titled: false }).toSVG(), `${prefix}${size}-`)
      // Screen readers read the caption in place of the drawing.
      return svg.replace(/<svg /, `<svg aria-hidden="true" focusable="false" data-for="${size}" `)
    }),
  )
  const { title, subtitle, source, description } = chart
  // The description serves those who do not see the drawing.
  const words = `<figcaption><strong>${escaped(title)}</strong> ${subtitle === undefined ? '' : `<span>${escaped(subtitle)}</span> `}<span class="unseen">${escaped(description)}</span></figcaption>`
  const figures = `<details><summary>Show the figures</summary>${tableOf(chartTable(chart, currency))}</details>`
  const foot = source === undefined ? '' : `<p class="source">${escaped(source)}</p>`
  return `<figure>${words}${drawings.join('')}${foot}${figures}</figure>`
}
