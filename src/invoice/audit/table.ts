// Reads a CSV source: finds its columns by name, checks that rows are as wide as the header, and counts unusable rows by reason.
import { formatStatedShare } from '../../notation/money.ts'
import { shown, UsageError } from '../../errors.ts'
import { rowCount, readAs } from '../../notation/table/columns.ts'
import { currencyIn, type Decimal, DecimalEvidence, isMangled, numberIn } from '../../notation/table/numbers.ts'
import { otherEncoding, type Row, scanner } from './scan.ts'

/** Reads a file from its beginning. It may be called more than once. */
export type TableSource = () => AsyncIterable<Uint8Array>

/** Unusable rows by reason: their number and the first lines. */
export class BadRows {
  readonly #kinds = new Map<string, { count: number; readonly lines: number[] }>()
  count = 0

  add(kind: string, line: number): void {
    this.count += 1
    let known = this.#kinds.get(kind)
    if (!known) {
      known = { count: 0, lines: [] }
      this.#kinds.set(kind, known)
    }
    known.count += 1
    if (known.lines.length < 5) known.lines.push(line)
  }

  get kinds(): readonly { readonly kind: string; readonly count: number; readonly lines: readonly number[] }[] {
    return [...this.#kinds].map(([kind, own]) => ({ kind, ...own }))
  }

  toString(): string {
    return this.kinds
      .map(
        ({ kind, count, lines }) =>
          `${count} ${kind} (line${lines.length === 1 ? '' : 's'} ${lines.join(', ')}${count > lines.length ? ' …' : ''})`,
      )
      .join('; ')
  }
}

interface Reading<Name extends string> {
  readonly file: string
  readonly source: TableSource
  readonly columns: readonly Name[]
  /** Names in the file, for columns that have other names there. */
  readonly names?: Partial<Record<Name, string>>
  /** Columns that may be absent. Their places, or −1, follow those of the others. */
  readonly optional?: readonly { readonly column: string; readonly find: (header: readonly string[]) => number }[]
}

export interface TableRead {
  readonly rows: number
  /** Which columns were read. */
  readonly read: string
  readonly delimiter: string
}

/**
 * Calls `take` for every row; `at[k]` is the index of the k-th column's cell.
 * @throws UsageError if the file is not such a table
 */
export async function eachRow<Name extends string>(
  { file, source, columns, names = {}, optional = [] }: Reading<Name>,
  take: (row: Row, at: readonly number[]) => void,
  bad: (kind: string, line: number) => void,
): Promise<TableRead> {
  let places: number[] | undefined
  let header: string[] = []
  let rows = 0
  const text = ({ bytes, starts, ends }: Row, k: number) => decoder.decode(bytes.subarray(starts[k], ends[k])).trim()
  const reader = scanner(
    (row) => {
      if (places === undefined) {
        const all = Array.from({ length: row.cells }, (_, k) => text(row, k))
        header = all.slice(0, all.findLastIndex((name) => name !== '') + 1)
        places = [...placesOf(file, header, columns, names), ...optional.map(({ find }) => find(header))]
        return
      }
      rows += 1
      if (row.cells !== header.length && !filledUp(row, header.length))
        return bad('with more or fewer cells than the header', row.line)
      take(row, places)
    },
    (line) => {
      rows += 1
      bad('longer than 1 MiB', line)
    },
  )
  let first = true
  for await (const chunk of source()) {
    if (first && otherEncoding(chunk))
      throw new UsageError(`${file}: expected CSV text in UTF-8. Save it as "CSV UTF-8" in your spreadsheet program`)
    first = false
    reader.push(chunk)
  }
  reader.end()
  if (places === undefined)
    throw new UsageError(
      `${file}: expected a header ${columns.join(',')} and rows, but ${rows > 0 ? 'its lines are longer than 1 MiB' : 'it is empty'}`,
    )
  const taken = places
  const all = [...columns, ...optional.map(({ column }) => column)]
  const read = Object.fromEntries(all.flatMap((column, k) => (taken[k] < 0 ? [] : [[column, header[taken[k]]]])))
  return { rows, read: `${file}: ${readAs(read, rowCount(rows, 'row'), header)}`, delimiter: reader.delimiter }
}

/** Whether a row has only empty cells beyond the header, which spreadsheets add. */
function filledUp({ cells, starts, ends }: Row, width: number): boolean {
  for (let k = width; k < cells; k++) if (starts[k] !== ends[k]) return false
  return cells > width
}

function placesOf<Name extends string>(
  file: string,
  header: readonly string[],
  columns: readonly Name[],
  names: Partial<Record<Name, string>>,
): number[] {
  // One list of names serves several files, so a file may have a column by its plain name all the same.
  const wanted = columns.map((column) => {
    const name = names[column]
    return name === undefined || (!header.includes(name) && header.includes(column)) ? column : name
  })
  const missing = columns.filter((_, k) => !header.includes(wanted[k]))
  if (missing.length > 0)
    throw new UsageError(
      `${file}: expected the columns ${columns.join(', ')} in line 1, got ${header.slice(0, 20).map(shown).join(', ')}. If columns have other names, state them in \`columns\` (--columns ${missing.map((name) => `${name}=NAME`).join(',')})`,
    )
  const twice = header.find((name, k) => name !== '' && header.indexOf(name) !== k)
  if (twice !== undefined)
    throw new UsageError(`${file}: expected one column ${shown(twice)} in line 1, got several. Rename or delete the others`)
  return wanted.map((name) => header.indexOf(name))
}

const decoder = new TextDecoder()

export const cellText = ({ bytes, starts, ends }: Row, place: number): string =>
  decoder.decode(bytes.subarray(starts[place], ends[place])).trim().replaceAll('""', '"')

const [ZERO, NINE, DOT, MINUS, PLUS] = [48, 57, 46, 45, 43]

/** A cell as a number such as -12.50 or $0.99; NaN if it is not a number. */
export function cellNumber(row: Row, place: number, decimal: Decimal): number {
  const { bytes, starts, ends } = row
  const to = ends[place]
  let at = starts[place]
  const negative = bytes[at] === MINUS
  if (negative) at += 1
  let [whole, digits] = [0, 0]
  for (; at < to && bytes[at] >= ZERO && bytes[at] <= NINE; at++, digits++) whole = 10 * whole + bytes[at] - ZERO
  let scale = 1
  if (at < to && digits > 0 && bytes[at] === DOT && decimal === '.')
    for (at++; at < to && bytes[at] >= ZERO && bytes[at] <= NINE; at++, digits++) {
      whole = 10 * whole + bytes[at] - ZERO
      scale *= 10
    }
  // Dividing up to fifteen digits by a power of ten gives the nearest double.
  if (at === to && digits > 0 && digits <= 15) return (negative ? -whole : whole) / scale
  return numberIn(cellText(row, place), decimal) ?? Number.NaN
}

/** Collects what a column shows about its decimal sign. Most cells, such as 12 and 0.99, are known from their bytes. */
export class ColumnEvidence {
  readonly evidence = new DecimalEvidence()
  /** The currencies beside the numbers, with the first line of each. */
  readonly currencies = new Map<string, number>()
  #point = false

  see(row: Row, place: number): void {
    const { bytes, starts, ends } = row
    const to = ends[place]
    let [at, dot] = [starts[place], -1]
    if (bytes[at] === MINUS) at += 1
    for (; at < to; at++) {
      const byte = bytes[at]
      if (byte === DOT && dot < 0) dot = at
      else if (byte < ZERO || byte > NINE) return this.#seeText(cellText(row, place), row.line)
    }
    const plain = dot < 0 || (to - dot - 1 !== 3 && this.#point)
    if (plain) return
    this.#point ||= to - dot - 1 !== 3
    this.evidence.see(cellText(row, place), row.line)
  }

  #seeText(text: string, line: number): void {
    const currency = currencyIn(text)
    if (currency !== undefined && !this.currencies.has(currency)) this.currencies.set(currency, line)
    this.evidence.see(text, line)
  }
}

/** The length of E+14. */
const EXPONENT = 4

/** @throws UsageError if a spreadsheet turned the id into a number, which cannot be undone */
export function refuseMangled(file: string, row: Row, place: number): void {
  const end = row.ends[place]
  // Comparing a byte saves making a string for each row.
  if (end - row.starts[place] < EXPONENT + 1 || (row.bytes[end - 3] !== PLUS && row.bytes[end - 4] !== PLUS)) return
  const id = cellText(row, place)
  if (isMangled(id))
    throw new UsageError(
      `${file}: expected ids as the vendor exports them, got ${shown(id)} in line ${row.line}: a spreadsheet turned the ids into numbers and lost their last digits. Use the vendor's file as it was downloaded. If you must open it in a spreadsheet, import it (Data, From Text/CSV) and set the type of the id column to Text`,
    )
}

/** @throws UsageError if the share of unusable rows is larger than tolerated */
export function refuseBad(file: string, rows: number, bad: BadRows, tolerated: number): void {
  if (bad.count > tolerated * rows)
    throw new UsageError(
      `${file}: ${bad.count} of ${rows} rows cannot be used, and ${formatStatedShare(tolerated)} are allowed: ${bad.toString()}. Correct these rows, or allow more with \`tolerate: 0.05\` (--tolerate 5%)`,
    )
}
