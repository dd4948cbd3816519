// The formulas of a workbook, read straight from its XML, and the smallest engine that evaluates them.
import { entriesOf } from '../zip.ts'

export interface Formula {
  readonly sheet: string
  /** Such as B14. */
  readonly at: string
  readonly formula: string
  /** The value beside the formula, which viewers without an engine show. */
  readonly stored: number | undefined
}

export type Rows = readonly (readonly unknown[])[]

const numberOf = (letters: string): number => [...letters].reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0)

/** The row and column of an address, from 0. */
export function placeOf(address: string): readonly [row: number, column: number] {
  const [, letters, row] = /^([A-Z]+)(\d+)$/.exec(address) ?? ['', '', '0']
  return [Number(row) - 1, numberOf(letters) - 1]
}

export function formulasOf(archive: Buffer): Formula[] {
  const entries = entriesOf(archive)
  const names = [...entries['xl/workbook.xml'].matchAll(/<sheet\s[^>]*name="([^"]*)"/g)].map(([, name]) => name)
  return names.flatMap((sheet, k) =>
    [...entries[`xl/worksheets/sheet${k + 1}.xml`].matchAll(/<c\s[^>]*r="([A-Z]+\d+)"[^>]*>((?:(?!<\/c>).)*<f>.*?)<\/c>/g)].map(
      ([, at, inner]) => {
        const [, formula = ''] = /<f>([^<]*)<\/f>/.exec(inner) ?? []
        const value = /<v>([^<]*)<\/v>/.exec(inner)
        return { sheet, at, formula, stored: value ? Number(value[1]) : undefined }
      },
    ),
  )
}

/** SUM over a column, the only formula there is. */
export function evaluated(formula: string, rows: Rows, all: (at: string) => number | undefined): number {
  const [, column, from, , to] = /^SUM\(([A-Z]+)(\d+):([A-Z]+)(\d+)\)$/.exec(formula) ?? []
  if (column === undefined) throw new Error(`no engine for ${formula}`)
  let sum = 0
  for (let row = Number(from); row <= Number(to); row++) {
    const cell = rows[row - 1]?.[placeOf(`${column}${row}`)[1]]
    sum += all(`${column}${row}`) ?? (typeof cell === 'number' ? cell : 0)
  }
  return sum
}
