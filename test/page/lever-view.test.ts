// What one slider of a report consists of. test/browser/report.test.ts moves them.
import { expect, it } from 'vitest'
import type { VNode } from 'preact'
import type { Lever } from '../../src/present/report/levers.ts'
import type { Live } from '../../src/page/report/view.ts'
import { LeverView } from '../../src/page/report/lever-view.ts'

const partsOf = (lever: object) => {
  const view = LeverView({ lever: lever as Lever, place: 0, at: 1, live: {} as Live }) as VNode<{ children: unknown[] }>
  return view.props.children.filter((part) => part !== false).length
}

it('a slider has a field to type its number, unless an earlier version wrote the folder, which states no numbers', () => {
  const earlier = {
    path: 'conversations.base',
    label: 'Volume',
    keys: ['conversations', 'base'],
    steps: ['1k', '2k', '3k'].map((text) => ({ text, written: text })),
  }
  const steps = earlier.steps.map((step, k) => ({ ...step, value: 1_000 * (k + 1) }))
  expect([partsOf(earlier), partsOf({ ...earlier, steps, unit: '', start: 1 })]).toEqual([3, 4])
})
