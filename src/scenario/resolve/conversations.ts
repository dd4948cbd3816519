// What an analyst wrote of conversations → expected volumes and how they vary, contradictions refused.
import { type Problem, shown } from '../../errors.ts'
import { formatMonth } from '../../months.ts'
import { CsvError, type CsvTable } from '../../notation/csv.ts'
import { LIMITS } from '../../limits.ts'
import type { Conversations } from '../resolved.ts'
import type { RawScenario } from '../schema.ts'
import { defined } from './defined.ts'
import type { Tables } from './files.ts'

export async function resolveConversations(raw: RawScenario, tables: Tables, problems: Problem[]): Promise<Conversations> {
  const { monthly, history: _filled, bootstrap, ...rest } = raw.conversations
  if (rest.seasonality?.every((factor) => factor === 0))
    problems.push({ path: 'conversations.seasonality', message: 'expected at least one factor above 0, got none' })
  if (bootstrap && rest.noise)
    problems.push({
      path: 'conversations.noise',
      message: 'expected nothing beside `bootstrap`, which says how months deviate: take one of the two out',
    })
  if (bootstrap && !bootstrap.ratios?.some((ratio) => ratio > 0))
    problems.push({
      path: 'conversations.bootstrap.ratios',
      message: 'expected past deviations such as [0.97, 1.05, …], or `history` from which they come, got nothing',
    })
  if (rest.last !== undefined && !(rest.noise && rest.noise.cv > 0))
    problems.push({ path: 'conversations.last', message: 'expected nothing without `noise`, which goes on from there' })
  if (rest.last !== undefined && monthly !== undefined)
    problems.push({
      path: 'conversations.last',
      message: 'expected nothing beside `monthly`, which does not say what was expected before',
    })
  const past = bootstrap?.ratios && { block: bootstrap.block, ratios: bootstrap.ratios }
  const base = defined<Conversations>({ ...rest, bootstrap: past } as Conversations)
  if (monthly === undefined) {
    if (rest.base === undefined)
      problems.push({
        path: 'conversations.base',
        message: 'expected a number of conversations a month such as 50k (or a list `monthly`), got nothing',
      })
    return base
  }
  for (const key of ['base', 'growth', 'seasonality'] as const) {
    if (rest[key] !== undefined)
      problems.push({
        path: `conversations.${key}`,
        message: 'expected nothing beside `monthly`, which states the expected volumes: take one of the two out',
      })
  }
  const volumes = typeof monthly === 'string' ? await readMonthly(monthly, raw, tables, problems) : monthly
  if (typeof monthly !== 'string' && volumes.length !== raw.months) {
    problems.push({ path: 'conversations.monthly', message: `expected one volume a month (${raw.months}), got ${volumes.length}` })
  }
  return { ...base, monthly: volumes }
}

/** A file of `month,conversations`; its months must be those of the horizon, in order. */
async function readMonthly(file: string, raw: RawScenario, tables: Tables, problems: Problem[]): Promise<readonly number[]> {
  const problem = (message: string) => void problems.push({ path: 'conversations.monthly', message: `expected ${message}` })
  let table: CsvTable
  try {
    table = await tables.read(file)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    problem(error.message)
    return []
  }
  const { header, rows } = table
  if (header.join(',') !== 'month,conversations') {
    problem(`the columns month,conversations in line 1 of ${shown(file)}, got ${shown(header.join(','))}`)
    return []
  }
  if (rows.length !== raw.months) problem(`${raw.months} months in ${shown(file)}, got ${rows.length}`)
  return rows.map(({ cells: [month, volume], line }, k) => {
    const place = `line ${line} of ${shown(file)}`
    if (k < raw.months && month !== formatMonth(raw.start + k))
      problem(`${formatMonth(raw.start + k)} in ${place}, got ${shown(month)}`)
    const value = /^\d+(\.\d+)?$/.test(volume) ? Number(volume) : Number.NaN
    if (value >= 0 && value <= LIMITS.quantity) return value
    problem(`a number of conversations ≥ 0 in ${place}, got ${shown(volume)}`)
    return 0
  })
}
