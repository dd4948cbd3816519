// Months that are closed: read from their file and checked against the plan.
import { type Problem, shown } from '../../errors.ts'
import { formatMonth } from '../../months.ts'
import { CsvError, type CsvTable } from '../../notation/csv.ts'
import { LIMITS } from '../../limits.ts'
import type { Actuals, Correlation, ResolvedScenario } from '../resolved.ts'
import type { RawScenario } from '../schema.ts'
import type { Tables } from './files.ts'

const COLUMNS = ['month', 'conversations', 'resolutions', 'invoice']

/** Problems say what was expected; the actuals are whole only where there are none. */
export async function readActuals(raw: RawScenario, tables: Tables, problems: Problem[]): Promise<Actuals | undefined> {
  if (raw.actuals === undefined) return undefined
  const { file, offer } = typeof raw.actuals === 'string' ? { file: raw.actuals, offer: undefined } : raw.actuals
  const problem = (message: string, path = 'actuals') => void problems.push({ path, message: `expected ${message}` })
  let table: CsvTable
  try {
    table = await tables.read(file)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    problem(error.message)
    return undefined
  }
  const { header, rows } = table
  const strange = header.filter((name, k) => !COLUMNS.includes(name) || header.indexOf(name) !== k)
  if (header[0] !== 'month' || !header.includes('conversations') || strange.length > 0) {
    problem(
      `the columns month,conversations and where known resolutions,invoice in line 1 of ${shown(file)}, got ${shown(header.join(','))}`,
    )
    return undefined
  }
  if (rows.length === 0 || rows.length >= raw.months)
    problem(`from 1 to ${raw.months - 1} closed months in ${shown(file)}, of a horizon of ${raw.months}, got ${rows.length}`)
  rows.forEach(({ cells: [month], line }, k) => {
    if (month !== formatMonth(raw.start + k))
      problem(`${formatMonth(raw.start + k)} in line ${line} of ${shown(file)}, got ${shown(month)}`)
  })
  const column = (name: string, least: 'above 0' | '≥ 0'): number[] | undefined => {
    const place = header.indexOf(name)
    if (place < 0) return undefined
    return rows.map(({ cells, line }) => {
      const text = cells[place]
      const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
      if (value <= LIMITS.quantity && (least === '≥ 0' ? value >= 0 : value > 0)) return value
      problem(`a number ${least} in line ${line}, column ${name} of ${shown(file)}, got ${shown(text)}`)
      return 1
    })
  }
  const conversations = column('conversations', 'above 0') ?? []
  const resolutions = column('resolutions', 'above 0')
  const invoices = column('invoice', '≥ 0')
  resolutions?.forEach((number, k) => {
    if (number >= conversations[k])
      problem(
        `fewer resolutions than conversations in line ${rows[k].line} of ${shown(file)}, got ${number} of ${conversations[k]}`,
      )
  })
  const names = Object.keys(raw.offers)
  if (offer !== undefined && !names.includes(offer))
    problem(`one of the offers (${names.join(', ')}), got ${shown(offer)}`, 'actuals.offer')
  if (invoices && offer === undefined)
    problem(`the offer that was invoiced, such as actuals: { file: ${file}, offer: ${names[0]} }, got nothing`, 'actuals.offer')
  return {
    conversations,
    ...(resolutions && { resolutions }),
    ...(invoices && { invoices }),
    ...(offer !== undefined && { offer }),
  }
}

/** What the plan must leave open for actuals to say anything about it. */
export function checkActuals(scenario: ResolvedScenario, correlations: readonly Correlation[], problems: Problem[]): void {
  const { actuals, conversations, resolution, counting } = scenario
  if (!actuals) return
  const problem = (path: string, message: string) => void problems.push({ path, message: `expected ${message}` })
  if (!(conversations.noise && conversations.noise.cv > 0))
    problem('conversations.noise', 'noise such as { cv: 8% }: without it the plan allows no other volumes than its own, got none')
  if (actuals.resolutions && !(resolution?.noise && resolution.noise.sd > 0))
    problem('resolution.noise', 'noise such as { sd: 2pt }: without it the plan allows no other rates than its own, got none')
  if (counting === 'sampled') problem('counting', 'expected counts beside actuals, got sampled')
  correlations.forEach(({ between }, k) => {
    if (!between.some((name) => name.endsWith('.noise'))) return
    const own = between.includes('conversations.noise') && between.includes('resolution.noise')
    if (!own) problem(`correlations[${k}]`, 'no correlated noise of offers beside actuals')
    else if (!actuals.resolutions)
      problem('actuals', 'a column of resolutions, since their noise is correlated with that of the volume, got none')
  })
}
