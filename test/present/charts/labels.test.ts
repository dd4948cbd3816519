// Labels beside their marks: how wide they are, and how they move apart.
import { expect, it } from 'vitest'
import { apart, offerEnds, stackEnds } from '../../../src/present/charts/labels.ts'
import { fittingText, linesOf, textWidth } from '../../../src/present/charts/letters.ts'
import { GRAY } from '../../../src/present/charts/theme.ts'

const axis = { low: 0, high: 100, pixels: 100 }
const places = (...at: number[]) =>
  apart(
    at.map((one) => ({ at: one })),
    axis,
    10,
  ).map((label) => label.at)

it('labels that are apart stay where they are, and others share the room around their middle', () => {
  expect(places(20, 50, 80)).toEqual([20, 50, 80])
  expect(places(50, 52)).toEqual([46, 56])
  // A label that meets a group joins it.
  expect(places(50, 51, 57)).toEqual([42.666666666666664, 52.666666666666664, 62.666666666666664])
})

it('labels stay on the axis, even if all lie at its end', () => {
  expect(places(0, 0, 0)).toEqual([0, 10, 20])
  expect(places(100, 100)).toEqual([90, 100])
})

it('a letter of a wide script takes its square, and a text is cut off where its room ends', () => {
  expect(textWidth('東京', 10)).toBeGreaterThan(2 * textWidth('ab', 10) * 0.8)
  expect(fittingText('a long name of an offer', 60, 12)).toMatch(/^a lo.*…$/)
  expect(textWidth(fittingText('a long name of an offer', 60, 12), 12)).toBeLessThanOrEqual(60)
  expect(linesOf('東京サポートセンターの長い契約', 60, 12).length).toBeGreaterThan(2)
  expect(linesOf('one two three', 1_000, 12)).toEqual(['one two three'])
})

it('with more offers than colors, the chosen one has a name and the others have one together', () => {
  const ends = Array.from({ length: 9 }, (_, k) => [`o${k}`, k] as const)
  expect(offerEnds(ends, 'o2').map(({ label, color }) => [label, color === GRAY])).toEqual([
    ['o2', false],
    ['8 others', true],
  ])
  expect(offerEnds(ends.slice(0, 8), 'o2')).toHaveLength(8)
})

it('the parts of a stack have their names in their middle', () => {
  const part = (label: string, amount: number) => ({ label, color: 'red', amount })
  expect(stackEnds([part('a', 10), part('b', 20)]).map(({ at }) => at)).toEqual([5, 20])
})
