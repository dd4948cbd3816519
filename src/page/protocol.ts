// The messages between the page and its worker. The page first sends its data.
import type { Setting } from '../present/report/changed.ts'
import type { Figures } from '../present/report/figures.ts'

export interface PageRequest {
  readonly id: number
  /** The sliders that were moved. */
  readonly settings: readonly Setting[]
  /** The offer on view. The first answer has only its S-curve. */
  readonly offer: string
}

export type Reply =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'figures'
      readonly id: number
      /** Whether the headline figures are integrated, which makes this the last answer. */
      readonly sharp: boolean
      readonly figures: Figures
      readonly scenario: string
    }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
