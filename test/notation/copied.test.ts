// Copies of data.
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { copied } from '../../src/notation/copied.ts'

it('a copy has the same data and shares none of it', () => {
  const data = { list: [1, { a: 'b' }], none: null, numbers: new Float64Array([1, 2]), bare: Object.create(null) }
  const copy = copied(data)
  expect(copy).toEqual(data)
  expect(Object.getPrototypeOf(copy.bare)).toBe(null)
  for (const [own, other] of [
    [copy, data],
    [copy.list, data.list],
    [copy.list[1], data.list[1]],
    [copy.numbers, data.numbers],
  ])
    expect(own).not.toBe(other)
})

it('functions and objects of other classes stay the same', () => {
  const [signal, call] = [new AbortController().signal, () => 1]
  expect(copied({ signal, call })).toEqual({ signal, call })
  expect(copied({ signal }).signal).toBe(signal)
})

it('data that holds itself is copied once', () => {
  const round: Record<string, unknown> = { inner: {} }
  round.self = round
  round.again = round.inner
  const copy = copied(round)
  expect(copy.self).toBe(copy)
  expect(copy.again).toBe(copy.inner)
})

it('a key __proto__ stays a key, so that a plan with it is refused', () => {
  const copy = copied(JSON.parse('{ "__proto__": { "x": 1 } }') as object)
  expect(Object.keys(copy)).toEqual(['__proto__'])
  expect((copy as { x?: number }).x).toBeUndefined()
})

it('an object of a notebook, whose Object is another one, is copied', () => {
  const other = runInNewContext('({ a: { b: 1 } })') as { a: { b: number } }
  const copy = copied(other)
  other.a.b = 2
  expect(copy.a.b).toBe(1)
})
