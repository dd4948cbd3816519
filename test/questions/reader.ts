// Plans of decisions with known answers, and a reader for plans without files.
export const reader = { read: () => Promise.reject(new Error('these scenarios read no files')) }

/** Lognormal usage of one month with median 32,500 and log-sd 0.10, all of it resolved. */
export const use = { median: 32_500, sd: 0.1 }
export const lognormalUse = {
  months: 1,
  conversations: { base: use.median * Math.exp((use.sd * use.sd) / 2), noise: { cv: Math.sqrt(Math.expm1(use.sd * use.sd)) } },
  resolution: { rate: 1 },
}
export const committed = { charges: [{ meter: 'resolutions', commitment: '30k/month', price: '$1.50', overage: '$2.00' }] }
export const uncommitted = { charges: [{ meter: 'resolutions', price: '$2.00' }] }

/** The standard normal distribution function. */
export function phi(z: number): number {
  // The series around 0 converges quickly for the arguments of these tests.
  let [term, sum] = [z, z]
  for (let k = 1; k < 200; k++) {
    term *= (-z * z) / (2 * k)
    sum += term / (2 * k + 1)
  }
  return 0.5 + sum / Math.sqrt(2 * Math.PI)
}

/** The root of an increasing function. */
export function rootOf(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high]
  for (let k = 0; k < 200; k++) {
    const c = (a + b) / 2
    if (f(c) < 0) a = c
    else b = c
  }
  return (a + b) / 2
}

/** The p-th quantile of usage. */
export const useAt = (p: number): number => use.median * Math.exp(use.sd * rootOf((z) => phi(z) - p, -5, 5))

/** The expected usage beyond c: E[(Q − c)⁺]. */
export function excess(c: number): number {
  const d = Math.log(c / use.median) / use.sd
  return use.median * Math.exp((use.sd * use.sd) / 2) * phi(use.sd - d) - c * (1 - phi(d))
}
