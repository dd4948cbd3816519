// The content of a report as plain data. A finished folder keeps it, so that the report can be written again.
import type { ValueSource } from '../../scenario/sources.ts'
import type { Assumption } from './assumptions.ts'
import type { FullFigures, LiveFigures } from './figures.ts'
import type { Lever } from './levers.ts'
import type { LiveAnswer } from './live.ts'
import type { StatedPlan } from '../words/plan.ts'

export interface Origin {
  readonly version: string
  readonly scenarioHash: string
  readonly identity: string
}

export interface ReportData {
  readonly figures: FullFigures
  /** Titles of offers that differ from the name. */
  readonly titles: Readonly<Record<string, string>>
  /** Titles by name where the figures name each offer by its title. Inputs keep the names of the plan in their paths. */
  readonly owners?: Readonly<Record<string, string>>
  /** The odds from which an offer may be the clear choice, if another share than 80%. */
  readonly clearAt?: number | undefined
  readonly assumptions: readonly Assumption[]
  /** The plan in words. Absent in a folder of an earlier version. */
  readonly stated?: StatedPlan
  readonly sources: readonly ValueSource[]
  readonly notes: readonly string[]
  readonly origin: Origin
  /** The page runs the scenario from this. */
  readonly live: {
    readonly scenario: string
    readonly files: Readonly<Record<string, string>>
    readonly run: Readonly<Record<string, string | number | boolean>>
    /** Whether every figure comes from the sample alone. */
    readonly sampled?: true
    readonly levers: readonly Lever[]
  }
}

/** The data that the report's page contains as JSON. */
export interface PageData extends Pick<ReportData, 'live' | 'titles' | 'clearAt'> {
  /** The number of trials that the page runs. */
  readonly trials: number
  /** Whether they are the trials of the report. */
  readonly sameTrials: boolean
  /** The report's own figures, from which changes count. */
  readonly figures: LiveFigures
  /** What the page shows until a slider moves. */
  readonly answer: LiveAnswer
}
