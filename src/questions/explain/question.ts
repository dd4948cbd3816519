// Prepares a plan for an analysis: its model, its trials, and its random numbers in groups that have names.
import { subsetOf } from '../../simulation/recorded.ts'
import { compile } from '../../compile/compile.ts'
import { eventsOf, type Program } from '../../compile/program.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import type { DecisionOptions } from '../../options/questions.ts'
import { type Model, modelOf } from '../../simulation/model.ts'
import { type OpenPlan, openPlan } from '../open-plan.ts'

/** Random numbers with one name: an input of the whole trial, a monthly noise, or a kind of event. */
export interface Group {
  readonly name: string
  readonly kind: 'input' | 'noise' | 'events' | 'counts'
  readonly dimensions: readonly number[]
}

export interface Question extends OpenPlan {
  readonly program: Program
  readonly model: Model
  /** The names of the offers. */
  readonly offers: readonly string[]
  /** Where each replicate begins, and where the last one ends. */
  readonly starts: readonly number[]
  readonly groups: readonly Group[]
}

export async function questionOf(input: string | object, reader: Reader, options: DecisionOptions): Promise<Question> {
  const open = await openPlan(input, reader, options)
  const { scenario, measure, plan } = open
  const program = compile(scenario, { measure, pairs: 'auto' })
  const offers = program.offers.map(({ name }) => name)
  const { starts } = subsetOf(plan, plan.trials)
  return { ...open, program, model: modelOf(program), offers, starts, groups: groupsOf(program) }
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
