import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { betaInverse, betaTails, logBeta } from '../../../src/numerics/distributions/special/beta.ts'
import { gammaFunction, gammaInverse, incompleteGamma, logGamma } from '../../../src/numerics/distributions/special/gamma.ts'
import { normalCdf, normalQuantile } from '../../../src/numerics/distributions/special/normal.ts'
import { integrate } from '../../../src/numerics/distributions/special/quadrature.ts'

const within = (value: number, exact: number, bound: number) =>
  expect(Math.abs(value - exact), `${value} for ${exact}`).toBeLessThanOrEqual(bound * Math.abs(exact))

describe('the normal distribution', () => {
  const vectors = JSON.parse(readFileSync(new URL('../../reference/vectors.json', import.meta.url), 'utf8'))
  const tails: Record<string, [number, number]> = { '1-2^-53': [1 - 2 ** -53, 2 ** -53] }
  const probability = (text: string): [number, number] => {
    const power = /^2\^(-\d+)/.exec(text)
    const p = power ? 2 ** Number(power[1]) : Number(text)
    return tails[text] ?? [p, 1 - p]
  }
  it.each(vectors.normalQuantile.map(({ p, z }: { p: string; z: string }) => [p, z]) as [string, string][])(
    'has quantile at %s: %s',
    (p, z) => {
      within(normalQuantile(...probability(p)), Number(z), 5e-14)
    },
  )
  // mpmath, 50 digits
  it.each([
    [-37, 5.725571222524577e-300],
    [-20, 2.7536241186062337e-89],
    [-9, 1.1285884059538405e-19],
    [-5.7, 5.990371401063532e-9],
    [-2.5, 0.006209665325776135],
    [-2, 0.02275013194817921],
    [-0.6, 0.2742531177500736],
    [1.5, 0.9331927987311419],
  ])('has P(Z ≤ %d) = %d to the last digits', (z, exact) => within(normalCdf(z), exact, 1e-15))
})

describe('the gamma function', () => {
  it('is (n − 1)! at whole numbers and √π at a half', () => {
    for (let [n, factorial] = [1, 1]; n <= 20; factorial *= n, n++) within(gammaFunction(n), factorial, 2e-15)
    within(gammaFunction(0.5), Math.sqrt(Math.PI), 1e-15)
    within(gammaFunction(171), 7.257415615307994e306, 1e-13)
  })
  it('follows Γ(x + 1) = x Γ(x), as a logarithm too', () => {
    for (const x of [1e-5, 0.3, 3.7, 15.5, 16, 400.25]) expect(logGamma(x + 1) - logGamma(x)).toBeCloseTo(Math.log(x), 11)
  })
  it('gives B(a, b) = (a + b + 1)(a + b) / (a b) · B(a + 1, b + 1)', () => {
    for (const [a, b] of [
      [0.5, 0.5],
      [2, 5],
      [1.2, 1e6],
      [3e6, 5e6],
    ])
      expect(logBeta(a, b) - logBeta(a + 1, b + 1)).toBeCloseTo(Math.log(((a + b + 1) / a) * ((a + b) / b)), 8)
  })
})

describe('the incomplete gamma function', () => {
  it('is 1 − e^−x for shape 1 and the sum of e^−x x^k / k! for whole shapes', () => {
    for (const x of [1e-12, 0.1, 1, 3, 40]) {
      within(incompleteGamma(1, x)[0], -Math.expm1(-x), 5e-15)
      within(incompleteGamma(3, x)[1], Math.exp(-x) * (1 + x + (x * x) / 2), 2e-14)
    }
  })
  it('is continuous where quadrature replaces the series', () => {
    // P(a + 1, x) = P(a, x) − x^a e^−x / Γ(a + 1)
    for (const x of [330, 390, 400, 420]) {
      const step = Math.exp(399.5 * Math.log(x) - x - logGamma(400.5))
      within(incompleteGamma(399.5, x)[0] - incompleteGamma(400.5, x)[0], step, 1e-10)
    }
  })
  // 50-digit sums by mpmath are met to 1e-14 for shapes up to 1e6; beyond, Cornish and Fisher's expansion decides.
  it('has an inverse for shapes that are nearly normal', () => {
    for (const shape of [1e6, 1e8, 1e10]) {
      for (const p of [0.001, 0.5, 0.999]) {
        const z = normalQuantile(p)
        const score = z + (z * z - 1) / (3 * Math.sqrt(shape)) + (z ** 3 - 7 * z) / (36 * shape)
        expect((gammaInverse(shape)(p, 1 - p) - shape) / Math.sqrt(shape)).toBeCloseTo(score, shape === 1e6 ? 7 : 5)
      }
    }
  })
})

describe('the incomplete beta function', () => {
  it('is x^a for b = 1 and 1 − (1 − x)^b for a = 1', () => {
    for (const x of [1e-9, 0.2, 0.5, 0.9]) {
      for (const a of [0.3, 2, 17]) {
        within(betaTails(a, 1)(x, 1 - x)[0], x ** a, 2e-13)
        within(betaTails(1, a)(x, 1 - x)[1], (1 - x) ** a, 2e-13)
      }
    }
  })
  it('is the arcsine distribution for a = b = 1/2, in both tails', () => {
    for (const p of [1e-19, 1e-6, 0.2, 0.5]) {
      const small = Math.sin((Math.PI * p) / 2) ** 2
      within(betaInverse(0.5, 0.5)(p, 1 - p)[0], small, 2e-14)
      within(betaInverse(0.5, 0.5)(1 - p, p)[1], small, 2e-14)
    }
  })
  it('is continuous where quadrature replaces the fraction', () => {
    // I_x(a + 1, b) = I_x(a, b) − x^a y^b / (a B(a, b))
    for (const x of [0.28, 0.33, 0.34, 0.38]) {
      const step = Math.exp(399.5 * Math.log(x) + 800 * Math.log1p(-x) - logBeta(399.5, 800)) / 399.5
      within(betaTails(399.5, 800)(x, 1 - x)[0] - betaTails(400.5, 800)(x, 1 - x)[0], step, 1e-10)
    }
  })
  it('is symmetric for equal parameters however large', () => {
    for (const a of [3, 1e3, 1e9]) {
      const [low, high] = [betaInverse(a, a)(0.01, 0.99)[0], betaInverse(a, a)(0.99, 0.01)[1]]
      within(low, high, 1e-15)
    }
  })
})

describe('quadrature', () => {
  it('is exact for polynomials of degree 31 and nearly exact for smooth functions', () => {
    within(
      integrate((x) => x ** 31, 0, 1, 1),
      1 / 32,
      1e-14,
    )
    within(integrate(Math.exp, -1, 1, 2), Math.E - 1 / Math.E, 1e-15)
  })
})
