// An audit counts an export of conversations by each definition of a resolution, bills each count under the same contract, finds
// the units that the vendor billed beyond it, and estimates the shares that a forecast needs.
import { DEFINITION_NAMES, type DefinitionName, definitions, durationText, windowWords } from '../../contract/definitions/index.ts'
import { UsageError } from '../../errors.ts'
import { planNameOf } from '../../forecasting/history/segments.ts'
import { formatMonth, parseMonth } from '../../months.ts'
import { checkInvoice, type InvoiceCheck, type TotalCheck } from '../check/check.ts'
import { wantedSegment } from '../../scenario/resolve/segment-names.ts'
import { type Contract, pathOf } from '../contract.ts'
import { Biller, type MonthUse } from './biller.ts'
import {
  byDefinition,
  COUNTED,
  type ConversationSource,
  type Counting,
  type Export,
  GENUINE,
  INVOLVED,
  type MonthCounts,
  RETURNED,
  SEEMING,
  readConversations,
} from './conversations.ts'
import { type Billed, type BilledSource, type Dispute, readBilled } from './disputes.ts'
import { type AuditOptions, COUNTS } from './options.ts'
import { partFilter } from './part-filter.ts'
import { fragmentOf } from './fragment.ts'
import { type CountedShare, countedShare } from './shares.ts'
import { BadRows, refuseBad } from './table.ts'
import { instantText } from './time.ts'
import type { InvoiceTable } from './totals.ts'
import { zoneOf } from './zone.ts'

/** The options of an audit, with its instants read. */
export interface AuditTerms extends Pick<AuditOptions, 'zone' | 'definition' | 'silence' | 'reopen' | 'genuine' | 'tolerate'> {
  /** When the export was taken, in milliseconds since 1970: by default after every silence. */
  readonly until?: number
  /** Receives each disputed row, in the order of the vendor's list. There may be millions. */
  readonly onDispute?: (dispute: Dispute) => void
}

interface AuditInput {
  readonly conversations: ConversationSource
  readonly billed?: BilledSource
  readonly invoices?: InvoiceTable
}

type ByDefinition = Readonly<Record<DefinitionName, number>>

export interface Audit {
  readonly offer: string
  readonly title: string
  /** The currency of all amounts: the one in which the vendor bills. */
  readonly currency: string
  readonly zone: string
  readonly months: readonly string[]
  /** When the export was taken; null if every silence in it counts as over. */
  readonly until: string | null
  /** The definition by which the contract counts, in plain language, and where the vendor states it. */
  readonly definition: { readonly counts: DefinitionName | 'conversation'; readonly words: string; readonly source?: string }
  readonly words: Readonly<Record<DefinitionName, string>>
  readonly conversations: number
  readonly involved: number
  /** Conversations with the AI that no person took over. */
  readonly contained: number
  /** Resolutions by each definition, before returns. `reopened` counts the returns within the contract's own count. */
  readonly counts: ByDefinition & { readonly reopened: number }
  /** Resolutions by each definition whose customer came back in time. */
  readonly returned: ByDefinition
  /** The contract's bill for each count, with returns credited. */
  readonly bills: ByDefinition
  readonly monthly: readonly {
    readonly month: string
    readonly conversations: number
    readonly involved: number
    readonly counts: ByDefinition
  }[]
  /** The counts by segment, if the export has a column of segments. */
  readonly segments: Readonly<Record<string, AuditedSegment>> | null
  readonly billed: { readonly rows: number; readonly units: number; readonly amount: number } | null
  readonly disputes: Billed['sums'] | null
  readonly disputed: { readonly count: number; readonly amount: number }
  readonly totals: readonly TotalCheck[] | null
  /** Choices that the totals depend on, in words. */
  readonly notes: InvoiceCheck['notes']
  /** Shares with 95% intervals for the field `counted` of an offer; `lag` in months. */
  readonly counted: {
    readonly resolved: CountedShare
    readonly unresolved: CountedShare
    readonly reopened: CountedShare
    readonly lag: number
  }
  /** Of those that seemed genuine, the share whose customers came back, for the field `resolution.returns`; `lag` in months. */
  readonly returns: { readonly share: CountedShare; readonly lag: number }
  /** The shares as a fragment of a plan, in YAML. */
  readonly fragment: string
  readonly bad: BadRows['kinds']
  /** Which columns of the export and of the itemized list were read. */
  readonly read: readonly string[]
  readonly repeats: number
}

/** What the contract counts in one segment. */
export interface AuditedSegment {
  readonly conversations: number
  readonly involved: number
  readonly contained: number
  readonly counts: ByDefinition
  readonly returned: ByDefinition
  /** Metered quantities: billing windows if the contract counts conversations, and its resolutions without returns. */
  readonly monthly: readonly { readonly month: string; readonly conversations: number; readonly resolutions: number }[]
  readonly counted: AuditedShares
}

export type AuditedShares = Readonly<Record<'resolved' | 'unresolved' | 'reopened', CountedShare>>

const HOUR = 3_600_000
const DAY = 24 * HOUR
const MOST_MONTHS = 240

/** @throws UsageError for files and terms, ScenarioError for a contract that is not valid */
export async function auditOf(input: AuditInput, contract: Contract, terms: AuditTerms = {}): Promise<Audit> {
  const { tolerate = 0.01 } = terms
  if (!(tolerate >= 0 && tolerate <= 1))
    throw new UsageError(`tolerate: expected a share from 0 to 1, such as 0.05, got ${tolerate}`)
  const counting = countingOf(contract, terms)
  const bad = new BadRows()
  const only = await partFilter(contract)
  const found = await readConversations({ ...input.conversations, ...(only && { only }) }, counting, bad)
  refuseBad(input.conversations.file, found.rows, bad, tolerate)
  if (found.ids.size === 0) throw new UsageError(`${input.conversations.file}: expected at least one conversation, got none`)
  const months = [...found.months.keys()]
  const [first, last] = [Math.min(...months), Math.max(...months)]
  if (last - first >= MOST_MONTHS)
    throw new UsageError(`${input.conversations.file}: expected at most ${MOST_MONTHS} months, got ${last - first + 1}`)
  const each = Array.from({ length: last - first + 1 }, (_, m) => found.months.get(first + m))
  const biller = await Biller.of(contract, first, each.length)
  const streams = streamsOf(input.conversations.file, found, biller.segments)
  const use = (name: DefinitionName): MonthUse[][] =>
    streams.map((counts) =>
      each.map((_, m): MonthUse => {
        const month = counts?.get(first + m)
        return {
          conversations: counting.counts === 'conversation' ? (month?.windows ?? 0) : (month?.involved ?? 0),
          resolutions: (month?.resolved[name] ?? 0) - (month?.returned[name] ?? 0),
        }
      }),
    )
  const billed = input.billed && (await disputesOf(input.billed, found, biller, counting, [first, last], terms))
  const invoices = input.invoices && (await checkInvoice(contract, input.invoices))
  const sumOf = (of: (month: MonthCounts) => number) => each.reduce((sum, month) => sum + (month ? of(month) : 0), 0)
  const counts = byDefinition((name) => sumOf((month) => month.resolved[name]))
  const returned = byDefinition((name) => sumOf((month) => month.returned[name]))
  const disputed = Object.values(billed?.sums ?? {})
  const forecast = forecastOf(found, billed)
  return {
    offer: pathOf(contract),
    title: contract.title,
    currency: biller.currency,
    zone: counting.zone.name,
    months: each.map((_, m) => formatMonth(first + m)),
    until: counting.until === Infinity ? null : instantText(counting.until),
    definition: definitionOf(contract, counting),
    words: byDefinition((name) => definitions[name].words(durationText(counting.silence))),
    conversations: found.ids.size,
    involved: found.involved,
    contained: found.contained,
    counts: { ...counts, reopened: counting.counts === 'conversation' ? returned.assumed : returned[counting.counts] },
    returned,
    bills: byDefinition((name) => biller.total(use(name))),
    monthly: each.map((month, m) => ({
      month: formatMonth(first + m),
      conversations: month?.conversations ?? 0,
      involved: month?.involved ?? 0,
      counts: byDefinition((name) => month?.resolved[name] ?? 0),
    })),
    billed: billed ? { rows: billed.rows, units: billed.units, amount: billed.amount } : null,
    disputes: billed ? billed.sums : null,
    disputed: {
      count: disputed.reduce((sum, { count }) => sum + count, 0),
      amount: disputed.reduce((sum, { amount }) => sum + amount, 0),
    },
    totals: invoices ? invoices.totals.map((check) => withCount(check, first, each, counting)) : null,
    notes: invoices?.notes ?? [],
    segments: segmentsOf(found, billed, counting, { first, months: each.length }),
    ...forecast,
    fragment: fragmentOf(contract, forecast, sharesBySegment(found, billed)),
    bad: bad.kinds,
    read: [found.read, ...(billed ? [billed.read] : [])],
    repeats: found.repeats,
  }
}

/** Adds to a total the count of its month in the export. */
function withCount(check: TotalCheck, first: number, each: readonly (MonthCounts | undefined)[], { counts }: Counting): TotalCheck {
  const place = (parseMonth(check.month) ?? first) - first
  const month = each[place]
  if (!month) return check
  const audited =
    check.meter === 'conversations'
      ? month.windows
      : check.meter === 'resolutions' && counts !== 'conversation'
        ? month.resolved[counts]
        : undefined
  return audited === undefined ? check : { ...check, audited }
}

function countingOf({ stated }: Contract, terms: AuditTerms): Counting {
  const { definition, silence, reopen, genuine = 'assumed', zone = 'UTC', until = Infinity } = terms
  if (definition !== undefined && !COUNTS.includes(definition))
    throw new UsageError(`definition: expected ${COUNTS.join(' or ')}, got "${String(definition)}"`)
  if (!DEFINITION_NAMES.includes(genuine))
    throw new UsageError(`genuine: expected ${DEFINITION_NAMES.join(' or ')}, got "${String(genuine)}"`)
  if (silence !== undefined && !(silence >= 0 && silence <= 24 * 90))
    throw new UsageError(`timeout: expected a time from 0 hours to 90 days, such as 24h, got ${silence} hours`)
  if (reopen !== undefined && !(reopen >= 0))
    throw new UsageError(`reopen: expected a number of days of 0 or more, such as 7, got ${reopen}`)
  const counts = definition ?? stated?.counts ?? 'assumed'
  const hours = stated?.counts === 'conversation' ? undefined : stated?.hours
  const days = reopen ?? stated?.days
  return {
    counts,
    genuine,
    silence: (silence ?? hours ?? 24) * HOUR,
    window: (stated?.counts === 'conversation' ? stated.hours : 24) * HOUR,
    credit: days === undefined ? Infinity : days * DAY,
    zone: zoneOf(zone),
    until,
  }
}

function definitionOf({ stated }: Contract, { counts, silence, window }: Counting): Audit['definition'] {
  const words = counts === 'conversation' ? windowWords(durationText(window)) : definitions[counts].words(durationText(silence))
  const { from, note } = stated ?? {}
  return {
    counts,
    words,
    ...(from && { source: `${from.title}, ${from.publisher}, ${from.asOf}${note === undefined ? '' : ` (${note})`}` }),
  }
}

async function disputesOf(
  billed: BilledSource,
  found: Export,
  biller: Biller,
  { counts, zone }: Counting,
  [first, last]: readonly [number, number],
  { tolerate = 0.01, onDispute = () => {} }: AuditTerms,
): Promise<Billed> {
  const bad = new BadRows()
  const priceIn = (month: number) => biller.priceIn(month)
  const terms = { windows: counts === 'conversation', priceIn, zone, currency: biller.currency, first, last }
  const read = await readBilled(billed, found, terms, bad, onDispute)
  refuseBad(billed.file, read.rows, bad, tolerate)
  return read
}

/** The counts of each segment of the plan. A plan without segments has the whole export. */
function streamsOf(
  file: string,
  { months, segments }: Export,
  names: readonly string[],
): (ReadonlyMap<number, MonthCounts> | undefined)[] {
  if (names.length === 0) return [months]
  if (segments.length === 0)
    throw new UsageError(
      `${file}: expected a column of segments (${names.join(', ')}), such as \`segment\` or \`channel\`, since the plan has segments, got none. If it has another name, state it: \`columns: { segment: 'NAME' }\` (--columns segment=NAME)`,
    )
  const unknown = segments.find(({ name }) => !names.includes(planNameOf(name)))
  if (unknown) throw new UsageError(`${file}: expected ${wantedSegment(unknown.name, names, ' in the column of segments')}`)
  return names.map((name) => segments.find((own) => planNameOf(own.name) === name)?.months)
}

interface Counts {
  /** Those that met the definition of a genuine resolution, and how many of them came back. */
  seeming: number
  returned: number
  other: number
  seemingCounted: number
  otherCounted: number
  counted: number
  credited: number
}

/** Counts the conversations of the AI in groups. @param groupOf the place of a conversation's group */
function countsIn({ ids, flags }: Export, billed: Billed | undefined, groups: number, groupOf: (k: number) => number): Counts[] {
  const found = Array.from(
    { length: groups },
    (): Counts => ({ seeming: 0, returned: 0, other: 0, seemingCounted: 0, otherCounted: 0, counted: 0, credited: 0 }),
  )
  for (let k = 0; k < ids.size; k++) {
    const flag = flags.get(k)
    if (!(flag & INVOLVED)) continue
    const own = found[groupOf(k)]
    const isCounted = billed ? billed.billed.get(k) > 0 : (flag & COUNTED) !== 0
    const isCredited = isCounted && (billed ? billed.credits.get(k) > 0 : (flag & RETURNED) !== 0)
    if (flag & SEEMING) {
      own.seeming += 1
      if (!(flag & GENUINE)) own.returned += 1
      if (isCounted) own.seemingCounted += 1
    } else {
      own.other += 1
      if (isCounted) own.otherCounted += 1
    }
    if (isCounted) own.counted += 1
    if (isCredited) own.credited += 1
  }
  return found
}

/**
 * The shares of resolutions and of all other conversations that the vendor counts, and the share of those that it credits. Resolutions
 * include those whose customers came back, as the rate of a plan does.
 */
const sharesIn = ({ seeming, other, seemingCounted, otherCounted, counted, credited }: Counts): AuditedShares => ({
  resolved: countedShare(seemingCounted, seeming),
  unresolved: countedShare(otherCounted, other),
  reopened: countedShare(credited, counted),
})

const monthsOf = ({ months, returns }: Export['lag']): number => (returns > 0 ? Math.round(months / returns) : 0)

function forecastOf(found: Export, billed: Billed | undefined): Pick<Audit, 'counted' | 'returns'> {
  const [whole] = countsIn(found, billed, 1, () => 0)
  return { counted: { ...sharesIn(whole), lag: monthsOf(found.lag) }, returns: returnsIn(whole, found) }
}

const returnsIn = ({ returned, seeming }: Counts, { back }: Export): Audit['returns'] => ({
  share: countedShare(returned, seeming),
  lag: monthsOf(back),
})

/** What a forecast uses in one segment. */
export interface SegmentForecast {
  readonly name: string
  readonly shares: AuditedShares
  readonly returns: Audit['returns']
}

function sharesBySegment(found: Export, billed: Billed | undefined): readonly SegmentForecast[] {
  if (found.segments.length === 0) return []
  const counts = countsIn(found, billed, found.segments.length, found.segmentOf)
  return found.segments.map(({ name }, s) => ({ name, shares: sharesIn(counts[s]), returns: returnsIn(counts[s], found) }))
}

function segmentsOf(
  found: Export,
  billed: Billed | undefined,
  { counts }: Counting,
  { first, months }: { readonly first: number; readonly months: number },
): Audit['segments'] {
  if (found.segments.length === 0) return null
  const name = counts === 'conversation' ? 'assumed' : counts
  const shares = sharesBySegment(found, billed)
  return Object.fromEntries(
    found.segments.map(({ name: segment, months: own, contained }, s) => {
      const all = [...own.values()]
      const sumOf = (of: (month: MonthCounts) => number) => all.reduce((sum, month) => sum + of(month), 0)
      const audited: AuditedSegment = {
        conversations: sumOf((month) => month.conversations),
        involved: sumOf((month) => month.involved),
        contained,
        counts: byDefinition((one) => sumOf((month) => month.resolved[one])),
        returned: byDefinition((one) => sumOf((month) => month.returned[one])),
        monthly: Array.from({ length: months }, (_, m) => {
          const month = own.get(first + m)
          return {
            month: formatMonth(first + m),
            conversations: (counts === 'conversation' ? month?.windows : month?.involved) ?? 0,
            resolutions: (month?.resolved[name] ?? 0) - (month?.returned[name] ?? 0),
          }
        }),
        counted: shares[s].shares,
      }
      return [segment, audited]
    }),
  )
}
