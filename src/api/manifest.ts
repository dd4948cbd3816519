// The manifest of a folder of results. It records how the figures came about, so that `report`, `verify` and `track` can use them.
import { SEALED } from '../present/files/seal.ts'
import type { ReportData } from '../present/report/data.ts'
import type { Summary } from '../summary/summary.ts'
import type { RunOptions } from '../scenario/resolved.ts'
import type { Identity } from './identity.ts'
import { definedIn } from './given.ts'
import type { ReportFacts } from './report.ts'
import type { Finished } from './run.ts'
import type { Precision, SimulateOptions } from '../options/simulate.ts'

/** Raised when names in the folder's files change. Folders of formats 1, with other names, and 2, without SHA-256, are still read. */
export const MANIFEST_FORMAT = SEALED

/** Facts about a run that change no figure. */
export interface RunFacts {
  readonly date: string
  readonly seconds: number
  readonly node: string
  readonly platform: string
}

export interface FileFacts {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

/** The content of `manifest.json` that commands read. It also has the other parts of the run's identity. */
export interface Manifest {
  readonly format: number
  readonly scenarioHash: string
  readonly identity: string
  readonly version: string
  readonly seed: string
  readonly method: Summary['method']
  readonly trials: number
  readonly measure: Summary['comparison']['measure']
  readonly pairs?: RunOptions['pairs']
  readonly preintegration?: boolean
  readonly monthly?: boolean
  readonly keepTrials: boolean
  /** The sets of trials of a merge that lacks some. */
  readonly sets?: readonly number[]
  /** The precision that the run was asked for. */
  readonly precision?: Precision
  /** The content of the report besides the summary. It has figures if the run wrote a report or a workbook. */
  readonly report: ReportFacts & { readonly figures?: Omit<ReportData['figures'], 'summary'> }
  readonly files: readonly FileFacts[]
}

/** What a manifest states that a repeated run gives again. */
export function repeatableOf(
  { scenario, precision }: Finished,
  { part, scenarioHash, identity }: Identity,
  facts: ReportFacts,
  figures: ReportData['figures'] | undefined,
): object {
  const { summary: _, ...own } = figures ?? { summary: undefined }
  return {
    scenarioHash,
    identity,
    ...part,
    ...(precision && { precision }),
    scenario,
    report: { ...facts, ...(figures && { figures: own }) },
  }
}

/** The manifest without its list of files, which is known once they are written. */
export const manifestOf = (
  finished: Finished,
  identity: Identity,
  facts: ReportFacts,
  figures: ReportData['figures'] | undefined,
  run: RunFacts,
): object => ({ format: MANIFEST_FORMAT, ...repeatableOf(finished, identity, facts, figures), run })

/** The part of an identity that says how to run. */
type RunFields = Pick<Manifest, 'trials' | 'seed' | 'method' | 'measure' | 'keepTrials'> & {
  readonly [K in 'pairs' | 'preintegration' | 'monthly']?: RunOptions[K] | undefined
}

/** The options that repeat the run of a manifest, a shard or a task. A choice that the run made by itself is left to it again. */
export function optionsIn(fields: RunFields): SimulateOptions {
  const { trials, seed, method, measure, keepTrials, pairs, preintegration, monthly } = fields
  return {
    ...{ trials, seed, method, measure, keepTrials },
    ...definedIn({ pairs: pairs === 'auto' ? undefined : pairs, preintegration, monthly }),
  }
}
