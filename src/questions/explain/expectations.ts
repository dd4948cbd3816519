// Expected gains given some inputs. Half of the replicates are predicted from the other half, and vice versa, so that noise that a fit
// follows brings no gain where it is judged.
import type { Steps } from '../../pace.ts'
import type { Cells, Coordinate } from './cells.ts'
import { basisOf, fitted, predicted } from './regression.ts'

/** Classes of an input in which the residuals of a fit are averaged. */
const MOST_CLASSES = 64
const TRIALS_PER_CLASS = 64

/** The gains of each offer that the known inputs predict, in each trial. A cell's fit has one mean if nothing varies in it. */
export function* expectedGains(gains: readonly Float64Array[], cells: Cells, starts: readonly number[]): Steps<Float64Array[]> {
  const expected = gains.map((own) => new Float64Array(own.length))
  const rows = rowsOf(cells, starts)
  for (let cell = 0; cell < cells.count; cell++) {
    const [even, odd] = rows[cell]
    const both = new Uint32Array(even.length + odd.length)
    both.set(even)
    both.set(odd, even.length)
    const inputs = cells.varying(cell)
    const basis = yield* basisOf(inputs, both, Math.min(even.length, odd.length))
    const outcomes = gains.map((own) => Float64Array.from(both, (i) => own[i]))
    const halves = [
      [0, even.length],
      [even.length, both.length],
    ] as const
    for (const [half, fit] of halves.entries()) {
      const judged = halves[1 - half]
      if (fit[0] === fit[1]) continue
      const coefficients = yield* fitted(basis, outcomes, fit)
      for (const [k, own] of coefficients.entries()) {
        yield 0
        const local = Float64Array.from(both, (_, j) => predicted(basis, own, j))
        for (const input of inputs) corrected(local, outcomes[k], input, both, fit)
        for (let j = judged[0]; j < judged[1]; j++) expected[k][both[j]] = local[j]
      }
    }
  }
  return expected
}

/** The trials of each cell in the even replicates, and in the odd ones. */
function rowsOf({ of, count }: Cells, starts: readonly number[]): (readonly [Uint32Array, Uint32Array])[] {
  const rows = Array.from({ length: count }, (): readonly [number[], number[]] => [[], []])
  for (let r = 0; r + 1 < starts.length; r++) for (let i = starts[r]; i < starts[r + 1]; i++) rows[of[i]][r % 2].push(i)
  return rows.map(([even, odd]) => [Uint32Array.from(even), Uint32Array.from(odd)])
}

/**
 * Adds the mean residual of each class of an input to a fit, as far as it is more than noise: a spline cannot follow a jump of the cost.
 */
function corrected(
  fit: Float64Array,
  outcome: Float64Array,
  { shares }: Coordinate,
  rows: Uint32Array,
  [from, to]: readonly [from: number, to: number],
): void {
  const classes = Math.min(MOST_CLASSES, Math.floor((to - from) / TRIALS_PER_CLASS))
  if (classes < 2) return
  const classOf = (j: number) => Math.min(classes - 1, Math.floor(shares[rows[j]] * classes))
  const [sizes, sums, squares] = [new Float64Array(classes), new Float64Array(classes), new Float64Array(classes)]
  for (let j = from; j < to; j++) {
    const [own, rest] = [classOf(j), outcome[j] - fit[j]]
    sizes[own] += 1
    sums[own] += rest
    squares[own] += rest * rest
  }
  const shifts = sums.map((sum, own) => beyondNoise(sizes[own], sum, squares[own]))
  for (let j = 0; j < fit.length; j++) fit[j] += shifts[classOf(j)]
}

/** A mean that shrinks toward 0 by twice its own variance, as a share of its square. It is 0 if noise alone could make it. */
export function beyondNoise(size: number, sum: number, squares: number): number {
  if (size < 2 || sum === 0) return 0
  const mean = sum / size
  const variance = Math.max(0, squares / size - mean * mean) / (size - 1)
  return mean * Math.max(0, 1 - (2 * variance) / (mean * mean))
}
