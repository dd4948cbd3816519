// Control characters, marks that hide or turn text, and formulas in every text of a plan and in names of files: refused, or shown.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import readXlsxFile from 'read-excel-file/node'
import { afterAll, describe, expect, it } from 'vitest'
import { Chart } from '../../src/present/charts/chart.ts'
import { here } from '../end-to-end/command.ts'
import { HIDDEN_IN_LINES } from '../hidden.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-text-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const MARKS = [
  '\x00',
  '\x07',
  '\x1b[2J',
  '\n',
  '\r',
  '\t',
  '\x7f',
  '\x9b2J',
  '\u2028',
  '\u2029',
  '\u200b',
  '\u200e',
  '\u202e',
  '\u2066',
  '\ufeff',
  '\ud800',
]
const few = ['--trials', '64', '--no-preintegration', '--threads', '1']

const planOf = (texts: { name?: string; title?: string; source?: string; seed?: string }) => ({
  name: texts.name ?? 'plan',
  conversations: { base: { value: 1000, source: texts.source ?? 'survey' } },
  run: { seed: texts.seed ?? 'seed' },
  offers: { a: { title: texts.title ?? 'A', charges: [{ meter: 'conversations', price: 1 }] } },
})
function written(file: string, plan: object): string {
  writeFileSync(join(root, file), JSON.stringify(plan))
  return join(root, file)
}

describe.each(['name', 'title', 'source', 'seed'])('the %s of a plan', (field) => {
  it('has no control characters and no hidden marks', async () => {
    for (const mark of MARKS) {
      const { status, stdout, stderr } = await here(['check', written('marked.json', planOf({ [field]: `a${mark}b` }))])
      expect([status, stdout]).toEqual([2, ''])
      expect(stderr).toMatch(new RegExp(`${field}: expected .*, got "a\\\\[xu].*b" \\(line 1, column \\d+\\)\\n$`))
      expect(stderr).not.toMatch(HIDDEN_IN_LINES)
      expect(stderr.trimEnd()).not.toContain('\n')
    }
  })
})

it('--seed has none either', async () => {
  const file = written('plain.json', planOf({}))
  for (const mark of MARKS.filter((one) => one !== '\x00')) {
    const { status, stderr } = await here(['run', file, '--seed', `a${mark}b`, ...few])
    expect(status).toBe(2)
    expect(stderr).toMatch(/^--seed: expected a text of up to 200 visible characters, got "a\\[xu].*b"\n$/)
    expect(stderr).not.toMatch(HIDDEN_IN_LINES)
  }
})

it('a text that a sheet or a page would run is text in every file of a run', async () => {
  const text = '=1+1;=cmd|"<b>\'_x001B_'
  const out = join(root, 'run')
  const file = written('formula.json', planOf({ name: text, title: text, source: text, seed: text }))
  const { status, stdout, stderr } = await here(['run', file, '--out', out, '--format', 'csv,xlsx', ...few])
  expect(status).toBe(0)
  expect((await here(['report', out, '--format', 'md'])).status).toBe(0)
  for (const name of readdirSync(out).filter((one) => !/\.(xlsx|html)$/.test(one)))
    expect(readFileSync(join(out, name), 'utf8')).not.toMatch(HIDDEN_IN_LINES)
  expect(stdout + stderr).not.toMatch(HIDDEN_IN_LINES)
  const page = readFileSync(join(out, 'report.html'), 'utf8')
  expect(page.slice(0, page.indexOf('<script'))).not.toContain('"<b>')
  expect(page.slice(page.indexOf('id="page-data"'))).not.toContain('"<b>')
  const cells = (await readXlsxFile(join(out, 'budget.xlsx'))).flatMap(({ data }) => data.flat())
  // An apostrophe would show in a cell whose type is text. A program that knows the escape of Excel reads the underscore back.
  expect(cells.filter((cell) => cell === text || cell === text.replace('_x', '_x005F_x')).length).toBeGreaterThanOrEqual(4)
})

it.runIf(process.platform === 'linux')('names of files are shown in logs, indexes and errors', async () => {
  const folder = join(root, 'plans')
  mkdirSync(folder)
  const name = 'a\x1b[2J\n\u202e\u2028\x9b;=1+1'
  for (const ending of ['yaml', 'yml'])
    writeFileSync(
      join(folder, `${name}${ending === 'yml' ? '2' : ''}.${ending}`),
      ending === 'yml' ? 'offers: 1' : JSON.stringify(planOf({})),
    )
  for (const log of ['text', 'json']) {
    const out = join(root, `batch-${log}`)
    const { status, stdout, stderr } = await here(['batch', join(folder, '*'), '--out', out, '--log', log, ...few])
    expect(status).toBe(1)
    expect(stdout + stderr).not.toMatch(HIDDEN_IN_LINES)
    for (const line of stderr.trimEnd().split('\n')) {
      if (log === 'json') expect(JSON.parse(line)).toHaveProperty('event')
      else expect(line).toMatch(/^(note: )?a\\x1b/)
    }
    for (const index of ['index.json', 'index.csv', 'index.html'])
      expect(readFileSync(join(out, index), 'utf8').replaceAll('\r\n', '\n')).not.toMatch(HIDDEN_IN_LINES)
    expect(readFileSync(join(out, 'index.csv'), 'utf8')).toMatch(/^"a\\x1b\[2J\\x0a\\u202e\\u2028\\x9b;=1\+1",done,/m)
  }
  const { status, stderr } = await here(['check', join(folder, `${name}3`)])
  expect([status, stderr.trimEnd().split('\n').length]).toEqual([2, 1])
  expect(stderr).not.toMatch(HIDDEN_IN_LINES)
})

it('a drawing shows a mark in its title', async () => {
  const mark = { data: { values: [{ x: 1 }] }, mark: 'point', encoding: { x: { field: 'x', type: 'quantitative' } } }
  const svg = await new Chart(`a\x1b\u202e<b>`, 'a point', mark).toSVG()
  expect(svg).not.toMatch(HIDDEN_IN_LINES)
  expect(svg).toContain('a\\x1b\\u202e&lt;b&gt;')
})
