import { describe, expect, it } from 'vitest'
import { inputNumber, isShare } from '../../src/scenario/input-words.ts'

describe('a number of an input', () => {
  it('is in percent if the field is a share, with four digits', () => {
    expect(inputNumber('resolution.rate', 0.677_916_8)).toBe('67.79%')
    expect(inputNumber('rate', 0.5)).toBe('50%')
  })

  it('has separators otherwise, and the digits of a small number', () => {
    expect(inputNumber('conversations.base', 52_160.502)).toBe('52,160')
    expect(inputNumber('human.cost', 6.123_45)).toBe('6.123')
  })

  it('is plain for an input that is no field', () => {
    expect(isShare('conversations.noise')).toBe(false)
    expect(inputNumber('offers.fin.charges.usage.price', 0.99)).toBe('0.99')
  })
})
