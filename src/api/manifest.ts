// The manifest of a folder of results: how the figures came about, so that they can be told, checked and made again.
import type { ReportData } from '../present/report/data.ts'
import type { Summary } from '../summary/summary.ts'
import type { RunOptions } from '../scenario/resolved.ts'
import type { Identity } from './identity.ts'
import type { Telling } from './report.ts'
import type { Finished } from './run.ts'
import type { SimulateOptions } from '../options/simulate.ts'

/** Raised when names in the folder's files change. Folders of format 1 are still read. */
export const MANIFEST_FORMAT = 2

/** What changes no figure. */
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

/** As it is written, but for the parts of the run's identity that stand beside these by their names. */
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
  /** Of a merge of only some shards: the sets of trials that it holds. */
  readonly sets?: readonly number[]
  /** What the report tells beyond the summary; its figures only where something was written that shows them. */
  readonly report: Telling & { readonly figures?: Omit<ReportData['figures'], 'summary'> }
  readonly files: readonly FileFacts[]
}

/** All but the list of files, which is known when they are written. */
export function manifestOf(
  { scenario }: Finished,
  { part, scenarioHash, identity }: Identity,
  telling: Telling,
  figures: ReportData['figures'] | undefined,
  run: RunFacts,
): object {
  const { summary: _, ...own } = figures ?? { summary: undefined }
  return {
    format: MANIFEST_FORMAT,
    scenarioHash,
    identity,
    ...part,
    scenario,
    report: { ...telling, ...(figures && { figures: own }) },
    run,
  }
}

/** What an identity says of how a run is done. */
type Stated = Pick<Manifest, 'trials' | 'seed' | 'method' | 'measure' | 'keepTrials'> & {
  readonly pairs?: RunOptions['pairs'] | undefined
  readonly preintegration?: boolean | undefined
  readonly monthly?: boolean | undefined
}

/** The options of the run that a manifest, a shard or a task tells of. */
export const optionsIn = ({
  trials,
  seed,
  method,
  measure,
  pairs,
  preintegration,
  monthly,
  keepTrials,
}: Stated): SimulateOptions => ({
  trials,
  seed,
  method,
  measure,
  keepTrials,
  // What is chosen by itself is chosen so again.
  ...(pairs !== undefined && pairs !== 'auto' && { pairs }),
  ...(preintegration !== undefined && { preintegration }),
  ...(monthly !== undefined && { monthly }),
})
