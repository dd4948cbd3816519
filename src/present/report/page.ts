// The report: one page that needs nothing else, for those who sign.
import type { Summary } from '../../summary/summary.ts'
import { chartTable } from './chart-table.ts'
import { chartsOf, liveCharts } from './charts.ts'
import type { ReportData } from './data.ts'
import type { Figures } from './figures.ts'
import { escaped, figureOf, tableOf, withOwnIds } from './html.ts'
import type { PageData } from './page-data.ts'
import { type Piece, reportQuestion, recommendationOf, sectionsOf, titleOf } from './sections.ts'
import { STYLE } from './style.ts'

/** Trials of the living part: enough for the picture, few enough to follow a slider. */
const LIVE_TRIALS = 20_000

/** Styles are the page's own; the one script goes by its hash, its worker is a piece of it, and its engine is WebAssembly. */
const policyOf = (hash: string | undefined): string =>
  [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    'img-src data:',
    ...(hash === undefined ? [] : [`script-src '${hash}' 'wasm-unsafe-eval'`, 'worker-src blob:']),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')

/** What can be sent by mail anywhere. */
const MOST = 1_500_000

/** The page; its living part is left out where it would make the page too large. */
export async function reportHtml(data: ReportData): Promise<string> {
  const { figures, live } = data
  const drawings = await Promise.all(
    chartsOf(figures).map(async (chart, k) =>
      figureOf(withOwnIds(await chart.toSVG(), `c${k}-`), chart.description, tableOf(chartTable(chart, figures.summary.currency))),
    ),
  )
  if (live.levers.length > 0) {
    const page = pageOf(data, drawings, await aliveOf(data))
    if (page.length < MOST) return page
  }
  return pageOf(data, drawings)
}

/** What makes a page live. */
interface Alive {
  readonly script: string
  readonly hash: string
  /** As it stands in a script element. */
  readonly json: string
}

async function aliveOf(data: ReportData): Promise<Alive> {
  // Only where it is wanted: it is larger than all else.
  const { script, hash } = await import('#generated/page')
  return { script, hash, json: inScript(await pageData(data)) }
}

function pageOf(data: ReportData, drawings: readonly string[], alive?: Alive): string {
  const { summary } = data.figures
  const sections = sectionsOf(data).map(({ heading, pieces }) => {
    const told = `<h2>${escaped(heading)}</h2>\n${pieces.map((piece) => written(piece, drawings)).join('\n')}`
    // The living charts follow those that are printed.
    return alive && pieces.some(({ kind }) => kind === 'charts') ? `${told}\n${LIVE}` : told
  })
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(alive?.hash)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(titleOf(summary))}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(titleOf(summary))}</h1>
<p class="small">${escaped(reportQuestion(summary))}</p>
<p class="lead">${escaped(recommendationOf(data))}</p>
${sections.join('\n')}
</main>
${alive ? `<script type="application/json" id="page-data">${alive.json}</script>\n<script>${alive.script}</script>\n` : ''}</body>
</html>
`
}

function written(piece: Piece, drawings: readonly string[]): string {
  switch (piece.kind) {
    case 'text':
      return `<p>${escaped(piece.text)}</p>`
    case 'small':
      return `<p class="small">${escaped(piece.text)}</p>`
    case 'command':
      return `<p><code>${escaped(piece.text)}</code></p>`
    case 'list':
      return `<ul>${piece.items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`
    case 'table':
      return tableOf(piece.table)
    case 'charts':
      return `<div class="charts">${drawings.join('\n')}</div>`
  }
}

/** What the script fills and shows; without it there is nothing to see here. */
const LIVE = `<section id="live" aria-labelledby="live-heading" hidden>
<h2 id="live-heading">What if?</h2>
<p id="live-state" class="state" role="status"></p>
<div id="live-levers" class="levers"></div>
<p><button type="button" id="live-reset" disabled>Back to the report's assumptions</button> <button type="button" id="live-save" disabled>Download the changed scenario</button></p>
<div class="wide" role="region" aria-label="Costs under these assumptions" tabindex="0"><table><thead><tr><th scope="col">offer</th><th scope="col">mean</th><th scope="col">P50</th><th scope="col">P80</th><th scope="col">P90</th><th scope="col">P95</th><th scope="col">the cheapest</th></tr></thead><tbody id="live-rows"></tbody></table></div>
<p><label for="live-offer">Offer</label> <select id="live-offer"></select> <label for="live-amount">Amount</label> <input id="live-amount" type="number" step="any"> <output id="live-odds" for="live-amount"></output></p>
<div class="charts"><div id="live-curve" class="drawing drag"></div><div id="live-fan" class="drawing"></div><div id="live-cheapest" class="drawing"></div></div>
</section>`

/** Within a script element no character may end it. */
const inScript = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')

async function pageData({ figures, live }: ReportData): Promise<PageData> {
  const { best, curves } = figures
  const slim: Figures = { summary: slimmed(figures.summary), best, curves }
  return { currency: figures.summary.currency, trials: LIVE_TRIALS, figures: slim, live, charts: await liveCharts(slim) }
}

/** What the page shows of a summary: of pairs and layers, for instance, nothing. */
function slimmed(summary: Summary): Summary {
  const { comparison, drivers, offers } = summary
  const { measure, cheapest, regret } = comparison
  const own = Object.entries(offers).map(([name, offer]) => {
    const cost = offer[measure]
    const monthly = cost.monthly.map(({ point, mean, percentiles = {} }) => {
      const { p5, p25, p50, p75, p95 } = percentiles
      return {
        point,
        mean,
        percentiles: { ...(p5 && { p5 }), ...(p25 && { p25 }), ...(p50 && { p50 }), ...(p75 && { p75 }), ...(p95 && { p95 }) },
      }
    })
    const { mean, sd, percentiles, point, min, max } = cost
    const slim = { mean, sd, percentiles, expectedShortfall: {}, point, min, max, monthly }
    const none = { ...slim, percentiles: {}, monthly: [] }
    return [
      name,
      {
        bill: measure === 'bill' ? slim : none,
        total: measure === 'total' ? slim : none,
        overage: { ...offer.overage, months: [] },
        layers: {},
        beyondBill: {},
      },
    ] as const
  })
  return {
    ...summary,
    offers: Object.fromEntries(own),
    drivers: { conversations: { mean: drivers.conversations.mean, monthly: [] } },
    comparison: { measure, cheapest, regret },
  }
}
