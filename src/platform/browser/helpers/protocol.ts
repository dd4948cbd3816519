// Messages between a page and its helpers: Web Workers that have the whole library and do whole pieces of work.
import type { ErrorData } from '../../../api/faults.ts'
import type { ResultCall } from '../../../api/made.ts'
import type { SentRun } from '../../../api/sent.ts'
import type { Request } from '../../../questions/list.ts'

/** The name by which the library knows that it was loaded for such a worker. */
export const HELPER = 'billcast helper'

type Files = Readonly<Record<string, string>>

export type Task =
  | { readonly kind: 'question'; readonly request: Request; readonly files: Files }
  | { readonly kind: 'run'; readonly scenario: string | object; readonly options: object; readonly files: Files }
  /** A question to the run that the page sent last. */
  | { readonly kind: 'call'; readonly call: ResultCall }

/** A run for later calls. Without shared memory, its columns follow in pieces, so that no copy stops the page for long. */
export interface KeptRun {
  /** Without columns if they follow. */
  readonly run: SentRun
  /** The number of columns that follow. */
  readonly columns: number
}

export interface ColumnPiece {
  readonly column: number
  readonly from: number
  readonly values: Float64Array<ArrayBuffer>
}

export type FromPage =
  | { readonly id: number; readonly work: Task }
  | { readonly id: number; readonly stop: true }
  | { readonly kept: KeptRun }
  | { readonly piece: ColumnPiece }

export type FromHelper =
  | { readonly id: number; readonly progress: readonly [done: number, total: number] }
  | { readonly id: number; readonly found: unknown }
  | { readonly id: number; readonly fault: ErrorData }
  | { readonly id: number; readonly error: string }
