// Truths of plans with many inputs: plain random trials of independent seeds, in which every figure is a raw count or sum.
import { inputsOf, type Plan, writtenPlan } from './plans.ts'
import type { Pool } from './pool.ts'
import type { Truth } from './truth.ts'

const SEEDS = 4
const TRIALS = 1_000_000

/** The probability of the rarest event of a plan: the share of trials that a mean may rest on. */
function rarestEvent({ months, spikes, setbacks, ...plan }: Plan): number {
  const atoms = inputsOf({ months, ...plan }).flatMap(({ law }) =>
    law.kind === 'discrete' ? law.atoms.map(([, weight]) => weight) : [],
  )
  const events = [spikes, setbacks].flatMap((event) => (event ? [1 - (1 - event.probability) ** months] : []))
  return Math.min(1, ...atoms, ...events)
}

const PROBABILITIES = /^comparison\.che|^budget\.(holds|within)|^regret\.\w+\.none$|\.overage\.(any|months\.)/

/** The share of trials that a figure's error rests on. */
function shareOfEvents(path: string, value: number, chance: number, rarest: number): number {
  const percentile = /percentiles\.p(\d+)$/.exec(path)
  if (percentile) return Math.min(Number(percentile[1]), 100 - Number(percentile[1])) / 100
  if (PROBABILITIES.test(path)) return Math.min(value, 1 - value)
  return /\.overage\./.test(path) ? Math.min(rarest, chance) : rarest
}

/** Joins the seeds: the mean of their figures, and the error of that mean. An atom is the same in every seed. */
export async function replicateTruths(plan: Plan, pool: Pool): Promise<ReadonlyMap<string, Truth>> {
  const { measure } = plan
  const runs = await Promise.all(
    Array.from({ length: SEEDS }, (_, k) =>
      pool.run({
        plan: writtenPlan(plan),
        options: { trials: TRIALS, method: 'random', seed: `truth ${k}`, measure, keepTrials: true },
      }),
    ),
  )
  const rarest = rarestEvent(plan)
  const truths = new Map<string, Truth>()
  for (const path of Object.keys(runs[0].figures)) {
    const all = runs.flatMap(({ figures }) => (figures[path] ? [figures[path]] : []))
    if (all.length < SEEDS) continue
    const value = all.reduce((sum, [own]) => sum + own, 0) / SEEDS
    const error = Math.sqrt(all.reduce((sum, [, se]) => sum + se * se, 0)) / SEEDS
    const atom = error > 0 && /percentiles/.test(path) && all.every(([own]) => own === all[0][0])
    const any = runs[0].figures[path.replace(/overage\..*$/, 'overage.any')]
    const events = atom ? 0 : shareOfEvents(path, value, any?.[0] ?? 1, rarest)
    // An event that no trial met has a probability of about one in the number of trials, or less.
    const least = PROBABILITIES.test(path) ? 1 / (SEEDS * TRIALS) : 1e-12 * Math.abs(value)
    truths.set(path, { value, error: Math.max(error, least), events })
  }
  return truths
}
