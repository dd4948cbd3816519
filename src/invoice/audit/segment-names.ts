// Numbers the segments that an export names, in the order in which they appear, without making a string for each row.
import { shown, UsageError } from '../../errors.ts'
import { LIMITS } from '../../limits.ts'
import type { Row } from './scan.ts'
import { cellText } from './table.ts'

export class SegmentNames {
  readonly names: string[] = []
  readonly #bytes: Uint8Array[] = []
  readonly #places: number[] = []
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  /** The number of the segment in a cell. @throws UsageError for more segments than a plan may have */
  place(row: Row, at: number): number {
    const { bytes, starts, ends } = row
    const [from, to] = [starts[at], ends[at]]
    for (let k = 0; k < this.#bytes.length; k++) if (same(this.#bytes[k], bytes, from, to)) return this.#places[k]
    const name = cellText(row, at)
    const known = this.names.indexOf(name)
    const place = known >= 0 ? known : this.names.push(name) - 1
    if (this.names.length > LIMITS.segments)
      throw new UsageError(
        `${this.#file}: expected at most ${LIMITS.segments} segments, got one more, ${shown(name)} in line ${row.line}. If the column does not name segments, give it another name, or state another column: \`columns: { segment: 'NAME' }\` (--columns segment=NAME)`,
      )
    this.#bytes.push(bytes.slice(from, to))
    this.#places.push(place)
    return place
  }
}

function same(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false
  for (let k = 0; k < known.length; k++) if (known[k] !== bytes[from + k]) return false
  return true
}
