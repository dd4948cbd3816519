// Writes the report's words and tables as Markdown, for a wiki or a pull request.
import { visible } from '../../errors.ts'
import { markdownTable, plain } from './markdown-table.ts'
import { chartTable } from './chart-table.ts'
import { chartsOf } from './charts.ts'
import type { ReportData } from './data.ts'
import { firstScreenOf } from './first-screen.ts'
import type { ChartGroup, Piece } from './pieces.ts'
import { recommendationOf, reportQuestion, titleOf } from './question.ts'
import { sectionsOf } from './sections.ts'
import { titledData } from './titled.ts'

export function reportMarkdown(written: ReportData): string {
  const data = titledData(written)
  const { summary } = data.figures
  const blocks = [
    `# ${plain(titleOf(summary))}`,
    plain(reportQuestion(summary)),
    ...opening(data),
    ...sectionsOf(data).flatMap(({ heading, pieces }) => [`## ${heading}`, ...pieces.flatMap((piece) => pieceOf(piece, data))]),
  ]
  return `${blocks.join('\n\n')}\n`
}

/** The verdict, the budgets and the facts of the first screen. */
function opening(data: ReportData): string[] {
  const screen = firstScreenOf(data)
  if (!screen) return [`**${plain(recommendationOf(data))}**`]
  const { headline, lead, ranges, facts } = screen
  return [
    `**${plain(`${headline} ${lead}`.trim())}**`,
    ...(ranges ? [markdownTable(ranges.table)] : []),
    ...facts.flatMap(({ heading, pieces }) => [`### ${plain(heading)}`, ...pieces.flatMap((piece) => pieceOf(piece, data))]),
  ]
}

function pieceOf(piece: Piece, data: ReportData): string[] {
  switch (piece.kind) {
    case 'text':
    case 'small':
      return [plain(piece.text)]
    case 'command':
      return [`    ${visible(piece.text)}`]
    case 'list':
      return [piece.items.map((item) => `- ${plain(item)}`).join('\n')]
    case 'table':
    case 'folded':
      return [markdownTable(piece.table)]
    case 'details':
      return [`### ${plain(piece.summary)}`, ...piece.pieces.flatMap((own) => pieceOf(own, data))]
    case 'tables':
      return [...piece.tables.map(markdownTable), ...chartLines(piece.charts, data)]
    case 'strips':
      return piece.strips.map(({ title }) => `- ${plain(title)}`)
    case 'moves':
      return [`- ${plain(piece.picture.title)}`]
    case 'charts':
      return chartLines(piece.of, data)
  }
}

/** Markdown has each chart's finding in words. */
const chartLines = (group: ChartGroup, { figures }: ReportData): string[] =>
  chartsOf(figures, group).map((chart) => `- ${plain(`${chart.title}. ${chartTable(chart, figures.summary.currency).caption}`)}`)
