// A page shows results, tables and charts as elements.
import { element } from 'billcast'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { simulate } from '../simulate.ts'

const plan = {
  months: 2,
  conversations: { base: '45k to 60k' },
  resolution: { rate: '60% to 70%' },
  offers: { fin: { charges: [{ meter: 'resolutions', price: '$0.99' }] } },
}

beforeEach(() => {
  Object.assign(globalThis, { document: { createElement: (name: string) => ({ name, innerHTML: '' }) } })
})
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'document')
})

it('holds the table of a result, the rows of a table, and the drawing of a chart', async () => {
  const result = await simulate(plan, { trials: 1_024 })
  const table = { innerHTML: expect.stringContaining('1,024 rows and 2 columns') }
  const chart = result.chart('fan', 'fin')
  const drawing = { innerHTML: await chart.toSVG() }
  expect(await element(result)).toEqual({ name: 'div', innerHTML: result.toHTML() })
  expect(result.element()).toEqual(await element(result))
  expect(await element(result.trials() as never)).toMatchObject(table)
  expect((result.trials() as unknown as { element(): object }).element()).toMatchObject(table)
  expect(await element(chart)).toMatchObject(drawing)
  expect(await chart.element()).toMatchObject(drawing)
})

it('says what it expects of other values', async () => {
  await expect(element({} as never)).rejects.toThrow('element: expected a result, a table or a chart, got {}')
})

it('says what to call outside of a page', async () => {
  Reflect.deleteProperty(globalThis, 'document')
  await expect(element({ toHTML: () => '' })).rejects.toThrow('element: expected a page. Elsewhere call toHTML() or toSVG()')
})
