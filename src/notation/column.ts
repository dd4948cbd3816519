// A column of a table that stands for a distribution: its cells as text, until the field that holds it says their units.
import { ParameterError, shown } from '../errors.ts'
import { type Kind, parseScalar } from './scalar.ts'

export interface Cell {
  readonly text: string
  /** Where it stands in the file, from 1. */
  readonly line: number
}

export class FileColumn {
  readonly file: string
  readonly name: string
  readonly cells: readonly Cell[]
  constructor(file: string, name: string, cells: readonly Cell[]) {
    this.file = file
    this.name = name
    this.cells = cells
  }

  /** The same with each cell changed. */
  map(change: (text: string) => string): FileColumn {
    return new FileColumn(
      this.file,
      this.name,
      this.cells.map(({ text, line }) => ({ text: change(text), line })),
    )
  }

  /** @throws ParameterError that names the line of the first cell that is no value of this kind */
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

  /** Its smallest and largest cell, for someone who looks for what is out of range. */
  reach(): string {
    let [low, high] = [0, 0]
    const values = this.cells.map(({ text }) => plain(text))
    values.forEach((value, k) => {
      if (value < values[low]) low = k
      if (value > values[high]) high = k
    })
    const end = (k: number) => `${shown(this.cells[k].text)} (line ${this.cells[k].line})`
    return `${end(low)} to ${end(high)} in ${this.describe()}`
  }

  toJSON(): string[] {
    return this.cells.map(({ text }) => text)
  }
}

/** The number in a cell, whatever its unit, to compare it with its neighbours. */
function plain(text: string): number {
  for (const kind of ['amount', 'money', 'rate'] as const) {
    try {
      return parseScalar(text, kind).value
    } catch {
      // perhaps in another unit
    }
  }
  return Number.NaN
}
