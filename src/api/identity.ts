// What a run's figures depend on, as one text and as hashes of it.
import { STREAMS } from '../summary/summarize.ts'
import type { ResolvedScenario, RunOptions } from '../scenario/resolved.ts'
import type { Finished } from './run.ts'

/** SHA-256 of a text or of bytes, in hexadecimal digits; platforms have their own. */
export type Sha256 = (data: string | Uint8Array) => string

/** A run before or after it has run. */
export interface Planned {
  readonly scenario: ResolvedScenario
  readonly options: RunOptions
  /** As planned, which may be some more than asked for. */
  readonly trials: number
  readonly keepTrials: boolean
  /** Which sets are there, where some are not. */
  readonly sets?: readonly number[]
}

export interface Identity {
  /** Of the resolved scenario. */
  readonly scenarioHash: string
  /** Of the scenario and all else that the figures depend on. */
  readonly identity: string
  /** That, by name. */
  readonly part: Readonly<Record<string, unknown>>
}

/** JSON with sorted keys: one text for one scenario. */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`)
    .join(',')}}`
}

export function identityOf({ scenario, options, trials, keepTrials, sets }: Planned, version: string, sha256: Sha256): Identity {
  const { seed, method, measure, pairs, preintegration, monthly } = options
  const part = { seed, method, trials, measure, pairs, preintegration, monthly, keepTrials, sets, streams: STREAMS, version }
  return { part, scenarioHash: sha256(canonical(scenario)), identity: sha256(canonical({ scenario, ...part })) }
}

/** A finished run as it was planned. */
export const plannedOf = ({ scenario, options, summary, outcome }: Finished): Planned => ({
  scenario,
  options,
  trials: summary.trials,
  keepTrials: outcome.trials !== undefined,
  ...(outcome.plan.part && { sets: outcome.plan.part.sets }),
})
