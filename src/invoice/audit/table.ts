// Reads a CSV source: finds its columns by name, checks that rows are as wide as the header, and counts unusable rows by reason.
import { shown, UsageError } from '../../errors.ts'
import { otherEncoding, type Row, scanner } from './scan.ts'

/** Reads a file from its beginning. It may be called more than once. */
export type TableSource = () => AsyncIterable<Uint8Array>

/** Unusable rows by reason: their number and the first lines. */
export class BadRows {
  readonly #kinds = new Map<string, { count: number; readonly lines: number[] }>()
  count = 0

  add(kind: string, line: number): void {
    this.count += 1
    const known = this.#kinds.get(kind) ?? { count: 0, lines: [] }
    known.count += 1
    if (known.lines.length < 5) known.lines.push(line)
    this.#kinds.set(kind, known)
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
}

/**
 * Calls `take` for every row; `at[k]` is the index of the k-th column's cell.
 * @returns the number of rows
 * @throws UsageError if the file is not such a table
 */
export async function eachRow<Name extends string>(
  { file, source, columns, names = {} }: Reading<Name>,
  take: (row: Row, at: readonly number[]) => void,
  bad: (kind: string, line: number) => void,
): Promise<number> {
  let places: number[] | undefined
  let width = 0
  let rows = 0
  const text = ({ bytes, starts, ends }: Row, k: number) => decoder.decode(bytes.subarray(starts[k], ends[k])).trim()
  const reader = scanner(
    (row) => {
      if (places === undefined) {
        const header = Array.from({ length: row.cells }, (_, k) => text(row, k))
        width = header.length
        places = placesOf(file, header, columns, names)
        return
      }
      rows += 1
      if (row.cells !== width) return bad('with more or fewer cells than the header', row.line)
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
  if (places === undefined) throw new UsageError(`${file}: expected a header ${columns.join(',')} and rows, but it is empty`)
  return rows
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
      `${file}: expected the columns ${columns.join(', ')} in line 1, got ${header.slice(0, 20).map(shown).join(', ')}. If columns have other names, add --columns ${missing.map((name) => `${name}=NAME`).join(',')}`,
    )
  const twice = wanted.find((name) => header.indexOf(name) !== header.lastIndexOf(name))
  if (twice !== undefined)
    throw new UsageError(`${file}: expected one column ${shown(twice)} in line 1, got several. Rename or delete the others`)
  return wanted.map((name) => header.indexOf(name))
}

const decoder = new TextDecoder()

export const cellText = ({ bytes, starts, ends }: Row, place: number): string =>
  decoder.decode(bytes.subarray(starts[place], ends[place])).trim().replaceAll('""', '"')

const [ZERO, NINE, DOT, MINUS] = [48, 57, 46, 45]

/** A cell as a number such as -12.50 or $0.99; NaN if it is not a number. */
export function cellNumber(row: Row, place: number): number {
  const { bytes, starts, ends } = row
  const to = ends[place]
  let at = starts[place]
  const negative = bytes[at] === MINUS
  if (negative) at += 1
  let [whole, digits] = [0, 0]
  for (; at < to && bytes[at] >= ZERO && bytes[at] <= NINE; at++, digits++) whole = 10 * whole + bytes[at] - ZERO
  let scale = 1
  if (at < to && digits > 0 && bytes[at] === DOT)
    for (at++; at < to && bytes[at] >= ZERO && bytes[at] <= NINE; at++, digits++) {
      whole = 10 * whole + bytes[at] - ZERO
      scale *= 10
    }
  // Dividing up to fifteen digits by a power of ten gives the nearest double.
  if (at === to && digits > 0 && digits <= 15) return (negative ? -whole : whole) / scale
  const text = cellText(row, place).replace(/^(-?)\s*[$€£]\s*/, '$1')
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
}

/** @throws UsageError if the share of unusable rows is larger than tolerated */
export function refuseBad(file: string, rows: number, bad: BadRows, tolerated: number): void {
  if (bad.count > tolerated * rows)
    throw new UsageError(
      `${file}: ${bad.count} of ${rows} rows cannot be used, and ${Number((100 * tolerated).toFixed(4))}% are allowed: ${bad.toString()}. Correct these rows, or allow more with --tolerate 5%`,
    )
}
