// How a run writes its results into the folder of `--out`.
import type { WantedFiles } from '../api/output.ts'
import { UsageError } from '../errors.ts'
import type { FlagsOf } from '../options/option.ts'
import type { output } from './options.ts'
import { note } from './print.ts'

/** The files to write besides the summary and the manifest. @throws UsageError without `--out` */
export function wantedOf({ format, inputs, report, out }: FlagsOf<typeof output>): WantedFiles {
  const flag = format !== undefined ? '--format' : inputs ? '--inputs' : undefined
  if (flag !== undefined && out === undefined) throw new UsageError(`${flag}: expected a folder for the tables, given by --out`)
  return { formats: format ?? ['arrow'], inputs: inputs === true, page: report !== false }
}

const CHECKPOINT_SECONDS = 5
export const checkpointMilliseconds = (seconds = CHECKPOINT_SECONDS): number => 1_000 * seconds

interface OpeningFlags {
  readonly force?: boolean
  readonly waitLock?: number
  readonly quiet?: boolean
}

/** How a command opens a folder for its results. */
export const openingOf = ({ force, waitLock, quiet }: OpeningFlags, signal: AbortSignal | undefined) => ({
  force: force === true,
  wait: waitLock,
  signal,
  note: quiet === true ? undefined : note,
})
