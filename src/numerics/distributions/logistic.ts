import { log, log1p, logistic as share } from '../kernel/math.ts'
import { finite, positive } from './check.ts'
import type { Distribution } from './distribution.ts'
import { distribution } from './record.ts'

const PI_BY_ROOT_3 = 1.8137993642342178

/** Logistic law: like the normal, with heavier tails; sd = scale · π / √3. */
function logistic(location: number, scale: number): Distribution {
  finite('location', location)
  positive('scale', scale)
  return {
    name: 'logistic',
    mean: location,
    sd: scale * PI_BY_ROOT_3,
    support: [-Infinity, Infinity],
    kinks: [],
    quantile: (p, q) => location + scale * (p < q ? log(p) - log1p(-p) : log1p(-q) - log(q)),
    cdf: (x) => share((x - location) / scale),
    survival: (x) => share((location - x) / scale),
  }
}

export const logisticDistribution = distribution({
  name: 'logistic',
  order: 150,
  parameters: { location: 'value', scale: 'spread' },
  about: 'like normal with somewhat heavier tails',
  make: ({ location, scale }) => logistic(location, scale),
})
