// Writes the folder of `--out`: the summary, tables, the report and the manifest.
import { writeFolder } from '../../present/files/folder.ts'
import type { Identity } from '../../api/identity.ts'
import { manifestOf, type RunFacts } from '../../api/manifest.ts'
import { outputOf } from '../../api/output.ts'
import type { WantedFiles } from '../../api/wanted.ts'
import type { Finished } from '../../api/run.ts'
import { hasher, sha256 } from './hash.ts'
import type { ResultsFolder } from './results-folder.ts'
import { VERSION } from '../version.generated.ts'

export async function writeRun(
  { disk, hold }: ResultsFolder,
  finished: Finished,
  wanted: WantedFiles,
  seconds: number,
  signal?: AbortSignal,
  note?: (words: string) => void,
): Promise<Identity> {
  const { identity, facts, report, files } = await outputOf(finished, wanted, VERSION, sha256, note)
  const run: RunFacts = {
    date: new Date().toISOString(),
    seconds,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  }
  await writeFolder(disk, files, manifestOf(finished, identity, facts, report?.figures, run), hasher, { signal, held: hold.check })
  return identity
}
