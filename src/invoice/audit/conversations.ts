// Reads an export with one row per conversation, and counts it month by month as it is read.
import {
  DEFINITION_NAMES,
  type DefinitionName,
  definitions,
  type Happened,
  type DefinitionTerms,
  windowsOf,
} from '../../contract/definitions/index.ts'
import { segmentColumn } from '../../forecasting/history/columns.ts'
import { shown, UsageError } from '../../errors.ts'
import { formatMonth } from '../../months.ts'
import { Growing, Ids } from './ids.ts'
import type { Row } from './scan.ts'
import { SegmentNames } from './segment-names.ts'
import { type BadRows, cellText, eachRow, refuseMangled, type TableSource } from './table.ts'
import { instantIn, NO_TIME, NO_ZONE } from './time.ts'
import type { Zone } from './zone.ts'

const TIMES = ['escalated', 'confirmed', 'last_customer', 'last_agent', 'reopened'] as const
export const CONVERSATION_COLUMNS = ['id', 'started', 'involved', ...TIMES] as const
type ConversationColumn = (typeof CONVERSATION_COLUMNS)[number]

/** Counts of one month in the audit's time zone: conversations by their start, resolutions by the time when they count. */
export interface MonthCounts {
  conversations: number
  involved: number
  /** Billing windows, for contracts that bill by the conversation. */
  windows: number
  readonly resolved: Record<DefinitionName, number>
  /** Resolutions whose customer came back in time, which the vendor credits. */
  readonly returned: Record<DefinitionName, number>
}

export interface Counting {
  readonly silence: number
  readonly window: number
  /** Milliseconds after a resolution within which a return takes it back. */
  readonly credit: number
  /** The definition by which the contract counts; `conversation` counts windows. */
  readonly counts: DefinitionName | 'conversation'
  /** The definition that a genuine resolution meets. */
  readonly genuine: DefinitionName
  readonly zone: Zone
  /** When the export was taken; Infinity if every silence in it is over. */
  readonly until: number
}

/** Flags that are kept for each conversation. */
export const INVOLVED = 1
export const ESCALATED = 2
export const COUNTED = 4
export const GENUINE = 8
export const RETURNED = 16
/** It met the definition of a genuine resolution, whether or not the customer came back. */
export const SEEMING = 64
/** The conversation opened a second billing window, so that two units are right. */
export const TWO_WINDOWS = 32

export interface Export {
  readonly ids: Ids
  readonly flags: Growing<Uint8Array>
  /** Seconds since 1970. */
  readonly starts: Growing<Uint32Array>
  readonly rows: number
  /** Which columns were read. */
  readonly read: string
  readonly repeats: number
  readonly months: ReadonlyMap<number, MonthCounts>
  /** By segment, in the order of their names. Empty if the export has no column of segments. */
  readonly segments: readonly ExportSegment[]
  /** The place in `segments` of each conversation. */
  readonly segmentOf: (k: number) => number
  readonly involved: number
  readonly contained: number
  /** Months from resolution to return, added up over the contract's own count. */
  readonly lag: { readonly months: number; readonly returns: number }
  /** The same of those that seemed genuine. */
  readonly back: { readonly months: number; readonly returns: number }
}

export interface ExportSegment {
  readonly name: string
  readonly months: ReadonlyMap<number, MonthCounts>
  /** Conversations with the AI that no person took over. */
  readonly contained: number
}

/** The optional column, which names the segment of a conversation. */
export const SEGMENT_COLUMN = 'segment'

/** The column that names the part of an offer, in an audit of one part. */
export const PART_COLUMN = 'part'

/** Tells the conversations of one part of an offer from those of the others. */
export interface PartFilter {
  readonly part: string
  readonly parts: readonly string[]
  /** The parts that were live in a month. */
  readonly liveIn: (month: number) => readonly string[]
}

export interface ConversationSource {
  readonly file: string
  /** Absent if all conversations are those of the contract. */
  readonly only?: PartFilter
  readonly source: TableSource
  readonly names?: Partial<Record<ConversationColumn | typeof SEGMENT_COLUMN, string>>
}

export async function readConversations(input: ConversationSource, counting: Counting, bad: BadRows): Promise<Export> {
  const count = new Count(counting, bad, input)
  const find = (header: readonly string[]) => segmentPlace(input, header)
  const optional = [
    { column: SEGMENT_COLUMN, find },
    { column: PART_COLUMN, find: (header: readonly string[]) => (input.only ? header.indexOf(PART_COLUMN) : -1) },
  ]
  const { rows, read } = await eachRow(
    { ...input, columns: CONVERSATION_COLUMNS, optional },
    (row, at) => {
      refuseMangled(input.file, row, at[0])
      count.take(row, at)
    },
    (kind, line) => bad.add(kind, line),
  )
  const { ids, flags, starts, repeats, months, involved, contained, lag, back } = count
  return { ids, flags, starts, rows, read, repeats, months, ...count.bySegment(), involved, contained, lag, back }
}

/** The stated column of segments, or one with a usual name. */
function segmentPlace({ file, names = {} }: ConversationSource, header: readonly string[]): number {
  const stated = names[SEGMENT_COLUMN]
  if (stated === undefined || (!header.includes(stated) && header.includes(SEGMENT_COLUMN))) return segmentColumn(header)
  const place = header.indexOf(stated)
  if (place < 0)
    throw new UsageError(
      `${file}: expected a column ${shown(stated)} in line 1, which \`columns\` (--columns) names for segment, got ${header.slice(0, 20).map(shown).join(', ')}`,
    )
  return place
}

export const byDefinition = <T>(of: (name: DefinitionName) => T): Record<DefinitionName, T> =>
  Object.fromEntries(DEFINITION_NAMES.map((name) => [name, of(name)])) as Record<DefinitionName, T>

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

/** The counts of an export so far. */
class Count {
  readonly ids = new Ids()
  readonly flags = new Growing((n) => new Uint8Array(n))
  readonly starts = new Growing((n) => new Uint32Array(n))
  readonly months = new Map<number, MonthCounts>()
  readonly lag = { months: 0, returns: 0 }
  readonly back = { months: 0, returns: 0 }
  repeats = 0
  involved = 0
  contained = 0
  readonly #names: SegmentNames
  readonly #segments: { readonly months: Map<number, MonthCounts>; contained: number }[] = []
  readonly #segmentOf = new Growing((n) => new Uint8Array(n))
  /** The place of the segment of the row at hand; −1 without a column of segments. */
  #segment = -1
  readonly #prints = new Growing((n) => new Uint32Array(n))
  readonly #counting: Counting
  readonly #terms: DefinitionTerms
  readonly #bad: BadRows
  /** One object serves all rows, so that no row allocates memory. */
  readonly #happened: Writable<Happened> = {
    started: 0,
    involved: false,
    escalated: 0,
    confirmed: 0,
    lastCustomer: 0,
    lastAgent: 0,
    reopened: 0,
  }

  readonly #input: ConversationSource

  constructor(counting: Counting, bad: BadRows, input: ConversationSource) {
    this.#input = input
    this.#names = new SegmentNames(input.file)
    this.#counting = counting
    this.#terms = { silence: counting.silence, until: counting.until }
    this.#bad = bad
  }

  take(row: Row, at: readonly number[]): void {
    const happened = this.#happened
    const wrong = fieldsOf(row, at, happened)
    if (wrong !== undefined) return this.#bad.add(wrong, row.line)
    if (this.#input.only && !this.#isOwn(row, at[CONVERSATION_COLUMNS.length + 1], happened.started)) return
    const before = this.ids.size
    const k = this.ids.add(row.bytes, row.starts[at[0]], row.ends[at[0]])
    this.#segment = this.#segmentIn(row, at[CONVERSATION_COLUMNS.length])
    const print = (printOf(happened) ^ (this.#segment + 1)) >>> 0
    if (k < before) {
      if (this.#prints.get(k) === print) this.repeats += 1
      else this.#bad.add('with an id that an earlier row has with other fields', row.line)
      return
    }
    this.#prints.set(k, print)
    if (this.#segment >= 0) this.#segmentOf.set(k, this.#segment)
    this.starts.set(k, Math.floor(happened.started / 1000))
    this.flags.set(k, this.#begun(happened) | this.#resolved(happened))
  }

  /** Whether a conversation is one of the audited part. */
  #isOwn(row: Row, column: number, started: number): boolean {
    const { file, only } = this.#input
    if (!only) return true
    const { part, parts } = only
    const named = column < 0 ? '' : cellText(row, column)
    if (named !== '') {
      if (!parts.includes(named))
        throw new UsageError(`${file}: expected a part (${parts.join(', ')}) in line ${row.line}, column part, got ${shown(named)}`)
      return named === part
    }
    const month = this.#counting.zone.monthOf(started)
    const live = only.liveIn(month)
    if (live.length <= 1 || !live.includes(part)) return live.includes(part)
    throw new UsageError(
      `${file}: expected a column part that says which part had a conversation of ${formatMonth(month)}, since ${live.join(' and ')} were live then, got none in line ${row.line}`,
    )
  }

  #segmentIn(row: Row, column: number): number {
    if (column < 0) return -1
    const place = this.#names.place(row, column)
    if (place === this.#segments.length) this.#segments.push({ months: new Map(), contained: 0 })
    return place
  }

  /** The counts by segment, in the order of their names. */
  bySegment(): Pick<Export, 'segments' | 'segmentOf'> {
    const { names } = this.#names
    const order = [...names.keys()].sort((a, b) => (names[a] < names[b] ? -1 : 1))
    const places = order.map((_, s) => order.indexOf(s))
    return {
      segments: order.map((k) => ({ name: names[k], ...this.#segments[k] })),
      segmentOf: (k) => places[this.#segmentOf.get(k)],
    }
  }

  #month(month: number): MonthCounts {
    return monthIn(this.months, month)
  }

  /** The counts of the row's segment. */
  #own(month: number): MonthCounts | undefined {
    return this.#segment < 0 ? undefined : monthIn(this.#segments[this.#segment].months, month)
  }

  /** Counts a conversation in the month in which it began. @returns its flags from this */
  #begun(happened: Happened): number {
    const at = this.#counting.zone.monthOf(happened.started)
    const month = this.#month(at)
    const own = this.#own(at)
    month.conversations += 1
    if (own) own.conversations += 1
    if (!happened.involved) return 0
    this.involved += 1
    const windows = windowsOf(happened, this.#counting.window)
    month.involved += 1
    month.windows += windows
    if (own) {
      own.involved += 1
      own.windows += windows
    }
    const escalated = !Number.isNaN(happened.escalated)
    if (!escalated) this.contained += 1
    if (!escalated && own) this.#segments[this.#segment].contained += 1
    const counted = this.#counting.counts === 'conversation' ? COUNTED : 0
    return INVOLVED | (windows > 1 ? TWO_WINDOWS : 0) | (escalated ? ESCALATED : 0) | counted
  }

  /** Counts a conversation by each definition, in the month in which it was resolved. @returns its flags from this */
  #resolved(happened: Happened): number {
    const { zone, counts, genuine, credit } = this.#counting
    let flag = 0
    for (const name of DEFINITION_NAMES) {
      const resolved = definitions[name].resolvedAt(happened, this.#terms)
      if (Number.isNaN(resolved)) continue
      const at = zone.monthOf(resolved)
      const month = this.#month(at)
      const own = this.#own(at)
      month.resolved[name] += 1
      if (own) own.resolved[name] += 1
      const back = happened.reopened <= resolved + credit
      if (back) month.returned[name] += 1
      if (back && own) own.returned[name] += 1
      const later = back ? Math.max(0, zone.monthOf(happened.reopened) - zone.monthOf(resolved)) : 0
      if (name === genuine) {
        flag |= back ? SEEMING : SEEMING | GENUINE
        if (back) noted(this.back, later)
      }
      if (name !== counts) continue
      flag |= COUNTED
      if (!back) continue
      flag |= RETURNED
      noted(this.lag, later)
    }
    return flag
  }
}

function noted(lag: { months: number; returns: number }, months: number): void {
  lag.months += months
  lag.returns += 1
}

function monthIn(months: Map<number, MonthCounts>, month: number): MonthCounts {
  const known = months.get(month)
  if (known) return known
  const none = () => byDefinition(() => 0)
  const made: MonthCounts = { conversations: 0, involved: 0, windows: 0, resolved: none(), returned: none() }
  months.set(month, made)
  return made
}

/** Reads a row's fields. @returns the reason if they cannot be used */
function fieldsOf(row: Row, at: readonly number[], into: Writable<Happened>): string | undefined {
  const { bytes, starts, ends } = row
  const instant = (k: number) => instantIn(bytes, starts[at[k]], ends[at[k]])
  if (starts[at[0]] === ends[at[0]]) return 'without an id'
  into.started = instant(1)
  into.escalated = instant(3)
  into.confirmed = instant(4)
  into.lastCustomer = instant(5)
  into.lastAgent = instant(6)
  into.reopened = instant(7)
  for (const time of [into.started, into.escalated, into.confirmed, into.lastCustomer, into.lastAgent, into.reopened]) {
    if (time === NO_ZONE) return 'with a time without a zone'
    if (time === NO_TIME) return 'with an invalid time'
    if (time < into.started) return 'with an event before the start'
  }
  if (Number.isNaN(into.started)) return 'without a start time'
  const involved = involvedIn(bytes, starts[at[2]], ends[at[2]])
  if (involved === undefined) return 'with "involved" neither true nor false'
  into.involved = involved
  return undefined
}

const TRUE = new Set(['true', '1', 'yes', 't', 'y'])
const FALSE = new Set(['false', '0', 'no', 'f', 'n', ''])
const [TRUE_BYTES, FALSE_BYTES] = ['true', 'false'].map((word) => new TextEncoder().encode(word))

function is(bytes: Uint8Array, from: number, to: number, word: Uint8Array): boolean {
  if (to - from !== word.length) return false
  for (let k = 0; k < word.length; k++) if ((bytes[from + k] | 32) !== word[k]) return false
  return true
}

function involvedIn(bytes: Uint8Array, from: number, to: number): boolean | undefined {
  // Most exports write these two words. Comparing bytes saves making a string for each row.
  if (is(bytes, from, to, TRUE_BYTES)) return true
  if (is(bytes, from, to, FALSE_BYTES)) return false
  const text = String.fromCharCode(...bytes.subarray(from, Math.min(to, from + 16)))
    .trim()
    .toLowerCase()
  if (TRUE.has(text)) return true
  return FALSE.has(text) ? false : undefined
}

/** A hash of a row's fields without the id, to distinguish a repeated row from a contradicting one. */
function printOf({ started, involved, escalated, confirmed, lastCustomer, lastAgent, reopened }: Happened): number {
  let print = involved ? 1 : 2
  for (const time of [started, escalated, confirmed, lastCustomer, lastAgent, reopened]) {
    // Hashes the low and the high half of an instant; NaN is 0 in both.
    print = Math.imul(print ^ (time | 0), 0x9e3779b1)
    print = Math.imul(print ^ ((time / 4294967296) | 0) ^ (print >>> 15), 0x85ebca6b)
  }
  return print >>> 0
}
