// What the report hands to its page, as JSON within it.
import type { ReportData } from './data.ts'
import type { Figures } from './figures.ts'

export type ChartName = 'curve' | 'cheapest' | 'fan'

export interface PageData {
  readonly currency: string
  /** How many futures the page samples. */
  readonly trials: number
  /** The report's own figures: what is shown until a lever is moved. */
  readonly figures: Figures
  /** The scenario as written, the files that it reads, how it was run, and what may be moved in it. */
  readonly live: ReportData['live']
  /** Compiled Vega specifications whose data carry names. */
  readonly charts: Readonly<Record<ChartName, Readonly<Record<string, unknown>>>>
}
