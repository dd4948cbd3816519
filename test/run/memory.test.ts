// Memory that one run lets go of serves the next: the figures are those of a memory of its own.
import { expect, it } from 'vitest'
import { Arena } from '../../src/numerics/kernel/arena.ts'
import { simulate } from '../simulate.ts'
import { thorough } from '../effort.ts'

const plan = (months: number, offers: number) => ({
  months,
  conversations: { base: '900 to 1100', noise: { cv: 0.1 } },
  resolution: { rate: '60% to 70%' },
  offers: Object.fromEntries(
    Array.from({ length: offers }, (_, k) => [`o${k}`, { charges: [{ meter: 'resolutions', price: 1 + k / 10 }] }]),
  ),
})

it.runIf(thorough)('after runs that were larger and smaller, a run gives the same bits', async () => {
  const figures = async (months: number, offers: number) =>
    JSON.stringify((await simulate(plan(months, offers), { trials: 2_048 })).summary)
  const first = await figures(3, 2)
  await figures(12, 6)
  await figures(1, 1)
  expect(await figures(3, 2)).toBe(first)
})

it('the arena hands out zeros, whatever was there before', () => {
  const one = new Arena()
  const at = one.column(4_096)
  one.view(at, 4_096).fill(7)
  one.release()
  const two = new Arena()
  expect(two.kernel).toBe(one.kernel)
  expect(two.view(two.column(4_096), 4_096).every((value) => value === 0)).toBe(true)
  // Beyond what was used it is as new.
  expect(two.view(two.column(8_192), 8_192).every((value) => value === 0)).toBe(true)
})
