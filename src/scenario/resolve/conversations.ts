// Resolves the volume: expected conversations and their variation, without contradictions.
import { type Problem, shown } from '../../errors.ts'
import type { Conversations } from '../resolved.ts'
import type { RawScenario } from '../schema.ts'
import { defined } from './defined.ts'
import type { Tables } from './files.ts'
import { readMonths } from './months.ts'
import { type Pasts, PLAN } from './pasts.ts'
import { resolveQuantities } from './quantities.ts'

/** @param pasts the histories whose futures are drawn. Their means are the expected volumes. */
export async function resolveConversations(
  raw: RawScenario,
  tables: Tables,
  pasts: Pasts,
  problems: Problem[],
): Promise<Conversations> {
  const drawn = pasts.has(PLAN)
  const { monthly, history: _filled, bootstrap: _past, quantities, ...rest } = raw.conversations
  const problem = (key: string, message: string) => void problems.push({ path: `conversations.${key}`, message })
  if (seasonProblem(rest.seasonality)) problem('seasonality', 'expected at least one factor above 0, got none')
  const past = bootstrapOf(raw.conversations, problem)
  levelProblem(raw.conversations, drawn || segmentsOfLevel(raw, pasts).length > 0, problem)
  if (rest.last !== undefined && !(rest.noise && rest.noise.cv > 0))
    problem('last', 'remove this key, or add `noise`: it is only used to continue the noise')
  if (rest.last !== undefined && monthly !== undefined)
    problem('last', 'remove `last` or `monthly`: with `monthly`, the expected volume of the month before is not known')
  const named = resolveQuantities(quantities, ['conversations', 'quantities'], problems)
  const base = defined<Conversations>({ ...rest, bootstrap: past, quantities: named } as Conversations)
  if (monthly === undefined) {
    if (rest.base === undefined && !raw.segments && !drawn)
      problem('base', 'expected conversations per month such as 50k (or `monthly`, a list of volumes), got nothing')
    return base
  }
  checkMonthlyKeys(rest, problem)
  return { ...base, monthly: await monthlyVolumes(monthly, raw, tables, problem) }
}

/** The segments that the plan's level scales: those with volumes of their own that are listed or drawn, and without another level. */
const segmentsOfLevel = ({ segments = {} }: RawScenario, pasts: Pasts): string[] =>
  Object.entries(segments).flatMap(([name, { conversations }]) =>
    conversations?.level === undefined && (conversations?.monthly !== undefined || pasts.has(name)) ? [name] : [],
  )

type Report = (key: string, message: string) => void

/** @param drawn whether futures of a history are drawn */
export function levelProblem(
  { level, monthly }: { readonly level?: unknown; readonly monthly?: unknown },
  drawn: boolean,
  problem: Report,
): void {
  if (level !== undefined && monthly === undefined && !drawn)
    problem('level', 'remove `level`, or state volumes by `history` or `monthly`, which it scales, without keys that replace them')
}

/** Past deviations, instead of noise. */
export function bootstrapOf(
  { bootstrap, noise }: Pick<RawScenario['conversations'], 'bootstrap' | 'noise'>,
  problem: Report,
): Conversations['bootstrap'] {
  if (!bootstrap) return undefined
  const { block, ratios } = bootstrap
  if (noise) problem('noise', 'remove `noise` or `bootstrap`: both describe how months deviate')
  if (!ratios?.some((ratio) => ratio > 0))
    problem('bootstrap.ratios', 'expected past deviations such as [0.97, 1.05, …], or `history` to fit them from, got nothing')
  return ratios && { block, ratios }
}

export const seasonProblem = (seasonality: readonly number[] | undefined): boolean =>
  seasonality?.every((factor) => factor === 0) ?? false

const LEVEL = ['base', 'growth', 'seasonality', 'days'] as const

/** Refuses the keys that `monthly` replaces. */
export function checkMonthlyKeys(stated: Partial<Record<(typeof LEVEL)[number], unknown>>, problem: Report): void {
  for (const key of LEVEL)
    if (stated[key] !== undefined) problem(key, `remove \`${key}\` or \`monthly\`: \`monthly\` already states the expected volumes`)
}

/** The volumes of `monthly`, a list or a file. */
export async function monthlyVolumes(
  monthly: string | readonly number[],
  raw: RawScenario,
  tables: Tables,
  problem: Report,
): Promise<readonly number[]> {
  if (typeof monthly !== 'string') {
    if (monthly.length !== raw.months)
      problem('monthly', `expected one volume for each of the ${raw.months} months, got ${monthly.length}`)
    return monthly
  }
  const wrong = (message: string) => problem('monthly', `expected ${message}`)
  const rows = await readMonths({ file: monthly }, ['conversations'], raw, tables, wrong)
  if (rows && rows.count !== raw.months) wrong(`${raw.months} months in ${shown(monthly)}, got ${rows.count}`)
  return rows?.column('conversations', 'of 0 or more') ?? []
}
