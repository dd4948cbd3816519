// The report: one page that needs no other file and no network, for the people who sign.
import { jsonOf } from '../../errors.ts'
import { spanWords } from '../../months.ts'
import { formatNumber } from '../../notation/number.ts'
import type { Grade, Summary } from '../../summary/summary.ts'
import { GRADE_WORDS, GRADES } from '../words/grades.ts'
import { chartFigure } from './chart-figure.ts'
import { chartsOf } from './charts.ts'
import type { FullFigures, LiveFigures } from './figures.ts'
import { firstScreenOf } from './first-screen.ts'
import { type Edges, escaped, foldedTable, htmlPage, tableOf } from './html.ts'
import type { PageData, ReportData } from './data.ts'
import { liveAnswerOf } from './live.ts'
import { LIVE_STYLE } from './live-style.ts'
import { CHART_GROUPS, type ChartGroup, type Piece } from './pieces.ts'
import { stripHtml } from './strip-html.ts'
import { movesHtml } from './moves-html.ts'
import { rangesHtml } from './ranges-html.ts'
import { recommendationOf, reportQuestion, titleOf } from './question.ts'
import { sectionsOf } from './sections.ts'
import { titledData } from './titled.ts'

/** The most trials that the page runs: enough for the figures of most reports, and few enough to follow a slider. */
const LIVE_TRIALS = 100_352
/** The most offers whose bars and facts fit on one printed page. */
const MOST_ON_A_PAGE = 10
/** A page of this many characters can be sent by mail anywhere. */
const LONGEST_PAGE = 2_500_000

/** The page. It has no sliders if they would make it too large; then it says so, and `note` receives the same words. */
export async function reportHtml(data: ReportData, note: (words: string) => void = () => {}): Promise<string> {
  const shown = titledData(data)
  const sliders = data.live.levers.length > 0 ? await slidersOf(data) : undefined
  const drawings = await drawingsOf(shown.figures)
  const page = pageOf(shown, drawings, sliders)
  if (!sliders || page.length < LONGEST_PAGE) return page
  const words = `This report has no sliders: with them, the page would have ${(page.length / 1e6).toFixed(1)} MB, and the limit is ${LONGEST_PAGE / 1e6} MB. Fewer offers or shorter files in the plan make it smaller.`
  note(words)
  return pageOf({ ...shown, notes: [...shown.notes, words] }, drawings)
}

/** Figures of drawings. */
type Drawings = Readonly<Record<ChartGroup, readonly string[]>>

async function drawingsOf(figures: FullFigures): Promise<Drawings> {
  const groups = CHART_GROUPS.map(async (group): Promise<[ChartGroup, readonly string[]]> => {
    const charts = chartsOf(figures, group)
    return [group, await Promise.all(charts.map((chart, k) => chartFigure(chart, `${group}${k}-`, figures.summary.currency)))]
  })
  return Object.fromEntries(await Promise.all(groups)) as Drawings
}

/** The script of the page, the program of its worker and its data. */
interface Sliders {
  readonly script: string
  readonly hash: string
  /** Deflated, in base64. */
  readonly engine: string
  /** JSON as it may stand in a script element. */
  readonly json: string
}

async function slidersOf(data: ReportData): Promise<Sliders> {
  // These are larger than all else, so they are loaded only if a page needs them.
  const { engine, script, hash } = await import('#generated/page')
  return { engine, script, hash, json: inScript(pageData(data)) }
}

function pageOf(data: ReportData, drawings: Drawings, sliders?: Sliders): string {
  const { summary } = data.figures
  const all = sectionsOf(data)
  // The first printed page is a summary, which more offers would fill beyond its end.
  const begin = Object.keys(summary.offers).length > MOST_ON_A_PAGE ? undefined : all.find(({ isAhead }) => !isAhead)
  const sections = all.flatMap((section) => {
    const { heading, pieces, isAhead, isTried } = section
    const kind = isAhead ? ' class="ahead"' : section === begin ? ' class="begin"' : ''
    const html = `<section${kind}><h2>${escaped(heading)}</h2>\n${pieces.map((piece) => written(piece, drawings)).join('\n')}</section>`
    return isTried && sliders ? [html, LIVE] : [html]
  })
  const body = [...opening(data, drawings), ...sections]
  const edges = edgesOf(data)
  if (!sliders) return htmlPage(titleOf(summary), body, { policy: 'img-src data:; ', edges })
  // The policy allows this one script by its hash, the worker that the script contains, and WebAssembly.
  const { engine, hash, json, script } = sliders
  return htmlPage(titleOf(summary), body, {
    style: LIVE_STYLE,
    edges,
    policy: `img-src data:; script-src '${hash}' 'wasm-unsafe-eval'; worker-src blob:; `,
    scripts: `<script type="application/json" id="page-data">${json}</script>\n<script type="application/octet-stream" id="engine">${engine}</script>\n<script>${script}</script>\n`,
  })
}

/** The first screen. A run without a verdict has the question and the odds in its place. */
function opening(data: ReportData, drawings: Drawings): string[] {
  const { summary } = data.figures
  const screen = firstScreenOf(data)
  if (!screen)
    return [
      `<h1>${escaped(titleOf(summary))}</h1>`,
      `<p class="small">${escaped(reportQuestion(summary))}</p>`,
      `<p class="lead">${escaped(recommendationOf(data))}</p>`,
    ]
  const { scope, grade, headline, lead, ranges, facts } = screen
  const columns = facts.map(
    ({ heading, pieces }) =>
      `<section class="fact"><h2>${escaped(heading)}</h2>\n${pieces.map((piece) => written(piece, drawings)).join('\n')}</section>`,
  )
  return [
    `<div class="top"><strong>${escaped(summary.name)}</strong><span>${escaped(scope)}</span></div>`,
    ...(grade ? [gradesOf(grade)] : []),
    `<h1>${escaped(headline)}</h1>`,
    ...(lead === '' ? [] : [`<p class="lead">${escaped(lead)}</p>`]),
    ...(ranges ? [rangesHtml(ranges)] : []),
    `<div class="facts">${columns.join('\n')}</div>`,
  ]
}

/** A printed page names the months and the run. The script adds the day of printing, which the same run would not give again. */
const edgesOf = ({ figures: { summary }, origin }: ReportData): Edges => ({
  top: spanWords(summary.months),
  bottom: `billcast ${origin.version}, ${formatNumber(summary.trials)} trials, seed ${summary.seed}`,
})

/** The three grades, of which one is marked. */
function gradesOf(grade: Grade): string {
  const items = GRADES.map((each) =>
    each === grade ? `<li aria-current="true"><b>${GRADE_WORDS[each]}</b></li>` : `<li>${GRADE_WORDS[each]}</li>`,
  )
  return `<ol class="grade" aria-label="How clear the choice is">${items.join('')}</ol>`
}

function written(piece: Piece, drawings: Drawings): string {
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
    case 'tables':
      return `<div class="tables">${[...piece.tables.map((own) => tableOf(own)), ...drawings[piece.charts]].join('\n')}</div>`
    case 'details':
      return `<details><summary>${escaped(piece.summary)}</summary>${piece.pieces.map((own) => written(own, drawings)).join('\n')}</details>`
    case 'strips':
      return `<div class="charts">${piece.strips.map(stripHtml).join('\n')}</div>`
    case 'moves':
      return movesHtml(piece.picture)
    case 'folded':
      return foldedTable(piece.table, piece.first, piece.summary)
    case 'charts':
      return drawings[piece.of].length === 0 ? '' : `<div class="charts">${drawings[piece.of].join('\n')}</div>`
  }
}

/** The script fills and shows this section. */
const LIVE = '<section id="live" aria-labelledby="live-heading" hidden></section>'

/** Escapes the characters that could end a script element. */
const inScript = (value: unknown): string => jsonOf(value).replaceAll('<', '\\u003c')

function pageData({ clearAt, figures, live, titles }: ReportData): PageData {
  const { best, curves, summary } = figures
  const points = Object.entries(curves).map(([name, curve]) => [name, { points: curve.points }] as const)
  const slim: LiveFigures = { summary: slimmed(summary), best, curves: Object.fromEntries(points) }
  return {
    ...{ clearAt, live, titles, figures: slim, trials: Math.min(summary.trials, LIVE_TRIALS) },
    sameTrials: summary.trials <= LIVE_TRIALS && summary.partial === undefined && !live.sampled,
    answer: liveAnswerOf(figures, { titles, clearAt }),
  }
}

/** The parts of a summary from which the page counts changes. */
function slimmed(summary: Summary): Summary {
  const { comparison, drivers, offers } = summary
  const { measure, cheapest, regret } = comparison
  const own = Object.entries(offers).map(([name, offer]) => {
    const { mean, sd, percentiles, expectedShortfall, point, min, max } = offer[measure]
    const slim = { mean, sd, percentiles, expectedShortfall, point, min, max, monthly: [], quarterly: [] }
    const overage = { ...offer.overage, months: [] }
    return [name, { ...offer, bill: slim, total: slim, overage, layers: {}, beyondBill: {} }] as const
  })
  return {
    ...summary,
    offers: Object.fromEntries(own),
    drivers: { conversations: { mean: drivers.conversations.mean, monthly: [] } },
    comparison: { measure, cheapest, regret },
  }
}
