import { log } from '../kernel/math.ts'
import { distribution, range } from './distribution.ts'

export const triangularDistribution = distribution({
  name: 'triangular',
  order: 60,
  parameters: { min: 'value', mode: 'value', max: 'value' },
  about: 'rises from min to mode and falls to max',
  make({ min, mode, max }) {
    range(min, max, mode)
    const width = max - min
    const [rise, fall] = [mode - min, max - mode]
    const turn = rise / width
    const below = (x: number) => ((x - min) * (x - min)) / (width * rise)
    const beyond = (x: number) => ((max - x) * (max - x)) / (width * fall)
    return {
      name: 'triangular',
      mean: (min + mode + max) / 3,
      sd: Math.sqrt((rise * rise + fall * fall + rise * fall) / 18),
      support: [min, max],
      kinks: turn > 0 && turn < 1 ? [turn] : [],
      quantile: (p, q) => (p < turn ? min + Math.sqrt(p * width * rise) : max - Math.sqrt(q * width * fall)),
      cdf: (x) => (x <= min ? 0 : x >= max ? 1 : x < mode ? below(x) : 1 - beyond(x)),
      survival: (x) => (x <= min ? 1 : x >= max ? 0 : x < mode ? 1 - below(x) : beyond(x)),
      logDensity: (x) =>
        x < min || x > max ? -Infinity : log(2 / width) + (x < mode ? log((x - min) / rise) : x > mode ? log((max - x) / fall) : 0),
    }
  },
})
