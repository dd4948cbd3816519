// What `--out` writes: the summary, tables, the report and the manifest.
import type { Disk } from '../files/disk.ts'
import { type OutputFile, writeFolder } from '../files/folder.ts'
import type { OutputFormat } from '../files/formats.ts'
import { identityOf, plannedOf } from '../library/identity.ts'
import { manifestOf, type RunFacts } from '../library/manifest.ts'
import { outputFiles } from '../library/output.ts'
import { reportOf } from '../library/report.ts'
import type { Finished } from '../library/run.ts'
import { hasher, sha256 } from '../node/hash.ts'
import { VERSION } from '../node/version.ts'

export interface Wanted {
  readonly formats: readonly OutputFormat[]
  readonly inputs: boolean
}

export async function writeRun(
  disk: Disk,
  finished: Finished,
  wanted: Wanted,
  seconds: number,
  signal?: AbortSignal,
): Promise<void> {
  const identity = identityOf(plannedOf(finished), VERSION, sha256)
  const { scenarioHash, identity: hash } = identity
  const report = reportOf(finished, { version: VERSION, scenarioHash, identity: hash })
  const files: OutputFile[] = outputFiles(finished, identity, report, { ...wanted, version: VERSION })
  const run: RunFacts = {
    date: new Date().toISOString(),
    seconds,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  }
  await writeFolder(disk, files, manifestOf(finished, identity, report, run), hasher, signal)
}
