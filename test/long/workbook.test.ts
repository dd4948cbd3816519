// The workbook in LibreOffice, where there is one: it opens, recalculates, and its sums are the figures.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import readXlsxFile from 'read-excel-file/node'
import { expect, it } from 'vitest'
import type { Summary } from '../../src/summary/summary.ts'

const present = spawnSync('soffice', ['--version']).status === 0

it.runIf(present)('LibreOffice recalculates the figures of the summary', async () => {
  const root = mkdtempSync(join(tmpdir(), 'billcast-workbook-'))
  try {
    const out = join(root, 'run')
    const given = ['run', 'examples/annual-budget.yaml', '--trials', '20k', '--format', 'xlsx', '--quiet', '--out', out]
    execFileSync(process.execPath, ['dist/cli/billcast.js', ...given])
    const profile = `-env:UserInstallation=file://${join(root, 'profile')}`
    const convert = ['--headless', '--convert-to', 'xlsx:Calc MS Excel 2007 XML', '--outdir', join(root, 'again')]
    execFileSync('soffice', [profile, ...convert, join(out, 'budget.xlsx')], { stdio: 'ignore' })
    const { offers, comparison } = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as Summary
    const sheets = await readXlsxFile(join(root, 'again', 'budget.xlsx'))
    const rows = (name: string) => (sheets.find(({ sheet }) => sheet === name)?.data ?? []) as (string | number)[][]
    const row = (name: string, label: string) => (rows(name).find(([first]) => first === label) ?? []).slice(1).map(Number)
    const all = Object.values(offers)
    const budgets = all.map(({ bill }) => Math.round(100 * (bill.percentiles.p80?.value ?? 0)))
    expect(row('Monthly budget', 'total').map((value) => Math.round(100 * value))).toEqual(budgets)
    expect(row('Monthly budget', 'budget').map((value) => Math.round(100 * value))).toEqual(budgets)
    row('Cost layers', 'mean bill').forEach((value, k) => expect(value / all[k].bill.mean.value).toBeCloseTo(1, 9))
    row('Cost layers', 'mean total').forEach((value, k) => expect(value / all[k].total.mean.value).toBeCloseTo(1, 9))
    expect(row('P(cheapest)', 'total')[0]).toBeCloseTo(1, 9)
    expect(rows('P(cheapest)')[1][1]).toBeCloseTo(comparison.cheapest.fin.value, 12)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})
