// What a run's figures depend on, as one text and as hashes of it.
import type { Finished } from './run.ts'

/** SHA-256 of a text or of bytes, in hexadecimal digits; platforms have their own. */
export type Sha256 = (data: string | Uint8Array) => string

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

export function identityOf({ scenario, options, summary, outcome }: Finished, version: string, sha256: Sha256): Identity {
  const { seed, method, measure, pairs, preintegration, monthly } = options
  const part = {
    seed,
    method,
    trials: summary.trials,
    measure,
    pairs,
    preintegration,
    monthly,
    keepTrials: outcome.trials !== undefined,
    streams: summary.streams,
    version,
  }
  return { part, scenarioHash: sha256(canonical(scenario)), identity: sha256(canonical({ scenario, ...part })) }
}
