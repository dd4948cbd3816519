// The time and memory of a run with more trials than any question needs. Whoever waits for it should know before it starts.
import type { Program } from '../compile/program.ts'
import { formatNumber } from '../notation/number.ts'
import type { Plan } from '../numerics/random/plan.ts'
import { peakBytes } from './storage.ts'

/** Nanoseconds of one month of one trial on one core, and what each offer adds (docs/performance.md). */
const [MONTH, OFFER] = [14, 3.5] as const
/** Seconds of a run that nobody need be warned of. */
const PATIENCE = 120

const secondsOf = ({ months, offers }: Pick<Program, 'months' | 'offers'>, trials: number): number =>
  1e-9 * trials * months * (MONTH + OFFER * offers.length)

/** Units of time, each with the seconds from which it is used. */
const UNITS = [
  ['year', 365.25 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** A guess to one digit, or to two where one digit would be 1. */
function timeWords(seconds: number): string {
  const [unit, length] = UNITS.find(([, own]) => seconds >= 1.5 * own) ?? UNITS[UNITS.length - 1]
  const count = Number((seconds / length).toPrecision(1))
  const fine = String(count).startsWith('1') ? Number((seconds / length).toPrecision(2)) : count
  return `${formatNumber(Math.round(fine))} ${unit}s`
}

export interface Effort {
  readonly program: Program
  readonly plan: Plan
  readonly keepTrials: boolean
  readonly monthly: boolean
}

/** Nothing for a run that takes up to two minutes. */
export function effortWords({ program, plan, keepTrials, monthly }: Effort): string | undefined {
  const seconds = secondsOf(program, plan.trials)
  if (seconds <= PATIENCE) return undefined
  const memory = formatNumber(Math.ceil(peakBytes(program, plan, keepTrials, monthly, 1) / 2 ** 20))
  return `trials: ${formatNumber(plan.trials)} trials of this plan take about ${timeWords(seconds)} on one core, and about ${memory} MiB of memory. A million trials usually give every budget with an error below 0.1%`
}
