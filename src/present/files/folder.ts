// Writes the files of a run, all or nothing: under temporary names, flushed, then renamed, with the manifest last to mark the end.
import { messageOf, UsageError } from '../../errors.ts'
import type { Disk } from './disk.ts'
import { FORMATS } from './formats.ts'
import { type Content, text, writeFile } from './write.ts'

export interface OutputFile {
  readonly name: string
  readonly content: Content
}

/** Computes a SHA-256 part by part. */
export interface Hasher {
  update(bytes: Uint8Array): unknown
  /** The hash in hexadecimal digits. */
  digest(): string
}

export const MANIFEST = 'manifest.json'
/** The folder with the saved state of a run, which is removed when the run's files are written. */
export const CHECKPOINT = '.checkpoint'
const tables = (...names: readonly string[]) => names.flatMap((name) => FORMATS.map((format) => `${name}.${format}`))
/** The files of each kind of folder. A later run may replace them, and removes those that it does not write. */
const KINDS = {
  run: new Set([...['summary.json', 'report.html', 'report.md', 'budget.xlsx', MANIFEST], ...tables('trials', 'months', 'inputs')]),
  backtest: new Set([...['backtest.json', 'fan.svg', 'fan.vl.json', 'pit.svg', 'pit.vl.json', MANIFEST], ...tables('cases')]),
} as const satisfies Readonly<Record<string, ReadonlySet<string>>>
type FolderKind = keyof typeof KINDS
const TEMPORARY = /^\.([A-Za-z0-9][A-Za-z0-9._-]*)\.([A-Za-z0-9-]+)\.tmp$/

/** The tag in the name of a run's temporary file. */
function tagOf(name: string, ours: ReadonlySet<string>): string | undefined {
  const [, of = '', tag] = TEMPORARY.exec(name) ?? []
  return ours.has(of) ? tag : undefined
}

/**
 * Checks the folder before anything is computed.
 * @throws UsageError if it cannot be written, or contains other files
 */
export async function checkFolder(disk: Disk, force: boolean, kind: FolderKind = 'run'): Promise<void> {
  const ours: ReadonlySet<string> = KINDS[kind]
  const probe = `.${MANIFEST}.${disk.tag}.tmp`
  let names: readonly string[]
  try {
    await disk.make()
    names = await disk.list()
    await disk.remove(probe)
    await (await disk.open(probe)).close()
    await disk.remove(probe)
  } catch (error) {
    throw new UsageError(`--out ${disk.folder}: expected a folder that billcast can write, but ${messageOf(error)}`)
  }
  const stranger = names.find((name) => !ours.has(name) && name !== CHECKPOINT && tagOf(name, ours) === undefined)
  if (stranger !== undefined && !force)
    throw new UsageError(
      `--out ${disk.folder}: expected an empty folder or one of an earlier run, but it contains ${stranger}. Choose another folder, or add --force to write beside it`,
    )
}

/**
 * Writes the files and a manifest with the size and SHA-256 of each. Whenever it stops, a manifest in the folder has all its files beside
 * it, complete. The earlier run stays until the new files are on the disk. From then until all have their names, there is no manifest.
 * @param signal stops it while files are written, before names change
 */
export async function writeFolder(
  disk: Disk,
  files: readonly OutputFile[],
  manifest: object,
  hasher: () => Hasher,
  signal?: AbortSignal,
  kind: FolderKind = 'run',
): Promise<void> {
  const ours: ReadonlySet<string> = KINDS[kind]
  const temporary = (name: string) => `.${name}.${disk.tag}.tmp`
  const names = [...files.map(({ name }) => name), MANIFEST]
  const list: { readonly name: string; readonly bytes: number; readonly sha256: string }[] = []
  let doing = () => 'be read'
  try {
    const earlier = await disk.list()
    for (const name of earlier) {
      const tag = tagOf(name, ours)
      // Temporary files of processes that ended may stay if they cannot be removed.
      if (tag !== undefined && (tag === disk.tag || !disk.alive(tag))) await disk.remove(name).catch(() => undefined)
    }
    const write = async (name: string, content: Content) => {
      const hash = hasher()
      let bytes = 0
      doing = () => `take ${name} (after ${bytes} bytes)`
      await writeFile(disk, temporary(name), content, (part) => {
        signal?.throwIfAborted()
        hash.update(part)
        bytes += part.byteLength
      })
      return { name, bytes, sha256: hash.digest() }
    }
    for (const { name, content } of files) list.push(await write(name, content))
    await write(MANIFEST, text(`${JSON.stringify({ ...manifest, files: list }, null, 2)}\n`))
    doing = () => 'be changed'
    signal?.throwIfAborted()
    await disk.remove(MANIFEST)
    // Otherwise a power failure could keep the manifest and lose the changes after it.
    await disk.sync()
    for (const name of earlier) if (ours.has(name) && !names.includes(name)) await disk.remove(name)
    for (const { name } of files) await disk.rename(temporary(name), name)
    await disk.sync()
    await disk.rename(temporary(MANIFEST), MANIFEST)
    await disk.sync()
  } catch (error) {
    // A later run removes files that cannot be removed now.
    for (const name of names) await disk.remove(temporary(name)).catch(() => undefined)
    signal?.throwIfAborted()
    throw new Error(`--out ${disk.folder} could not ${doing()}: ${messageOf(error)}`, { cause: error })
  }
}
