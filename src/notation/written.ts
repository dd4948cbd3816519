// Writes a distribution in the notation that the reader of plans reads back as the same distribution, to the last digit.
import type { DistributionSpec, Uncertain } from '../numerics/distributions/index.ts'
import { distributions } from '../numerics/distributions/index.ts'

/** Digits in full, without thousands separators. */
const number = (value: unknown): string => String(Number(value))

const numbersIn = (list: unknown): readonly unknown[] => (Array.isArray(list) ? list : [])

/** A call such as `normal(50, 10)`, or percentiles such as `{ p10: 40, p50: 50, p90: 65 }`. */
export function writtenUncertain(value: Uncertain): string {
  if (typeof value === 'number') return number(value)
  const { distribution: name, values, weights, components, probabilities } = value
  const pairs = (list: readonly string[]) =>
    `${name}(${list.map((one, k) => `${one}: ${number(numbersIn(weights)[k])}`).join(', ')})`
  if (name === 'metalog') return percentiles(numbersIn(probabilities), numbersIn(values))
  if (name === 'discrete') return pairs(numbersIn(values).map(number))
  if (name === 'mixture') return pairs((numbersIn(components) as readonly Uncertain[]).map(writtenUncertain))
  return call(name, value)
}

const percentiles = (probabilities: readonly unknown[], values: readonly unknown[]): string =>
  `{ ${probabilities.map((p, k) => `p${Number((100 * Number(p)).toPrecision(6))}: ${number(values[k])}`).join(', ')} }`

function call(name: string, spec: DistributionSpec): string {
  const parameters = Object.keys(distributions.get(name)?.parameters ?? {})
  return `${name}(${parameters.map((parameter) => number(spec[parameter])).join(', ')})`
}
