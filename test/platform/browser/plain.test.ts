// Tests which plans a page can send to its helper.
import { expect, it } from 'vitest'
import { distribution } from '../../../src/api/index.ts'
import { isPlain } from '../../../src/platform/browser/helpers/plain.ts'

it('plans of texts, numbers, lists and objects are copied', () => {
  expect(isPlain({ a: [1, 'b', null, undefined, { c: true }], ...{ d: Object.create(null) } })).toBe(true)
})

it.each([
  ['a function', { bill: () => 0 }],
  ['a symbol', [Symbol('a')]],
  ['a distribution', { base: distribution('1 to 3') }],
  ['a date', { start: new Date(0) }],
  [
    'a getter',
    {
      get base() {
        return 1
      },
    },
  ],
])('%s is not: a copy would be something else', (_, value) => {
  expect(isPlain(value)).toBe(false)
})

it('a plan that contains itself is not copied, so that it is refused as in Node', () => {
  const plan: Record<string, unknown> = {}
  plan.offers = { own: plan }
  expect(isPlain(plan)).toBe(false)
})
