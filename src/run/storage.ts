// What a run keeps of its trials, and the memory for it, shared by all threads.
import { UsageError } from '../errors.ts'
import type { Program } from '../compile/program.ts'
import { firstTrial, type Plan } from '../numerics/random/plan.ts'
import { keptColumns } from '../simulation/block.ts'
import type { Job, BlockRange } from './task.ts'

/** Kept by default up to this: a rule of the scenario, never of the machine. */
const KEPT_BYTES = 512 * 2 ** 20
const MOST_BYTES = 16 * 2 ** 30
const MONTHLY_TRIALS = 65_536
const MONTHLY_VALUES = 2 ** 24
/** Below this, months show means only. */
const FEWEST_MONTHLY = 1_024

export const shared = (bytes: number): ArrayBufferLike =>
  typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes)

/** Columns that were given back, for runs of the same shape that follow: a batch has hundreds. */
const idle: ArrayBufferLike[] = []
const MOST_IDLE = 256 * 2 ** 20

/** Memory for a column: every cell is written before any is read. */
function column(bytes: number): ArrayBufferLike {
  const k = idle.findIndex((buffer) => buffer.byteLength === bytes)
  return k < 0 ? shared(bytes) : idle.splice(k, 1)[0]
}

/** Gives kept columns back, which nobody may look at any more. */
export function giveBack(columns: readonly ArrayBufferLike[]): void {
  let held = idle.reduce((sum, { byteLength }) => sum + byteLength, 0)
  for (const buffer of columns) {
    held += buffer.byteLength
    if (held <= MOST_IDLE) idle.push(buffer)
  }
}

/** How many trials are kept month by month: the first 2^j points of each replicate (of the run, for random). */
function monthlyPlan(program: Program, plan: Plan): { readonly points: number; readonly trials: number } {
  const each = program.months * program.offers.length * (program.distinctTotal ? 2 : 1)
  // Of a run of which some sets are missing as many as of the whole one.
  const whole = plan.part?.of ?? plan.replicates
  const sets = plan.method === 'random' ? 1 : whole
  const most = plan.method === 'random' ? plan.trials : plan.points
  let points = 1
  while (2 * points <= most && sets * 2 * points <= MONTHLY_TRIALS && sets * 2 * points * each <= MONTHLY_VALUES) points *= 2
  return { points, trials: (sets === 1 ? 1 : plan.replicates) * points }
}

/** Bytes of the columns that hold every trial. */
export const keptBytes = (program: Program, plan: Plan): number => plan.trials * keptColumns(program).length * 8

/** Bytes of the columns that hold trials month by month. */
export const monthlyBytes = (program: Program, plan: Plan): number =>
  8 * monthlyPlan(program, plan).trials * program.months * keptColumns(program).length

/** Whether every trial is kept: as stated, else by their number. */
export const keepsTrials = (program: Program, plan: Plan, stated: boolean | undefined): boolean =>
  stated ?? keptBytes(program, plan) <= KEPT_BYTES

/** What a process and a thread take by themselves, and what writing tables adds; measured, rounded up (docs/performance.md). */
const PROCESS_BYTES = 200 * 2 ** 20
const THREAD_BYTES = 30 * 2 ** 20

/** About how much memory a run takes at its peak, files included. */
export function peakBytes(program: Program, plan: Plan, keepTrials: boolean, byMonth: boolean, threads: number): number {
  const months = byMonth ? monthlyBytes(program, plan) : 0
  return PROCESS_BYTES + threads * THREAD_BYTES + months + (keepTrials ? keptBytes(program, plan) : 0)
}

/** @throws UsageError where the trials that shall be kept are too many for any memory */
export function storageOf(
  program: Program,
  plan: Plan,
  keepTrials: boolean | undefined,
  byMonth: boolean,
): Pick<Job, 'trials' | 'monthly'> {
  const columns = keptColumns(program)
  const bytes = keptBytes(program, plan)
  const keep = keepsTrials(program, plan, keepTrials)
  if (keep && bytes > MOST_BYTES) {
    throw new UsageError(
      `keeping ${plan.trials} trials needs ${Math.ceil(bytes / 2 ** 20)} MiB: run fewer trials, or with --no-keep-trials`,
    )
  }
  const months = monthlyPlan(program, plan)
  return {
    ...(keep && { trials: columns.map(() => column(plan.trials * 8)) }),
    ...(byMonth &&
      months.trials >= FEWEST_MONTHLY && {
        monthly: { columns: columns.map(() => column(months.trials * program.months * 8)), ...months },
      }),
  }
}

/** A piece of the kept columns, and its place in an image of all of them. */
export interface Segment {
  readonly at: number
  readonly bytes: Uint8Array
}

interface Piece {
  readonly buffer: ArrayBufferLike
  /** In bytes, in the buffer. */
  readonly from: number
  readonly to: number
  /** Of the buffer, in the image. */
  readonly base: number
}

/** What blocks have in the kept columns: by column, and by month within one; neighbours in one piece. */
export function segmentsOf({ plan, trials = [], monthly }: Job, ranges: readonly BlockRange[]): Segment[] {
  const pieces: Piece[] = []
  for (const { replicate, from, to } of ranges) {
    const first = firstTrial(plan, replicate, from)
    const last = Math.min(firstTrial(plan, replicate, to), (replicate + 1) * plan.points, plan.trials)
    trials.forEach((buffer, k) => pieces.push({ buffer, from: 8 * first, to: 8 * last, base: 8 * k * plan.trials }))
    if (!monthly) continue
    const random = plan.method === 'random'
    const shift = random ? 0 : replicate * (plan.points - monthly.points)
    const start = first - shift
    const end = Math.min(last - shift, random ? monthly.trials : (replicate + 1) * monthly.points)
    if (start >= end) continue
    monthly.columns.forEach((buffer, k) => {
      const base = 8 * trials.length * plan.trials + k * buffer.byteLength
      for (let row = 0; row < buffer.byteLength; row += 8 * monthly.trials)
        pieces.push({ buffer, from: row + 8 * start, to: row + 8 * end, base })
    })
  }
  return joined(pieces).map(({ buffer, from, to, base }) => ({ at: base + from, bytes: new Uint8Array(buffer, from, to - from) }))
}

/** Pieces in the order of the image, neighbours as one. */
function joined(pieces: readonly Piece[]): Piece[] {
  const found: Piece[] = []
  for (const piece of [...pieces].sort((a, b) => a.base + a.from - (b.base + b.from))) {
    const before = found[found.length - 1]
    if (before && before.buffer === piece.buffer && before.to === piece.from) found[found.length - 1] = { ...before, to: piece.to }
    else found.push(piece)
  }
  return found
}
