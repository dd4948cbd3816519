// How a command writes its results into the folder of `--out`.
import { type WantedFiles, wantedFiles } from '../api/wanted.ts'
import { UsageError } from '../errors.ts'
import type { FlagsOf } from '../options/option.ts'
import type { ResultsFolder } from '../platform/node/results-folder.ts'
import type { FolderKind } from '../present/files/folder.ts'
import type { output } from './options.ts'
import { note } from './print.ts'
import { resultsAreKept } from './streams.ts'

/** The files to write besides the summary and the manifest. @throws UsageError without `--out` */
export function wantedOf({ format, inputs, paths, report, out }: FlagsOf<typeof output>): WantedFiles {
  const flag = format !== undefined ? '--format' : inputs ? '--inputs' : paths ? '--paths' : undefined
  if (flag !== undefined && out === undefined) throw new UsageError(`${flag}: expected a folder for the tables, given by --out`)
  return wantedFiles({ formats: format, inputs, paths, report })
}

const CHECKPOINT_SECONDS = 5
export const checkpointMilliseconds = (seconds = CHECKPOINT_SECONDS): number => 1_000 * seconds

export interface ResultsFlags {
  readonly force?: boolean
  readonly waitLock?: number
  readonly quiet?: boolean
}

/** How a command opens a folder for its results. */
export const openingOf = ({ force, waitLock, quiet }: ResultsFlags, signal: AbortSignal | undefined) => ({
  force: force === true,
  wait: waitLock,
  signal,
  note: quiet === true ? undefined : note,
})

interface Into {
  readonly signal?: AbortSignal | undefined
  readonly kind?: FolderKind
}

/** Does work that writes results into a folder, which no other process writes meanwhile. */
export async function intoResults<T>(
  out: string,
  flags: ResultsFlags,
  { signal, kind }: Into,
  work: (folder: ResultsFolder) => Promise<T>,
): Promise<T> {
  const { intoFolder } = await import('../platform/node/results-folder.ts')
  const done = await intoFolder(out, { ...openingOf(flags, signal), ...(kind && { kind }) }, work)
  resultsAreKept()
  return done
}
