// The currency of a column of amounts.
import { shown } from '../../errors.ts'
import { codeOf } from '../currency.ts'
import type { TableColumn } from './columns.ts'
import { CsvError } from './csv.ts'

/**
 * The code of the currency that the header or the cells state; undefined if they state none.
 * @param own the currency that a sign such as $ stands for if several use it
 * @throws CsvError if they state several
 */
export function statedCurrency(column: TableColumn, own: string, file: string): string | undefined {
  const signs = [...(column.unit === undefined ? [] : [column.unit]), ...column.currencies().keys()]
  const [first, second] = new Set(signs.map((sign) => codeOf(sign, own) ?? sign))
  if (second === undefined) return first
  throw new CsvError(`one currency in column ${shown(column.header)} of ${shown(file)}, got ${first} and ${second}`)
}
