// The messages between the calculator and the worker that reads and writes files.
import type { FilesBeside } from '../../../api/beside.ts'
import type { Meaning } from '../../../forecasting/history/columns.ts'

export type ReadColumns = Readonly<Partial<Record<Meaning, string>>>

/** A dropped file of past months. */
export interface HistoryFile {
  readonly name: string
  readonly text: string
}

export interface FitWish extends HistoryFile {
  readonly kind: 'fit'
  /** Columns that the user chose. */
  readonly columns: ReadColumns
  /** The first month of the plan, such as 2027-01. */
  readonly start?: string
  /** Whether the drawing is for a phone. */
  readonly narrow: boolean
}

/** A file of the results of a plan. */
export interface FileWish {
  readonly kind: 'report' | 'workbook' | 'chart'
  readonly plan: string
  readonly files: FilesBeside
}

export interface FittedFile {
  /** Columns of the file, and those that were read. Empty if the file is no table. */
  readonly header: readonly string[]
  readonly columns: ReadColumns
  /** Why the file cannot be fitted, or the fit. */
  readonly result: string | HistoryFit
}

export interface HistoryFit {
  readonly title: string
  /** The finding of the chart, which stands above it. */
  readonly finding: string
  readonly description: string
  /** An SVG. */
  readonly chart: string
  /** Each figure by its name, in words. */
  readonly figures: readonly (readonly [name: string, words: string])[]
  /** Columns, unit and grain as they were read, and rows that were changed. */
  readonly notes: readonly string[]
  readonly warnings: readonly string[]
  /** The first planned month of the fit. */
  readonly start: string
  /** A plan that states the fitted drivers as plain fields. */
  readonly scenario: string
}

export interface WrittenFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: string
  /** Follows the name of the plan. */
  readonly suffix: string
}

/** What each wish is answered with. */
export interface FileAnswers {
  readonly fit: FittedFile
  readonly report: WrittenFile
  readonly workbook: WrittenFile
  readonly chart: WrittenFile
}

export interface FilesMessage {
  readonly id: number
  readonly wish: FitWish | FileWish
}

export type FilesReply =
  | { readonly id: number; readonly answer: FittedFile | WrittenFile }
  | { readonly id: number; readonly failure: string }
