// The tail of the chi-square distribution agrees with mpmath's incomplete gamma function, and with the library's own.
import { describe, expect, it } from 'vitest'
import { logChiSquareTail } from '../../../src/numerics/distributions/special/chi-square.ts'
import { incompleteGamma } from '../../../src/numerics/distributions/special/gamma.ts'

describe('the upper tail of chi-square', () => {
  // mpmath 40 digits: log(gammainc(k/2, x/2, inf, regularized=True))
  it.each([
    [0.5, 1, -0.7350111298370844],
    [3, 1, -2.48573279098608],
    [30, 1, -16.95731815812879],
    [1199, 1, -603.2712452266201],
    [1201, 1, -604.2720771770081],
    [5000, 1, -2504.484587848451],
    [1e6, 1, -500007.1335476316],
    [4, 2, -2],
    [2000, 2, -1000],
    [0.1, 3, -0.00819607249532627],
    [1219, 3, -606.1720789504237],
    [1e6, 7, -499968.39506015886],
    [40, 24, -3.844980360323948],
    [1e5, 24, -49898.48452669756],
    [500, 239, -45.705354217339455],
    [5000, 239, -2023.4362924729521],
    [1e6, 240, -498891.46341629955],
  ])('at %d with %d degrees of freedom has the logarithm %d', (x, degrees, exact) => {
    const found = logChiSquareTail(x, degrees)
    expect(Math.abs(found - exact)).toBeLessThanOrEqual(1e-9 + 1e-12 * Math.abs(exact))
  })

  it('agrees with the incomplete gamma function', () => {
    for (let degrees = 1; degrees <= 60; degrees++)
      for (const x of [0.01, 0.5, 2, degrees, 2 * degrees, 100, 300])
        expect(logChiSquareTail(x, degrees)).toBeCloseTo(Math.log(incompleteGamma(degrees / 2, x / 2)[1]), 9)
  })

  it('is a number everywhere, and falls', () => {
    for (const degrees of [1, 2, 3, 50, 239, 240]) {
      expect(logChiSquareTail(0, degrees)).toBe(0)
      expect(logChiSquareTail(-1e-17, degrees)).toBe(0)
      expect(logChiSquareTail(Infinity, degrees)).toBe(-Infinity)
      let before = 0
      for (let x = 1e-300; x < 1e300; x *= 7) {
        const found = logChiSquareTail(x, degrees)
        expect(found <= before + 1e-9, `${x} with ${degrees}: ${found} after ${before}`).toBe(true)
        before = found
      }
    }
  })
})
