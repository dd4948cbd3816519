import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Arena } from '../../src/numerics/kernel/arena.ts'
import { planTrials } from '../../src/numerics/random/plan.ts'
import { createSource } from '../../src/numerics/random/source.ts'

const HOW_TO_CHANGE = `The draws of random numbers have changed, so every result changes that anyone ever noted down.
If that is not what you meant, find the change and take it back. If it is: raise STREAMS in src/summary/summarize.ts by one, say so in
CHANGELOG.md, release it as a minor version (never a patch), and write the new hash here.`

const dimensions = [
  { name: 'conversations.noise[0]', coordinate: 0 },
  { name: 'resolution.rate', coordinate: 1 },
  { name: 'offers.ada.charges[0].price', coordinate: 1023 },
  { name: 'offers.ada.charges[1].price', coordinate: 1024 },
]
const arena = new Arena()
const out = arena.column()

function hashOf(method: 'sobol' | 'latin' | 'random'): string {
  const source = createSource(arena, planTrials(1_000_000, method), 'billcast', dimensions)
  const hash = createHash('sha256')
  for (const [replicate, block] of [
    [0, 0],
    [3, 7],
  ]) {
    dimensions.forEach((_, dimension) => {
      source.fill(dimension, replicate, block, out, 1024)
      hash.update(arena.view(out))
    })
  }
  return hash.digest('hex')
}

describe('the draws of seed "billcast"', () => {
  it.each([
    ['sobol', '640d47fa5b1502b28849eb303d84ddc398bf5f658b4aea9c699e85c90ee781f7'],
    ['latin', '18962a71eb7b633e474ab558a4fe027d76d44e973a74979b58af8f1b7e7b448f'],
    ['random', 'f60cc0e06def74b70bbac5a99018378a3e3f3790ffe223dd1b298659ac8077b2'],
  ] as const)('never change with %s', (method, expected) => {
    expect(hashOf(method), HOW_TO_CHANGE).toBe(expected)
  })
})
