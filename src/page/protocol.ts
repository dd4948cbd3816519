// What the page and its worker say to each other; the page begins by handing over its data.
import type { Setting } from '../present/report/changed.ts'
import type { Figures } from '../present/report/figures.ts'

export interface PageRequest {
  readonly id: number
  /** Where each slider stands that was moved. */
  readonly settings: readonly Setting[]
  /** The offer whose S-curve is looked at: the first answer has no other. */
  readonly offer: string
}

export type Reply =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'figures'
      readonly id: number
      /** Whether the headline figures are integrated: the last word. */
      readonly sharp: boolean
      readonly figures: Figures
      readonly scenario: string
    }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
