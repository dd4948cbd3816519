// The methods of a result as promises. In a page, a Web Worker answers them, so that the page stays free.
import type { Table } from 'apache-arrow'
import { copied } from '../notation/copied.ts'
import { withOldNames } from '../old-names.ts'
import type { CompareOptions } from '../options/questions.ts'
import { Chart, type ChartParts } from '../present/charts/chart.ts'
import { comparedOffers, type ComparedOffers } from './compare.ts'
import type { ElsewhereAnswer, FileMethod, ResultCall } from './made.ts'
import { type AnswerKind, noteAnswer } from './noted.ts'
import type { SimulationResult } from './result.ts'

/** Methods whose answers are plain data. */
const DATA = [
  'acceptability',
  'budget',
  'contingency',
  'convergence',
  'curve',
  'dominance',
  'expectedShortfall',
  'ledgerFocus',
  'overrun',
  'phased',
  'ranking',
  'regret',
  'savings',
  'segmentRisk',
  'shortfallParts',
  'toHTML',
  'verdict',
  'winners',
  'withinBudget',
] as const
const TABLES = ['inputs', 'ledger', 'months', 'paths', 'trials'] as const

type Data = (typeof DATA)[number]
type Tables = (typeof TABLES)[number]
type Method = Data | Tables | 'chart'

/** The methods of a result that read its trials, as promises. */
export type Background = {
  readonly [M in Method]: (...given: Parameters<SimulationResult[M]>) => Promise<ReturnType<SimulationResult[M]>>
} & {
  /** What `compare(result, options)` returns. */
  readonly compare: (options?: CompareOptions) => Promise<ComparedOffers>
}

type Call = (...given: readonly unknown[]) => unknown

const isOneOf = <N extends string>(names: readonly N[], name: string): name is N => (names as readonly string[]).includes(name)

/** What a call returns. Whoever asks by name has it from the lists above. */
const called = (result: SimulationResult, { name, given }: ResultCall): unknown =>
  name === 'compare'
    ? comparedOffers(result, ...(given as [CompareOptions?]))
    : (result[name as Method | FileMethod] as Call).apply(result, given as unknown[])

/** The answer to a call as data, which another thread can receive. */
export async function sentAnswerOf(result: SimulationResult, call: ResultCall): Promise<unknown> {
  const found = await called(result, call)
  if (isOneOf(TABLES, call.name)) return (await import('../present/tables/arrow.ts')).sentTable(found as Table)
  // As bytes, which are handed over without a copy.
  if (call.name === 'toCSV') return new TextEncoder().encode(found as string)
  return found instanceof Chart ? found.parts : found
}

/** Answers that `save` of the library takes. */
const NOTED: Readonly<Record<string, AnswerKind>> = { compare: 'compare', convergence: 'converge' }
const WITH_OLD_NAMES: readonly string[] = ['ranking', 'regret']

/** The answer of such data. */
async function receivedAnswer(found: unknown, name: string, { summary }: SimulationResult): Promise<unknown> {
  if (isOneOf(TABLES, name)) return (await import('../present/tables/arrow.ts')).receivedTable(found as Uint8Array)
  if (name === 'chart') return Chart.of(found as ChartParts)
  const kind = NOTED[name]
  if (kind !== undefined) noteAnswer(kind, found as object, { plan: summary.name, currency: summary.currency })
  return WITH_OLD_NAMES.includes(name) ? withOldNames(found as object) : found
}

/** @param elsewhere answers a call on another thread, or not at all */
export function backgroundOf(
  result: SimulationResult,
  elsewhere: (call: ResultCall) => Promise<ElsewhereAnswer | undefined>,
): Background {
  const asked =
    (name: string): Call =>
    async (...given) => {
      const call = { name, given: copied(given) }
      const answer = await elsewhere(call)
      return answer ? receivedAnswer(answer.found, name, result) : called(result, call)
    }
  return Object.fromEntries([...DATA, ...TABLES, 'chart', 'compare'].map((name) => [name, asked(name)])) as unknown as Background
}
