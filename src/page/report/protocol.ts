// The messages between the report's page and the worker that runs the changed plan. The page first sends its data.
import type { Setting } from '../../present/report/changed.ts'
import type { LiveAnswer } from '../../present/report/live.ts'

export interface PageRequest {
  readonly id: number
  /** The sliders that were moved. */
  readonly settings: readonly Setting[]
}

export type Reply =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'answer'
      readonly id: number
      /** Whether all trials of the page ran and the headline figures are integrated, which makes this the last answer. */
      readonly final: boolean
      readonly answer: LiveAnswer
      readonly scenario: string
    }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
