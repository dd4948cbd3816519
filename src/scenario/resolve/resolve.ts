// Resolves a written plan: reads its files, fills in defaults, checks names and refuses contradictions.

import { type Problem, ScenarioError } from '../../errors.ts'
import type { WrittenScenario } from '../read.ts'
import type { Exchange } from '../exchange.ts'
import type { Actuals, Conversations, ResolvedScenario, RunOptions } from '../resolved.ts'
import type { RawScenario } from '../schema.ts'
import type { ValueSource } from '../sources.ts'
import { checkActuals, readActuals } from './actuals.ts'
import { budgetOf } from './budget.ts'
import { resolveConversations } from './conversations.ts'
import { resolveCorrelations } from './correlations.ts'
import { ownMoney } from './currencies.ts'
import { defined } from './defined.ts'
import { readFields } from './fields.ts'
import { type Reader, Tables } from './files.ts'
import { ledgerIn } from './ledger.ts'
import { resolveOffer } from './offer.ts'
import { checkParts } from './parts.ts'
import { checkMeters } from './quantities.ts'
import { checkRates } from './rates.ts'
import { checkSegmentUse } from './segment-names.ts'
import { checkReturns } from './returns.ts'
import { resolveSegments } from './segments.ts'
import { checkPeople, resolveHuman } from './staff.ts'
import { warningsOf } from './warnings.ts'

export type { Reader } from './files.ts'

export interface Resolved {
  readonly scenario: ResolvedScenario
  readonly run: RunOptions
  readonly warnings: readonly string[]
  /** Which columns of files were read. They are among the warnings too. */
  readonly tables: readonly string[]
}

export async function resolve(written: WrittenScenario, reader: Reader): Promise<Resolved> {
  const tables = new Tables(reader, written.data)
  const { raw, sources, warnings, pasts } = await readFields(written, tables)
  const problems: Problem[] = []
  const conversations = await resolveConversations(raw, tables, pasts, problems)
  const segments = await resolveSegments(raw, tables, pasts, problems)
  const exchange = exchangeOf(raw, problems)
  const actuals = await readActuals(raw, exchange, tables, problems)
  const plain = scenarioOf(raw, { conversations, segments, exchange, actuals, sources }, problems)
  const futures = pasts.size > 0 ? await import('./futures.ts') : undefined
  const scenario = futures ? futures.withFutures(plain, pasts) : plain
  checkPeople(raw, problems)
  checkSegmentUse(scenario, problems)
  checkParts(scenario, problems)
  checkMeters(scenario, problems)
  checkRates(scenario, problems)
  checkReturns(scenario, problems)
  const stated = resolveCorrelations(raw, scenario, problems)
  checkActuals(scenario, stated, problems)
  if (problems.length > 0)
    throw new ScenarioError(problems.map((problem) => written.locate({ ...problem, path: keysOf(problem.path) })))
  const run = defined<RunOptions>({ ...raw.run, pairs: raw.run.pairs ?? 'auto' })
  const correlated = { ...scenario, correlations: futures ? futures.withEstimates(scenario, stated) : stated }
  return {
    scenario: correlated,
    run,
    warnings: [...tables.notes, ...warnings, ...warningsOf(correlated)],
    tables: tables.notes,
  }
}

function exchangeOf({ exchange, currency }: RawScenario, problems: Problem[]): Exchange['exchange'] {
  if (exchange === undefined) return undefined
  const rates = Object.entries(exchange)
  return Object.fromEntries(rates.map(([code, rate]) => [code, ownMoney(rate, `exchange.${code}`, currency, problems)]))
}

interface Parts {
  readonly conversations: Conversations
  readonly segments: ResolvedScenario['segments']
  readonly exchange: Exchange['exchange']
  readonly actuals: Actuals | undefined
  readonly sources: readonly ValueSource[]
}

function scenarioOf(
  raw: RawScenario,
  { conversations, segments, exchange, actuals, sources }: Parts,
  problems: Problem[],
): ResolvedScenario {
  const offers = Object.entries(raw.offers).map(([name, offer]) => resolveOffer(name, offer, raw, problems))
  if (offers.length === 0) problems.push({ path: 'offers', message: 'expected at least one offer, got none' })
  const { run: _run, ...rest } = raw
  return defined<ResolvedScenario>({
    ...rest,
    conversations,
    resolution: raw.resolution && defined<NonNullable<ResolvedScenario['resolution']>>(raw.resolution),
    correlations: [],
    exchange,
    human: humanOf(raw, problems),
    segments,
    actuals,
    budget: raw.budget && budgetOf(raw.budget, Object.keys(raw.offers), { currency: raw.currency, exchange }, problems),
    ledger:
      raw.ledger &&
      ledgerIn(
        raw.ledger,
        (segments ?? []).map(({ name }) => name),
        problems,
      ),
    offers,
    sources: sources.length > 0 ? sources : undefined,
  })
}

function humanOf(raw: RawScenario, problems: Problem[]): ResolvedScenario['human'] {
  const { human, segments } = raw
  if (!human) return undefined
  if (human.cost === undefined && human.staff === undefined && !segments)
    problems.push({
      path: 'human.cost',
      message: 'expected an amount of 0 or more, or people on the payroll as `staff`, got nothing',
    })
  const resolved = resolveHuman(human, ['human'], raw, problems)
  return human.staff || human.cashable !== undefined ? resolved : { ...resolved, cashable: 1 }
}

/** The keys of a path such as `correlations[0].rho`. */
export const keysOf = (path: string): PropertyKey[] =>
  [...path.matchAll(/[^.[\]]+|\[\d+\]/g)].map(([key]) => (key.startsWith('[') ? Number(key.slice(1, -1)) : key))
