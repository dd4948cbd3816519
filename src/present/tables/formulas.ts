// Formulas with the values that they have. A viewer without a formula engine, such as a mail program, shows only the stored value
// (ECMA-376, part 1, 18.3.1.96), and write-excel-file stores none.
import type { Cell, CellObject, Feature, Row, Sheet } from 'write-excel-file/universal'

/** A cell whose formula has the value `stored` on the figures of its own sheet. */
interface FormulaCell extends CellObject {
  readonly stored: number
}

const isFormula = (cell: Cell): cell is FormulaCell =>
  typeof cell === 'object' && cell !== null && Object.hasOwn(cell, 'stored') && 'stored' in cell

/** The number in a cell, or 0, which is how SUM reads texts and empty cells. */
function numberIn(cell: Cell): number {
  if (isFormula(cell)) return cell.stored
  return typeof cell === 'object' && cell !== null && 'value' in cell && typeof cell.value === 'number' ? cell.value : 0
}

/**
 * The sum of a column over the rows above.
 * @param above the rows of the sheet above the sum, heading included
 * @param first the number of the first row that counts, from 1
 */
export function columnSum(above: readonly Row[], column: number, first: number): FormulaCell {
  const letter = columnName(column)
  const stored = above.slice(first - 1).reduce((sum, row) => sum + numberIn(row[column]), 0)
  return { type: 'Formula', value: `SUM(${letter}${first}:${letter}${above.length})`, stored }
}

/** The letters of a column: A to Z, then AA and so on. */
function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26))
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter
}

/** Stores the value of every formula beside it: `<c r="B14"><f>SUM(B2:B13)</f><v>420248</v></c>`. */
export const storedValues = (sheets: readonly Sheet<Blob>[]): Feature<Blob> => ({
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': { transform: (xml, _options, { sheetIndex }) => withValues(xml, sheets[sheetIndex].data) },
    },
  },
})

/** @throws Error unless every value found the cell of its formula */
export function withValues(xml: string, rows: readonly Row[]): string {
  const values = new Map<string, number>(
    rows.flatMap((row, r) =>
      row.flatMap((cell, c) => (isFormula(cell) ? [[`${columnName(c)}${r + 1}`, cell.stored] as const] : [])),
    ),
  )
  let stored = 0
  const filled = xml.replace(/(<c\s(?:[^>]*?\s)?r="([A-Z]+\d+)"[^>]*><f>[^<]*<\/f>)<\/c>/g, (cell, start: string, at: string) => {
    const value = values.get(at)
    if (value === undefined) return cell
    stored++
    return `${start}<v>${value}</v></c>`
  })
  if (stored !== values.size) throw new Error(`stored ${stored} of ${values.size} values of formulas`)
  return filled
}
