import { describe, expect, it } from 'vitest'
import { orderOf } from '../../../src/numerics/estimators/order-of.ts'
import { allAtOnce } from '../../../src/pace.ts'
import { draws } from '../../../src/questions/resample.ts'

const next = draws()
const kinds: Readonly<Record<string, (i: number) => number>> = {
  'values of both signs': () => next(2 ** 31) - 2 ** 30 + next(1_000) / 1_000,
  'values that are often equal': () => next(50) / 7,
  'values of every size': () => (next(2) === 0 ? -1 : 1) * 2 ** (next(2_000) - 1_000),
  'one value': () => 3,
  'zeros of both signs': (i) => [-0, 0, 1, -1][i % 4],
  'infinite values': (i) => [Infinity, -Infinity, next(9)][i % 3],
}

describe.each(Object.entries(kinds))('%s', (_, kind) => {
  it.each([1, 100, 10_000])('are in the order of a stable sort by comparison (%i values)', (count) => {
    const values = Float64Array.from({ length: count }, (_, i) => kind(i))
    const expected = Array.from(values, (_, i) => i).sort((a, b) =>
      values[a] < values[b] ? -1 : values[a] > values[b] ? 1 : a - b,
    )
    expect([...allAtOnce(orderOf(values))]).toEqual(expected)
  })
})
