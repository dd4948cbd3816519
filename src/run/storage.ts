// The trials that a run keeps, and their memory, which all threads share.
import { formatNumber } from '../notation/number.ts'
import { UsageError } from '../errors.ts'
import type { Program } from '../compile/program.ts'
import { firstTrial, type Plan } from '../numerics/random/plan.ts'
import { keptColumns } from '../simulation/block.ts'
import type { Job, BlockRange } from './task.ts'

/** The default limit for kept trials. It depends on the scenario and never on the machine, so that figures do not either. */
const KEPT_BYTES = 512 * 2 ** 20
const MOST_BYTES = 16 * 2 ** 30
const MONTHLY_TRIALS = 65_536
const MONTHLY_VALUES = 2 ** 24
/** With fewer trials, months report only means. */
const FEWEST_MONTHLY = 1_024

export const shared = (bytes: number): ArrayBufferLike =>
  typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes)

/** Columns that were given back. A batch has hundreds of runs of the same shape that can use them. */
const idle: ArrayBufferLike[] = []
const MOST_IDLE = 256 * 2 ** 20
/** Milliseconds without a run after which nobody is expected to use them soon. */
const REST = 2_000
let rest: ReturnType<typeof setTimeout> | undefined

/** Lets go of idle columns after a while. The wait keeps no program alive. */
function restLater(): void {
  clearTimeout(rest)
  rest = setTimeout(() => {
    idle.length = 0
  }, REST)
  // Browsers have numbers.
  if (typeof rest === 'object') rest.unref()
}

/** Memory for a column. It may hold old values, because every cell is written before it is read. */
function column(bytes: number): ArrayBufferLike {
  const k = idle.findIndex((buffer) => buffer.byteLength === bytes)
  return k < 0 ? shared(bytes) : idle.splice(k, 1)[0]
}

/** Gives kept columns back. Nobody may read them afterwards. */
export function giveBack(columns: readonly ArrayBufferLike[]): void {
  let held = idle.reduce((sum, { byteLength }) => sum + byteLength, 0)
  for (const buffer of columns) {
    held += buffer.byteLength
    if (held <= MOST_IDLE) idle.push(buffer)
  }
  if (idle.length > 0) restLater()
}

/** The trials that are kept by month: the first 2^j points of each replicate, or of the run for `random`. */
function monthlyPlan(program: Program, plan: Plan): { readonly points: number; readonly trials: number } {
  const each = program.months * program.offers.length * (program.distinctTotal ? 2 : 1)
  // A partial run keeps as many points per set as the whole run would.
  const whole = plan.part?.of ?? plan.replicates
  const sets = plan.method === 'random' ? 1 : whole
  const most = plan.method === 'random' ? plan.trials : plan.points
  let points = 1
  while (2 * points <= most && sets * 2 * points <= MONTHLY_TRIALS && sets * 2 * points * each <= MONTHLY_VALUES) points *= 2
  return { points, trials: (sets === 1 ? 1 : plan.replicates) * points }
}

export const keptBytes = (program: Program, plan: Plan): number => plan.trials * keptColumns(program).length * 8

export const monthlyBytes = (program: Program, plan: Plan): number =>
  8 * monthlyPlan(program, plan).trials * program.months * keptColumns(program).length

/** Whether every trial is kept: as the user says, else by memory. */
export const keepsTrials = (program: Program, plan: Plan, stated: boolean | undefined): boolean =>
  stated ?? keptBytes(program, plan) <= KEPT_BYTES

/** Memory of a process, with the writing of tables, and of a thread. Measured and rounded up (docs/performance.md). */
const PROCESS_BYTES = 200 * 2 ** 20
const THREAD_BYTES = 30 * 2 ** 20

/** The approximate peak memory of a run, including its files. */
export function peakBytes(program: Program, plan: Plan, keepTrials: boolean, byMonth: boolean, threads: number): number {
  const months = byMonth ? monthlyBytes(program, plan) : 0
  return PROCESS_BYTES + threads * THREAD_BYTES + months + (keepTrials ? keptBytes(program, plan) : 0)
}

/** @throws UsageError if the trials to keep exceed 16 GiB */
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
      `keeping ${formatNumber(plan.trials)} trials needs ${formatNumber(Math.ceil(bytes / 2 ** 20))} MiB of memory. Run fewer trials, or use \`keepTrials: false\` (--no-keep-trials)`,
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

/** A piece of the kept columns, and its offset in an image of all of them. */
export interface Segment {
  readonly at: number
  readonly bytes: Uint8Array
}

interface Piece {
  readonly buffer: ArrayBufferLike
  /** Byte offsets in the buffer. */
  readonly from: number
  readonly to: number
  /** Offset of the buffer in the image. */
  readonly base: number
}

/** The pieces of the kept columns that belong to some blocks, by column and month. Adjacent pieces are joined. */
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

/** Sorts pieces by their place in the image and joins adjacent ones. */
function joined(pieces: readonly Piece[]): Piece[] {
  const found: Piece[] = []
  for (const piece of [...pieces].sort((a, b) => a.base + a.from - (b.base + b.from))) {
    const before = found[found.length - 1]
    if (before && before.buffer === piece.buffer && before.to === piece.from) found[found.length - 1] = { ...before, to: piece.to }
    else found.push(piece)
  }
  return found
}
