// Tests the charts that `billcast run --chart` draws into files.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { askedChart } from '../../src/cli/chart.ts'
import { here } from '../end-to-end/command.ts'

const folder = mkdtempSync(join(tmpdir(), 'billcast-chart-'))
const at = (name: string) => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('a file alone gets the bars, and a chart has its names behind colons', () => {
  expect(askedChart('bars.png')).toEqual({ kind: 'bars', names: [], file: 'bars.png' })
  expect(askedChart('break-even:resolution.rate=at/strip.SVG')).toEqual({
    ...{ kind: 'break-even', names: ['resolution.rate'], file: 'at/strip.SVG' },
  })
  expect(() => askedChart('bars.pdf')).toThrow('--chart: expected a file such as bars.svg or bars.png, got "bars.pdf"')
})

it('billcast run draws SVG and PNG, and replaces a file only with --force', async () => {
  const plan =
    'conversations: { base: 45k to 60k }\nresolution: { rate: 60% to 70% }\noffers: { fin: { catalog: fin }, flat: { charges: [{ fee: $30k/month }] } }\n'
  writeFileSync(at('plan.yaml'), plan)
  const args = ['run', at('plan.yaml'), '--trials', '1024', '--chart', at('bars.png'), '--chart', `fan:flat=${at('fan.svg')}`]
  expect((await here(args)).status).toBe(0)
  expect([...readFileSync(at('bars.png')).subarray(1, 4)]).toEqual([80, 78, 71])
  const svg = readFileSync(at('fan.svg'), 'utf8')
  expect(svg).toContain('flat costs about the same in each month')
  // The measure, the unit and the period stand below the title, and the source below the chart.
  expect(svg.replace(/<\/text><text[^>]*>/g, ' ')).toMatch(/Vendor bill of flat by month.*, January to December 2027/)
  expect(svg).toContain('Source: billcast, scenario; 1,024 simulated years')
  expect(svg).toContain('@media (prefers-color-scheme:dark)')
  const again = await here(args)
  expect(again.status).toBe(2)
  expect(again.stderr).toContain('Use --force to replace it')
  expect((await here([...args, '--force'])).status).toBe(0)
})

it('a command that answers a question draws its charts, and refuses those of another one before it starts', async () => {
  const plan =
    'months: 2\nconversations: { base: 450 to 600 }\nresolution: { rate: 60% to 70% }\noffers: { fin: { catalog: fin } }\n'
  writeFileSync(at('small.yaml'), plan)
  const few = ['--trials', '1024', '--offer', 'fin']
  const drawn = ['--chart', at('swing.svg'), '--chart', `information=${at('worth.svg')}`]
  expect((await here(['explain', at('small.yaml'), ...few, ...drawn])).status).toBe(0)
  expect(readFileSync(at('swing.svg'), 'utf8')).toContain('moves the cost of fin most')
  expect(readFileSync(at('worth.svg'), 'utf8')).toContain('before you sign')
  const wrong = await here(['explain', at('missing.yaml'), '--chart', `bars=${at('bars.svg')}`])
  expect(wrong.status).toBe(2)
  expect(wrong.stderr).toContain('--chart: expected a chart of tornado, information, got "bars"')
})
