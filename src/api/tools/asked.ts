// Runs the plan of a question on a bounded number of trials.
import { titlesOf } from '../titles.ts'
import { type MemoryWords, runScenario } from '../run.ts'
import { SimulationResult } from '../result.ts'
import { formatNumber } from '../../notation/number.ts'
import { wholeNumber } from '../../options/kinds.ts'
import { type OptionsOf, option } from '../../options/option.ts'
import { sampling } from '../../options/simulate.ts'
import { type Assumption, assumptionsOf } from '../../present/report/assumptions.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import { soundPlan } from '../check.ts'
import { askedPlan, type GivenPlan, planAsked, type ToolAnswer, type ToolSurroundings } from './tool.ts'

const USUAL = 65_536
const { seed, method, measure } = sampling

const sampledPlan = (most: number, help: string) =>
  ({ ...planAsked, trials: option(wholeNumber(1_024, most, '100k'), help, formatNumber(USUAL)), seed, method, measure }) as const

/** Trials of a run: enough for a decision, few enough for a conversation. */
export const runAsked = sampledPlan(2 ** 20, 'number of trials')

/** Trials of each variant that a search bills. */
export const searchAsked = sampledPlan(2 ** 18, 'number of trials for each variant')

/** What a run may hold. Bytes. */
const MEMORY = 2 ** 30
const MEMORY_WORDS: MemoryWords = {
  stated: 'of this server',
  mend: () => 'Ask with fewer `trials`, or remove `keepTrials` from the plan',
}

interface Run {
  readonly result: SimulationResult
  readonly titles: Readonly<Record<string, string>>
  readonly common: Pick<ToolAnswer, 'assumptions' | 'notes'>
}

/** @param monthly whether months get more than means */
export async function runOf(given: OptionsOf<typeof runAsked>, around: ToolSurroundings, monthly = false): Promise<Run> {
  const { plan, file, trials = USUAL, ...rest } = given
  const { input, reader } = await askedPlan({ plan, file }, around)
  const { executor, free, capacity, watching } = around
  const finished = await runScenario(
    input,
    { ...rest, ...watching, trials, monthly, memory: MEMORY, threads: 1 },
    { executor, reader, memoryWords: MEMORY_WORDS, ...(free && { free }), ...(capacity && { capacity }) },
  )
  const { summary, scenario } = finished
  const sampled = `${formatNumber(summary.trials)} trials (${summary.method}, seed ${summary.seed})`
  return {
    result: SimulationResult.of(finished),
    titles: titlesOf(scenario),
    common: {
      assumptions: assumedLines(assumptionsOf(scenario)),
      notes: [...finished.warnings, ...finished.notes, `The figures come from ${sampled}, and ± is their standard error.`],
    },
  }
}

export const assumedLines = (assumptions: readonly Assumption[]): string[] =>
  assumptions.map(({ name, value }) => `${name}: ${value}`)

interface ReadPlan extends Pick<Run, 'common'> {
  readonly input: string | object
  readonly reader: Reader
  /** The plan as it is written, for the notation of its fields. */
  readonly data: unknown
  readonly currency: string
}

/** The plan of a question that bills variants of it. */
export async function variedPlan(given: GivenPlan, around: ToolSurroundings): Promise<ReadPlan> {
  const { input, reader } = await askedPlan(given, around)
  const { data, scenario, warnings } = await soundPlan(input, reader)
  return {
    ...{ input, reader, data, currency: scenario.currency },
    common: { assumptions: assumedLines(assumptionsOf(scenario)), notes: warnings },
  }
}
