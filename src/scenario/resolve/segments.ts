// Resolves segments: volumes of their own or shares of the plan's, without contradictions.
import { byMonth, isStaged, type Staged, stagesIn } from '../../contract/stages.ts'
import { contractsIn } from '../../contract/offer.ts'
import { type Problem, pathText } from '../../errors.ts'
import { formatMonth } from '../../months.ts'
import { distributionOf, type Uncertain } from '../../numerics/distributions/index.ts'
import { sixDigits } from '../../contract/schema.ts'
import type { ResolvedScenario, ResolvedSegment } from '../resolved.ts'
import type { RawScenario, RawSegment } from '../schema.ts'
import { defined } from './defined.ts'
import { bootstrapOf, checkMonthlyKeys, levelProblem, monthlyVolumes, seasonProblem } from './conversations.ts'
import type { Tables } from './files.ts'
import { type Pasts, PLAN } from './pasts.ts'
import { resolveQuantities } from './quantities.ts'
import { checkSegmentNames } from './segment-names.ts'
import { resolveHuman } from './staff.ts'

/** Certain shares may miss 100% by this much. */
const SLACK = 0.001

export async function resolveSegments(
  raw: RawScenario,
  tables: Tables,
  pasts: Pasts,
  problems: Problem[],
): Promise<ResolvedScenario['segments']> {
  if (!raw.segments) return undefined
  const entries = Object.entries(raw.segments)
  checkSegmentNames(
    entries.map(([name]) => name),
    problems,
  )
  checkSize(raw, entries.length, problems)
  checkVolumes(raw, entries, pasts, problems)
  checkCosts(raw, entries, problems)
  const found: ResolvedSegment[] = []
  for (const [name, segment] of entries) found.push(await resolveSegment(name, segment, raw, tables, pasts.has(name), problems))
  // Draws and sums go by name, so that another order of the same segments changes nothing.
  return found.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Bytes that the model of one month, segment and offer takes, measured on a contract with two charges. */
const BYTES = 30_000
const GIGABYTE = 1e9

/** Refuses plans whose model would not fit into memory. */
function checkSize({ months, offers }: RawScenario, segments: number, problems: Problem[]): void {
  const parts = months * segments * Object.keys(offers).length
  const needed = (parts * BYTES) / GIGABYTE
  if (needed <= MOST_GIGABYTES) return
  problems.push({
    path: 'segments',
    message: `expected fewer months, segments or offers: ${months} months, ${segments} segments and ${Object.keys(offers).length} offers need about ${Math.ceil(needed)} GB of memory, and at most ${MOST_GIGABYTES} GB are allowed. Split the offers over several plans`,
  })
}

const MOST_GIGABYTES = 4

async function resolveSegment(
  name: string,
  { share, conversations = {}, resolution, human }: RawSegment,
  raw: RawScenario,
  tables: Tables,
  drawn: boolean,
  problems: Problem[],
): Promise<ResolvedSegment> {
  const path = pathText(['segments', name])
  const { monthly, quantities, history, shared, bootstrap: _past, ...rest } = conversations
  const problem = (key: string, message: string) => void problems.push({ path: `${path}.conversations.${key}`, message })
  if (seasonProblem(rest.seasonality)) problem('seasonality', 'expected at least one factor above 0, got none')
  levelProblem(conversations, drawn, problem)
  if (monthly !== undefined) checkMonthlyKeys(conversations, problem)
  const bootstrap = bootstrapOf(conversations, problem)
  if (shared !== undefined && history === undefined)
    problem('shared', "remove this key: only a segment with `history` is kept apart from the plan's own noise and spikes")
  const volumes = monthly === undefined ? undefined : await monthlyVolumes(monthly, raw, tables, problem)
  return defined<ResolvedSegment>({
    name,
    share,
    conversations: defined<ResolvedSegment['conversations']>({
      ...rest,
      monthly: volumes,
      bootstrap,
      fitted: history === undefined ? undefined : true,
      apart: history === undefined || shared === true ? undefined : true,
      quantities: resolveQuantities(quantities, ['segments', name, 'conversations', 'quantities'], problems),
    } as ResolvedSegment['conversations']),
    resolution: resolution && defined<NonNullable<ResolvedSegment['resolution']>>(resolution as never),
    human: human && resolveHuman(human, ['segments', name, 'human'], raw, problems),
  })
}

type Entries = readonly (readonly [string, RawSegment])[]

/** Keys that a volume of its own consists of. */
const VOLUME = ['base', 'monthly', 'growth', 'seasonality', 'days', 'last'] as const

function checkVolumes(raw: RawScenario, entries: Entries, pasts: Pasts, problems: Problem[]): void {
  const say = (path: readonly PropertyKey[], message: string) => void problems.push({ path: pathText(path), message })
  const { base, monthly, noise, bootstrap, last } = raw.conversations
  const total = base !== undefined || monthly !== undefined || pasts.has(PLAN)
  const sharing = entries.filter(([, { share }]) => share !== undefined)
  const shared = (noise?.cv ?? 0) > 0 || bootstrap !== undefined
  for (const [name, { share, conversations = {} }] of entries) {
    const at = (key: string) => ['segments', name, 'conversations', key]
    const joined = shared && (conversations.history === undefined || conversations.shared === true)
    if (conversations.last !== undefined && (joined || !((conversations.noise?.cv ?? 0) > 0)))
      say(at('last'), 'remove this key: it continues the own `noise` of a segment that shares no noise with others')
    if (share !== undefined) {
      for (const key of VOLUME)
        if (conversations[key] !== undefined)
          say(at(key), `remove \`${key}\` or \`share\`: the share is one of the plan's own volume`)
    } else if (sharing.length > 0)
      say(
        ['segments', name, 'share'],
        `expected a share, since ${sharing[0][0]} states one: either all segments state shares or none does, got nothing`,
      )
    else if (conversations.base === undefined && conversations.monthly === undefined && !pasts.has(name))
      say(
        at('base'),
        `expected conversations per month such as 50k${total ? ', or a share of the plan in every segment, such as share: 60%' : ''}, got nothing`,
      )
  }
  if (sharing.length > 0 && !total)
    say(['conversations', 'base'], 'expected conversations per month such as 50k, of which the segments state shares, got nothing')
  for (const key of ['base', 'monthly', 'history'] as const)
    if (sharing.length === 0 && raw.conversations[key] !== undefined)
      say(['conversations', key], `remove \`${key}\`, or state a share in every segment: the segments have volumes of their own`)
  if (last !== undefined && entries.some(([, { conversations }]) => conversations?.monthly !== undefined))
    say(
      ['conversations', 'last'],
      'remove `last` or `monthly` of the segments: with `monthly`, the expected volume of the month before is not known',
    )
  if (
    last !== undefined &&
    entries.some(([, { conversations }]) => conversations?.history !== undefined && conversations.shared !== true)
  )
    say(
      ['conversations', 'last'],
      'remove `last`, or state `shared: true` beside the `history` of each segment: a segment with `history` continues from its own last month',
    )
  const plain = entries.find(([name, { conversations }]) => conversations?.history !== undefined && !pasts.has(name))
  if (raw.conversations.level !== undefined && plain)
    say(
      ['conversations', 'level'],
      `remove \`level\`, or state it in other segments: it scales volumes that are drawn from a history, and ${plain[0]} has the fitted base`,
    )
  checkShares(raw, sharing, entries.length, problems)
}

/** Certain shares have to add up to 100% in every month. Uncertain ones are divided by their sum. */
function checkShares(raw: RawScenario, sharing: Entries, count: number, problems: Problem[]): void {
  const shares = sharing.flatMap(([, { share }]) => (share === undefined ? [] : [share]))
  if (shares.length === 0 || shares.length < count) return
  const certain = shares.every((share) => stagesIn(share).every((value) => typeof value === 'number'))
  const sums = sumsOf(shares, raw)
  const wrong = sums.findIndex((sum) => Math.abs(sum - 1) > SLACK)
  if (!certain || wrong < 0) {
    if (sums.some((sum) => sum === 0))
      problems.push({ path: 'segments', message: 'expected shares above 0% in every month, got only shares of 0%' })
    return
  }
  const month = shares.some((share) => isStaged(share)) ? ` in ${formatMonth(raw.start + wrong)}` : ''
  problems.push({
    path: 'segments',
    message: `expected shares that add up to 100%, got ${sixDigits(100 * sums[wrong])}%${month}: change one of them, or state uncertain shares, which are divided by their sum`,
  })
}

/** The sum of the mean shares of each month. */
function sumsOf(shares: readonly Staged<Uncertain>[], { start, months }: Pick<ResolvedScenario, 'start' | 'months'>): number[] {
  const means = shares.map((share) => byMonth(share, start, months).map((value) => distributionOf(value).mean))
  return Array.from({ length: months }, (_, m) => means.reduce((sum, each) => sum + each[m], 0))
}

function checkCosts(raw: RawScenario, entries: Entries, problems: Problem[]): void {
  if (raw.human?.cost !== undefined || raw.human?.staff !== undefined) return
  const without = entries.find(([, { human }]) => human?.cost === undefined && human?.staff === undefined)
  const stated = raw.human !== undefined || entries.some(([, { human }]) => human !== undefined)
  if (!without || !stated) return
  problems.push({
    path: pathText(['segments', without[0], 'human', 'cost']),
    message: "expected the cost of a contact with people such as $6, here or in the plan's own `human`, got nothing",
  })
}

/** Notes on segments that are valid but may surprise. */
export function segmentNotes(scenario: ResolvedScenario): string[] {
  const { segments = [], offers } = scenario
  const shares = segments.flatMap(({ share }) => (share === undefined ? [] : [share]))
  const sum = shares.length > 0 ? sumsOf(shares, scenario).find((each) => Math.abs(each - 1) > SLACK) : undefined
  const rates = new Set(segments.map(({ resolution }) => JSON.stringify(resolution?.rate)))
  const flat = rates.size > 1 ? offers.flatMap(contractsIn).filter(({ resolution }) => resolution?.rate !== undefined) : []
  return [
    ...(sum === undefined ? [] : [`segments: the mean shares add up to ${sixDigits(100 * sum)}%, so each is divided by their sum`]),
    ...flat.map(
      ({ name }) =>
        `offers.${name}.resolution.rate: one rate for all segments replaces rates that differ. \`offers.${name}.segments\` states one for each`,
    ),
  ]
}
