// The files of a run, all or nothing: written beside, flushed, renamed, and the manifest last as the sign that all is there.
import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../errors.ts'

export interface OutputFile {
  readonly name: string
  readonly bytes: Uint8Array
}

const OURS = new Set(['summary.json', 'trials.arrow', 'months.arrow', 'manifest.json'])

/** Refuses a folder that holds other files, before anything is computed. */
export async function checkFolder(folder: string, force: boolean): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    const strangers = (await readdir(folder)).filter((name) => !OURS.has(name) && !/^\..*\.tmp$/.test(name))
    if (strangers.length > 0 && !force)
      throw new UsageError(
        `--out ${folder}: expected an empty folder or one of an earlier run, it holds ${strangers[0]} (--force writes all the same)`,
      )
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`--out ${folder}: cannot be written (${error instanceof Error ? error.message : String(error)})`)
  }
}

/** Writes the files and a manifest that names each with its size and SHA-256. On an error nothing half-written is left. */
export async function writeFolder(folder: string, files: readonly OutputFile[], manifest: object): Promise<void> {
  const list = files.map(({ name, bytes }) => ({
    name,
    bytes: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }))
  const text = `${JSON.stringify({ ...manifest, files: list }, null, 2)}\n`
  const all = [...files, { name: 'manifest.json', bytes: new TextEncoder().encode(text) }]
  const temporary = (name: string) => join(folder, `.${name}.${process.pid}.tmp`)
  try {
    for (const { name, bytes } of all) {
      const handle = await open(temporary(name), 'wx')
      try {
        for (let at = 0; at < bytes.byteLength; ) at += (await handle.write(bytes, at)).bytesWritten
        await handle.sync()
      } finally {
        await handle.close()
      }
    }
    await rm(join(folder, 'manifest.json'), { force: true })
    for (const { name } of all) await rename(temporary(name), join(folder, name))
  } catch (error) {
    await Promise.all(all.map(({ name }) => rm(temporary(name), { force: true })))
    throw error
  }
}
