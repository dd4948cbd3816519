// Reads the closed months and checks that the plan can learn from them.
import type { OfferResolution } from '../../contract/offer.ts'
import { byMonth } from '../../contract/stages.ts'
import { type Problem, pathText, shown } from '../../errors.ts'
import { formatMonth } from '../../months.ts'
import { noisesOf } from '../names.ts'
import { mergedLayers, noiseLayer, type RateLayer, rateLayers } from '../rate-layers.ts'
import type { Actuals, Correlation, ResolvedScenario, ResolvedSegment } from '../resolved.ts'
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
  const segments = Object.keys(raw.segments ?? {}).sort()
  const rows = await readMonths(stated, ['conversations', 'resolutions', 'invoice'], raw, tables, problem, segments)
  if (rows === undefined) return undefined
  if (rows.count === 0 || rows.count >= raw.months)
    problem(`1 to ${raw.months - 1} closed months in ${shown(file)} for a plan of ${raw.months} months, got ${rows.count}`)
  const conversations = rows.column('conversations', 'above 0') ?? []
  const resolutions = rows.column('resolutions', rows.split ? 'of 0 or more' : 'above 0')
  const plan = { currency: raw.currency, exchange }
  const { invoices, ...invoiced } = readInvoices(rows, raw, { file, offer, plan }, problem)
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
  if (resolutions && rows.split && sharesRateNoise(raw))
    tables.note(
      file,
      'segments without `resolution.noise` of their own share that of the plan, which the sum of their resolutions determines',
    )
  const parts = rows.split ? segments.length : 1
  const part = (numbers: readonly number[], s: number) => numbers.filter((_, k) => k % parts === s)
  const total = (numbers: readonly number[]) =>
    Array.from({ length: numbers.length / parts }, (_, m) =>
      numbers.slice(m * parts, (m + 1) * parts).reduce((sum, number) => sum + number, 0),
    )
  return {
    conversations: total(conversations),
    ...(resolutions && { resolutions: total(resolutions) }),
    ...(rows.split && {
      segments: segments.map((_, s) => ({
        conversations: part(conversations, s),
        ...(resolutions && { resolutions: part(resolutions, s) }),
      })),
    }),
    ...(invoices && { invoices: total(invoices) }),
    ...invoiced,
    ...(offer !== undefined && { offer }),
  }
}

const sharesRateNoise = ({ resolution, segments = {} }: RawScenario): boolean =>
  varies(resolution?.noise?.sd) && Object.values(segments).filter((segment) => segment.resolution?.noise === undefined).length > 1

/** Refuses plans in which actuals have no meaning, since the plan allows no other months than its own. */
export function checkActuals(scenario: ResolvedScenario, correlations: readonly Correlation[], problems: Problem[]): void {
  const { actuals, counting } = scenario
  if (!actuals) return
  const problem = (path: string, message: string) => void problems.push({ path, message: `expected ${message}` })
  checkVolumeNoise(scenario, problem)
  const rates = actuals.resolutions ? checkRateNoise(scenario, actuals, problem) : new Set<string>()
  if (counting === 'sampled')
    problem('counting', '`expected`, got `sampled`: a plan with actuals cannot sample whole conversations')
  checkNoiseCorrelations(scenario, correlations, rates, problem)
}

type Report = (path: string, message: string) => void

const CONTRADICTS = 'actual volumes would contradict the plan'

function checkVolumeNoise({ actuals, conversations, segments }: ResolvedScenario, problem: Report): void {
  const shared = varies(conversations.noise?.cv)
  if (!segments || !actuals?.segments) {
    const apart = segments?.find(({ conversations: own }) => own.apart)
    if (shared && apart === undefined) return
    if (shared)
      problem(
        'actuals',
        `a column \`segment\` with the segment of each row, got totals: the shared noise does not act on ${apart?.name}, which has a history of its own`,
      )
    else if (segments?.some((segment) => varies(segment.conversations.noise?.cv)))
      problem(
        'actuals',
        'a column `segment` with the segment of each row, got totals: without `noise` that all segments share, totals do not say which segment deviates',
      )
    else problem('conversations.noise', `noise such as { cv: 8% }, got none: without noise, ${CONTRADICTS}`)
    return
  }
  const still = segments.filter((segment) => !varies(segment.conversations.noise?.cv))
  const joined = still.filter(({ conversations: own }) => shared && !own.apart)
  for (const { name } of still.filter((segment) => segment !== joined[0]))
    problem(
      pathText(['segments', name, 'conversations', 'noise']),
      joined.some((segment) => segment.name === name)
        ? `noise of its own such as { cv: 5% }, got none: ${joined[0].name} and ${name} have only the shared noise, so ${CONTRADICTS}`
        : `noise such as { cv: 8% }, here or in the plan's own \`conversations\`, got none: without noise, ${CONTRADICTS}`,
    )
}

const varies = (size: number | undefined): boolean => size !== undefined && size > 0

/** The rates that closed months determine have noise, and lie inside its range. Returns the names of these noises. */
function checkRateNoise(scenario: ResolvedScenario, actuals: Actuals, problem: Report): ReadonlySet<string> {
  const { resolution, segments } = scenario
  const streams: readonly (ResolvedSegment | undefined)[] = segments ?? [undefined]
  const seen = new Set<string>()
  const determined = new Set<string>()
  streams.forEach((segment, s) => {
    const layers = rateLayers<OfferResolution>(resolution, segment)
    const found = noiseLayer(layers)
    const noisy = varies(found?.layer.own.noise?.sd)
    const shared = noisy && found?.layer.path === 'resolution'
    if (isIdle(scenario, segment)) return
    if (actuals.segments && !noisy)
      problem(
        pathText(['segments', segment?.name ?? '', 'resolution', 'noise']),
        'noise such as { sd: 2pt }, got none: without noise, actual rates would contradict the plan',
      )
    const none = actuals.segments?.[s].resolutions?.indexOf(0) ?? -1
    if (none >= 0)
      problem(
        'actuals',
        `more than 0 resolutions of ${segment?.name} in ${formatMonth(scenario.start + none)}, or an involvement of 0% there, got 0`,
      )
    if (!found || !noisy || !(shared || actuals.segments)) return
    determined.add(`${found.layer.path}.noise`)
    const path = `${layers[layers.length - 1].path}.rate`
    if (!seen.has(path) && closedAtEdge(layers, scenario, actuals)) {
      seen.add(path)
      problem(path, 'a rate above 0% and below 100% in every closed month: without noise, actual rates would contradict the plan')
    }
  })
  if (determined.size > 0 || actuals.segments) return determined
  const own = segments?.some((segment) => varies(segment.resolution?.noise?.sd))
  if (own)
    problem(
      'actuals',
      'a column `segment` with the segment of each row, got total resolutions: without `resolution.noise` that segments share, totals do not say which segment deviates',
    )
  else problem('resolution.noise', 'noise such as { sd: 2pt }, got none: without noise, actual rates would contradict the plan')
  return determined
}

/** Whether a closed month has a rate of 0% or 100%, at which noise has no effect. */
function closedAtEdge(
  layers: readonly RateLayer<OfferResolution>[],
  scenario: ResolvedScenario,
  { resolutions = [] }: Actuals,
): boolean {
  const { rate, ceiling, offset } = mergedLayers(layers)
  const rates = rate === undefined ? [] : startingRates({ rate, ceiling, offset }, scenario, (value) => distributionOf(value).mean)
  return rates.slice(0, resolutions.length).some((start) => !(start > 0 && start < 1))
}

/** Whether the AI takes part in nothing in the closed months of a segment. */
function isIdle({ conversations, actuals, start, months }: ResolvedScenario, segment: ResolvedSegment | undefined): boolean {
  if (!segment) return false
  const involvement = segment.conversations.involvement ?? conversations.involvement
  return byMonth(involvement, start, months)
    .slice(0, actuals?.conversations.length)
    .every((share) => share === 0)
}

function checkNoiseCorrelations(
  scenario: ResolvedScenario,
  correlations: readonly Correlation[],
  rates: ReadonlySet<string>,
  problem: Report,
): void {
  const phis = noisesOf(scenario)
  correlations.forEach(({ between, rho }, k) => {
    if (!between.some((name) => name.endsWith('.noise'))) return
    if (between.some((name) => name.startsWith('offers.')))
      problem(`correlations[${k}]`, "no correlation with an offer's own noise in a plan with actuals: remove it")
    else if (!scenario.actuals?.resolutions && between.some((name) => name.endsWith('resolution.noise')))
      problem('actuals', 'a column `resolutions`, got none: their noise is correlated with that of the volume')
    else if (scenario.actuals?.segments && between.some((name) => name.endsWith('resolution.noise') && !rates.has(name)))
      problem(`correlations[${k}]`, 'no correlation with the noise of a rate at which the AI takes part in nothing: remove it')
    else if (Math.abs(innovationCorrelation(rho, phis.get(between[0]) ?? 0, phis.get(between[1]) ?? 0)) === 1)
      problem(
        `correlations[${k}].rho`,
        `a number closer to 0 than ${Math.abs(rho)} in a plan with actuals: no actual months fit the largest correlation exactly`,
      )
  })
}
