import type { Mix, Program } from '../compile/program.ts'

/** The covariance of two scores of a mix, by their places in it. */
export function covarianceIn({ factor }: Mix, a: number, b: number): number {
  let sum = 0
  for (let k = 0; k <= Math.min(a, b); k++) sum += factor[a][k] * factor[b][k]
  return sum
}

/** The correlation of the scores of two dimensions. */
export function correlationOf({ mixes }: Program, one: number, other: number): number {
  const mix = mixes.find(({ dimensions }) => dimensions.includes(one) && dimensions.includes(other))
  return mix ? covarianceIn(mix, mix.dimensions.indexOf(one), mix.dimensions.indexOf(other)) : 0
}
