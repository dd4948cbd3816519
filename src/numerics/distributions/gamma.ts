import { positive } from './check.ts'
import type { Distribution } from './distribution.ts'
import { distribution } from './record.ts'
import { gammaInverse, gammaTails } from './special/gamma.ts'

/** Gamma law: mean shape · scale, variance shape · scale². Johnson, Kotz & Balakrishnan (1994), ch. 17. */
function gamma(shape: number, scale: number): Distribution {
  positive('shape', shape)
  positive('scale', scale)
  const tails = gammaTails(shape)
  const inverse = gammaInverse(shape)
  return {
    name: 'gamma',
    mean: shape * scale,
    sd: scale * Math.sqrt(shape),
    support: [0, Infinity],
    kinks: [],
    quantile: (p, q) => (p <= 0 ? 0 : q <= 0 ? Infinity : scale * inverse(p, q)),
    cdf: (x) => tails(x / scale)[0],
    survival: (x) => tails(x / scale)[1],
  }
}

export const gammaDistribution = distribution({
  name: 'gamma',
  order: 100,
  parameters: { shape: 'number', scale: 'spread' },
  about: 'amounts above 0; the mean is shape times scale',
  make: ({ shape, scale }) => gamma(shape, scale),
})
