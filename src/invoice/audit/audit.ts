// An audit: what happened by each definition, what each would cost under the same contract, what was billed beyond it, and the shares
// that a forecast needs.
import { DEFINITION_NAMES, type DefinitionName, definitions, durationText, windowWords } from '../../contract/definitions/index.ts'
import { UsageError } from '../../errors.ts'
import { formatMonth, parseMonth } from '../../months.ts'
import { type AuditedContract, Biller, COUNTS, contractOf, type MonthUse, type OfferInput } from './contract.ts'
import {
  COUNTED,
  type ConversationSource,
  type Counting,
  type Export,
  GENUINE,
  INVOLVED,
  type MonthCounts,
  RETURNED,
  readConversations,
} from './conversations.ts'
import { type Billed, type BilledSource, type Dispute, RULES, type Rule, readBilled } from './disputes.ts'
import { type CountedShare, countedShare } from './shares.ts'
import { BadRows, refuseBad } from './table.ts'
import { instantText } from './time.ts'
import { checkTotals, type InvoiceRow, type TotalCheck } from './totals.ts'
import { zoneOf } from './zone.ts'

export interface AuditTerms {
  /** Time zone in which months begin: UTC unless stated. */
  readonly zone?: string
  /** By which the contract counts; that of the catalog unless stated. */
  readonly definition?: DefinitionName | 'conversation'
  /** Hours of silence after which a conversation is over; those of the catalog, else 24. */
  readonly silence?: number
  /** Days within which a return takes a resolution back; those of the catalog, else without end. */
  readonly reopen?: number
  /** What a genuine resolution is: assumed unless stated, and not taken back. */
  readonly genuine?: DefinitionName
  /** Share of rows that may be bad: 1 % unless stated. */
  readonly tolerate?: number
  /** When the export was taken, in milliseconds since 1970: later than every silence in it unless stated. */
  readonly until?: number
  /** Is told of each disputed row, in the order of the vendor's list. */
  readonly onDispute?: (dispute: Dispute) => void
}

export interface AuditInput {
  readonly conversations: ConversationSource
  readonly billed?: BilledSource
  readonly invoices?: readonly InvoiceRow[]
}

type ByDefinition = Readonly<Record<DefinitionName, number>>

export interface Audit {
  readonly offer: string
  readonly title: string
  readonly zone: string
  readonly months: readonly string[]
  /** When the export was taken; null where every silence in it counts as over. */
  readonly until: string | null
  /** By which the contract counts, in plain language, and where the vendor says so. */
  readonly definition: { readonly counts: DefinitionName | 'conversation'; readonly words: string; readonly source?: string }
  readonly words: Readonly<Record<DefinitionName, string>>
  readonly conversations: number
  readonly involved: number
  /** Of the involved, those that no person took over. */
  readonly contained: number
  /** By each definition, returns not taken off; `reopened`: of the contract's own count those whose customer came back in time. */
  readonly counts: ByDefinition & { readonly reopened: number }
  /** Of each count, those whose customer came back in time. */
  readonly returned: ByDefinition
  /** What the contract bills for each count, returns credited. */
  readonly bills: ByDefinition
  readonly monthly: readonly ({ readonly month: string; readonly conversations: number; readonly involved: number } & {
    readonly counts: ByDefinition
  })[]
  readonly billed: { readonly rows: number; readonly units: number; readonly amount: number } | null
  readonly disputes: Readonly<Record<Rule, { readonly count: number; readonly amount: number }>> | null
  readonly disputed: { readonly count: number; readonly amount: number }
  readonly totals: readonly TotalCheck[] | null
  /** For `counted` of an offer in a scenario: shares with 95 % intervals; `lag` in months. */
  readonly counted: {
    readonly resolved: CountedShare
    readonly unresolved: CountedShare
    readonly reopened: CountedShare
    readonly lag: number
  }
  /** The same as part of a scenario, in YAML. */
  readonly fragment: string
  readonly bad: readonly { readonly kind: string; readonly count: number; readonly lines: readonly number[] }[]
  readonly repeats: number
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
const MOST_MONTHS = 240

/** @throws UsageError for the files, the terms and the offer, ScenarioError where the offer is none */
export async function auditOf(input: AuditInput, offer: OfferInput, terms: AuditTerms = {}): Promise<Audit> {
  const contract = contractOf(offer)
  const { tolerate = 0.01 } = terms
  if (!(tolerate >= 0 && tolerate <= 1)) throw new UsageError(`tolerate: expected a share from 0 to 1, got ${tolerate}`)
  const counting = countingOf(contract, terms)
  const bad = new BadRows()
  const found = await readConversations(input.conversations, counting, bad)
  refuseBad(input.conversations.file, found.rows, bad, tolerate)
  if (found.ids.size === 0) throw new UsageError(`${input.conversations.file}: expected at least one conversation, got none`)
  const months = [...found.months.keys()]
  const [first, last] = [Math.min(...months), Math.max(...months)]
  if (last - first >= MOST_MONTHS)
    throw new UsageError(`${input.conversations.file}: expected at most ${MOST_MONTHS} months, got ${last - first + 1}`)
  const each = Array.from({ length: last - first + 1 }, (_, m) => found.months.get(first + m))
  const biller = await Biller.of(offer, first, each.length)
  const use = (name: DefinitionName): MonthUse[] =>
    each.map((month) => ({
      conversations: counting.counts === 'conversation' ? (month?.windows ?? 0) : (month?.involved ?? 0),
      resolutions: (month?.resolved[name] ?? 0) - (month?.returned[name] ?? 0),
    }))
  const billed = input.billed && (await disputesOf(input.billed, found, biller, counting, [first, last], terms))
  const invoices =
    input.invoices && (await checkTotals(offer, input.invoices)).map((check) => withCount(check, first, each, counting))
  const counts = byDefinition((name) => sumOf(each, (month) => month.resolved[name]))
  const returned = byDefinition((name) => sumOf(each, (month) => month.returned[name]))
  const shares = countedOf(found, billed)
  return {
    offer: contract.name,
    title: contract.title,
    zone: counting.zone.name,
    months: each.map((_, m) => formatMonth(first + m)),
    until: counting.until === Infinity ? null : instantText(counting.until),
    definition: definitionOf(contract, counting),
    words: Object.fromEntries(
      DEFINITION_NAMES.map((name) => [name, definitions[name].words(durationText(counting.silence))]),
    ) as Record<DefinitionName, string>,
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
    disputed: billed
      ? {
          count: Object.values(billed.sums).reduce((sum, { count }) => sum + count, 0),
          amount: Object.values(billed.sums).reduce((sum, { amount }) => sum + amount, 0),
        }
      : { count: 0, amount: 0 },
    totals: invoices ?? null,
    counted: shares,
    fragment: fragmentOf(contract, offer, shares),
    bad: bad.kinds,
    repeats: found.repeats,
  }
}

/** A total beside what the conversations of its month say. */
function withCount(check: TotalCheck, first: number, each: readonly (MonthCounts | undefined)[], { counts }: Counting): TotalCheck {
  const place = (parseMonth(check.month) ?? first) - first
  const month = each[place]
  if (!month) return check
  const audited = check.meter === 'conversations' ? month.windows : counts === 'conversation' ? undefined : month.resolved[counts]
  return audited === undefined ? check : { ...check, audited }
}

const byDefinition = (of: (name: DefinitionName) => number): ByDefinition =>
  Object.fromEntries(DEFINITION_NAMES.map((name) => [name, of(name)])) as Record<DefinitionName, number>

const sumOf = (months: readonly (MonthCounts | undefined)[], of: (month: MonthCounts) => number): number =>
  months.reduce((sum, month) => sum + (month ? of(month) : 0), 0)

function countingOf({ stated }: AuditedContract, terms: AuditTerms): Counting {
  const { definition, silence, reopen, genuine = 'assumed', zone = 'UTC', until = Infinity } = terms
  if (definition !== undefined && !COUNTS.includes(definition))
    throw new UsageError(`definition: expected ${COUNTS.join(', ')}, got "${String(definition)}"`)
  if (!DEFINITION_NAMES.includes(genuine))
    throw new UsageError(`genuine: expected ${DEFINITION_NAMES.join(', ')}, got "${String(genuine)}"`)
  if (silence !== undefined && !(silence >= 0 && silence <= 24 * 90))
    throw new UsageError(`timeout: expected from 0 hours to 90 days, got ${silence} hours`)
  if (reopen !== undefined && !(reopen >= 0)) throw new UsageError(`reopen: expected a number of days ≥ 0, got ${reopen}`)
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

function definitionOf({ stated }: AuditedContract, { counts, silence, window }: Counting): Audit['definition'] {
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
  const terms = { windows: counts === 'conversation', priceIn: (month: number) => biller.priceIn(month), zone, first, last }
  const read = await readBilled(billed, found, terms, bad, onDispute)
  refuseBad(billed.file, read.rows, bad, tolerate)
  return read
}

/** Of genuine resolutions, of the rest, and of what counted: shares that the vendor counts, and credits. */
function countedOf({ ids, flags, lag }: Export, billed: Billed | undefined): Audit['counted'] {
  let [genuine, other, genuineCounted, otherCounted, counted, credited] = [0, 0, 0, 0, 0, 0]
  for (let k = 0; k < ids.size; k++) {
    const flag = flags.get(k)
    if (!(flag & INVOLVED)) continue
    const isCounted = billed ? billed.billed.get(k) > 0 : (flag & COUNTED) !== 0
    const isCredited = isCounted && (billed ? billed.credits.get(k) > 0 : (flag & RETURNED) !== 0)
    if (flag & GENUINE) {
      genuine += 1
      if (isCounted) genuineCounted += 1
    } else {
      other += 1
      if (isCounted) otherCounted += 1
    }
    if (isCounted) counted += 1
    if (isCredited) credited += 1
  }
  return {
    resolved: countedShare(genuineCounted, genuine),
    unresolved: countedShare(otherCounted, other),
    reopened: countedShare(credited, counted),
    lag: lag.returns > 0 ? Math.round(lag.months / lag.returns) : 0,
  }
}

/** `counted` with what is not known of each share. */
function fragmentOf(
  { name }: AuditedContract,
  offer: OfferInput,
  { resolved, unresolved, reopened, lag }: Audit['counted'],
): string {
  const distribution = ({ value, of, alpha, beta }: CountedShare) =>
    of === 0 || value === 0 || value === 1 ? String(of === 0 ? 0 : value) : `"beta(${alpha}, ${beta})"`
  const range = ({ low, high }: CountedShare) => `${(100 * low).toFixed(2)} % to ${(100 * high).toFixed(2)} %`
  return [
    'offers:',
    `  ${name}:`,
    ...(typeof offer === 'string' ? [`    catalog: ${offer}`] : ['    # the terms of the contract']),
    '    counted:',
    `      resolved: ${distribution(resolved)}      # of genuine resolutions, counted: ${range(resolved)}`,
    `      unresolved: ${distribution(unresolved)}    # of the rest, counted all the same: ${range(unresolved)}`,
    `      reopened: ${lag > 0 ? `{ share: ${distribution(reopened)}, lag: ${lag} }` : distribution(reopened)}      # of those counted, credited back: ${range(reopened)}`,
    '',
  ].join('\n')
}

export { RULES, type Rule }
