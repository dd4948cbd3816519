import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import readXlsxFile from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Summary } from '../../../src/summary/summary.ts'
import { here } from '../../end-to-end/command.ts'
import { evaluated, type Formula, formulasOf, placeOf, type Rows } from './formulas.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-workbook-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

interface Written {
  readonly summary: Summary
  readonly formulas: readonly Formula[]
  rows(sheet: string): Rows
}

/** A run's workbook as a reader without a formula engine sees it. */
async function written(name: string, plan: unknown): Promise<Written> {
  const [file, out] = [join(root, `${name}.json`), join(root, name)]
  writeFileSync(file, JSON.stringify(plan))
  const given = ['run', file, '--out', out, '--trials', '1k', '--format', 'xlsx', '--no-report', '--quiet']
  expect(await here(given)).toMatchObject({ status: 0, stderr: '' })
  const sheets = await readXlsxFile(join(out, 'budget.xlsx'))
  return {
    summary: JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as Summary,
    formulas: formulasOf(readFileSync(join(out, 'budget.xlsx'))),
    rows: (sheet) => sheets.find((own) => own.sheet === sheet)?.data ?? [],
  }
}

const price = 'uniform($0.80, $1.20)'
const plan = {
  conversations: { base: '45k to 60k' },
  resolution: { rate: '60% to 70%' },
  human: { cost: '$6' },
  offers: {
    usage: { charges: [{ meter: 'resolutions', price }] },
    committed: { charges: [{ fee: '$2k/month' }, { meter: 'resolutions', price: '$0.90' }] },
  },
}
const segmented = {
  segments: { chat: { conversations: { base: '30k to 40k' } }, voice: { conversations: { base: '5k to 15k' } } },
  offers: {
    both: { charges: [{ meter: 'conversations', price: 1 }] },
    chat: { of: 'chat', charges: [{ meter: 'conversations', price: 1 }] },
  },
}
// Columns beyond Z have two letters.
const many = {
  conversations: { base: '45k to 60k' },
  offers: Object.fromEntries(
    Array.from({ length: 28 }, (_, k) => [`offer${k}`, { charges: [{ meter: 'conversations', price: 1 + k / 100 }] }]),
  ),
}

describe.each([
  ['two offers with the cost of people', plan],
  ['28 offers', many],
  ['two segments', segmented],
])('the workbook of %s', (name, given) => {
  let workbook: Written
  beforeAll(async () => {
    workbook = await written(name.replaceAll(' ', '-'), given)
  })

  it('stores beside every formula the value that the formula has', () => {
    const { formulas, rows } = workbook
    expect([...new Set(formulas.map(({ sheet }) => sheet))]).toEqual(['Monthly budget', 'P(cheapest)', 'Cost layers'])
    for (const { sheet, at, formula, stored } of formulas) {
      const value = evaluated(
        formula,
        rows(sheet),
        (other) => formulas.find((one) => one.sheet === sheet && one.at === other)?.stored,
      )
      expect(stored, `${sheet} ${at}: ${formula}`).toBe(value)
    }
  })
  it('shows those values to a reader without a formula engine', () => {
    const { formulas, rows } = workbook
    for (const { sheet, at, stored } of formulas) {
      const [row, column] = placeOf(at)
      expect(rows(sheet)[row][column], `${sheet} ${at}`).toBe(stored)
    }
  })
  it('has the figures of the summary in its totals', () => {
    const { rows, summary } = workbook
    const { offers, comparison } = summary
    const row = (sheet: string, label: string) => (rows(sheet).find(([first]) => first === label) ?? []).slice(1).map(Number)
    const all = Object.values(offers)
    const budgets = all.map((own) => Math.round(100 * (own[comparison.measure].percentiles.p80?.value ?? Number.NaN)))
    expect(row('Monthly budget', 'total').map((value) => Math.round(100 * value))).toEqual(budgets)
    row('Cost layers', 'mean bill').forEach((value, k) => expect(value / all[k].bill.mean.value).toBeCloseTo(1, 12))
    row('Cost layers', 'mean total').forEach((value, k) => expect(value / all[k].total.mean.value).toBeCloseTo(1, 12))
    expect(row('Cost layers', 'mean bill')).toHaveLength(all.length)
    expect(row('P(cheapest)', 'total')[0]).toBeCloseTo(1, 12)
  })
})

it('has the split of each bill by segment, and no such sheet without segments', async () => {
  const { rows, summary } = await written('split', segmented)
  const [heading, ...found] = rows('Segments')
  expect(heading.filter((cell) => cell !== 'standard error')).toEqual([
    ...['offer', 'segment', 'mean bill', 'part of the P80 budget', 'share of the variance', 'share of the worst 5%'],
  ])
  expect(found.map(([offer, segment]) => `${offer} ${segment}`)).toEqual(['both chat', 'both voice', 'chat chat', 'chat voice'])
  for (const [offer, { bill }] of Object.entries(summary.offers)) {
    const column = (k: number) => found.reduce((sum, row) => sum + (row[0] === offer ? Number(row[k]) : 0), 0)
    expect(column(2)).toBeCloseTo(bill.mean.value, 6)
    expect(column(4)).toBeCloseTo(bill.percentiles.p80?.value ?? Number.NaN, 6)
    expect(column(6)).toBeCloseTo(1, 9)
    expect(column(8)).toBeCloseTo(1, 9)
  }
  expect((await written('whole', plan)).rows('Segments')).toEqual([])
})
