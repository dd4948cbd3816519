import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { parse, View } from 'vega'
import { compile } from 'vega-lite'
import { moneyAxis, shortMoney } from '../../src/present/charts/theme.ts'
import { entriesOf } from './zip.ts'
import { here } from '../end-to-end/command.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-money-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** The formats of cells that budget.xlsx defines, and its report. */
async function written(currency: string, price: number) {
  const plan = { currency, conversations: { base: '45k to 55k' }, offers: { a: { charges: [{ meter: 'conversations', price }] } } }
  writeFileSync(join(root, 'plan.json'), JSON.stringify(plan))
  const out = join(root, currency)
  const run = await here([
    'run',
    join(root, 'plan.json'),
    '--out',
    out,
    '--trials',
    '1k',
    '--format',
    'xlsx',
    '--no-report',
    '--quiet',
  ])
  expect(run).toMatchObject({ status: 0, stderr: '' })
  const styles = entriesOf(readFileSync(join(out, 'budget.xlsx')))['xl/styles.xml']
  return [...styles.matchAll(/formatCode="(#,##0\.?0*)"/g)].map(([, format]) => format)
}

it('a workbook formats amounts with the decimals of their currency', async () => {
  expect(await written('JPY', 148.5)).not.toContain('#,##0.00')
  expect(await written('KWD', 0.3)).toContain('#,##0.000')
})

it('a chart shows yen without decimals', () => {
  expect([12.4, 999, 12_345].map((amount) => shortMoney(amount, 'JPY'))).toEqual(['¥12', '¥999', '¥12.3k'])
  expect(shortMoney(12.4, 'USD')).toBe('$12.4')
})

const amounts = {
  data: { values: [{ x: 0 }, { x: 1 }] },
  mark: 'point',
  encoding: { x: { field: 'x', type: 'quantitative', axis: moneyAxis('USD', 'cost') } },
} as never

it('an axis shows half a dollar as $0.5, not as $500m', async () => {
  const view = new View(parse(compile({ width: 300, height: 200, ...(amounts as object) } as never).spec as never), {
    renderer: 'none',
  })
  const svg = await view.toSVG()
  expect(svg).toContain('>$0.5<')
  expect(svg).not.toMatch(/>\$\d+m</)
})
