// Tests the rounding of amounts that readers compare.
import { describe, expect, it } from 'vitest'
import { amountsAt, roundedParts } from '../../../src/questions/compare/rounding.ts'

describe('amounts', () => {
  it('have three digits, and four from a million on', () => {
    expect(amountsAt(451_237, 'USD').text(451_237)).toBe('$451,000')
    expect(amountsAt(1_646_200, 'USD').text(1_646_200)).toBe('$1,646,000')
    expect(amountsAt(912, 'USD').text(911.6)).toBe('$912')
  })
  it('differ by the difference of the amounts shown', () => {
    const { less } = amountsAt(444_300, 'USD')
    // $451,000 less $444,000, although the exact difference rounds to $6,000.
    expect(less(450_500, 444_400)).toBe('$7,000')
    expect(less(444_400, 444_300)).toBeUndefined()
  })
})

describe('parts', () => {
  it('add up to their whole by largest remainder', () => {
    // In units of 100: 10.4, 20.35 and 30.25 leave one unit for the largest remainder.
    expect(roundedParts([1_040, 2_035, 3_025], 6_100, 100)).toEqual([1_100, 2_000, 3_000])
    expect(roundedParts([50, 50], 100, 100)).toEqual([100, 0])
  })
  it('take up the rounding of a whole in larger steps, also where it takes away', () => {
    expect(roundedParts([1_000, 1_000, 1_000], 4_000, 100)).toEqual([1_400, 1_300, 1_300])
    expect(roundedParts([1_200, 1_200], 2_000, 100)).toEqual([1_000, 1_000])
    expect(roundedParts([-250, 1_250], 1_000, 100)).toEqual([-200, 1_200])
  })
})
