// The workbook in LibreOffice: it opens, recalculates every formula, and finds the stored values and the figures of the summary.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import readXlsxFile from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Summary } from '../../src/summary/summary.ts'
import { formulasOf, placeOf } from '../present/tables/formulas.ts'

const present = spawnSync('soffice', ['--version']).status === 0
if (!present) console.warn('LibreOffice (soffice) is not installed: its test of the workbook is skipped')

// Otherwise LibreOffice trusts the values that a file stores.
const ALWAYS_RECALCULATE = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>`

const root = mkdtempSync(join(tmpdir(), 'billcast-workbook-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const out = join(root, 'run')
const file = join(out, 'budget.xlsx')

/** Opens a workbook in LibreOffice, which recalculates it, and saves it again. */
async function recalculated(given: string, folder: string) {
  const user = join(root, 'profile', 'user')
  mkdirSync(user, { recursive: true })
  writeFileSync(join(user, 'registrymodifications.xcu'), ALWAYS_RECALCULATE)
  const profile = `-env:UserInstallation=file://${join(root, 'profile')}`
  const convert = ['--headless', '--convert-to', 'xlsx:Calc MS Excel 2007 XML', '--outdir', join(root, folder)]
  execFileSync('soffice', [profile, ...convert, given], { stdio: 'ignore' })
  const sheets = await readXlsxFile(join(root, folder, 'budget.xlsx'))
  return (name: string) => (sheets.find(({ sheet }) => sheet === name)?.data ?? []) as (string | number)[][]
}

describe.runIf(present)('a workbook that LibreOffice recalculates', () => {
  let rows: Awaited<ReturnType<typeof recalculated>>
  beforeAll(async () => {
    const given = ['run', 'examples/annual-budget.yaml', '--trials', '20k', '--format', 'xlsx', '--quiet', '--out', out]
    execFileSync(process.execPath, ['dist/cli/billcast.js', ...given])
    rows = await recalculated(file, 'again')
  })

  it('has the figures of the summary', () => {
    const { offers, comparison } = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as Summary
    const row = (name: string, label: string) => (rows(name).find(([first]) => first === label) ?? []).slice(1).map(Number)
    const all = Object.values(offers)
    const budgets = all.map(({ bill }) => Math.round(100 * (bill.percentiles.p80?.value ?? 0)))
    expect(row('Monthly budget', 'total').map((value) => Math.round(100 * value))).toEqual(budgets)
    expect(row('Monthly budget', 'budget').map((value) => Math.round(100 * value))).toEqual(budgets)
    row('Cost layers', 'mean bill').forEach((value, k) => expect(value / all[k].bill.mean.value).toBeCloseTo(1, 9))
    row('Cost layers', 'mean total').forEach((value, k) => expect(value / all[k].total.mean.value).toBeCloseTo(1, 9))
    expect(row('P(cheapest)', 'total')[0]).toBeCloseTo(1, 9)
    expect(rows('P(cheapest)')[1][1]).toBeCloseTo(comparison.cheapest.fin.value, 12)
  })
  it('has the value that billcast stored beside every formula', () => {
    const formulas = formulasOf(readFileSync(file))
    expect(formulas.length).toBeGreaterThan(5)
    for (const { sheet, at, formula, stored = Number.NaN } of formulas) {
      const [row, column] = placeOf(at)
      expect(Number(rows(sheet)[row][column]) / stored, `${sheet} ${at}: ${formula}`).toBeCloseTo(1, 12)
    }
  })
  it('loses a wrong stored value, so that the comparison above is one', async () => {
    const wrong = join(root, 'wrong')
    mkdirSync(wrong)
    execFileSync('python3', ['test/long/wrong_values.py', file, join(wrong, 'budget.xlsx')])
    const again = await recalculated(join(wrong, 'budget.xlsx'), 'mended')
    for (const { sheet, at, stored = Number.NaN } of formulasOf(readFileSync(file))) {
      const [row, column] = placeOf(at)
      expect(Number(again(sheet)[row][column]) / stored, `${sheet} ${at}`).toBeCloseTo(1, 12)
    }
  })
})
