import { positive } from './check.ts'
import type { Distribution } from './distribution.ts'
import { incompleteGamma, inverseIncompleteGamma } from './special/gamma.ts'

/** Gamma law: mean shape · scale, variance shape · scale². Johnson, Kotz & Balakrishnan (1994), ch. 17. */
export function gamma(shape: number, scale: number): Distribution {
  positive('shape', shape)
  positive('scale', scale)
  return {
    name: 'gamma',
    mean: shape * scale,
    sd: scale * Math.sqrt(shape),
    support: [0, Infinity],
    kinks: [],
    quantile: (p, q) => (p <= 0 ? 0 : q <= 0 ? Infinity : scale * inverseIncompleteGamma(shape, p, q)),
    cdf: (x) => incompleteGamma(shape, x / scale)[0],
  }
}
gamma.parameters = ['shape', 'scale'] as const
