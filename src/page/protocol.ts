// What the page and its worker say to each other, and what the report hands to the page.
import type { Figures } from '../report/figures.ts'
import type { Lever } from '../report/levers.ts'

/** Stands in the page as JSON. */
export interface PageData {
  readonly currency: string
  /** How many futures the page samples. */
  readonly trials: number
  /** The report's own figures: what is shown until a lever is moved. */
  readonly figures: Figures
  readonly levers: readonly Lever[]
  /** The scenario as written, the files that it reads, and how it was run. */
  readonly scenario: string
  readonly files: Readonly<Record<string, string>>
  readonly run: Readonly<Record<string, string | number | boolean>>
  /** Compiled Vega specifications whose data carry names. */
  readonly charts: Readonly<Record<ChartName, unknown>>
}

export type ChartName = 'curve' | 'cheapest' | 'fan'

export interface Request {
  readonly id: number
  /** Where each slider stands that was moved. */
  readonly settings: readonly { readonly lever: number; readonly step: number }[]
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
