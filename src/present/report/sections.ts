// The sections of a report after its first screen, from what decides to the details.
import { tailWarnings } from '../../summary/tail-warnings.ts'
import { askingPieces, stripPieces } from './changes.ts'
import { differences, oddsTable, worstTrials } from './comparisons.ts'
import type { ReportData } from './data.ts'
import { methodPieces, statistics } from './details.ts'
import { driversTable, moverWords } from './drivers.ts'
import { monthPieces, yearPieces } from './months.ts'
import { type Piece, wordsTable } from './pieces.ts'
import { precisionWords } from './precision.ts'
import { segmentTable } from './segments.ts'
import { chargesTable, inputsTable } from './stated.ts'
import { headsLines } from './text.ts'

export type Section = {
  readonly heading: string
  readonly pieces: readonly Piece[]
  /** Whether it belongs to the first printed page. */
  readonly isFirst?: boolean
}

/** The most contracts whose prices fit on the first printed page, below the budgets. */
const MOST_WITH_PRICES = 4

/** Sections without pieces are left out. */
export function sectionsOf(data: ReportData): Section[] {
  const { figures } = data
  const warnings = tailWarnings(figures.summary)
  // Warnings on tails stand below the budgets, and which months a contract bills below the verdict. The notes do not repeat them.
  const notes = data.notes.filter((note) => !warnings.includes(note) && note !== data.stated?.coverage)
  const count = Object.keys(figures.summary.offers).length
  const isComparing = count > 1
  const moving = moverWords(data)
  const split = segmentTable(figures)
  const heads = headsLines(figures.summary)
  const sections: Section[] = [
    {
      heading: isComparing ? 'What would change this answer' : 'What moves the cost',
      isFirst: true,
      // The first screen says what moves the cost. A run without a verdict has none.
      pieces: [...stripPieces(data), ...(isComparing || figures.summary.verdict ? [] : textOf(moving))],
    },
    { heading: 'Prices to ask for', isFirst: count <= MOST_WITH_PRICES, pieces: askingPieces(data) },
    ...statedSections(data),
    { heading: 'By month', pieces: [...monthPieces(data), ...yearPieces(data)] },
    { heading: 'Segments', pieces: split ? [split, { kind: 'charts', of: 'segments' }] : [] },
    {
      heading: 'People',
      pieces:
        heads.length > 0
          ? [
              { kind: 'list', items: heads },
              { kind: 'charts', of: 'people' },
            ]
          : [],
    },
    {
      heading: isComparing ? 'How the contracts compare' : 'What a bad year costs',
      pieces: [
        ...(isComparing ? [oddsTable(figures), ...differences(figures)] : []),
        ...worstTrials(figures),
        ...listOf(warnings),
        { kind: 'charts', of: 'offers' },
      ],
    },
    { heading: 'What moves the cost, by input', pieces: [driversTable(data)] },
    {
      heading: 'Precision and details',
      pieces: [{ kind: 'text', text: precisionWords(figures.summary) }, statistics(data), ...methodPieces(data)],
    },
    { heading: 'Assumptions and sources', pieces: assumptions({ ...data, notes }) },
  ]
  return sections.filter(({ pieces }) => pieces.length > 0)
}

const textOf = (text: string | undefined): Piece[] => (text === undefined ? [] : [{ kind: 'text', text }])

/** The plan in words. An earlier version kept none. */
function statedSections({ stated: plan, figures }: ReportData): Section[] {
  if (!plan) return []
  return [
    { heading: 'What each contract charges', pieces: [{ kind: 'table', table: chargesTable(plan, figures.summary.currency) }] },
    { heading: 'What we assumed', pieces: [{ kind: 'table', table: inputsTable(plan) }] },
  ]
}

const listOf = (items: readonly string[]): Piece[] => (items.length > 0 ? [{ kind: 'list', items }] : [])

function assumptions({ assumptions: all, sources, notes }: ReportData): Piece[] {
  const inputs = wordsTable(
    'Every uncertain input as billcast reads it',
    ['input', 'value'],
    all.map(({ name, value }) => [name, value]),
  )
  const stated = wordsTable(
    'Sources that the plan and the catalog state',
    ['field', 'source'],
    sources.map(({ path, source }) => [path, source]),
  )
  return [
    ...listOf(notes),
    ...(sources.length > 0 ? [] : textOf('The plan states no sources.')),
    { kind: 'details', summary: 'Show every input and source', pieces: [inputs, ...(sources.length > 0 ? [stated] : [])] },
  ]
}
