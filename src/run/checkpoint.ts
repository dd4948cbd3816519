// A run's state, saved now and then so that it can be taken up again: the tally, and beside it the kept columns of the blocks that it
// holds. A state that was saved only tells of columns that were flushed before.
import { messageOf } from '../errors.ts'
import type { Layout } from '../numerics/estimators/layout.ts'
import { decodeParts, encodeParts } from './encoding.ts'
import { type Segment, segmentsOf } from './storage.ts'
import { everyBlock, type Tally } from './tally.ts'
import type { Job, BlockRange } from './task.ts'

/** Kept columns that were spooled together: their blocks, and the SHA-256 of their bytes. */
export interface Spooled {
  readonly ranges: readonly BlockRange[]
  readonly sha256: string
}

export interface SavedRun {
  readonly spooled: readonly Spooled[]
  /** By `encodeParts`. */
  readonly tally: Uint8Array
}

/** Where the states of one run are kept: the platform's. Its `sha256` are hexadecimal digits. */
export interface CheckpointStore {
  /** Milliseconds between two states. */
  readonly every: number
  /** The state that was saved last, if any. */
  load(): Promise<SavedRun | undefined>
  /** In place of the state before, at once. */
  save(state: SavedRun): Promise<void>
  /** Writes the columns and flushes them. @returns SHA-256 of their bytes, one after the other */
  spool(segments: readonly Segment[]): Promise<string>
  /** Fills the columns. @returns SHA-256 of their bytes, one after the other */
  fill(segments: readonly Segment[]): Promise<string>
  /** Whatever is being written fails soon: the run shall end. */
  abandon(): void
  /** The run goes on without checkpoints. */
  failed(error: unknown): void
}

export class Checkpoints {
  readonly #store: CheckpointStore
  readonly #job: Job
  readonly #layout: Layout
  readonly #tally: Tally
  #spooled: Spooled[] = []
  /** Blocks that no state holds. */
  #fresh: BlockRange[] = []
  #saving: Promise<void> = Promise.resolve()
  #busy = false
  #broken = false
  #timer: ReturnType<typeof setInterval> | undefined
  #saved = false
  #stopped = false

  constructor(store: CheckpointStore, job: Job, layout: Layout, tally: Tally) {
    this.#store = store
    this.#job = job
    this.#layout = layout
    this.#tally = tally
  }

  /** Takes up what was saved, if anything. @throws where the state holds other bytes than were saved */
  async restore(): Promise<void> {
    const state = await this.#store.load()
    if (!state) return
    try {
      for (const { ranges, sha256 } of state.spooled) {
        if ((await this.#store.fill(segmentsOf(this.#job, checkedRanges(this.#job, ranges)))) !== sha256)
          throw new Error('the kept trials are not those that were saved')
      }
      for (const part of decodeParts(this.#layout, state.tally)) this.#tally.add(part)
    } catch (error) {
      throw new Error(`the checkpoint is damaged (${messageOf(error)}): run without --resume to begin again`)
    }
    this.#spooled = [...state.spooled]
    this.#saved = true
  }

  start(): void {
    this.#timer = setInterval(() => void this.#save(), this.#store.every)
  }

  /** Tells of blocks that the tally has now. */
  add(ranges: readonly BlockRange[]): void {
    this.#fresh.push(...ranges)
  }

  /** All blocks are there: a long run keeps them while it goes on to the percentiles and the files. */
  complete(): void {
    clearInterval(this.#timer)
    // At once: from now on the tally is read, which uses it up.
    if (this.#saved) void this.#save()
  }

  /** Waits for what is being written. */
  async settle(): Promise<void> {
    clearInterval(this.#timer)
    await this.#saving
  }

  /** For a run that was stopped: what was saved last stays, what is being written is left. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#store.abandon()
    await this.settle()
  }

  #save(): Promise<void> {
    if (this.#broken || this.#busy || this.#fresh.length === 0) return this.#saving
    this.#busy = true
    this.#saving = this.#write()
      .catch((error: unknown) => {
        this.#broken = true
        clearInterval(this.#timer)
        if (!this.#stopped) this.#store.failed(error)
      })
      .finally(() => {
        this.#busy = false
      })
    return this.#saving
  }

  async #write(): Promise<void> {
    // Both at one moment: blocks may end while this is written.
    const ranges = this.#fresh
    this.#fresh = []
    const tally = encodeParts(this.#layout, this.#tally.parts())
    const segments = segmentsOf(this.#job, ranges)
    if (segments.length > 0) this.#spooled.push({ ranges, sha256: await this.#store.spool(segments) })
    await this.#store.save({ spooled: this.#spooled, tally })
    this.#saved = true
  }
}

/** Ranges from a file are ranges of this plan, or nothing is read by them. */
function checkedRanges({ plan }: Job, ranges: readonly BlockRange[]): readonly BlockRange[] {
  const whole = everyBlock(plan)
  const sound = ranges.every(({ replicate, from, to }) => from >= 0 && from < to && to <= (whole[replicate]?.to ?? 0))
  if (!sound) throw new Error('it names blocks that the run does not have')
  return ranges
}
