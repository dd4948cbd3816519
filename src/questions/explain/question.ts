// Prepares a plan for an analysis: its model, its trials, and its random numbers in groups that have names.
import { subsetOf } from '../../simulation/recorded.ts'
import { compile } from '../../compile/compile.ts'
import { eventsOf, type Program, resampledOf } from '../../compile/program.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import { leastOfShares } from '../../numerics/estimators/figures.ts'
import { startsOf } from '../../numerics/estimators/figure.ts'
import { FEW_STARTS, jumpError, rareError } from '../../numerics/estimators/jumps.ts'
import type { Design } from '../../numerics/estimators/sorted.ts'
import type { Plan } from '../../numerics/random/plan.ts'
import { BeyondTrials } from '../../simulation/beyond.ts'
import { designOf } from '../trials.ts'
import type { DecisionOptions } from '../../options/questions.ts'
import type { Node } from '../../simulation/graph.ts'
import { type Model, modelOf } from '../../simulation/model.ts'
import { type OpenPlan, openPlan } from '../open-plan.ts'

/** Random numbers with one name: an input of the whole trial, a monthly noise, the futures of a history, or a kind of event. */
export interface Group {
  readonly name: string
  readonly kind: 'input' | 'noise' | 'history' | 'events' | 'counts'
  readonly dimensions: readonly number[]
}

/** What may be known before a choice: an input, or all futures of a history. */
export interface Learnable {
  readonly name: string
  readonly dimensions: readonly number[]
  /** One number that says most about the costs: its value, or the volume of the futures. */
  readonly value: Node
  /** The normal score of that number. Absent if only its rank gives one. */
  readonly score?: Node
}

export interface Question extends OpenPlan {
  readonly program: Program
  readonly model: Model
  /** The names of the offers. */
  readonly offers: readonly string[]
  /** Where each replicate begins, and where the last one ends. */
  readonly starts: readonly number[]
  /** How the trials were sampled. */
  readonly design: Design
  /** The error of a share of trials that the spread of the replicates may not show. */
  readonly unseen: number
  readonly groups: readonly Group[]
  /** The inputs in the order of the program, then the histories. */
  readonly learnable: readonly Learnable[]
  /** What the plan says of nodes beyond their values in the trials. */
  readonly beyond: BeyondTrials
}

export async function questionOf(input: string | object, reader: Reader, options: DecisionOptions): Promise<Question> {
  const open = await openPlan(input, reader, options)
  const { scenario, measure, plan } = open
  const program = compile(scenario, { measure, pairs: 'auto' })
  const offers = program.offers.map(({ name }) => name)
  const { starts } = subsetOf(plan, plan.trials)
  const design = designOf(program, plan, starts)
  const model = modelOf(program)
  return {
    ...open,
    program,
    model,
    beyond: new BeyondTrials(model, plan, open.seed),
    offers,
    starts,
    design,
    unseen: unseenIn(program, plan),
    groups: groupsOf(program),
    learnable: learnableIn(model),
  }
}

/** The largest error of a share of trials that the spread of the replicates may not show: an input jumps, or an event is rare. */
export function unseenIn(program: Program, plan: Plan): number {
  const { jumps, months } = program
  const { method, replicates, points, trials } = plan
  const jump = method === 'random' ? 0 : jumpError(jumps, replicates, points)
  const probabilities = eventsOf(program).flatMap(({ probability }) => (probability > 0 ? [probability] : []))
  const rare = Math.min(...probabilities) * months * trials < FEW_STARTS
  return Math.max(jump, rareError(jumps, trials), rare ? leastOfShares(designOf(program, plan, startsOf(plan))) : 0)
}

function groupsOf(program: Program): Group[] {
  const { inputs, noises, segments } = program
  const { futures, others } = historyGroups(program)
  const noise = [...others, ...noises.filter(({ sd }) => sd > 0)]
  const counts = segments.flatMap(({ counting }) => (counting ? Object.values(counting).flat() : []))
  return [
    ...inputs.map(({ name, dimension }): Group => ({ name, kind: 'input', dimensions: [dimension] })),
    ...futures,
    ...noise.map(({ name, dimensions }): Group => ({ name, kind: 'noise', dimensions })),
    ...resampledOf(program).map(({ name, dimensions }): Group => ({ name, kind: 'events', dimensions })),
    ...eventsOf(program)
      .filter(({ probability }) => probability > 0)
      .map(({ name, dimensions }): Group => ({ name, kind: 'events', dimensions })),
    ...(counts.length > 0 ? [{ name: 'counts', kind: 'counts', dimensions: counts } as const] : []),
  ]
}

/** The futures of each history with all their draws, and the noises of volumes that belong to none. */
function historyGroups({ volume, segments }: Program) {
  const streams = [volume, ...segments]
  const futures = streams.flatMap(({ history, noise }): Group[] =>
    history && noise
      ? [
          {
            name: history.name,
            kind: 'history',
            dimensions: [history.member.dimension, history.widening.dimension, ...noise.dimensions.slice(history.closed)],
          },
        ]
      : [],
  )
  return { futures, others: streams.flatMap(({ history, noise }) => (noise && !history ? [noise] : [])) }
}

function learnableIn({ program, graph, inputs, conversations }: Model): Learnable[] {
  const volumeOf = (name: string) => {
    const segment = program.segments.findIndex(({ history }) => history?.name === name)
    return graph.add(...(segment < 0 ? conversations.volume : conversations.segments[segment].volume))
  }
  return [
    ...program.inputs.map(
      ({ name, dimension }, k): Learnable => ({
        name,
        dimensions: [dimension],
        value: inputs.input(k),
        score: inputs.score(dimension),
      }),
    ),
    ...historyGroups(program).futures.map(({ name, dimensions }): Learnable => ({ name, dimensions, value: volumeOf(name) })),
  ]
}
