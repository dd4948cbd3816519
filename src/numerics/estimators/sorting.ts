// Sorts columns in steps, so that other work gets its turn.
import type { Steps } from '../../pace.ts'
import type { SampledColumn } from './sorted.ts'

/** Values that are sorted in one step, about 10 ms. */
const PIECE = 131_072

/** The values in order: pieces are sorted, then merged. */
export function* sorting(values: Float64Array): Steps<Float64Array> {
  const n = values.length
  let sorted = values.slice()
  for (let from = 0; from < n; from += PIECE) {
    sorted.subarray(from, from + PIECE).sort()
    yield 0
  }
  let next = new Float64Array(n > PIECE ? n : 0)
  for (let width = PIECE; width < n; width *= 2) {
    for (let from = 0; from < n; from += 2 * width) {
      merge(sorted.subarray(from, from + width), sorted.subarray(from + width, from + 2 * width), next.subarray(from))
      yield 0
    }
    ;[sorted, next] = [next, sorted]
  }
  return sorted
}

/** Merges two sorted columns. As in a sort, −0 comes before 0. */
function merge(a: Float64Array, b: Float64Array, into: Float64Array): void {
  let [i, j] = [0, 0]
  for (let k = 0; k < a.length + b.length; k++) {
    const x = a[i]
    const y = b[j]
    const first = j >= b.length || (i < a.length && (x < y || (x === y && (x !== 0 || Object.is(x, -0)))))
    into[k] = first ? a[i++] : b[j++]
  }
}

/** The column, sorted before a figure needs it so. */
export function* prepared(column: SampledColumn): Steps<SampledColumn> {
  column.sorted = yield* sorting(column.values)
  return column
}
