// What a run keeps of its trials, and the memory for it, shared by all threads.
import { UsageError } from '../errors.ts'
import type { Program } from '../program/program.ts'
import type { Plan } from '../random/plan.ts'
import { keptColumns } from '../simulation/block.ts'
import type { Job } from './task.ts'

/** Kept by default up to this: a rule of the scenario, never of the machine. */
const KEPT_BYTES = 512 * 2 ** 20
const MOST_BYTES = 16 * 2 ** 30
const MONTHLY_TRIALS = 65_536
const MONTHLY_VALUES = 2 ** 24
/** Below this, months show means only. */
const FEWEST_MONTHLY = 1_024

export const shared = (bytes: number): ArrayBufferLike =>
  typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes)

/** How many trials are kept month by month: the first 2^j points of each replicate (of the run, for random). */
function monthlyPlan(program: Program, plan: Plan): { readonly points: number; readonly trials: number } {
  const each = program.months * program.offers.length * (program.distinctTotal ? 2 : 1)
  const sets = plan.method === 'random' ? 1 : plan.replicates
  const most = plan.method === 'random' ? plan.trials : plan.points
  let points = 1
  while (2 * points <= most && sets * 2 * points <= MONTHLY_TRIALS && sets * 2 * points * each <= MONTHLY_VALUES) points *= 2
  return { points, trials: sets * points }
}

/** @throws UsageError where the trials that shall be kept are too many for any memory */
export function storageOf(
  program: Program,
  plan: Plan,
  keepTrials: boolean | undefined,
  byMonth: boolean,
): Pick<Job, 'trials' | 'monthly'> {
  const columns = keptColumns(program)
  const bytes = plan.trials * columns.length * 8
  const keep = keepTrials ?? bytes <= KEPT_BYTES
  if (keep && bytes > MOST_BYTES) {
    throw new UsageError(
      `keeping ${plan.trials} trials needs ${Math.ceil(bytes / 2 ** 20)} MiB: run fewer trials, or with --no-keep-trials`,
    )
  }
  const months = monthlyPlan(program, plan)
  return {
    ...(keep && { trials: columns.map(() => shared(plan.trials * 8)) }),
    ...(byMonth &&
      months.trials >= FEWEST_MONTHLY && {
        monthly: { columns: columns.map(() => shared(months.trials * program.months * 8)), ...months },
      }),
  }
}
