// What an analysis works on: a scenario's model, the futures to ask, and what is drawn in groups that people know by name.

import { subsetOf } from '../../simulation/recorded.ts'
import { UsageError } from '../../errors.ts'
import { compile } from '../../compile/compile.ts'
import { eventsOf, type Measure, type Program } from '../../compile/program.ts'
import { type Reader, resolve } from '../../scenario/resolve/resolve.ts'
import type { DecisionOptions } from '../../options/questions.ts'
import { type Plan, planTrials } from '../../numerics/random/plan.ts'
import { readScenario, type WrittenScenario } from '../../scenario/read.ts'
import type { ResolvedScenario } from '../../scenario/resolved.ts'
import { type Model, modelOf } from '../../simulation/model.ts'

/** What is drawn together: an input of the whole trial, a monthly noise, a kind of event. */
export interface Group {
  readonly name: string
  readonly kind: 'input' | 'noise' | 'events' | 'counts'
  readonly dimensions: readonly number[]
}

export interface Question {
  readonly written: WrittenScenario
  readonly scenario: ResolvedScenario
  readonly program: Program
  readonly model: Model
  readonly plan: Plan
  readonly seed: string
  readonly measure: Measure
  /** Where replicates begin, and where the last ends. */
  readonly starts: readonly number[]
  readonly groups: readonly Group[]
}

export const TRIALS = 65_536

export async function questionOf(input: string | object, reader: Reader, options: DecisionOptions): Promise<Question> {
  const { trials = TRIALS, method, measure: wanted } = options
  const written = readScenario(input)
  const { scenario, run } = await resolve(written, reader)
  if (scenario.actuals)
    throw new UsageError('a plan with closed months (actuals) is told by `billcast reforecast` only: take actuals out here')
  const measure = wanted ?? run.measure
  const program = compile(scenario, { measure, pairs: 'auto' })
  const plan = planTrials(trials, method ?? run.method)
  return {
    written,
    scenario,
    program,
    model: modelOf(program),
    plan,
    seed: options.seed === undefined ? run.seed : String(options.seed),
    measure,
    starts: subsetOf(plan, plan.trials).starts,
    groups: groupsOf(program),
  }
}

function groupsOf(program: Program): Group[] {
  const { inputs, volume, noises, counting } = program
  const noise = [...(volume.noise ? [volume.noise] : []), ...noises.filter(({ sd }) => sd > 0)]
  return [
    ...inputs.map(({ name, dimension }): Group => ({ name, kind: 'input', dimensions: [dimension] })),
    ...noise.map(({ name, dimensions }): Group => ({ name, kind: 'noise', dimensions })),
    ...(volume.resampled
      ? [{ name: volume.resampled.name, kind: 'events', dimensions: volume.resampled.dimensions } as const]
      : []),
    ...eventsOf(program)
      .filter(({ probability }) => probability > 0)
      .map(({ name, dimensions }): Group => ({ name, kind: 'events', dimensions })),
    ...(counting ? [{ name: 'counts', kind: 'counts', dimensions: Object.values(counting).flat() } as const] : []),
  ]
}

/** The place of an offer. @throws UsageError where there is none of that name */
export function offerPlace({ program }: Question, name: string): number {
  const place = program.offers.findIndex((offer) => offer.name === name)
  if (place < 0)
    throw new UsageError(`there is no offer "${name}": the offers are ${program.offers.map((offer) => offer.name).join(', ')}`)
  return place
}
