import { distribution, positive } from './distribution.ts'
import { gammaInverse, gammaTails } from './special/gamma.ts'

/** Mean shape · scale, variance shape · scale²: Johnson, Kotz & Balakrishnan (1994), ch. 17. */
export const gammaDistribution = distribution({
  name: 'gamma',
  order: 100,
  parameters: { shape: 'number', scale: 'spread' },
  about: 'amounts above 0; the mean is shape times scale',
  make({ shape, scale }) {
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
  },
})
