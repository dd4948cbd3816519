// Saves the state of a run from time to time, so that it can resume: the tally, and the kept columns of its blocks. A saved state only
// refers to columns that were flushed before it.
import { messageOf, UsageError } from '../errors.ts'
import type { Layout } from '../numerics/estimators/layout.ts'
import { decodeParts, encodeParts } from './encoding.ts'
import { type Segment, segmentsOf } from './storage.ts'
import { areWithin, rangesIn, type Tally } from './tally.ts'
import type { Job, BlockRange } from './task.ts'

/** Blocks whose kept columns were written together, and the SHA-256 of those bytes. */
export interface Spooled {
  readonly ranges: readonly BlockRange[]
  readonly sha256: string
}

export interface SavedRun {
  readonly spooled: readonly Spooled[]
  /** Encoded by `encodeParts`. */
  readonly tally: Uint8Array
}

/** The platform's storage for the states of one run. SHA-256 are hexadecimal digits. */
export interface CheckpointStore {
  /** Milliseconds between two states. */
  readonly every: number
  /** The place that errors name. */
  readonly place?: string
  /** The last saved state, if any. */
  load(): Promise<SavedRun | undefined>
  /** Replaces the previous state atomically. */
  save(state: SavedRun): Promise<void>
  /** Writes the columns and flushes them. @returns SHA-256 of their bytes in order */
  spool(segments: readonly Segment[]): Promise<string>
  /** Reads the columns. @returns SHA-256 of their bytes in order */
  fill(segments: readonly Segment[]): Promise<string>
  /** Makes pending writes fail soon, because the run is to stop. */
  abandon(): void
  /** Reports an error. The run continues without checkpoints, unless this throws. */
  failed(error: unknown): void
}

export class Checkpoints {
  readonly #store: CheckpointStore
  readonly #job: Job
  readonly #layout: Layout
  readonly #tally: Tally
  readonly #end: (reason: unknown) => void
  #spooled: Spooled[] = []
  /** Blocks that no saved state holds yet. */
  #fresh: BlockRange[] = []
  #saving: Promise<void> = Promise.resolve()
  #busy = false
  #broken = false
  #timer: ReturnType<typeof setInterval> | undefined
  #saved = false
  #stopped = false

  /** @param end stops the run */
  constructor(store: CheckpointStore, job: Job, layout: Layout, tally: Tally, end: (reason: unknown) => void) {
    this.#store = store
    this.#job = job
    this.#layout = layout
    this.#tally = tally
    this.#end = end
  }

  /** Loads the last saved state, if any. @param all the blocks that it may have @throws if its bytes have changed */
  async restore(all: readonly BlockRange[]): Promise<void> {
    const state = await this.#store.load()
    if (!state) return
    try {
      for (const { ranges, sha256 } of state.spooled) {
        if ((await this.#store.fill(segmentsOf(this.#job, checkedRanges(ranges, all)))) !== sha256)
          throw new Error('the kept trials have changed')
      }
      const parts = decodeParts(this.#layout, state.tally)
      checkedRanges(parts.flatMap(rangesIn), all)
      for (const part of parts) this.#tally.add(part)
    } catch (error) {
      const { place } = this.#store
      throw new UsageError(
        `${place === undefined ? '' : `${place}: `}the checkpoint is damaged (${messageOf(error)}). Run without --resume to start again`,
      )
    }
    this.#spooled = [...state.spooled]
    this.#saved = true
  }

  start(): void {
    this.#timer = setInterval(() => void this.#save(), this.#store.every)
  }

  /** Notes blocks that the tally now holds. */
  add(ranges: readonly BlockRange[]): void {
    this.#fresh.push(...ranges)
  }

  /** Saves the complete tally of a long run, which still has percentiles and files to do. */
  complete(): void {
    clearInterval(this.#timer)
    // Encode it now: reading the tally afterwards uses it up.
    if (this.#saved) void this.#save()
  }

  /** Waits for pending writes. */
  async settle(): Promise<void> {
    clearInterval(this.#timer)
    await this.#saving
  }

  /** Abandons pending writes after a stop. The last saved state stays. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#store.abandon()
    await this.settle()
  }

  #save(): Promise<void> {
    if (this.#broken || this.#busy || this.#fresh.length === 0) return this.#saving
    this.#busy = true
    this.#saving = this.#write()
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#busy = false
      })
    return this.#saving
  }

  #failed(error: unknown): void {
    this.#broken = true
    clearInterval(this.#timer)
    if (this.#stopped) return
    try {
      this.#store.failed(error)
    } catch (reason) {
      this.#end(reason)
    }
  }

  async #write(): Promise<void> {
    // Take both at the same moment, because blocks may end during the write.
    const ranges = this.#fresh
    this.#fresh = []
    const tally = encodeParts(this.#layout, this.#tally.parts())
    const segments = segmentsOf(this.#job, ranges)
    if (segments.length > 0) this.#spooled.push({ ranges, sha256: await this.#store.spool(segments) })
    await this.#store.save({ spooled: this.#spooled, tally })
    this.#saved = true
  }
}

/** Ranges come from a file, so check them before they address memory. */
function checkedRanges(ranges: readonly BlockRange[], all: readonly BlockRange[]): readonly BlockRange[] {
  if (!areWithin(ranges, all)) throw new Error('it names blocks that are not in this run or shard')
  return ranges
}
