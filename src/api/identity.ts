// The identity of a run: a hash of everything that its figures depend on.
import { STREAMS } from '../summary/summarize.ts'
import type { ResolvedScenario, RunOptions } from '../scenario/resolved.ts'
import type { Finished } from './run.ts'

/** SHA-256 in hexadecimal digits. Each platform has its own. */
export type Sha256 = (data: string | Uint8Array) => string

/** A run, planned or finished. */
export interface Planned {
  readonly scenario: ResolvedScenario
  readonly options: RunOptions
  /** The planned number, which can be a little higher than requested. */
  readonly trials: number
  readonly keepTrials: boolean
  /** The sets of trials of a merge that lacks some. */
  readonly sets?: readonly number[]
}

export interface Identity {
  /** The hash of the resolved scenario. */
  readonly scenarioHash: string
  /** The hash of the scenario and of everything else that the figures depend on. */
  readonly identity: string
  /** Everything else, by name. */
  readonly part: Readonly<Record<string, unknown>>
}

/** JSON with sorted keys, so that equal scenarios give equal texts. Functions are left out: a rule has its id and version. */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const entries = Object.entries(value).filter(([, item]) => item !== undefined && typeof item !== 'function')
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`
}

/** Everything but the scenario that the figures depend on. */
const PART = [
  'seed',
  'method',
  'trials',
  'measure',
  'pairs',
  'preintegration',
  'monthly',
  'keepTrials',
  'sets',
  'streams',
  'version',
] as const

const hashed = (scenario: unknown, part: Identity['part'], sha256: Sha256): Identity => ({
  part,
  scenarioHash: sha256(canonical(scenario)),
  identity: sha256(canonical({ scenario, ...part })),
})

export function identityOf({ scenario, options, trials, keepTrials, sets }: Planned, version: string, sha256: Sha256): Identity {
  const { seed, method, measure, pairs, preintegration, monthly } = options
  const part: Record<(typeof PART)[number], unknown> = {
    ...{ seed, method, trials, measure, pairs, preintegration, monthly, keepTrials, sets, streams: STREAMS, version },
  }
  return hashed(scenario, part, sha256)
}

/** The identity that a manifest must have, by the scenario and the settings that it states. */
export function identityIn(stated: object, sha256: Sha256): Identity {
  const fields = stated as Readonly<Record<string, unknown>>
  return hashed(fields.scenario, Object.fromEntries(PART.map((name) => [name, fields[name]])), sha256)
}

export const plannedOf = ({ scenario, options, summary, outcome }: Finished): Planned => ({
  scenario,
  options,
  trials: summary.trials,
  keepTrials: outcome.trials !== undefined,
  ...(outcome.plan.part && { sets: outcome.plan.part.sets }),
})
