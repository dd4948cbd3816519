// A column of a table that stands for a distribution. Its cells remain text until the field that refers to it gives their unit.
import { ParameterError, shown, tryRead } from '../errors.ts'
import { type Kind, parseScalar } from './scalar.ts'

type Cell = { readonly text: string; readonly line: number }

export class FileColumn {
  readonly file: string
  readonly name: string
  readonly cells: readonly Cell[]
  constructor(file: string, name: string, cells: readonly Cell[]) {
    this.file = file
    this.name = name
    this.cells = cells
  }

  map(change: (text: string) => string): FileColumn {
    return new FileColumn(
      this.file,
      this.name,
      this.cells.map(({ text, line }) => ({ text: change(text), line })),
    )
  }

  /** @throws ParameterError that names the line of the first cell that is not a value of this kind */
  read(kind: Kind): number[] {
    return this.cells.map(({ text, line }) => {
      try {
        return parseScalar(text, kind).value
      } catch (error) {
        if (!(error instanceof ParameterError)) throw error
        throw new ParameterError('', `${error.expected} in line ${line}, ${this.describe()}`, text)
      }
    })
  }

  describe(): string {
    return `column ${shown(this.name)} of ${shown(this.file)}`
  }

  /** Its smallest and largest cell, for an error about values out of range. */
  reach(): string {
    const values = this.cells.map((cell) => ({ cell, value: plain(cell.text) }))
    const low = values.reduce((a, b) => (b.value < a.value ? b : a)).cell
    const high = values.reduce((a, b) => (b.value > a.value ? b : a)).cell
    return `${shown(low.text)} (line ${low.line}) to ${shown(high.text)} (line ${high.line}) in ${this.describe()}`
  }

  toJSON(): string[] {
    return this.cells.map(({ text }) => text)
  }
}

/** The number in a cell in any unit, to compare cells. */
const plain = (text: string): number =>
  (['amount', 'money', 'rate'] as const).map((kind) => tryRead(() => parseScalar(text, kind))).find((read) => read)?.value ??
  Number.NaN
