// A table shows its first rows wherever it is printed.
import { inspect } from 'node:util'
import { tableFromArrays } from 'apache-arrow'
import { expect, it } from 'vitest'
import { shownTable } from '../../../src/present/tables/shown.ts'

const table = shownTable(
  tableFromArrays({
    offer: Array.from({ length: 12 }, (_, k) => `<${k}>`),
    mean: Float64Array.from({ length: 12 }, (_, k) => k / 3),
  }),
)

it('a console prints rows and not the buffers of Arrow', () => {
  const lines = inspect(table).split('\n')
  expect(lines.slice(0, 3)).toEqual(['offer       mean', '<0>            0', '<1>    0.3333333'])
  expect(lines).toHaveLength(12)
  expect(lines[11]).toBe('12 rows and 2 columns, of which the first 10 rows are shown')
})

it('kernels get HTML with escaped text, and the table has no key more', () => {
  const display = Reflect.get(table, Symbol.for('Jupyter.display')) as () => Record<string, string>
  expect(display()['text/html']).toContain('<td>&lt;1&gt;</td><td>0.3333333</td>')
  expect(Object.keys(table)).not.toContain('toHTML')
  expect(Deno(table)).toBe(inspect(table))
})

const Deno = (value: object): unknown => (Reflect.get(value, Symbol.for('Deno.customInspect')) as () => unknown)()

it('a console gets the columns that fit into its width, without standard errors', () => {
  const names = Array.from({ length: 9 }, (_, k) => `quantity${k}`)
  const wide = shownTable(
    tableFromArrays(Object.fromEntries(['mean', 'mean_se', ...names].map((name) => [name, Float64Array.of(1.234567, 2)]))),
  )
  const lines = inspect(wide).split('\n')
  expect(lines[0]).toBe('mean      quantity0  quantity1  quantity2  quantity3  quantity4  quantity5')
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
  expect(lines[3]).toBe('2 rows and 11 columns, of which 7 columns are shown')
  const display = Reflect.get(wide, Symbol.for('Jupyter.display')) as () => Record<string, string>
  expect(display()['text/html']).toContain('<th>quantity8</th>')
})
