import { log } from '../kernel/math.ts'
import { distribution, range } from './distribution.ts'

export const uniformDistribution = distribution({
  name: 'uniform',
  order: 50,
  parameters: { min: 'value', max: 'value' },
  about: 'every value from min to max is equally likely',
  make({ min, max }) {
    range(min, max)
    const width = max - min
    return {
      name: 'uniform',
      mean: min + width / 2,
      sd: width / Math.sqrt(12),
      support: [min, max],
      kinks: [],
      quantile: (p, q) => (p < q ? min + width * p : max - width * q),
      cdf: (x) => Math.min(1, Math.max(0, (x - min) / width)),
      survival: (x) => Math.min(1, Math.max(0, (max - x) / width)),
      logDensity: (x) => (x < min || x > max ? -Infinity : -log(width)),
    }
  },
})
