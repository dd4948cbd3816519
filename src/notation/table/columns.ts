// The columns of a table: their names, the units in their headers, and the line that reports which ones were read.
import { shown, visible } from '../../errors.ts'
import { formatNumber } from '../number.ts'
import { CsvError, type CsvTable } from './csv.ts'
import { currencyIn, type Decimal, decimalOf, numberIn, plainCell } from './numbers.ts'

const SHOWN = 20

/** The names of a header for an error message. */
export const shownNames = (header: readonly string[]): string =>
  `${header.slice(0, SHOWN).map(shown).join(', ')}${header.length > SHOWN ? ` and ${formatNumber(header.length - SHOWN)} more` : ''}`

export interface ColumnName {
  readonly name: string
  /** A currency as the header states it: "EUR" of `invoice_EUR`, "€" of `Invoice (€)`. */
  readonly unit?: string
}

/** Splits the unit off a header. */
export function columnName(header: string): ColumnName {
  const match = /^(.*?\S)(?:_|\s*[[(]|\s+)\s*([A-Z]{3}|[A-Z]{0,2}[$€£¥₹])[\])]?$/.exec(header.trim())
  return match ? { name: match[1], unit: match[2] } : { name: header.trim() }
}

/** A column of a table as text, its numbers, and the currency that it states. */
export class TableColumn {
  readonly header: string
  readonly unit: string | undefined
  readonly cells: readonly { readonly text: string; readonly line: number }[]
  #known: Decimal | undefined
  readonly #find: () => Decimal
  readonly #file: string

  /** @param asked the decimal sign that the reader of the file states */
  constructor(table: CsvTable, place: number, file: string, asked?: Decimal) {
    this.header = table.header[place]
    this.unit = columnName(this.header).unit
    this.cells = table.rows.map(({ cells, line }) => ({ text: cells[place], line }))
    this.#known = asked
    this.#find = () => decimalOf(table, place, file)
    this.#file = file
  }

  /** The decimal sign of the column. @throws CsvError if its cells do not settle it */
  get decimal(): Decimal {
    this.#known ??= this.#find()
    return this.#known
  }

  /**
   * The numbers, NaN for empty cells if they are allowed.
   * @param accepts which numbers the column may hold; @param expected them in words, such as "a number of 0 or more"
   * @throws CsvError for the first cell that is not such a number, and if the cells do not settle the decimal sign
   */
  numbers(accepts: (value: number) => boolean, expected: string, cells: 'filled' | 'some empty'): number[] {
    return this.cells.map(({ text, line }) => {
      const value = numberIn(text, this.decimal)
      if (value !== undefined && (Number.isNaN(value) ? cells === 'some empty' : accepts(value))) return value
      throw new CsvError(`${expected} in line ${line}, column ${shown(this.header)} of ${shown(this.#file)}, got ${shown(text)}`)
    })
  }

  /** The cells in the notation of a plan: "41,546" is 41546. */
  plain(): readonly { readonly text: string; readonly line: number }[] {
    return this.cells.map(({ text, line }) => ({ text: plainCell(text, this.decimal), line }))
  }

  /** The currency beside each number. */
  signs(): (string | undefined)[] {
    return this.cells.map(({ text }) => currencyIn(text))
  }

  /** The currencies beside the numbers, with the first line of each. */
  currencies(): ReadonlyMap<string, number> {
    const found = new Map<string, number>()
    for (const { text, line } of this.cells) {
      const currency = currencyIn(text)
      if (currency !== undefined && !found.has(currency)) found.set(currency, line)
    }
    return found
  }
}

/**
 * The line that every reader of a table reports: "read as: month = Date, conversations = Created tickets; 36 months, 2022-01 to 2024-12".
 * @param columns the headers by meaning; @param header all of them
 */
export function readAs(
  columns: Readonly<Record<string, string | undefined>>,
  rows: string,
  header: readonly string[] = [],
): string {
  const taken = Object.entries(columns).flatMap(([meaning, name]) => (name === undefined ? [] : [`${meaning} = ${visible(name)}`]))
  const others = header.filter((name) => name !== '' && !Object.values(columns).includes(name)).map(visible)
  const more = others.length > NAMED ? ` and ${others.length - NAMED} more` : ''
  return `read as: ${taken.join(', ')}; ${rows}${others.length > 0 ? `; not read: ${others.slice(0, NAMED).join(', ')}${more}` : ''}`
}
const NAMED = 6

/** "1 row", "1,096 days" */
export const rowCount = (count: number, one: string): string => `${formatNumber(count)} ${one}${count === 1 ? '' : 's'}`
