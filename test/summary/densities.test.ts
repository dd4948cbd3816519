// Histograms of offers, whose ends are selected and not sorted.
import { expect, it } from 'vitest'
import { densitiesOf } from '../../src/summary/densities.ts'

/** The classes and medians as a sort would give them. */
function sortedEnds(costs: ReadonlyMap<string, Float64Array>) {
  const ends = [...costs.values()].map((values) => {
    const sorted = values.slice().sort()
    return [0.002, 0.998, 0.5].map((p) => sorted[Math.floor(p * (sorted.length - 1))])
  })
  const [least, high] = [Math.min(...ends.map(([low]) => low)), Math.max(...ends.map(([, end]) => end))]
  const width = high > least ? (high - least) / 59 : 1
  return { low: least - width, width, medians: ends.map(([, , median]) => median) }
}

let seed = 1
const random = () => {
  seed = (seed * 16_807) % 2_147_483_647
  return seed / 2_147_483_647
}

it.each([
  ['many values', 5_000, random],
  ['steps', 3_000, () => Math.floor(4 * random())],
  ['a constant', 1_000, () => 7],
  ['two values', 2, random],
  ['one value', 1, random],
  ['values of both signs with a long tail', 4_096, () => 1 / (random() - 0.5)],
])('the ends of %s are the order statistics', (_, size, next) => {
  const costs = new Map(['a', 'b'].map((name) => [name, Float64Array.from({ length: size }, next)]))
  const { low, width, offers } = densitiesOf(costs)
  expect({ low, width, medians: offers.map(({ median }) => median) }).toEqual(sortedEnds(costs))
})
