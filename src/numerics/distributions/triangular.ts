import { ParameterError } from '../../errors.ts'
import { above, finite } from './check.ts'
import type { Distribution } from './distribution.ts'
import { distribution } from './record.ts'

/** Density rising from min to mode and falling to max. */
function triangular(min: number, mode: number, max: number): Distribution {
  finite('min', min)
  above('max', max, min, 'min')
  if (!(mode >= min && mode <= max)) throw new ParameterError('mode', `a number from min (${min}) to max (${max})`, mode)
  const width = max - min
  const [rise, fall] = [mode - min, max - mode]
  const turn = rise / width
  return {
    name: 'triangular',
    mean: (min + mode + max) / 3,
    sd: Math.sqrt((rise * rise + fall * fall + rise * fall) / 18),
    support: [min, max],
    kinks: turn > 0 && turn < 1 ? [turn] : [],
    quantile: (p, q) => (p < turn ? min + Math.sqrt(p * width * rise) : max - Math.sqrt(q * width * fall)),
    cdf: (x) => {
      if (x <= min) return 0
      if (x >= max) return 1
      return x < mode ? ((x - min) * (x - min)) / (width * rise) : 1 - ((max - x) * (max - x)) / (width * fall)
    },
    survival: (x) => {
      if (x <= min) return 1
      if (x >= max) return 0
      return x < mode ? 1 - ((x - min) * (x - min)) / (width * rise) : ((max - x) * (max - x)) / (width * fall)
    },
  }
}

export const triangularDistribution = distribution({
  name: 'triangular',
  order: 60,
  parameters: { min: 'value', mode: 'value', max: 'value' },
  about: 'rises from min to mode and falls to max',
  make: ({ min, mode, max }) => triangular(min, mode, max),
})
