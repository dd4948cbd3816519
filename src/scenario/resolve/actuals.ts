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
import { innovationCorrelation } from '../../numerics/distributions/special/noise-correlation.ts'
import type { RawScenario } from '../schema.ts'
import { startingRates } from '../starting-rate.ts'
import type { Tables } from './files.ts'
import { checkAnswered } from './answered.ts'
import { readInvoices } from './invoices.ts'
import { type MonthRows, readMonths } from './months.ts'

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
  const invoiced = invoicedOffer(raw, offer)
  const parts = Object.keys(raw.offers[invoiced ?? '']?.parts ?? {})
  const columns = ['conversations', 'resolutions', 'invoice'] as const
  const rows = await readMonths(stated, columns, raw, tables, problem, { segments, parts })
  if (rows === undefined) return undefined
  if (rows.count === 0 || rows.count >= raw.months)
    problem(`1 to ${raw.months - 1} closed months in ${shown(file)} for a plan of ${raw.months} months, got ${rows.count}`)
  const conversations = rows.column('conversations', 'above 0') ?? []
  const inParts = parts.length > 0 || !hasRate(raw)
  const resolutions = rows.column('resolutions', rows.split || inParts ? 'of 0 or more' : 'above 0')
  const answered = resolutions && inParts ? answeringOffer(raw, invoiced, problem) : undefined
  const plan = { currency: raw.currency, exchange }
  const { invoices, ...converted } = readInvoices(rows, raw, { file, offer, plan }, problem)
  const counted = { rows, file, start: raw.start, segments: rows.split ? segments.length : 1 }
  const volumes = volumesOf(counted, conversations, problem)
  const byCell = resolutions && cellsOf(counted, resolutions)
  if (byCell) checkCounts(counted, conversations, byCell, problem)
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
  if (answered !== undefined && offer === undefined && names.length > 1)
    tables.note(file, `its resolutions are those of ${answered}, the only offer with parts. \`actuals.offer\` names another`)
  return {
    conversations: total(volumes),
    ...(byCell && { resolutions: total(byCell) }),
    ...(rows.split && {
      segments: volumes.map((own, s) => ({ conversations: own, ...(byCell && { resolutions: byCell[s] }) })),
    }),
    ...(invoices && { invoices: total(cellsOf(counted, invoices)) }),
    ...converted,
    ...(offer !== undefined && { offer }),
    ...(answered !== undefined && { answered }),
    ...(answered !== undefined && resolutions && rows.parted && { parts: parts.map((_, p) => cellsOf(counted, resolutions, p)) }),
  }
}

type Tell = (message: string, path?: string) => void

/** The offer that the closed months are of: the one that is named, the only one, or the only one with parts. */
function invoicedOffer({ offers }: RawScenario, stated: string | undefined): string | undefined {
  if (stated !== undefined) return stated
  const [names, parted] = [Object.keys(offers), Object.keys(offers).filter((name) => offers[name].parts)]
  return names.length === 1 ? names[0] : parted.length === 1 ? parted[0] : undefined
}

const hasRate = ({ resolution, segments = {} }: RawScenario): boolean =>
  resolution?.rate !== undefined || Object.values(segments).some((segment) => segment.resolution?.rate !== undefined)

/** The offer whose contracts resolved the conversations. */
function answeringOffer({ offers, actuals }: RawScenario, offer: string | undefined, problem: Tell): string | undefined {
  if (offer !== undefined) return Object.hasOwn(offers, offer) ? offer : undefined
  const file = typeof actuals === 'string' ? actuals : actuals?.file
  const names = Object.keys(offers)
  problem(
    `the offer that resolved the conversations, as in actuals: { file: ${file}, offer: ${names[0]} }, since the plan states no rate outside its offers, got nothing`,
    'actuals.offer',
  )
  return undefined
}

interface Counted {
  readonly rows: MonthRows
  readonly file: string
  readonly start: number
  readonly segments: number
}

/** Sums of a column by segment and month. @param part the only one that counts */
function cellsOf({ rows, segments }: Counted, numbers: readonly number[], part?: number): number[][] {
  const sums = Array.from({ length: segments }, () => new Array<number>(rows.count).fill(0))
  rows.places.forEach(({ month, segment, part: own }, k) => {
    if (part === undefined || own === part) sums[segment][month] += numbers[k]
  })
  return sums
}

/** Conversations are those of the whole month, which each row of a part repeats. */
function volumesOf({ rows, file, start, segments }: Counted, numbers: readonly number[], problem: Tell): number[][] {
  const volumes = Array.from({ length: segments }, () => new Array<number>(rows.count).fill(0))
  rows.places.forEach(({ month, segment }, k) => {
    const known = volumes[segment][month]
    // A bad cell, which is reported, is no number.
    if (known > 0 && known !== numbers[k])
      problem(
        `in each row of ${formatMonth(start + month)} the conversations of the whole month, of all parts and people, got ${known} and ${numbers[k]} in line ${rows.lines[k]} of ${shown(file)}`,
      )
    volumes[segment][month] = numbers[k]
  })
  return volumes
}

/** @param sums resolutions by segment and month */
function checkCounts(
  { rows, file }: Counted,
  conversations: readonly number[],
  sums: readonly (readonly number[])[],
  problem: Tell,
): void {
  const reported = new Set<string>()
  rows.places.forEach(({ month, segment }, k) => {
    const [number, key] = [sums[segment][month], `${segment} ${month}`]
    if (!(number >= conversations[k]) || reported.has(key)) return
    reported.add(key)
    problem(`fewer resolutions than conversations in line ${rows.lines[k]} of ${shown(file)}, got ${number} of ${conversations[k]}`)
  })
}

/** Sums over segments by month. */
const total = ([first, ...others]: readonly (readonly number[])[]): number[] =>
  first.map((number, m) => others.reduce((sum, own) => sum + own[m], number))

const sharesRateNoise = ({ resolution, segments = {} }: RawScenario): boolean =>
  varies(resolution?.noise?.sd) && Object.values(segments).filter((segment) => segment.resolution?.noise === undefined).length > 1

/** Refuses plans in which actuals have no meaning, since the plan allows no other months than its own. */
export function checkActuals(scenario: ResolvedScenario, correlations: readonly Correlation[], problems: Problem[]): void {
  const { actuals, counting } = scenario
  if (!actuals) return
  const problem = (path: string, message: string) => void problems.push({ path, message: `expected ${message}` })
  checkVolumeNoise(scenario, problem)
  // Without the offer that answered, no rate can be checked.
  const answered = !problems.some(({ path }) => path === 'actuals.offer')
  const rates = actuals.resolutions && answered ? checkRates(scenario, actuals, problem) : new Set<string>()
  if (counting === 'sampled')
    problem('counting', '`expected`, got `sampled`: a plan with actuals cannot sample whole conversations')
  checkNoiseCorrelations(scenario, correlations, rates, problem)
}

type Report = (path: string, message: string) => void

const CONTRADICTS = 'actual volumes would contradict the plan'

function checkVolumeNoise({ actuals, conversations, segments }: ResolvedScenario, problem: Report): void {
  const isNoisy = ({ conversations: own }: Pick<ResolvedScenario | ResolvedSegment, 'conversations'>) =>
    own.history !== undefined || varies(own.noise?.cv)
  const shared = isNoisy({ conversations })
  if (!segments || !actuals?.segments) {
    const apart = segments?.find(({ conversations: own }) => own.apart)
    if (shared && apart === undefined) return
    if (shared)
      problem(
        'actuals',
        `a column \`segment\` with the segment of each row, got totals: the shared noise does not act on ${apart?.name}, which has a history of its own`,
      )
    else if (segments?.some(isNoisy))
      problem(
        'actuals',
        'a column `segment` with the segment of each row, got totals: without `noise` that all segments share, totals do not say which segment deviates',
      )
    else problem('conversations.noise', `noise such as { cv: 8% }, got none: without noise, ${CONTRADICTS}`)
    return
  }
  const still = segments.filter((segment) => !isNoisy(segment))
  const joined = still.filter(({ conversations: own }) => shared && !own.apart)
  for (const { name } of still.filter((segment) => segment !== joined[0]))
    problem(
      pathText(['segments', name, 'conversations', 'noise']),
      joined.some((segment) => segment.name === name)
        ? `noise of its own such as { cv: 5% }, got none: ${joined[0].name} and ${name} have only the shared noise, so ${CONTRADICTS}`
        : `noise such as { cv: 8% }, here or in the plan's own \`conversations\`, got none: without noise, ${CONTRADICTS}`,
    )
}

const checkRates = (scenario: ResolvedScenario, actuals: Actuals, problem: Report): ReadonlySet<string> =>
  actuals.answered === undefined ? checkRateNoise(scenario, actuals, problem) : checkAnswered(scenario, actuals, problem)

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
      problem(
        `correlations[${k}]`,
        scenario.actuals.answered === undefined
          ? 'no correlation with the noise of a rate at which the AI takes part in nothing: remove it'
          : 'no correlation with the noise of a rate that the resolutions of some closed month do not determine: remove it',
      )
    else if (Math.abs(innovationCorrelation(rho, phis.get(between[0]) ?? 0, phis.get(between[1]) ?? 0)) === 1)
      problem(
        `correlations[${k}].rho`,
        `a number closer to 0 than ${Math.abs(rho)} in a plan with actuals: no actual months fit the largest correlation exactly`,
      )
  })
}
