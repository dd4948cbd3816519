// Special functions and quadrature for expected figures: slow, short, and none of them the engine's own.

/** P(Z ≤ z): the series near 0, the continued fraction of Mills' ratio in the tails. */
export function normalCdf(z: number): number {
  if (Math.abs(z) > 5) {
    const x = Math.abs(z)
    let fraction = x
    for (let k = 60; k > 0; k--) fraction = x + k / fraction
    const tail = normalDensity(x) / fraction
    return z < 0 ? tail : 1 - tail
  }
  let term = z
  let sum = z
  for (let k = 1; k < 200; k++) {
    term *= (z * z) / (2 * k + 1)
    sum += term
  }
  return 0.5 + normalDensity(z) * sum
}

export const normalDensity = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)

export const normalQuantile = (p: number): number => solve(normalCdf, p, -12, 12)

/** x with f(x) = y for an increasing f, by bisection to the last bit. */
export function solve(f: (x: number) => number, y: number, low: number, high: number): number {
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (f(middle) < y) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** E f(Z), Z standard normal: the trapezoid rule, which converges geometrically for smooth f. */
export function normalMean(f: (z: number) => number, step = 0.02): number {
  let sum = 0
  for (let z = -9; z <= 9 + step / 2; z += step) sum += normalDensity(z) * f(z) * step
  return sum
}

/** ∫ f over [low, high] by Gauss's rule of 5 nodes on `pieces` pieces. */
export function integral(f: (x: number) => number, low: number, high: number, pieces = 2000): number {
  const inner = Math.sqrt(5 - 2 * Math.sqrt(10 / 7)) / 3
  const outer = Math.sqrt(5 + 2 * Math.sqrt(10 / 7)) / 3
  const wInner = (322 + 13 * Math.sqrt(70)) / 900
  const wOuter = (322 - 13 * Math.sqrt(70)) / 900
  const half = (high - low) / pieces / 2
  let sum = 0
  for (let i = 0; i < pieces; i++) {
    const c = low + (2 * i + 1) * half
    const pairs = wInner * (f(c - half * inner) + f(c + half * inner)) + wOuter * (f(c - half * outer) + f(c + half * outer))
    sum += half * ((128 / 225) * f(c) + pairs)
  }
  return sum
}

/** P(X ≤ x) of beta(a, b) with a, b ≥ 1, by quadrature of its density. */
export function betaCdf(x: number, a: number, b: number): number {
  const density = (t: number) => t ** (a - 1) * (1 - t) ** (b - 1)
  return integral(density, 0, x) / integral(density, 0, 1)
}

/** A lognormal distribution by its own mean and standard deviation. */
export function lognormal(mean: number, sd: number) {
  const sigma = Math.sqrt(Math.log(1 + (sd / mean) ** 2))
  const mu = Math.log(mean) - sigma ** 2 / 2
  const z = (x: number) => (Math.log(x) - mu) / sigma
  /** E[X^k; X > t] */
  const above = (t: number, k: number) => Math.exp(k * mu + (k * sigma) ** 2 / 2) * normalCdf(k * sigma - z(t))
  return {
    mean,
    sd,
    sigma,
    cdf: (x: number) => normalCdf(z(x)),
    density: (x: number) => normalDensity(z(x)) / (sigma * x),
    quantile: (p: number) => Math.exp(mu + sigma * normalQuantile(p)),
    above,
    /** E (X − t)⁺ */
    excess: (t: number) => above(t, 1) - t * above(t, 0),
    /** E ((X − t)⁺)² */
    excessSquared: (t: number) => above(t, 2) - 2 * t * above(t, 1) + t * t * above(t, 0),
    /** Fourth central moment over the squared variance. */
    kurtosis: Math.exp(4 * sigma ** 2) + 2 * Math.exp(3 * sigma ** 2) + 3 * Math.exp(2 * sigma ** 2) - 3,
  }
}
