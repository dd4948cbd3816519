// The data that the report's page contains as JSON.
import type { ReportData } from './data.ts'
import type { Figures } from './figures.ts'

export interface PageData {
  readonly currency: string
  /** The number of trials that the page runs. */
  readonly trials: number
  /** The report's own figures, which the page shows until a slider moves. */
  readonly figures: Figures
  readonly live: ReportData['live']
  /** Compiled Vega specifications with named data. */
  readonly charts: Readonly<Record<'curve' | 'cheapest' | 'fan', Readonly<Record<string, unknown>>>>
}
