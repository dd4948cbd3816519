// Draws sums of the months ahead from an ensemble, stratified by member so that few draws suffice.
import { gammaInverse } from '../../.cache/modules/numerics/distributions/special/gamma.js'
import { normals, uniforms } from './uniforms.mjs'

const QUANTILES = 512
const tables = new Map()

/** Factors √(freedom/χ²) at evenly spaced probabilities, χ² not below its 0.1% quantile. */
function scales(freedom) {
  const known = tables.get(freedom)
  if (known) return known
  const inverse = gammaInverse(freedom / 2)
  const table = Float64Array.from({ length: QUANTILES }, (_, k) => {
    const p = Math.max(0.001, (k + 0.5) / QUANTILES)
    return Math.sqrt(freedom / (2 * inverse(p, 1 - p)))
  })
  tables.set(freedom, table)
  return table
}

/** Sorted sums of the months ahead. */
export function sumsOf(ensemble, draws, seed) {
  const { members, months, spikes = [], spikeChance = 0 } = ensemble
  const next = uniforms(seed)
  const normal = normals(next)
  const sums = new Float64Array(draws)
  let [member, upTo] = [0, members[0].weight]
  const e = new Float64Array(months)
  for (let i = 0; i < draws; i++) {
    while ((i + 0.5) / draws > upTo && member < members.length - 1) upTo += members[++member].weight
    const { mean, factor, freedom } = members[member]
    const table = scales(freedom)
    const scale = table[Math.floor(next() * QUANTILES)]
    let sum = 0
    for (let f = 0; f < months; f++) {
      e[f] = normal()
      let value = 0
      for (let g = 0; g <= f; g++) value += factor[f * months + g] * e[g]
      const spike = spikeChance > 0 && next() < spikeChance ? spikes[Math.floor(next() * spikes.length)].ratio : 1
      sum += spike * Math.exp(mean[f] + scale * value)
    }
    sums[i] = sum
  }
  return sums.sort()
}
