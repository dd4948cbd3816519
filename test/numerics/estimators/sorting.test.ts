import { expect, it } from 'vitest'
import { sortedOf } from '../../../src/numerics/estimators/sorted.ts'
import { sorting } from '../../../src/numerics/estimators/sorting.ts'
import { allAtOnce } from '../../../src/pace.ts'
import { draws } from '../../../src/questions/resample.ts'

it.each([0, 1, 131_072, 131_073, 500_000])('a column of %i values is sorted in steps to the same bits as at once', (count) => {
  const next = draws()
  const values = Float64Array.from({ length: count }, () => [-0, 0, next(99) - 50, next(2 ** 31) / 7][next(4)])
  expect(Buffer.from(allAtOnce(sorting(values)).buffer).equals(Buffer.from(sortedOf(values).buffer))).toBe(true)
})
