import { exp, log, log1p, logistic } from '../kernel/math.ts'
import { distribution, finite, positive } from './distribution.ts'

const PI_BY_ROOT_3 = 1.8137993642342178

export const logisticDistribution = distribution({
  name: 'logistic',
  order: 150,
  parameters: { location: 'value', scale: 'spread' },
  about: 'like normal with somewhat heavier tails',
  make({ location, scale }) {
    finite('location', location)
    positive('scale', scale)
    return {
      name: 'logistic',
      mean: location,
      sd: scale * PI_BY_ROOT_3,
      support: [-Infinity, Infinity],
      kinks: [],
      quantile: (p, q) => location + scale * (p < q ? log(p) - log1p(-p) : log1p(-q) - log(q)),
      cdf: (x) => logistic((x - location) / scale),
      survival: (x) => logistic((location - x) / scale),
      logDensity: (x) => {
        const size = Math.abs(x - location) / scale
        return -size - 2 * log1p(exp(-size)) - log(scale)
      },
    }
  },
})
