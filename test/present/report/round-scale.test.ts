// Tests axes with round ends.
import { expect, it } from 'vitest'
import { roundTicks } from '../../../src/present/report/round-scale.ts'

it('an axis has round ends around its amounts, also for a single one', () => {
  expect(roundTicks(351_621, 522_489)).toEqual([350_000, 400_000, 450_000, 500_000, 550_000])
  expect(roundTicks(0.31, 0.74)).toEqual([0.2, 0.4, 0.6000000000000001, 0.8])
  expect(roundTicks(1_200, 1_200)).toEqual([1_200, 1_250])
  expect(roundTicks(0, 0)).toEqual([0, 0.25])
})
