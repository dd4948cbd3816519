// Finds the columns of a history by stated or usual names.
import { shown } from '../../errors.ts'
import { columnName, shownNames } from '../../notation/table/columns.ts'
import { CsvError } from '../../notation/table/csv.ts'

interface HistoryColumns {
  readonly month: number
  readonly conversations: number
  readonly resolutions?: number
  readonly invoice?: number
  /** The segment that a row is for, such as a channel. */
  readonly segment?: number
  /** Columns that look like one of these but may count something else. */
  readonly notes: readonly string[]
}

export const MEANINGS = ['month', 'conversations', 'resolutions', 'invoice', 'segment'] as const
export type Meaning = (typeof MEANINGS)[number]

const NAMES: Readonly<Record<Meaning, readonly string[]>> = {
  month: 'month date day period time created week'.split(' '),
  conversations:
    'conversations tickets contacts volume chats cases requests enquiries inquiries complaints interactions count'.split(' '),
  resolutions: 'resolutions resolved automated deflected'.split(' '),
  invoice: 'invoice invoiced bill billed cost amount spend'.split(' '),
  segment: 'segment channel queue brand region language country'.split(' '),
}

/** The place of a column of segments by its usual name, or −1. */
export const segmentColumn = (header: readonly string[]): number => {
  const plain = header.map((one) => one.trim().toLowerCase())
  return plain.indexOf(NAMES.segment.find((name) => plain.includes(name)) ?? '\0')
}

const PART = ['part', 'vendor', 'contract']

/** The place of a column that names the parts of an offer, or −1. */
export const partColumn = (header: readonly string[]): number => {
  const plain = header.map((one) => one.trim().toLowerCase())
  return plain.indexOf(PART.find((name) => plain.includes(name)) ?? '\0')
}

/** The column of invoices in a currency, of several: what was paid beside what was invoiced. */
export const invoiceIn = (header: readonly string[], currency: string): string | undefined =>
  header.find((one) => {
    const { name, unit } = columnName(one)
    return unit === currency && NAMES.invoice.includes(name.toLowerCase())
  })

/** Help desks count under these names what people settled, moved or left open. */
const SETTLED = new Set(
  'solved resolved closed reopened unsolved unresolved open backlog pending escalated deleted merged'.split(' '),
)
const OBJECTS = new Set('ticket tickets case cases request requests'.split(' '))
const MACHINES = new Set('ai bot fin agentforce automated automation automatic virtual'.split(' '))
/** Of several columns of tickets, the one with such a word counts all of them. */
const WHOLE = new Set('created total all new received incoming opened inbound'.split(' '))

/** A column with such a word is no count: a month of 100 conversations and one of 10,000 would weigh the same. */
const SHARES = new Set('rate rates ratio share percent percentage pct'.split(' '))

const SOLVED = /^(re|un)?(re)?solved$/
const RESOLVING = /^(resol|automat|deflect|contain)/

/** The columns of each word. A table may have 100,000 columns. */
function placesOf(words: readonly (readonly string[])[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>()
  words.forEach((own, k) => {
    for (const word of new Set(own)) {
      const known = places.get(word)
      if (known) known.push(k)
      else places.set(word, [k])
    }
  })
  return places
}

/** @throws CsvError */
export function columnsOf(header: readonly string[], file: string, stated: Partial<Record<Meaning, string>> = {}): HistoryColumns {
  const taken = new Set<number>()
  const plain = header.map((name) => columnName(name).name.toLowerCase())
  const words = plain.map((column) => column.split(/[^a-z]+/))
  const helpDesk = words.map(
    (own) =>
      own.some((word) => SETTLED.has(word)) && own.some((word) => OBJECTS.has(word)) && !own.some((word) => MACHINES.has(word)),
  )
  const [byName, byWord] = [placesOf(plain.map((name) => [name])), placesOf(words)]
  const shares = words.map((own, k) => own.some((word) => SHARES.has(word)) || header[k].includes('%'))
  const counts = (k: number) => !helpDesk[k] && !shares[k]
  const usable = (meaning: Meaning, k: number) =>
    !taken.has(k) && (meaning === 'month' || meaning === 'invoice' || (meaning === 'segment' ? !helpDesk[k] : counts(k)))
  const guess = (meaning: Meaning): number => {
    const own = (places: ReadonlyMap<string, readonly number[]>) =>
      NAMES[meaning].flatMap((name) => (places.get(name) ?? []).filter((k) => usable(meaning, k)))
    const exact = own(byName)
    const found = [...new Set(exact.length > 0 ? exact : own(byWord).sort((a, b) => a - b))]
    if (meaning !== 'conversations' || found.length < 2 || plain[found[0]] === meaning) return found[0] ?? -1
    const whole = found.filter((k) => words[k].some((word) => WHOLE.has(word)))
    if (whole.length === 1) return whole[0]
    throw new CsvError(
      `one column of conversations in line 1 of ${shown(file)}, got ${shownNames(found.map((k) => header[k]))}: state which counts all of them, as in conversations=NAME`,
    )
  }
  const place = (meaning: Meaning): number | undefined => {
    const name = stated[meaning]
    const found = name === undefined ? guess(meaning) : header.indexOf(name)
    if (name !== undefined && found < 0)
      throw new CsvError(`a column ${shown(name)} for ${meaning} in line 1 of ${shown(file)}, got ${shownNames(header)}`)
    if (found < 0) return undefined
    taken.add(found)
    return found
  }
  // A stated name is no longer a candidate for another meaning.
  for (const name of Object.values(stated)) if (header.includes(name)) taken.add(header.indexOf(name))
  const month = place('month')
  // This order decides doubtful names: "resolved conversations" is a column of resolutions.
  const invoice = place('invoice')
  const resolutions = place('resolutions')
  const only = header.length === 2 && month !== undefined && !shares[1 - month] ? 1 - month : undefined
  const conversations = place('conversations') ?? only
  const segment = place('segment')
  const missing = [...(month === undefined ? ['month'] : []), ...(conversations === undefined ? ['conversations'] : [])]
  const rate = header.find((_, k) => shares[k] && !taken.has(k))
  if (month !== undefined && conversations === undefined && rate !== undefined)
    throw new CsvError(
      `a column of conversations in line 1 of ${shown(file)}, got only a rate (${shown(rate)}). A rate does not show how many conversations it is of: add a column of conversations, and one of resolutions for the rate`,
    )
  if (month === undefined || conversations === undefined)
    throw new CsvError(
      `columns of months and conversations in line 1 of ${shown(file)}, got ${shownNames(header)}: state the names of the columns, as in ${missing.map((name) => `${name}=NAME`).join(',')}`,
    )
  const unread = (like: readonly boolean[], named: RegExp) =>
    header.find((_, k) => like[k] && !taken.has(k) && words[k].some((word) => named.test(word)))
  return {
    month,
    conversations,
    ...(resolutions !== undefined && { resolutions }),
    ...(invoice !== undefined && { invoice }),
    ...(segment !== undefined && { segment }),
    notes: resolutions === undefined ? notesOn(unread(helpDesk, SOLVED), unread(shares, RESOLVING)) : [],
  }
}

/** What a file without resolutions has instead: a column of what people may have settled, or a rate. */
function notesOn(doubtful: string | undefined, rate: string | undefined): string[] {
  if (doubtful !== undefined)
    return [
      `the file has no resolutions of the AI: ${shown(doubtful)} may count what people settled. If the AI alone did, state resolutions=${doubtful}`,
    ]
  if (rate === undefined) return []
  return [
    `${shown(rate)} is a rate and is not read. To fit a resolution rate, add a column of resolutions, the number of each month`,
  ]
}
