// billcast verify: whether a folder's files are whole, and whether the same run gives the same bits today.
import { toggle } from '../../options/kinds.ts'
import { type FlagsOf, flagOnly } from '../../options/option.ts'
import { threads as threadsOption } from '../../options/shared.ts'
import { json } from '../options.ts'
import { note, printJson, printLines } from '../print.ts'
import { watching } from '../watched.ts'
import { defineCommand } from '../command.ts'
import { UsageError } from '../../errors.ts'
import type { OutputFile } from '../../present/files/folder.ts'
import { OUTPUT_FORMATS } from '../../present/files/formats.ts'
import { givenFiles } from '../../api/given.ts'
import { MANIFEST_FORMAT, type Manifest, optionsIn } from '../../api/manifest.ts'
import { outputOf } from '../../api/output.ts'
import { runScenario } from '../../api/run.ts'
import { type FileState, readManifest, stateOf } from '../../platform/node/finished.ts'
import { hasher, sha256 } from '../../platform/node/hash.ts'
import { freeMemory } from '../../platform/node/memory.ts'
import { threadExecutor } from '../../platform/node/threads/pool.ts'
import { VERSION } from '../../platform/node/version.ts'
import { align } from '../../present/report/text.ts'

export const summary = 'whether the files of a finished folder are whole, and whether the run gives the same bits again'
export const group = 'run'

interface Verified {
  readonly name: string
  readonly file: FileState
  /** Absent where the run was not done again. */
  readonly again?: 'same bits' | 'other bits'
}

const options = { files: flagOnly(toggle('on'), 'only look at the files'), threads: threadsOption, json } as const
type VerifyFlags = FlagsOf<typeof options>

async function verifyCommand(flags: VerifyFlags, folder: string): Promise<void> {
  const manifest = await readManifest(folder)
  if (manifest.sets && !flags.files)
    throw new UsageError(
      `${folder}: shards were missing when it was merged, which no run can give again: expected --files, which only looks at the files`,
    )
  const states = await Promise.all(manifest.files.map(async (file) => ({ name: file.name, file: await stateOf(folder, file) })))
  const earlier = manifest.format !== MANIFEST_FORMAT
  if (earlier && !flags.files)
    note(
      `${folder}: billcast ${manifest.version} wrote it with earlier names of figures. Only the files are checked. Run that version to repeat the run.`,
    )
  const again = flags.files || earlier ? undefined : await madeAgain(manifest, flags)
  const files: Verified[] = states.map((state) => ({
    ...state,
    ...(again && { again: again.get(state.name) === hashIn(manifest, state.name) ? 'same bits' : 'other bits' }),
  }))
  const agree = files.every((file) => file.file === 'whole' && file.again !== 'other bits')
  if (!agree) process.exitCode = 1
  if (flags.json) return printJson({ folder, version: manifest.version, agree, files })
  const { version, method, seed, trials } = manifest
  printLines([
    `${folder}: ${trials.toLocaleString('en-US')} futures (${method}, seed ${seed}), by billcast ${version}`,
    '',
    ...align([['file', 'on the disk', 'made again'], ...files.map(({ name, file, again: made }) => [name, file, made ?? '-'])]),
    '',
    agree
      ? `All files are whole${again ? ', and the run gives the same bits again' : ''}.`
      : `${verdict(files)}${version === VERSION ? '' : ` This is billcast ${VERSION}: install ${version} to compare.`}`,
  ])
}

const hashIn = ({ files }: Manifest, name: string) => files.find((file) => file.name === name)?.sha256

function verdict(files: readonly Verified[]): string {
  const named = (found: readonly Verified[]) => found.map(({ name }) => name).join(', ')
  const damaged = files.filter(({ file }) => file !== 'whole')
  const other = files.filter(({ again }) => again === 'other bits')
  return [
    ...(damaged.length > 0 ? [`Not as they were written: ${named(damaged)}.`] : []),
    ...(other.length > 0 ? [`The run does not give the same bits again: ${named(other)}.`] : []),
  ].join(' ')
}

/** The run done again from what the manifest keeps: SHA-256 of each file that it would write. */
async function madeAgain(manifest: Manifest, flags: VerifyFlags): Promise<Map<string, string>> {
  const { live } = manifest.report
  const { threads } = flags
  const finished = await runScenario(
    live.scenario,
    {
      ...optionsIn(manifest),
      ...watching(flags),
      ...(threads !== undefined && { threads }),
    },
    { executor: threadExecutor, reader: givenFiles(live.files), free: freeMemory },
  )
  const names = new Set(manifest.files.map(({ name }) => name))
  const formats = OUTPUT_FORMATS.filter((format) => names.has(`months.${format}`) || names.has(`budget.${format}`))
  const inputs = formats.some((format) => names.has(`inputs.${format}`))
  const { files } = outputOf(finished, { formats, inputs, page: names.has('report.html') }, VERSION, sha256)
  const hashes = new Map<string, string>()
  for (const file of files) if (names.has(file.name)) hashes.set(file.name, await hashOf(file))
  return hashes
}

async function hashOf({ content }: OutputFile): Promise<string> {
  const hash = hasher()
  await content((bytes) => {
    hash.update(bytes)
    return Promise.resolve()
  })
  return hash.digest()
}

export const command = defineCommand({
  arguments: { '<folder>': 'a folder that run --out wrote' },
  options: options,
  run: verifyCommand,
})
