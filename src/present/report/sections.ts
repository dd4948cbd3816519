// The sections of a report after its first screen, from what decides to the details.
import { tailWarnings } from '../../summary/tail-warnings.ts'
import { askingPieces, stripPieces } from './changes.ts'
import { differences, oddsTable, worstTrials } from './comparisons.ts'
import type { ReportData } from './data.ts'
import { methodPieces, statistics } from './details.ts'
import { moverWords } from './drivers.ts'
import { monthPieces, yearPieces } from './months.ts'
import { movesPieces } from './moves.ts'
import { type Piece, type TableData, wordsTable } from './pieces.ts'
import { precisionWords } from './precision.ts'
import { segmentTable } from './segments.ts'
import { chargesTable, inputsTable } from './stated.ts'
import { headsLines } from './text.ts'

export type Section = {
  readonly heading: string
  readonly pieces: readonly Piece[]
  /** Whether it stands on the first printed page, ahead of sections that a screen has before it. */
  readonly isAhead?: boolean
  /** Whether the sliders follow it. */
  readonly isTried?: boolean
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
  const split = segmentTable(figures)
  const heads = headsLines(figures.summary)
  const sections: Section[] = [
    ...statedSections(data),
    { heading: 'What would change this answer', isAhead: true, pieces: stripPieces(data) },
    { heading: 'Prices to ask for', isAhead: count <= MOST_WITH_PRICES, pieces: askingPieces(data) },
    {
      heading: 'What moves the cost',
      isTried: true,
      // The first screen says what moves the cost. A run without a verdict has none.
      pieces: [...(isComparing || figures.summary.verdict ? [] : textOf(moverWords(data))), ...movesPieces(data)],
    },
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
    {
      heading: 'Precision and details',
      pieces: [{ kind: 'text', text: precisionWords(figures.summary) }, statistics(data), ...methodPieces(data)],
    },
    { heading: 'Assumptions and sources', pieces: assumptions({ ...data, notes }) },
  ]
  return sections.filter(({ pieces }) => pieces.length > 0)
}

const textOf = (text: string | undefined): Piece[] => (text === undefined ? [] : [{ kind: 'text', text }])

/** Rows that a screen shows of a long table, and the most of one that is not long. */
const [SHOWN, MOST_SHOWN] = [8, 12]

function folded(table: TableData, what: string): Piece {
  const { length } = table.rows
  if (length <= MOST_SHOWN) return { kind: 'table', table }
  return { kind: 'folded', table, first: SHOWN, summary: `Show ${length - SHOWN} more ${what}` }
}

/** The plan in words. An earlier version kept none. */
function statedSections({ stated: plan, figures }: ReportData): Section[] {
  if (!plan) return []
  return [
    { heading: 'What each contract charges', pieces: [folded(chargesTable(plan, figures.summary.currency), 'contracts')] },
    { heading: 'What we assumed', pieces: [folded(inputsTable(plan), 'inputs')] },
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
