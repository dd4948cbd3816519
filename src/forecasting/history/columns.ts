// Finds the columns of a history by stated or usual names.
import { shown } from '../../errors.ts'
import { CsvError } from '../../notation/csv.ts'

interface HistoryColumns {
  readonly month: number
  readonly conversations: number
  readonly resolutions?: number
  readonly invoice?: number
}

export const MEANINGS = ['month', 'conversations', 'resolutions', 'invoice'] as const
export type Meaning = (typeof MEANINGS)[number]

const NAMES: Readonly<Record<Meaning, readonly string[]>> = {
  month: 'month date day period time created'.split(' '),
  conversations:
    'conversations tickets contacts volume chats cases requests enquiries inquiries complaints interactions count'.split(' '),
  resolutions: 'resolutions resolved automated deflected solved'.split(' '),
  invoice: 'invoice invoiced bill billed cost amount spend'.split(' '),
}

/** @throws CsvError */
export function columnsOf(header: readonly string[], file: string, stated: Partial<Record<Meaning, string>> = {}): HistoryColumns {
  const taken = new Set<number>()
  const place = (meaning: Meaning): number | undefined => {
    const name = stated[meaning]
    const found = name === undefined ? guess(meaning) : header.indexOf(name)
    if (name !== undefined && found < 0)
      throw new CsvError(`a column ${shown(name)} for ${meaning} in line 1 of ${shown(file)}, got ${header.map(shown).join(', ')}`)
    if (found < 0) return undefined
    taken.add(found)
    return found
  }
  const plain = header.map((name) => name.trim().toLowerCase())
  const guess = (meaning: Meaning): number => {
    for (const name of NAMES[meaning]) {
      const exact = plain.findIndex((column, k) => column === name && !taken.has(k))
      if (exact >= 0) return exact
    }
    const words = plain.map((column) => column.split(/[^a-z]+/))
    return words.findIndex((own, k) => !taken.has(k) && NAMES[meaning].some((name) => own.includes(name)))
  }
  const month = place('month')
  // This order decides doubtful names: "resolved conversations" is a column of resolutions.
  const invoice = place('invoice')
  const resolutions = place('resolutions')
  const conversations = place('conversations') ?? (header.length === 2 && month !== undefined ? 1 - month : undefined)
  const missing = [...(month === undefined ? ['month'] : []), ...(conversations === undefined ? ['conversations'] : [])]
  if (month === undefined || conversations === undefined)
    throw new CsvError(
      `columns of months and conversations in line 1 of ${shown(file)}, got ${header.map(shown).join(', ')}: state the names of the columns, as in ${missing.map((name) => `${name}=NAME`).join(',')}`,
    )
  return { month, conversations, ...(resolutions !== undefined && { resolutions }), ...(invoice !== undefined && { invoice }) }
}
