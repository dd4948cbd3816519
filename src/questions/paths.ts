// The months of single trials: conversations, the rate and the costs of each offer, recomputed on the recorded trials of a run.
import { hasSegments, type Program } from '../compile/program.ts'
import type { Plan } from '../numerics/random/plan.ts'
import { allAtOnce } from '../pace.ts'
import type { Node } from '../simulation/graph.ts'
import type { Model } from '../simulation/model.ts'
import { recordedTrials, recording, subsetOf } from '../simulation/recorded.ts'
import { sharedResolutions } from '../simulation/shared-resolutions.ts'
import { costMonths } from './cost-months.ts'
import type { Trials } from './trials.ts'

interface PathColumn {
  readonly name: string
  readonly unit: 'conversations' | 'share' | 'money'
  /** By month, then by trial. */
  readonly months: readonly Float64Array[]
}

export interface Paths {
  /** The number of each trial in the run. */
  readonly trials: Uint32Array<ArrayBuffer>
  readonly columns: readonly PathColumn[]
}

/** The nodes of a column by month. A rate divides resolutions by conversations. */
interface PathNodes extends Omit<PathColumn, 'months'> {
  readonly nodes: readonly Node[]
  readonly over?: readonly Node[]
}

/** The most numbers of all columns together: 128 MiB. A larger plan has the paths of fewer trials. */
const MOST_VALUES = 2 ** 24

/** The most memory that the paths of a run take. Bytes. */
export function pathBytes(program: Program, plan: Plan): number {
  const segments = hasSegments(program) ? program.segments.length : 0
  const each = program.months * (3 * (1 + segments) + program.offers.length * (2 + segments))
  return 8 * each * subsetOf(plan, Math.floor(MOST_VALUES / each)).trials
}

const KNOWN = new WeakMap<Trials, Paths>()

/** Several tables of a run have the same paths. */
export function pathsOf(trials: Trials): Paths {
  const found = KNOWN.get(trials) ?? pathsWithin(trials, MOST_VALUES)
  KNOWN.set(trials, found)
  return found
}

/** @param mostValues the most numbers of all columns together */
export function pathsWithin({ model, outcome: { plan, seed } }: Trials, mostValues: number): Paths {
  const wanted = columnsOf(model)
  const nodes = [...new Set(wanted.flatMap(({ nodes: own, over = [] }) => [...own, ...over]))]
  const most = Math.min(subsetOf(plan).trials, Math.floor(mostValues / nodes.length))
  const values = allAtOnce(recording(model, plan, seed, nodes, most))
  const columns = new Map(nodes.map((node, k) => [node, values[k]]))
  const of = (node: Node) => columns.get(node) ?? new Float64Array(0)
  return {
    trials: recordedTrials(plan, most),
    columns: wanted.map(({ name, unit, nodes: own, over }) => ({
      ...{ name, unit },
      months: own.map((node, m) => (over ? ratio(of(node), of(over[m])) : of(node))),
    })),
  }
}

/** 0 where the AI takes part in no conversation. */
const ratio = (resolved: Float64Array, involved: Float64Array): Float64Array =>
  resolved.map((value, i) => (involved[i] > 0 ? value / involved[i] : 0))

function columnsOf(model: Model): PathNodes[] {
  const { program, conversations, usage, offers } = model
  const segments = hasSegments(program) ? program.segments : []
  const shared = sharedResolutions(model)
  const volume = (name: string, nodes: readonly Node[]): PathNodes => ({ name, unit: 'conversations', nodes })
  const rate = (name: string, nodes: readonly Node[], over: readonly Node[]): PathNodes => ({ name, unit: 'share', nodes, over })
  const money = (name: string, nodes: readonly Node[]): PathNodes => ({ name, unit: 'money', nodes })
  return [
    volume('conversations', conversations.volume),
    ...(shared ? [rate('rate', shared, conversations.involved)] : []),
    ...segments.flatMap(({ name, rate: own }, s) => [
      volume(`segments.${name}.conversations`, conversations.segments[s].volume),
      ...(own === undefined
        ? []
        : [rate(`segments.${name}.rate`, usage.handled.resolved(s, own), conversations.segments[s].involved)]),
    ]),
    ...offers.flatMap((offer, k) => {
      const { name } = program.offers[k]
      const split = segments.length > 0 ? offer.segments() : []
      return [
        money(`${name}.bill`, costMonths(model, k, 'bill')),
        money(`${name}.total`, costMonths(model, k, 'total')),
        ...split.map((own, s) => money(`${name}.segments.${segments[s].name}.bill`, own.months)),
      ]
    }),
  ]
}
