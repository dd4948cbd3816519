// Scenarios of decisions whose answers are known, and what reads no files.
export const reader = { read: () => Promise.reject(new Error('these scenarios read no files')) }

/** Lognormal use of one month: median 32,500, log-sd 0.10, all of it resolved. */
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
  // Its series about 0 converges quickly for what is asked here.
  let [term, sum] = [z, z]
  for (let k = 1; k < 200; k++) {
    term *= (-z * z) / (2 * k)
    sum += term / (2 * k + 1)
  }
  return 0.5 + sum / Math.sqrt(2 * Math.PI)
}

/** Where an increasing function is 0. */
export function rootOf(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high]
  for (let k = 0; k < 200; k++) {
    const c = (a + b) / 2
    if (f(c) < 0) a = c
    else b = c
  }
  return (a + b) / 2
}

/** The p-th quantile of the use. */
export const useAt = (p: number): number => use.median * Math.exp(use.sd * rootOf((z) => phi(z) - p, -5, 5))

/** E[(Q − c)⁺] of the use. */
export function excess(c: number): number {
  const d = Math.log(c / use.median) / use.sd
  return use.median * Math.exp((use.sd * use.sd) / 2) * phi(use.sd - d) - c * (1 - phi(d))
}
