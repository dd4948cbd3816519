// Checkpoints in a folder next to a run's files. `state` is replaced atomically. `spool` is an image of the kept columns, of which only
// the parts that a state names are valid.
import { constants, type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CheckpointStore, SavedRun, Spooled } from '../../run/checkpoint.ts'
import type { Segment } from '../../run/storage.ts'
import { UsageError } from '../../errors.ts'
import { CHECKPOINT } from '../../present/files/folder.ts'
import { type Held, LockError } from '../../present/files/held.ts'
import { type Content, writeOne } from '../../present/files/write.ts'
import type { Identity, Planned } from '../../api/identity.ts'
import { diskAt } from './disk.ts'
import { readRegular } from './file-source.ts'
import { Flusher } from './flush.ts'
import { hasher, sha256 } from './hash.ts'
import { identityDifferences, identityHere } from './identity.ts'
import { checkpointShape, shapeFault } from './shapes.ts'
import { plainWords, systemCode } from './words.ts'

const STATE = 'state'
const SPOOL = 'spool'
const FORMAT = 1
/** Bytes per write or read. */
const CHUNK = 4 << 20
const DIGEST = 64

interface Header {
  readonly format: number
  readonly identity: string
  readonly scenarioHash: string
  readonly part: Identity['part']
  readonly spooled: readonly Spooled[]
}

/**
 * @param warn is called once if checkpoints cannot be written
 * @param held throws if another process has taken the folder over, so that its checkpoints stay
 * @param name of the checkpoints' folder in `out`
 */
export function folderCheckpoints(
  out: string,
  resume: boolean,
  every: number,
  warn: (words: string) => void,
  held: Held,
  name = CHECKPOINT,
) {
  const folder = join(out, name)
  const remove = async () => {
    await held()
    await rm(folder, { recursive: true, force: true })
  }
  let begun = false
  return {
    /** Called when the run is complete. */
    remove,
    /** @param doubling whether each run of a series has twice the trials. @returns undefined if an earlier series got further */
    async open(run: Planned, doubling: boolean): Promise<CheckpointStore | undefined> {
      if (!resume && !begun) await remove()
      begun = true
      const own = identityHere(run)
      const found = await readState(folder)
      if (found && found.header.identity !== own.identity) {
        const others = identityDifferences(found.header, own)
        const trials = Number(found.header.part.trials)
        // The checkpoint may belong to an earlier run of the series.
        if (doubling && others.every((name) => name === 'trials')) {
          if (trials > run.trials) return undefined
          await remove()
        } else throw new UsageError(foreign(out, found.header, own, others))
      }
      const saved = found && found.header.identity === own.identity ? found.saved : undefined
      return storeIn({ folder, every, warn, held }, own, saved)
    },
  }
}

interface Place {
  readonly folder: string
  readonly every: number
  readonly warn: (words: string) => void
  readonly held: Held
}

function storeIn(
  { folder, every, warn, held }: Place,
  { identity, scenarioHash, part }: Identity,
  saved: SavedRun | undefined,
): CheckpointStore {
  const disk = diskAt(folder)
  // The results' own disk says if it cannot flush.
  const flusher = new Flusher(() => undefined)
  let abandoned = false
  const goOn = () => {
    if (abandoned) throw new Error('the run was stopped')
  }
  const withSpool = async <T>(use: (file: FileHandle) => Promise<T>): Promise<T> => {
    await held()
    await disk.make()
    const path = join(folder, SPOOL)
    const file = await openHere(path)
    try {
      return await use(file)
    } finally {
      await file.close()
    }
  }
  return {
    every,
    place: folder,
    load: () => Promise.resolve(saved),
    async save({ spooled, tally }) {
      await held()
      await disk.make()
      const header: Header = { format: FORMAT, identity, scenarioHash, part, spooled }
      const head = new TextEncoder().encode(`${JSON.stringify(header)}\n`)
      const hash = hasher()
      hash.update(head)
      hash.update(tally)
      const digest = new TextEncoder().encode(hash.digest())
      const content: Content = async (sink) => {
        for (const part of [head, tally, digest]) {
          goOn()
          await sink(part)
        }
      }
      await writeOne(disk, STATE, content, held)
    },
    spool: (segments) =>
      withSpool(async (file) => {
        const digest = await eachChunk(segments, async (bytes, at) => {
          goOn()
          for (let done = 0; done < bytes.byteLength; ) {
            const { bytesWritten } = await file.write(bytes, done, bytes.byteLength - done, at + done)
            if (!(bytesWritten > 0)) throw new Error('the disk accepts no more bytes')
            done += bytesWritten
          }
        })
        goOn()
        await flusher.file(file, join(folder, SPOOL))
        return digest
      }),
    fill: (segments) =>
      withSpool((file) =>
        eachChunk(segments, async (bytes, at) => {
          const { bytesRead } = await file.read(bytes, 0, bytes.byteLength, at)
          if (bytesRead < bytes.byteLength) throw new Error('kept trials are missing')
        }),
      ),
    abandon() {
      abandoned = true
    },
    failed(error) {
      if (error instanceof LockError) throw error
      warn(`checkpoints cannot be written, so the run continues without them: ${plainWords(error)}`)
    },
  }
}

/** Opens a file of this folder, or makes it. A link in its place would lead to a file of someone else, so a new file replaces it. */
async function openHere(path: string): Promise<FileHandle> {
  const { O_RDWR, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants
  try {
    return await open(path, O_RDWR | O_NOFOLLOW)
  } catch (error) {
    const code = systemCode(error)
    if (code !== 'ENOENT' && code !== 'ELOOP') throw error
    if (code === 'ELOOP') await rm(path)
    return open(path, O_RDWR | O_CREAT | O_EXCL)
  }
}

/** @returns SHA-256 of all bytes in order, as they are after `use` */
async function eachChunk(segments: readonly Segment[], use: (bytes: Uint8Array, at: number) => Promise<void>): Promise<string> {
  const hash = hasher()
  for (const { at, bytes } of segments) {
    for (let from = 0; from < bytes.byteLength; from += CHUNK) {
      const chunk = bytes.subarray(from, from + CHUNK)
      await use(chunk, at + from)
      hash.update(chunk)
    }
  }
  return hash.digest()
}

/** @throws UsageError if the file exists but is not an intact state */
async function readState(folder: string): Promise<{ readonly header: Header; readonly saved: SavedRun } | undefined> {
  const path = join(folder, STATE)
  let bytes: Uint8Array
  try {
    bytes = await readRegular(path)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw new UsageError(`${path}: the checkpoint cannot be read: ${plainWords(error)}`)
  }
  const end = bytes.byteLength - DIGEST
  const edge = bytes.indexOf(10)
  const whole = edge > 0 && edge < end && sha256(bytes.subarray(0, end)) === new TextDecoder().decode(bytes.subarray(end))
  if (!whole) throw new UsageError(`${path}: the checkpoint is damaged. Run without --resume to start again`)
  const header = headerIn(path, new TextDecoder().decode(bytes.subarray(0, edge)))
  return { header, saved: { spooled: header.spooled, tally: bytes.subarray(edge + 1, end) } }
}

function headerIn(path: string, line: string): Header {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    // Reported below.
  }
  const again = 'Run without --resume to start again'
  if (typeof value === 'object' && value !== null && 'format' in value && value.format !== FORMAT)
    throw new UsageError(`${path}: the checkpoint is of another version. ${again}`)
  const fault = shapeFault(checkpointShape, value)
  if (fault !== undefined) throw new UsageError(`${path}: the checkpoint cannot be used (${fault}). ${again}`)
  return value as Header
}

function foreign(out: string, theirs: Header, own: Identity, names: readonly string[]): string {
  const words = names.map((name) =>
    name === 'scenario'
      ? 'another scenario'
      : `${name} ${JSON.stringify(theirs.part[name])} there, ${JSON.stringify(own.part[name])} here`,
  )
  return `--resume: the checkpoint in ${out} is of another run (${words.join('; ')}). Use the settings of that run, or run without --resume to start again`
}
