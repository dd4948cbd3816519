// How a result shows itself where it is looked at.
import { inspect } from 'node:util'
import { afterEach, expect, it } from 'vitest'
import { notebookProgress } from '../../src/api/notebook.ts'
import { simulate } from '../simulate.ts'

const plan = {
  name: 'a | b <i>',
  months: 2,
  conversations: { base: '900 to 1100' },
  offers: { one: { charges: [{ meter: 'conversations', price: 1 }] }, two: { charges: [{ meter: 'conversations', price: 2 }] } },
}

it('a result is a table in HTML, Markdown and text, with the figures of its summary', async () => {
  const result = await simulate(plan, { trials: 2_048 })
  const bundle = result._toMime()
  const shown = (result as unknown as Record<symbol, () => unknown>)[Symbol.for('Jupyter.display')]
  expect(shown.call(result)).toEqual(bundle)
  expect(Object.keys(bundle)).toEqual(['text/html', 'text/markdown', 'text/plain'])
  const p80 = Math.round(result.summary.offers.two.bill.percentiles.p80?.value ?? 0).toLocaleString('en-US')
  for (const text of Object.values(bundle)) expect(text).toContain(`$${p80}`)
  expect(bundle['text/html'].match(/<svg /g)).toHaveLength(2)
  expect(bundle['text/html']).not.toMatch(/NaN|undefined/)
  expect(inspect(result)).toBe(bundle['text/plain'])
})

const scope = globalThis as { Deno?: unknown }
afterEach(() => {
  delete scope.Deno
})

it("the progress bar updates in place in Deno's kernel and does nothing elsewhere", async () => {
  expect(notebookProgress()(1, 2)).toBeUndefined()
  const calls: [Record<string, string>, { update?: boolean; display_id: string }][] = []
  const display = (...call: (typeof calls)[number]) => {
    calls.push(call)
    return Promise.resolve()
  }
  scope.Deno = { jupyter: { display } }
  const [first, second] = [notebookProgress(), notebookProgress()]
  first(1, 4)
  first(4, 4)
  second(0, 4)
  expect(calls.map(([bundle, { update }]) => [bundle['text/plain'].split(' ')[1], update])).toEqual([
    ['25%', false],
    ['100%', true],
    ['0%', false],
  ])
  const ids = calls.map(([, options]) => options.display_id)
  expect(ids[0]).toBe(ids[1])
  expect(ids[2]).not.toBe(ids[0])
  // A kernel that shows nothing does not stop a run.
  scope.Deno = { jupyter: { display: () => Promise.reject(new Error('gone')) } }
  expect(() => notebookProgress()(1, 2)).not.toThrow()
})
