// Tests long tables, of which a screen first shows some rows.
import { expect, it } from 'vitest'
import { foldedTable } from '../../../src/present/report/html.ts'
import { STYLE } from '../../../src/present/report/style.ts'

it('a folded table has all rows, and hides those after the first ones on screens only', () => {
  const rows = Array.from({ length: 5 }, (_, k) => [`input ${k}`, 'value'])
  const html = foldedTable({ caption: '', head: ['input', 'value'], rows }, 3, 'Show 2 more inputs')
  expect(html.match(/<tr class="more">/g)).toHaveLength(2)
  expect(html).toContain('input 4')
  expect(html).toContain('<label><input type="checkbox"> Show 2 more inputs</label>')
  expect(STYLE).toContain('@media screen{.folded:not(:has(:checked)) .more{display:none}}')
})
