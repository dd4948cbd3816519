// The upper tail of the chi-square distribution, by its finite sums for whole degrees of freedom (Abramowitz and Stegun 26.4.4, 26.4.5).
import { exp, log } from '../../kernel/math.ts'
import { normalCdf } from './normal.ts'

/** Sums are scaled down here, long before they overflow. */
const LARGE = 1e200
const LOG_LARGE = log(LARGE)
/** From here on the asymptotic series has eleven digits, and e^h would soon overflow. */
const FAR = 600
/** From here on only e^(−h) counts, and the terms of the sum would overflow. */
const FARTHEST = 1e100

/** e^h · erfc(√h) */
function scaledErfc(h: number): number {
  if (h < FAR) return exp(h) * 2 * normalCdf(-Math.sqrt(2 * h))
  const r = 1 / (2 * h)
  return (1 - r * (1 - 3 * r * (1 - 5 * r))) / Math.sqrt(Math.PI * h)
}

/** ln P(χ² ≥ x). It stays finite where the probability itself would be 0. @param degrees a whole number from 1 on */
export function logChiSquareTail(x: number, degrees: number): number {
  if (!(x > 0)) return 0
  const h = x / 2
  if (h > FARTHEST) return -h
  const odd = degrees % 2 === 1
  // The terms are h^j / Γ(j + 1), with j = 0, 1, … or ½, 3/2, …
  let j = odd ? 0.5 : 0
  let term = odd ? 2 * Math.sqrt(h / Math.PI) : 1
  let sum = odd ? scaledErfc(h) : 0
  let scale = 0
  for (; j < degrees / 2; j++) {
    sum += term
    term *= h / (j + 1)
    if (term > LARGE || sum > LARGE) {
      sum /= LARGE
      term /= LARGE
      scale += LOG_LARGE
    }
  }
  return Math.min(0, log(sum) + scale - h)
}
