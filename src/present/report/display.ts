// Shows a result in a notebook: a table of budgets with a small picture of each offer's distribution.
import { formatShare } from '../../notation/money.ts'
import type { Densities } from '../../summary/densities.ts'
import type { Summary } from '../../summary/summary.ts'
import { escaped } from './html.ts'
import { markdownTable } from './markdown-table.ts'
import { BUDGET_LEVELS } from './precision.ts'
import { reportQuestion } from './question.ts'
import { stated } from './text.ts'

const HEAD = ['offer', 'mean', 'P50', 'P80', 'P90', 'P95', 'cheapest'] as const
const [WIDTH, HEIGHT] = [120, 24]

function rowsOf({ offers, comparison, currency }: Summary): string[][] {
  return Object.entries(offers).map(([name, own]) => {
    const { mean, percentiles } = own[comparison.measure]
    const { value, se } = comparison.cheapest[name]
    return [
      name,
      stated(mean, currency),
      ...BUDGET_LEVELS.map((p) => stated(percentiles[p], currency)),
      `${formatShare(value)} ± ${formatShare(se, 2)}`,
    ]
  })
}

export const resultMarkdown = (summary: Summary): string =>
  markdownTable({ caption: reportQuestion(summary), head: HEAD, rows: rowsOf(summary) })

/** A small picture of an offer's distribution, on the same scale for all offers. */
function spark({ offers }: Densities, offer: string): string {
  const shares = offers.find((own) => own.offer === offer)?.shares ?? []
  const most = Math.max(...shares, Number.MIN_VALUE)
  const step = WIDTH / Math.max(1, shares.length - 1)
  const points = shares.map((share, k) => `${(k * step).toFixed(1)},${(HEIGHT - (HEIGHT - 2) * (share / most)).toFixed(1)}`)
  const line = `M0,${HEIGHT}L${points.join('L')}L${WIDTH},${HEIGHT}Z`
  return `<svg width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="distribution of ${escaped(offer)}"><path d="${line}" fill="#0072b2" fill-opacity="0.7"/></svg>`
}

export function resultHtml(summary: Summary, densities: Densities): string {
  const head = [...HEAD, 'distribution'].map((cell) => `<th scope="col">${cell}</th>`).join('')
  const body = rowsOf(summary).map(
    ([name, ...cells]) =>
      `<tr><th scope="row">${escaped(name)}</th>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}<td>${spark(densities, name)}</td></tr>`,
  )
  return `<table><caption>${escaped(reportQuestion(summary))}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`
}
