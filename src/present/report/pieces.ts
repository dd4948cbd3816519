// The pieces of a report as plain data, which become HTML and Markdown.
import type { LeadStrip } from './changes.ts'

export interface TableData {
  readonly caption: string
  readonly head: readonly string[]
  /** The first cell of a row is its name. */
  readonly rows: readonly (readonly string[])[]
  /** The row that stands out. */
  readonly marked?: number
  /** The columns of words, which start at the left. Cells may have several lines. */
  readonly words?: readonly number[]
}

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'small'; readonly text: string }
  | { readonly kind: 'command'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly table: TableData }
  /** Tables that a reader opens on request. */
  | { readonly kind: 'details'; readonly summary: string; readonly tables: readonly TableData[] }
  /** Bars of the offers that cost least along a driver. */
  | { readonly kind: 'strips'; readonly strips: readonly LeadStrip[] }
  /** The charts of the run, or of its segments. */
  | { readonly kind: 'charts'; readonly of: 'run' | 'segments' }

export const table = (caption: string, head: readonly string[], rows: readonly (readonly string[])[]): Piece => ({
  kind: 'table',
  table: { caption, head, rows },
})

/** A table of two columns, the second of which has words. */
export const wordsTable = (caption: string, head: readonly string[], rows: readonly (readonly string[])[]): Piece => ({
  kind: 'table',
  table: { caption, head, rows, words: [1] },
})
