// Reads the numbers of tables: 41546, "41,546", 41.546,00, €56000 or 65%, with a space for a sign or before the percent sign too. A cell such
// as 41.546 has two readings. The other cells of the column decide, then the other columns. If neither does, the user must say which it is.
import { shown } from '../../errors.ts'
import { CsvError, type CsvTable } from './csv.ts'
import { parseDate } from './dates.ts'

/** The sign before the decimals of a number. */
export type Decimal = '.' | ','

export const DECIMALS = ['.', ','] as const satisfies readonly Decimal[]

interface Parts {
  readonly negative: boolean
  /** A currency before or after the number, such as "€" or "EUR". */
  readonly currency?: string
  /** Digits with points and commas, without spaces and apostrophes between thousands. */
  readonly digits: string
  /** The exponent of 4.15E+04. */
  readonly exponent: string
  /** A unit behind the number: %, pt, k. */
  readonly unit: string
}

const CURRENCY = '(?:[A-Z]{3}|[A-Z]{0,2}[$€£¥₹])'
const NUMBER = new RegExp(
  String.raw`^([-+−])?\s*(${CURRENCY})?\s*([-+−])?((?:\d|[.,]\d)[\d.,]*(?:['’\s]\d{3}[\d.,]*)*)(e[+-]?\d{1,3})?\s*(.{0,6})$`,
  'i',
)

function partsOf(cell: string): Parts | undefined {
  const text = cell.trim()
  // Accountants write negative amounts in brackets.
  const bracketed = /^\((.*)\)$/.exec(text)
  const match = NUMBER.exec(bracketed ? bracketed[1].trim() : text)
  if (!match) return undefined
  const [, first, before, second, written, exponent = '', behind] = match
  const after = new RegExp(`^${CURRENCY}$`).test(behind) ? behind : undefined
  if (/\d/.test(behind) || (first && second) || (before && !new RegExp(`^${CURRENCY}$`).test(before))) return undefined
  const digits = written.replace(/['’\s]/g, '')
  // Spaces and apostrophes stand between groups of three digits only.
  if (digits !== written && !/^\d{1,3}(?:['’\s]\d{3})+(?:[.,]\d*)?$/.test(written)) return undefined
  const currency = before ?? after
  const sign = first ?? second ?? ''
  return {
    negative: (sign !== '' && sign !== '+') !== (bracketed !== null),
    digits,
    exponent,
    unit: after === undefined ? behind.trim() : '',
    ...(currency !== undefined && { currency }),
  }
}

/** The decimal sign that a number shows by itself. `sign` is the only one of a number with two readings. */
type Shown = { readonly decimal: Decimal } | { readonly sign: Decimal } | undefined

const other = (sign: Decimal): Decimal => (sign === '.' ? ',' : '.')

function shownBy({ digits, exponent }: Parts): Shown {
  const signs = [...digits].filter((sign) => sign === '.' || sign === ',')
  if (signs.length === 0) return undefined
  const last = signs[signs.length - 1]
  if (signs.includes(other(last))) return { decimal: last }
  if (signs.length > 1) return { decimal: other(last) }
  return exponent === '' && /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits) ? { sign: last } : { decimal: last }
}

/** Collects what the cells of a column show about its decimal sign, for readers that see a file once. */
export class DecimalEvidence {
  readonly #decimals = new Map<Decimal, Seen>()
  readonly #doubtful = new Map<Decimal, Seen>()

  see(cell: string, line: number): void {
    const parts = partsOf(cell)
    const own = parts && shownBy(parts)
    if (own === undefined) return
    const [kept, sign] = 'decimal' in own ? [this.#decimals, own.decimal] : [this.#doubtful, own.sign]
    if (!kept.has(sign)) kept.set(sign, { cell, line })
  }

  /** The first cells that show two different signs. */
  get contradiction(): readonly [Seen, Seen] | undefined {
    for (const kept of [this.#decimals, this.#doubtful]) {
      const [a, b] = [...kept.values()]
      if (b !== undefined) return [a, b]
    }
    return undefined
  }

  /** The sign that some cell shows by itself. */
  get decimal(): Decimal | undefined {
    return this.#decimals.size === 1 ? [...this.#decimals.keys()][0] : undefined
  }

  /** The first cell with two readings. */
  get doubtful(): (Seen & { readonly sign: Decimal }) | undefined {
    const [first] = this.#doubtful
    return first && { sign: first[0], ...first[1] }
  }
}

interface Seen {
  readonly cell: string
  readonly line: number
}

const evidenceOf = ({ rows }: CsvTable, place: number): DecimalEvidence => {
  const evidence = new DecimalEvidence()
  for (const { cells, line } of rows) evidence.see(cells[place], line)
  return evidence
}

/** What the other columns of numbers show. A column of dates or texts shows nothing. */
function shownElsewhere(table: CsvTable, place: number): Decimal | undefined {
  const signs = table.header.flatMap((_, k) => {
    const cells = table.rows.map((row) => row.cells[k]).filter((cell) => cell !== '')
    if (k === place || cells.some((cell) => partsOf(cell) === undefined || parseDate(cell) !== undefined)) return []
    const { decimal } = evidenceOf(table, k)
    return decimal === undefined ? [] : [decimal]
  })
  return new Set(signs).size === 1 ? signs[0] : undefined
}

/** The decimal sign of a column. @throws CsvError if its cells do not settle it */
export const decimalOf = (table: CsvTable, place: number, file: string): Decimal =>
  settledDecimal(evidenceOf(table, place), `column ${shown(table.header[place])} of ${shown(file)}`, table.delimiter, () =>
    shownElsewhere(table, place),
  )

/** @throws CsvError if the cells contradict each other, or all have two readings */
export function settledDecimal(
  evidence: DecimalEvidence,
  where: string,
  delimiter: string | undefined,
  elsewhere: () => Decimal | undefined = () => undefined,
): Decimal {
  const { contradiction, decimal, doubtful } = evidence
  if (contradiction) {
    const [a, b] = contradiction
    throw new CsvError(
      `one way to write numbers in ${where}, got ${shown(a.cell)} in line ${a.line} and ${shown(b.cell)} in line ${b.line}: write all numbers as 1234.5`,
    )
  }
  if (decimal !== undefined) return decimal
  if (doubtful === undefined) return '.'
  const found = elsewhere()
  if (found !== undefined) return found
  // A cell with a comma between commas stood in quotes, as American programs write thousands.
  if (doubtful.sign === ',' && delimiter === ',') return '.'
  const plain = doubtful.cell.replace(/[.,]/, '')
  throw new CsvError(
    `a stated decimal sign, since ${shown(doubtful.cell)} in line ${doubtful.line}, ${where} may be ${plain} or ${doubtful.cell.replace(',', '.')}: state ${DECIMALS.map((sign) => `\`decimal: '${sign}'\` (--decimal ${sign}) for ${sign === doubtful.sign ? doubtful.cell.replace(',', '.') : plain}`).join(', ')}`,
  )
}

/** Digits in the notation of the program, or undefined if they are not grouped by threes. */
function plainDigits(digits: string, decimal: Decimal): string | undefined {
  const thousands = other(decimal)
  const grouped = new RegExp(`^(?:\\d*|[1-9]\\d{0,2}(?:\\${thousands}\\d{3})+)(?:\\${decimal}\\d*)?$`)
  if (!grouped.test(digits)) return undefined
  return digits.replaceAll(thousands, '').replace(decimal, '.').replace(/\.$/, '')
}

/** The number of a cell with or without a currency; undefined if it is none, NaN if the cell is empty. */
export function numberIn(cell: string, decimal: Decimal): number | undefined {
  if (cell.trim() === '') return Number.NaN
  const parts = partsOf(cell)
  if (parts === undefined || parts.unit !== '') return undefined
  const digits = plainDigits(parts.digits, decimal)
  if (digits === undefined) return undefined
  const value = Number(digits + parts.exponent)
  return parts.negative ? -value : value
}

/** A cell in the notation of a plan: "€ 41.546,50" is €41546.50. Cells that are not numbers stay as they are. */
export function plainCell(cell: string, decimal: Decimal): string {
  const parts = partsOf(cell)
  const digits = parts && plainDigits(parts.digits, decimal)
  if (parts === undefined || digits === undefined) return cell
  return `${parts.negative ? '-' : ''}${parts.currency ?? ''}${digits}${parts.exponent}${parts.unit}`
}

/** A number as a cell with one reading, which three decimals alone would not show. */
export const numberCell = (value: number): string => (/^-?\d{1,3}\.\d{3}$/.test(String(value)) ? `${value}0` : String(value))

/** The currency beside the number of a cell, such as "€" or "EUR". */
export const currencyIn = (cell: string): string | undefined => partsOf(cell)?.currency

/** Whether a text is a number that lost digits in a spreadsheet, which shows 215474000000007 as 2.15474E+14. */
export const isMangled = (text: string): boolean => /^-?\d(?:[.,]\d+)?E\+\d{2,3}$/i.test(text.trim())
