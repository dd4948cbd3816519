import { type Distribution, distribution, finite, totalWeight } from './distribution.ts'
import { log } from '../kernel/math.ts'
import { firstIndex } from './special/search.ts'

/** Values with weights, which need not sum to 1. Equal values are joined. */
export function discrete(values: readonly number[], weights: readonly number[], name = 'discrete'): Distribution {
  const total = totalWeight('values', values.length, weights)
  values.forEach((value, k) => {
    finite(`values[${k}]`, value)
  })
  const order = [...values.keys()].filter((k) => weights[k] > 0).sort((a, b) => values[a] - values[b])
  const sorted: number[] = []
  const masses: number[] = []
  const cumulative: number[] = []
  let running = 0
  for (const k of order) {
    running += weights[k]
    if (sorted[sorted.length - 1] === values[k]) {
      masses[masses.length - 1] += weights[k] / total
      cumulative[cumulative.length - 1] = running / total
    } else {
      sorted.push(values[k])
      masses.push(weights[k] / total)
      cumulative.push(running / total)
    }
  }
  cumulative[cumulative.length - 1] = 1
  const beyond = new Array<number>(sorted.length).fill(0) // summed from the far end, to keep its digits there
  running = 0
  for (let i = order.length - 1, k = sorted.length - 1; i > 0; i--) {
    running += weights[order[i]]
    if (values[order[i - 1]] !== sorted[k]) beyond[--k] = running / total
  }
  const mean = order.reduce((sum, k) => sum + (weights[k] / total) * values[k], 0)
  const variance = order.reduce((sum, k) => sum + (weights[k] / total) * (values[k] - mean) * (values[k] - mean), 0)
  const upTo = (x: number) => firstIndex(sorted.length, (k) => !(sorted[k] <= x))
  return {
    name,
    mean,
    sd: Math.sqrt(variance),
    support: [sorted[0], sorted[sorted.length - 1]],
    kinks: cumulative.slice(0, -1),
    jumps: cumulative.slice(0, -1),
    atoms: { values: Float64Array.from(sorted), cumulative: Float64Array.from(cumulative) },
    quantile: (p) => sorted[firstIndex(sorted.length - 1, (k) => p <= cumulative[k])],
    cdf: (x) => cumulative[upTo(x) - 1] ?? 0,
    survival: (x) => beyond[upTo(x) - 1] ?? 1,
    logDensity: (x) => {
      const k = upTo(x) - 1
      return sorted[k] === x ? log(masses[k]) : -Infinity
    },
  }
}

export const discreteDistribution = distribution({
  name: 'discrete',
  order: 160,
  parameters: { values: 'values', weights: 'weights' },
  written: 'pairs',
  about: 'one of several values; weights need not sum to 1',
  make: ({ values, weights }) => discrete(values, weights),
})

export const empiricalDistribution = distribution({
  name: 'empirical',
  order: 180,
  parameters: { values: 'values' },
  written: 'column',
  about: 'every row of a column is equally likely',
  make: ({ values }) => discrete(values, new Array<number>(values.length).fill(1), 'empirical'),
})
