import { givenFiles } from '../../api/given.ts'
import { MANIFEST_FORMAT, type Manifest, optionsIn } from '../../api/manifest.ts'
import { outputOf } from '../../api/output.ts'
import { runScenario } from '../../api/run.ts'
import { UsageError } from '../../errors.ts'
import { toggle } from '../../options/kinds.ts'
import { type FlagsOf, flagOnly } from '../../options/option.ts'
import { threads } from '../../options/shared.ts'
import { type FileState, readSet, stateOf } from '../../platform/node/finished.ts'
import { hasher, sha256 } from '../../platform/node/hash.ts'
import { hostMemory } from '../../platform/node/memory.ts'
import { commandExecutor } from '../../platform/node/threads/executor.ts'
import { VERSION } from '../../platform/node/version.generated.ts'
import type { OutputFile } from '../../present/files/folder.ts'
import { OUTPUT_FORMATS } from '../../present/files/formats.ts'
import { align } from '../../present/report/text.ts'
import { chosen, defineCommand, folderArgument } from '../command.ts'
import { json } from '../options.ts'
import { note, printJson, printLines } from '../print.ts'
import { watching } from '../watched.ts'
import { formatNumber } from '../../notation/number.ts'

export const summary = 'check that the files of a finished folder are intact and that the run gives the same bits again'
export const group = 'run'

interface Verified {
  readonly name: string
  readonly file: FileState
  /** Absent if the run was not repeated. */
  readonly again?: 'same bits' | 'other bits'
}

const options = { files: flagOnly(toggle('on'), 'check only the files'), threads, json } as const

export const command = defineCommand({
  arguments: [folderArgument],
  options,
  async run(flags, folder) {
    const { manifest, states } = await readSet(folder, async (read, places) => ({
      manifest: read,
      states: await Promise.all(read.files.map((file) => stateOf(places, file))),
    }))
    if (manifest.sets && !flags.files)
      throw new UsageError(`${folder}: this merge is partial, so no run can repeat it. Use --files to check only the files`)
    const earlier = manifest.format !== MANIFEST_FORMAT
    if (earlier && !flags.files)
      note(
        `${folder}: billcast ${manifest.version} wrote it with earlier names of figures. Only the files are checked. Run that version to repeat the run.`,
      )
    const again = flags.files || earlier ? undefined : await repeated(manifest, flags)
    const files = manifest.files.map(({ name, sha256: expected }, k): Verified => {
      const same = again && again.get(name) === expected
      return { name, file: states[k], ...(same !== undefined && { again: same ? 'same bits' : 'other bits' }) }
    })
    const agree = files.every((file) => file.file === 'whole' && file.again !== 'other bits')
    if (!agree) process.exitCode = 1
    if (flags.json) return printJson({ folder, version: manifest.version, agree, files })
    const { version, method, seed, trials } = manifest
    printLines([
      `${folder}: ${formatNumber(trials)} trials (${method}, seed ${seed}), by billcast ${version}`,
      '',
      ...align([
        ['file', 'on disk', 'repeated run'],
        ...files.map(({ name, file, again: made }) => [name, file === 'whole' ? 'intact' : file, made ?? '-']),
      ]),
      '',
      agree
        ? `All files are intact${again ? ', and the run gives the same bits again' : ''}.`
        : `${verdict(files)}${version === VERSION ? '' : ` This is billcast ${VERSION}. Install ${version} to compare.`}`,
    ])
  },
})

function verdict(files: readonly Verified[]): string {
  const sentence = (words: string, found: readonly Verified[]) =>
    found.length > 0 ? [`${words}: ${found.map(({ name }) => name).join(', ')}.`] : []
  return [
    ...sentence(
      'These files are not as they were written',
      files.filter(({ file }) => file !== 'whole'),
    ),
    ...sentence(
      'The run does not give the same bits again',
      files.filter(({ again }) => again === 'other bits'),
    ),
  ].join(' ')
}

/** Repeats the run from the manifest. @returns SHA-256 of each file that it would write */
async function repeated(manifest: Manifest, flags: FlagsOf<typeof options>): Promise<Map<string, string>> {
  const { live } = manifest.report
  const settings = { ...optionsIn(manifest), ...watching(flags), ...chosen(flags, { threads }) }
  const platform = {
    executor: (count: number | undefined) => commandExecutor(count, note),
    reader: givenFiles(live.files),
    ...hostMemory(),
  }
  const finished = await runScenario(live.scenario, settings, platform)
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
  await content((bytes) => Promise.resolve(hash.update(bytes)).then(() => undefined))
  return hash.digest()
}
