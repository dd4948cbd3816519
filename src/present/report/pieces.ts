// The pieces of a report as plain data, which become HTML and Markdown.
import type { Amounts } from '../../questions/compare/rounding.ts'
import type { Estimate } from '../../summary/summary.ts'
import type { LeadStrip } from './changes.ts'
import type { MovesPicture } from './moves.ts'

export interface TableData {
  readonly caption: string
  readonly head: readonly string[]
  /** The first cell of a row is its name. */
  readonly rows: readonly (readonly string[])[]
  /** The row that stands out. */
  readonly marked?: number
  /** The rows that add up others. */
  readonly sums?: readonly number[]
  /** A column that a phone leaves out, so that the table fits without cards. */
  readonly extra?: number
  /** The columns of words, which start at the left. Cells may have several lines. */
  readonly words?: readonly number[]
}

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'small'; readonly text: string }
  | { readonly kind: 'command'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly table: TableData }
  /** Tables and charts that stand beside each other where there is room. */
  | { readonly kind: 'tables'; readonly tables: readonly TableData[]; readonly charts: ChartGroup }
  /** What a reader opens on request. */
  | { readonly kind: 'details'; readonly summary: string; readonly pieces: readonly Piece[] }
  /** Bars of the offers that cost least along a driver. */
  | { readonly kind: 'strips'; readonly strips: readonly LeadStrip[] }
  /** How inputs move the cost of offers. */
  | { readonly kind: 'moves'; readonly picture: MovesPicture }
  /** A long table of which a screen first shows some rows. Paper has all of them. */
  | { readonly kind: 'folded'; readonly table: TableData; readonly first: number; readonly summary: string }
  | { readonly kind: 'charts'; readonly of: ChartGroup }

/** Charts that stand together. */
export const CHART_GROUPS = ['months', 'people', 'offers', 'segments', 'trials'] as const
export type ChartGroup = (typeof CHART_GROUPS)[number]

export const table = (caption: string, head: readonly string[], rows: readonly (readonly string[])[]): Piece => ({
  kind: 'table',
  table: { caption, head, rows },
})

/** A table of two columns, the second of which has words. */
export const wordsTable = (caption: string, head: readonly string[], rows: readonly (readonly string[])[]): Piece => ({
  kind: 'table',
  table: { caption, head, rows, words: [1] },
})

/** An amount without its error, or a dash for a figure that a run does not state. */
export const amountOrDash = (estimate: Estimate | undefined, { text }: Amounts): string => (estimate ? text(estimate.value) : '–')
