// What `--out` writes: the summary, the Arrow files and the manifest.
import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { tableToIPC } from 'apache-arrow'
import type { OutputFile } from '../files/folder.ts'
import { monthsTable, trialsTable } from '../files/tables.ts'
import { reportOf } from '../library/report.ts'
import type { Finished } from '../library/run.ts'

const version = (createRequire(import.meta.url)('../../package.json') as { version: string }).version

export async function outputFiles(finished: Finished): Promise<OutputFile[]> {
  const { summary, outcome } = finished
  const text = new TextEncoder().encode(`${JSON.stringify(summary, null, 2)}\n`)
  const { scenarioHash, identity } = identityOf(finished)
  const report = await reportOf(finished, { version, scenarioHash, identity })
  return [
    { name: 'summary.json', bytes: text },
    ...(outcome.trials ? [{ name: 'trials.arrow', bytes: tableToIPC(trialsTable(outcome), 'file') }] : []),
    { name: 'months.arrow', bytes: tableToIPC(monthsTable(summary), 'file') },
    { name: 'report.html', bytes: new TextEncoder().encode(report) },
  ]
}

/** JSON with sorted keys: one text for one scenario. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`)
    .join(',')}}`
}

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

/** All that the figures depend on. */
function identityOf({ scenario, options, summary, outcome }: Finished) {
  const { seed, method, measure, pairs, preintegration } = options
  const part = {
    seed,
    method,
    trials: summary.trials,
    measure,
    pairs,
    preintegration,
    keepTrials: outcome.trials !== undefined,
    streams: summary.streams,
    version,
  }
  return { part, scenarioHash: sha256(canonical(scenario)), identity: sha256(canonical({ scenario, ...part })) }
}

/** How the figures came about: everything that they depend on, and under `run` what they do not. */
export function manifestOf(finished: Finished, seconds: number): object {
  const { part, scenarioHash, identity } = identityOf(finished)
  return {
    format: 1,
    scenarioHash,
    identity,
    ...part,
    scenario: finished.scenario,
    run: { date: new Date().toISOString(), seconds, node: process.version, platform: `${process.platform} ${process.arch}` },
  }
}
