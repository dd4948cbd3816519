// Reads the closed months and checks that the plan can learn from them.
import { type Problem, shown } from '../../errors.ts'
import type { Actuals, Correlation, ResolvedScenario } from '../resolved.ts'
import type { Exchange } from '../exchange.ts'
import { distributionOf } from '../../numerics/distributions/index.ts'
import { innovationCorrelation } from '../noise-correlation.ts'
import type { RawScenario } from '../schema.ts'
import { startingRates } from '../starting-rate.ts'
import type { Tables } from './files.ts'
import { readInvoices } from './invoices.ts'
import { readMonths } from './months.ts'

/** The result is only complete if no problem is added. */
export async function readActuals(
  raw: RawScenario,
  exchange: Exchange['exchange'],
  tables: Tables,
  problems: Problem[],
): Promise<Actuals | undefined> {
  if (raw.actuals === undefined) return undefined
  const stated = typeof raw.actuals === 'string' ? { file: raw.actuals } : raw.actuals
  const { file, offer } = stated
  const problem = (message: string, path = 'actuals') => void problems.push({ path, message: `expected ${message}` })
  const rows = await readMonths(stated, ['conversations', 'resolutions', 'invoice'], raw, tables, problem)
  if (rows === undefined) return undefined
  if (rows.count === 0 || rows.count >= raw.months)
    problem(`1 to ${raw.months - 1} closed months in ${shown(file)} for a plan of ${raw.months} months, got ${rows.count}`)
  const conversations = rows.column('conversations', 'above 0') ?? []
  const resolutions = rows.column('resolutions', 'above 0')
  const plan = { currency: raw.currency, exchange }
  const invoices = readInvoices(rows, raw, { file, offer, plan }, problem)
  resolutions?.forEach((number, k) => {
    if (number >= conversations[k])
      problem(
        `fewer resolutions than conversations in line ${rows.lines[k]} of ${shown(file)}, got ${number} of ${conversations[k]}`,
      )
  })
  const names = Object.keys(raw.offers)
  if (offer !== undefined && !names.includes(offer))
    problem(`one of the offers (${names.join(', ')}), got ${shown(offer)}`, 'actuals.offer')
  if (rows.source('invoice') && offer === undefined)
    problem(`the offer that was invoiced, as in actuals: { file: ${file}, offer: ${names[0]} }, got nothing`, 'actuals.offer')
  return {
    conversations,
    ...(resolutions && { resolutions }),
    ...invoices,
    ...(offer !== undefined && { offer }),
  }
}

/** Refuses plans in which actuals have no meaning, since the plan allows no other months than its own. */
export function checkActuals(scenario: ResolvedScenario, correlations: readonly Correlation[], problems: Problem[]): void {
  const { actuals, conversations, resolution, counting } = scenario
  if (!actuals) return
  const problem = (path: string, message: string) => void problems.push({ path, message: `expected ${message}` })
  if (!(conversations.noise && conversations.noise.cv > 0))
    problem('conversations.noise', 'noise such as { cv: 8% }, got none: without noise, actual volumes would contradict the plan')
  if (actuals.resolutions && !(resolution?.noise && resolution.noise.sd > 0))
    problem('resolution.noise', 'noise such as { sd: 2pt }, got none: without noise, actual rates would contradict the plan')
  if (scenario.segments)
    problem(
      'segments',
      'no segments in a plan with closed months, since a file of actuals does not yet say which segment a volume belongs to: remove `actuals` or `segments`',
    )
  const rate = resolution?.rate
  const rates = rate === undefined ? [] : startingRates({ ...resolution, rate }, scenario, (value) => distributionOf(value).mean)
  const closed = rates.slice(0, actuals.resolutions?.length ?? 0)
  if (closed.some((start) => !(start > 0 && start < 1)))
    problem(
      'resolution.rate',
      'a rate above 0% and below 100% in every closed month: without noise, actual rates would contradict the plan',
    )
  if (counting === 'sampled')
    problem('counting', '`expected`, got `sampled`: a plan with actuals cannot sample whole conversations')
  const phis = [conversations.noise?.autocorrelation ?? 0, resolution?.noise?.autocorrelation ?? 0] as const
  correlations.forEach(({ between, rho }, k) => {
    if (!between.some((name) => name.endsWith('.noise'))) return
    const own = between.includes('conversations.noise') && between.includes('resolution.noise')
    if (!own) problem(`correlations[${k}]`, "no correlation with an offer's own noise in a plan with actuals: remove it")
    else if (!actuals.resolutions)
      problem('actuals', 'a column `resolutions`, got none: their noise is correlated with that of the volume')
    else if (Math.abs(innovationCorrelation(rho, ...phis)) === 1)
      problem(
        `correlations[${k}].rho`,
        `a number closer to 0 than ${Math.abs(rho)} in a plan with actuals: no actual months fit the largest correlation exactly`,
      )
  })
}
