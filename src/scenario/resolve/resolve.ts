// What an analyst wrote → a resolved scenario: files read, defaults filled in, names checked, contradictions refused.

import type { FilledHistory } from './history.ts'
import type { ResolvedCharge } from '../../contract/charges/index.ts'
import { metersOf, offerMisfits } from '../../contract/checks.ts'
import { isStaged } from '../../contract/fields.ts'
import { currencyOf, isForeign, type Money, settleMoney } from '../../contract/money.ts'
import type { ResolvedOffer } from '../../contract/offer.ts'
import type { Improvement, RawOffer } from '../../contract/schema.ts'
import { distributionOf, type Uncertain } from '../../numerics/distributions/index.ts'
import { type Located, ParameterError, type Problem, pathText, ScenarioError, shown } from '../../errors.ts'
import type { Column } from '../../notation/column.ts'
import { canonicalName, inputsOf } from '../names.ts'
import { checkFields, type WrittenScenario } from '../read.ts'
import type { ResolvedScenario, RunOptions } from '../resolved.ts'
import type { RawScenario } from '../schema.ts'
import type { ValueSource } from '../sources.ts'
import { checkActuals, readActuals } from './actuals.ts'
import { resolveConversations } from './conversations.ts'
import { defined } from './defined.ts'
import { fillFiles, type Reader, Tables } from './files.ts'
import { warningsOf } from './warnings.ts'

export type { Reader } from './files.ts'

export interface Resolved {
  readonly scenario: ResolvedScenario
  readonly run: RunOptions
  readonly warnings: readonly string[]
}

export async function resolve(written: WrittenScenario, reader: Reader): Promise<Resolved> {
  const tables = new Tables(reader)
  const { raw, sources, warnings } = await readFields(written, tables)
  const problems: Problem[] = []
  const conversations = await resolveConversations(raw, tables, problems)
  const actuals = await readActuals(raw, tables, problems)
  const offers = Object.entries(raw.offers).map(([name, offer]) => resolveOffer(name, offer, raw, problems))
  const own = (money: Money, path: string) => ownMoney(money, path, raw.currency, problems)
  if (offers.length === 0) problems.push({ path: 'offers', message: 'expected at least one offer, got none' })
  const scenario = defined<ResolvedScenario>({
    name: raw.name,
    currency: raw.currency,
    start: raw.start,
    months: raw.months,
    counting: raw.counting,
    conversations,
    resolution:
      raw.resolution &&
      defined({ ...raw.resolution, approach: raw.resolution.approach ?? 'linear', ceiling: raw.resolution.ceiling ?? 1 }),
    correlations: [],
    exchange:
      raw.exchange && Object.fromEntries(Object.entries(raw.exchange).map(([code, rate]) => [code, own(rate, `exchange.${code}`)])),
    human: raw.human && defined({ ...raw.human, cost: own(raw.human.cost, 'human.cost') }),
    stress: raw.stress,
    actuals,
    discountRate: raw.discountRate,
    fiscalYearStart: raw.fiscalYearStart,
    budget: raw.budget && budgetOf(raw.budget, Object.keys(raw.offers), own(raw.budget.amount, 'budget.amount'), problems),
    offers,
    sources: sources.length > 0 ? sources : undefined,
  })
  checkResolution(scenario, problems)
  const correlations = raw.correlations.map(({ between, rho }, k) => {
    const names = between.map((name) => canonicalName(scenario, name))
    names.forEach((name, side) => {
      if (name === undefined) {
        const known = [...inputsOf(scenario).map((input) => input.name), ...noises(scenario)].slice(0, 12).join(', ')
        problems.push({
          path: `correlations[${k}].between[${side}]`,
          message: `expected the name of an uncertain input (${known || 'there is none'}), got ${shown(between[side])}`,
        })
      }
    })
    const [a = '', b = ''] = names
    if (a !== '' && b !== '' && a.endsWith('.noise') !== b.endsWith('.noise')) {
      problems.push({
        path: `correlations[${k}].between`,
        message: 'expected two monthly noises or two inputs drawn once a trial, got one of each',
      })
    }
    const earlier = raw.correlations.findIndex((other) => {
      const known = other.between.map((name) => canonicalName(scenario, name))
      return known.includes(a) && known.includes(b)
    })
    if (a !== '' && b !== '' && earlier < k)
      problems.push({
        path: `correlations[${k}].between`,
        message: `expected each pair once, got ${a} and ${b} as in correlations[${earlier}]`,
      })
    if (a !== '' && a === b)
      problems.push({ path: `correlations[${k}].between`, message: `expected two different inputs, got ${shown(a)} twice` })
    return { between: [a, b] as const, rho }
  })
  checkActuals(scenario, correlations, problems)
  if (problems.length > 0)
    throw new ScenarioError(problems.map((problem) => written.locate({ ...problem, path: keysOf(problem.path) })))
  const run: RunOptions = defined({
    trials: raw.run.trials ?? 1_000_000,
    seed: raw.run.seed ?? 'billcast',
    method: raw.run.method ?? 'sobol',
    measure: raw.run.measure ?? 'bill',
    keepTrials: raw.run.keepTrials,
    pairs: raw.run.pairs ?? 'auto',
    preintegration: raw.run.preintegration ?? true,
  })
  return { scenario: { ...scenario, correlations }, run, warnings: [...warnings, ...warningsOf(scenario)] }
}

/** Files first, then the fields; what is wrong with either is said at once. */
async function readFields(written: WrittenScenario, tables: Tables): Promise<ReadFields> {
  const { data, problems: absent, columns } = await fillFiles(written.data, tables)
  const history = await drawnFrom(data, tables)
  const missing = [...absent, ...history.problems]
  const { raw, problems } = checkFields(history.data)
  const unread = new Set(missing.map(({ path }) => pathText(path)))
  const found = [
    ...missing,
    ...problems
      .filter(({ path }) => !unread.has(pathText(path)) && !unread.has(pathText(path.slice(0, -1))))
      .map((problem) => named(problem, columns)),
  ]
  if (raw === undefined || found.length > 0) throw new ScenarioError(found.map(written.locate))
  const stated = new Set(written.sources.map(({ path }) => path))
  const sources = [...written.sources, ...history.sources.filter(({ path }) => !stated.has(path))]
  return { raw, sources, warnings: history.warnings }
}

interface ReadFields {
  readonly raw: RawScenario
  readonly sources: readonly ValueSource[]
  readonly warnings: readonly string[]
}

/** The fits are loaded where a scenario names a history: most do not. */
async function drawnFrom(data: unknown, tables: Tables): Promise<FilledHistory> {
  const named = typeof data === 'object' && data !== null && 'conversations' in data ? data.conversations : undefined
  if (typeof named !== 'object' || named === null || !('history' in named)) return { data, problems: [], sources: [], warnings: [] }
  const { fillHistory } = await import('./history.ts')
  return fillHistory(data, (file) => tables.read(file))
}

/** A range is checked for a column as a whole: what people can look up are its ends. */
function named({ path, message }: Located, columns: ReadonlyMap<string, readonly Column[]>): Located {
  const here = columns.get(pathText(path))
  if (!here || !message.includes(', got {')) return { path, message }
  return {
    path,
    message: `${message.slice(0, message.indexOf(', got {'))}, got ${here.map((column) => column.reach()).join(' and ')}`,
  }
}

/** The keys of a path as it is printed. */
const keysOf = (path: string): PropertyKey[] =>
  [...path.matchAll(/[^.[\]]+|\[\d+\]/g)].map(([key]) => (key.startsWith('[') ? Number(key.slice(1, -1)) : key))

export const noises = (scenario: ResolvedScenario): string[] => [
  ...(scenario.conversations.noise ? ['conversations.noise'] : []),
  ...(scenario.resolution?.noise ? ['resolution.noise'] : []),
  ...scenario.offers.filter((offer) => offer.resolution?.noise).map((offer) => `offers.${offer.name}.resolution.noise`),
]

/** An amount that must be in the scenario's own currency. */
function ownMoney(money: Money, path: string, currency: string, problems: Problem[]): Uncertain {
  if (typeof money === 'number' || !isForeign(money)) return money as Uncertain
  const code = currencyOf(money.currency, undefined, currency)
  if (code !== currency)
    problems.push({ path, message: `expected an amount in ${currency}, the scenario's currency, got one in ${code}` })
  return money.value
}

/** The offer's amounts, each in the scenario's currency or with the code of its own, for which there must be a rate. */
function inCurrencies<T>(terms: T, path: string, offer: string | undefined, scenario: RawScenario, problems: Problem[]): T {
  return settleMoney(terms, path, scenario.currency, (symbol, at) => {
    try {
      const code = currencyOf(symbol, offer, scenario.currency)
      if (
        code !== scenario.currency &&
        scenario.exchange?.[code] === undefined &&
        !problems.some(({ path: known }) => known === `exchange.${code}`)
      )
        problems.push({
          path: `exchange.${code}`,
          message: `expected what one ${code} costs in ${scenario.currency} (${at} is in it), got nothing`,
        })
      return code
    } catch (error) {
      if (!(error instanceof ParameterError)) throw error
      problems.push({ path: at, message: `expected ${error.expected}, got ${shown(error.value)}` })
      return scenario.currency
    }
  }) as T
}

/** Stages of one price are in one currency: the rate of exchange is drawn once. */
function checkStages(charge: object, path: string, problems: Problem[]): void {
  for (const [key, value] of Object.entries(charge)) {
    const at = `${path}.${key}`
    if (typeof value !== 'object' || value === null) continue
    if (isStaged(value)) {
      const codes = value.map((stage) => {
        const money = typeof stage === 'object' && stage !== null && 'value' in stage ? stage.value : stage
        return typeof money === 'object' && money !== null && isForeign(money) ? money.currency : ''
      })
      if (key !== 'graduated' && key !== 'volume' && key !== 'bundles' && new Set(codes).size > 1)
        problems.push({
          path: at,
          message: `expected all stages in one currency, got ${[...new Set(codes)].map((code) => code || 'the scenario’s').join(' and ')}`,
        })
      value.forEach((item, k) => typeof item === 'object' && item !== null && checkStages(item, `${at}[${k}]`, problems))
    } else if (!isForeign(value)) checkStages(value, at, problems)
  }
}

function resolveOffer(name: string, raw: RawOffer, scenario: RawScenario, problems: Problem[]): ResolvedOffer {
  if (raw.offset !== undefined && raw.resolution?.offset !== undefined) {
    problems.push({
      path: `offers.${name}.offset`,
      message: 'expected one offset, got another in `resolution`: take one of the two out',
    })
  }
  const offset = raw.resolution?.offset ?? raw.offset
  const own = raw.resolution || offset !== undefined ? defined({ ...raw.resolution, offset }) : undefined
  const { per, value } = raw.running ?? {}
  const settle = <T>(terms: T, path: string): T => inCurrencies(terms, `offers.${name}.${path}`, raw.currency, scenario, problems)
  if (per === 'once' || per === 'quarter')
    problems.push({ path: `offers.${name}.running`, message: 'expected a cost a month or year' })
  const reopened = raw.counted?.reopened ?? 0
  const stated = typeof reopened === 'object' && 'share' in reopened && 'lag' in reopened
  const seen = new Set<string>()
  raw.charges.forEach((charge, k) => {
    if (charge.id !== undefined && seen.has(charge.id))
      problems.push({
        path: `offers.${name}.charges[${k}].id`,
        message: `expected a name of its own, got ${shown(charge.id)} again`,
      })
    if (charge.id !== undefined) seen.add(charge.id)
  })
  const charges: ResolvedCharge[] = settle(raw.charges, 'charges')
  charges.forEach((charge, k) => checkStages(charge, `offers.${name}.charges[${k}]`, problems))
  for (const { path, message } of offerMisfits(charges)) problems.push({ path: pathText(['offers', name, ...path]), message })
  if (raw.paid !== undefined && raw.minimum === undefined)
    problems.push({ path: `offers.${name}.paid`, message: 'expected nothing without `minimum`, whose payment it would say' })
  return defined<ResolvedOffer>({
    name,
    title: raw.title ?? name,
    currency: raw.currency === scenario.currency ? undefined : raw.currency,
    resolution: own as ResolvedOffer['resolution'],
    counted: {
      resolved: raw.counted?.resolved ?? 1,
      unresolved: raw.counted?.unresolved ?? 0,
      reopened: stated ? (reopened as { share: number; lag: number }) : { share: reopened as number, lag: 0 },
    },
    charges,
    minimum: raw.minimum && { ...settle(raw.minimum, 'minimum'), upfront: raw.paid === 'upfront' },
    refund: raw.refund && defined<NonNullable<ResolvedOffer['refund']>>(settle(raw.refund, 'refund')),
    guarantee: settle(raw.guarantee, 'guarantee'),
    renewal: raw.renewal,
    running:
      value === undefined
        ? undefined
        : { value: ownMoney(value, `offers.${name}.running`, scenario.currency, problems), per: per === 'year' ? 'year' : 'month' },
  })
}

function budgetOf(
  { offer, confidence }: { readonly offer: string; readonly confidence: number },
  offers: readonly string[],
  amount: Uncertain,
  problems: Problem[],
): NonNullable<ResolvedScenario['budget']> {
  if (!offers.includes(offer))
    problems.push({ path: 'budget.offer', message: `expected one of the offers (${offers.join(', ')}), got ${shown(offer)}` })
  if (typeof amount === 'number') return { offer, amount, confidence }
  problems.push({ path: 'budget.amount', message: 'expected a plain amount such as $480k, got a distribution' })
  return { offer, amount: 0, confidence }
}

/** A rate is needed where something depends on it, and the noise on its log-odds needs a rate inside (0, 1). */
function checkResolution(scenario: ResolvedScenario, problems: Problem[]): void {
  const { resolution } = scenario
  for (const offer of scenario.offers) {
    const own = offer.resolution
    if (resolution || own?.rate !== undefined) continue
    const needs = offer.charges.some((charge) => metersOf(charge).some((name) => name === 'resolutions' || name === 'escalations'))
    if (needs || scenario.human || own || offer.refund || offer.guarantee) {
      problems.push({
        path: 'resolution.rate',
        message: `expected a rate such as 65% (offer ${offer.name} depends on it), got nothing`,
      })
      return
    }
  }
  const check = (
    path: string,
    part: typeof resolution | ResolvedOffer['resolution'],
    rate: typeof resolution extends undefined ? never : unknown,
  ) => {
    if (!part?.noise || part.noise.sd === 0 || rate === undefined) return
    const start = distributionOf(rate as never).mean
    if (!(start > 0 && start < 1))
      problems.push({
        path: `${path}.noise`,
        message: `expected a rate between 0% and 100% where there is noise, got a start of ${100 * start}%`,
      })
  }
  check('resolution', resolution, resolution?.rate)
  for (const offer of scenario.offers)
    check(`offers.${offer.name}.resolution`, offer.resolution, offer.resolution?.rate ?? resolution?.rate)
  const saturating = (path: string, approach: unknown, improvement: Improvement | undefined) => {
    if (approach !== 'saturating' || improvement === undefined || distributionOf(improvement.value).quantile(1e-6, 1 - 1e-6) >= 0)
      return
    const { value, kind, per } = improvement
    const unit = kind === 'points' ? 'pt' : '%'
    problems.push({
      path: `${path}.improvement`,
      message: `expected an improvement ≥ 0 in nearly all draws for the saturating approach, such as pert(0${unit}, 1${unit}, 2${unit})/${per}, got ${shown(value)}`,
    })
  }
  saturating('resolution', resolution?.approach, resolution?.improvement)
  for (const { name, resolution: own } of scenario.offers) {
    saturating(`offers.${name}.resolution`, own?.approach ?? resolution?.approach, own?.improvement ?? resolution?.improvement)
  }
}
