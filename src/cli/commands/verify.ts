import { givenFiles } from '../../api/given.ts'
import { type FileFacts, MANIFEST_FORMAT, type Manifest, optionsIn, repeatableOf } from '../../api/manifest.ts'
import { type Output, outputOf } from '../../api/output.ts'
import { type Finished, runScenario, withPrecision } from '../../api/run.ts'
import { pathText, UsageError } from '../../errors.ts'
import { revivedEstimate } from '../../numerics/estimators/estimate.ts'
import { toggle } from '../../options/kinds.ts'
import { type FlagsOf, flagOnly } from '../../options/option.ts'
import { threads } from '../../options/shared.ts'
import { type FileState, readSet, stateOf, unlistedIn } from '../../platform/node/finished.ts'
import { hasher, sha256 } from '../../platform/node/hash.ts'
import { checkPlan } from '../../platform/node/manifest-file.ts'
import { hostMemory } from '../../platform/node/memory.ts'
import { commandExecutor } from '../../platform/node/threads/executor.ts'
import { VERSION } from '../../platform/version.generated.ts'
import type { OutputFile } from '../../present/files/folder.ts'
import { OUTPUT_FORMATS } from '../../options/formats.ts'
import { MANIFEST } from '../../present/files/swap.ts'
import { textTable } from '../../present/report/text-table.ts'
import { chosen, defineCommand, folderArgument } from '../command.ts'
import { differingPaths } from '../differing.ts'
import { json } from '../options.ts'
import { note, printJson, printLines } from '../print.ts'
import { watching } from '../watched.ts'
import { formatNumber } from '../../notation/number.ts'

export const summary = 'check that the files of a finished folder are intact and that the run gives the same bits again'
export const group = 'run'

/** Differences that the message shows. */
const SHOWN = 10

interface Verified {
  readonly name: string
  /** `unlisted` if the folder or the repeated run has a file that the manifest does not list, `unproven` for a manifest without SHA-256. */
  readonly file: FileState | 'unlisted' | 'unproven'
  /** Absent if the run was not repeated. */
  readonly again?: 'same bits' | 'other bits'
}

const options = { files: flagOnly(toggle('on'), 'check only the files'), threads, json } as const

export const command = defineCommand({
  arguments: [folderArgument],
  options,
  async run(flags, folder) {
    const { manifest, states, unlisted } = await readSet(
      folder,
      async (read, places) => {
        if (flags.files) await checkPlan(folder, read)
        const found = await Promise.all(read.files.map((file) => stateOf(places, file)))
        return { manifest: read, states: found, unlisted: await unlistedIn(folder, read) }
      },
      note,
    )
    if (manifest.sets && !flags.files)
      throw new UsageError(`${folder}: this merge is partial, so no run can repeat it. Use --files to check only the files`)
    const earlier = manifest.format === 1
    if (earlier && !flags.files)
      note(
        `${folder}: billcast ${manifest.version} wrote it with earlier names of figures. Only the files are checked. Run that version to repeat the run.`,
      )
    const again = flags.files || earlier ? undefined : await repeated(manifest, flags)
    const files = verifiedOf(manifest, states, unlisted, again)
    const agree = files.every(({ file, again: made }) => (file === 'whole' || file === 'unproven') && made !== 'other bits')
    if (!agree) process.exitCode = 1
    if (flags.json)
      return printJson({ folder, version: manifest.version, agree, files, ...(again && { differences: again.differences }) })
    const { version, method, seed, trials } = manifest
    printLines([
      `${folder}: ${formatNumber(trials)} trials (${method}, seed ${seed}), by billcast ${version}`,
      '',
      textTable([
        ['file', 'on disk', 'repeated run'],
        ...files.map(({ name, file, again: made }) => [name, WORDS[file], made ?? '-']),
      ]),
      '',
      agree
        ? `All files are intact${again ? ', and the run gives the same bits again' : ''}.`
        : `${verdict(files, again)}${version === VERSION ? '' : ` This is billcast ${VERSION}. Install ${version} to compare.`}`,
    ])
  },
})

const WORDS = {
  whole: 'intact',
  missing: 'missing',
  changed: 'changed',
  unlisted: 'not in the manifest',
  unproven: 'without SHA-256',
} as const satisfies Record<Verified['file'], string>

function verifiedOf(
  { format, files }: Manifest,
  states: readonly FileState[],
  unlisted: readonly string[],
  again: Repeated | undefined,
): Verified[] {
  const compared = (same: boolean): Pick<Verified, 'again'> => (again ? { again: same ? 'same bits' : 'other bits' } : {})
  const listed = files.map(({ name, bytes, sha256: expected }, k): Verified => {
    const own = again?.files.get(name)
    return { name, file: states[k], ...compared(own?.sha256 === expected && own.bytes === bytes) }
  })
  const known = new Set(files.map(({ name }) => name))
  const others = new Set([...unlisted, ...(again?.files.keys() ?? [])].filter((name) => !known.has(name)))
  const proven = format === MANIFEST_FORMAT ? 'whole' : 'unproven'
  return [
    ...listed,
    ...[...others].map((name): Verified => ({ name, file: 'unlisted' })),
    { name: MANIFEST, file: proven, ...compared(again?.differences.length === 0) },
  ]
}

function verdict(files: readonly Verified[], again: Repeated | undefined): string {
  const sentence = (words: string, names: readonly string[]) => (names.length > 0 ? [`${words}: ${names.join(', ')}.`] : [])
  const named = (which: (file: Verified) => boolean) => files.filter(which).map(({ name }) => name)
  return [
    ...sentence(
      'These files are not as they were written',
      named(({ file }) => file === 'missing' || file === 'changed'),
    ),
    ...sentence(
      `${MANIFEST} does not list these files of the run`,
      named(({ file }) => file === 'unlisted'),
    ),
    ...sentence(
      'The run does not give the same bits again',
      named((file) => file.again === 'other bits'),
    ),
    ...sentence(`${MANIFEST} states what the run does not give`, again?.differences ?? []),
  ].join(' ')
}

interface Repeated {
  /** The size and SHA-256 of each file that the run would write. */
  readonly files: ReadonlyMap<string, Omit<FileFacts, 'name'>>
  /** The paths at which the manifest states something else, the first few. */
  readonly differences: readonly string[]
}

/** Repeats the run from the manifest. */
async function repeated(manifest: Manifest, flags: FlagsOf<typeof options>): Promise<Repeated> {
  const { live } = manifest.report
  const settings = { ...optionsIn(manifest), ...watching(flags, 'Repeating the run'), ...chosen(flags, { threads }) }
  const platform = {
    executor: (count: number | undefined) => commandExecutor(count, note),
    reader: givenFiles(live.files),
    ...hostMemory(),
  }
  const again = await runScenario(live.scenario, settings, platform)
  const finished = manifest.precision ? withPrecision(again, manifest.precision) : again
  const names = new Set(manifest.files.map(({ name }) => name))
  const formats = OUTPUT_FORMATS.filter((format) => names.has(`months.${format}`) || names.has(`budget.${format}`))
  const inputs = formats.some((format) => names.has(`inputs.${format}`))
  const paths = formats.some((format) => names.has(`paths.${format}`))
  const { clearAt } = manifest.report
  const wanted = { formats, inputs, paths, page: names.has('report.html'), clearAt }
  const output = await outputOf(finished, wanted, VERSION, sha256)
  const files = new Map<string, Omit<FileFacts, 'name'>>()
  for (const file of output.files) files.set(file.name, await factsOf(file))
  return { files, differences: restated(manifest, finished, output) }
}

/** Facts on this file and this machine. Files are compared one by one. */
const APART: readonly string[] = ['format', 'run', 'files', 'sha256']

/** Where a manifest states something else than a repeated run. */
function restated(manifest: Manifest, finished: Finished, { identity, facts, report }: Output): string[] {
  const stated = Object.fromEntries(Object.entries(manifest).filter(([name]) => !APART.includes(name)))
  const own: unknown = JSON.parse(JSON.stringify(repeatableOf(finished, identity, facts, report?.figures)), revivedEstimate)
  return differingPaths(stated, own).slice(0, SHOWN).map(pathText)
}

async function factsOf({ content }: OutputFile): Promise<Omit<FileFacts, 'name'>> {
  const hash = hasher()
  let bytes = 0
  await content((part) => {
    hash.update(part)
    bytes += part.byteLength
    return Promise.resolve()
  })
  return { bytes, sha256: hash.digest() }
}
