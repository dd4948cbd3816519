// The tables and the workbook that --out writes, read back by other programs: the same rows, the same sums to the last bit.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { tableFromIPC } from 'apache-arrow'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import readXlsxFile from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Summary } from '../../src/summary/summary.ts'
import { here } from '../end-to-end/command.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-files-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const out = join(root, 'run')
const scenario = `name: Files
start: 2027-01
months: 3
conversations: { base: { value: 45k to 60k, source: "=cmd|' /C calc'!A0" }, noise: { cv: 8% } }
resolution: { rate: 60% to 70% }
offers:
  fin: { title: "=1+1", charges: [{ meter: resolutions, price: $0.99 }, { fee: $500/month }] }
  flat: { charges: [{ meter: conversations, price: "uniform($0.70, $0.90)" }] }
`
let summary: Summary
const bytes = (name: string) => {
  const file = readFileSync(join(out, name))
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer
}
const arrow = (name: string) => tableFromIPC(new Uint8Array(bytes(name)))
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0)

beforeAll(async () => {
  writeFileSync(join(root, 'plan.yaml'), scenario)
  // More than one batch of rows.
  const given = ['--trials', '70k', '--method', 'random', '--format', 'arrow,parquet,csv,xlsx', '--inputs', '--quiet']
  expect(await here(['run', join(root, 'plan.yaml'), '--out', out, ...given])).toMatchObject({ status: 0, stderr: '' })
  summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as Summary
})

describe('tables', () => {
  it('Arrow files have batches, units and the origin of the figures', () => {
    const table = arrow('trials.arrow')
    expect(table.numRows).toBe(70_000)
    expect(table.batches).toHaveLength(2)
    expect(table.schema.fields.map(({ name, metadata }) => [name, metadata.get('unit')])).toEqual([
      ['trial', undefined],
      ['fin', 'USD'],
      ['flat', 'USD'],
    ])
    const origin = JSON.parse(table.schema.metadata.get('billcast') ?? '') as Record<string, unknown>
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as Record<string, unknown>
    expect(origin).toMatchObject({
      scenarioHash: manifest.scenarioHash,
      identity: manifest.identity,
      seed: 'billcast',
      trials: 70_000,
    })
    const costs = table.getChild('fin')?.toArray() as Float64Array
    expect(sum(costs) / 70_000 / summary.offers.fin.bill.mean.value).toBeCloseTo(1, 12)
  })
  it('Parquet and CSV contain the same doubles as Arrow', async () => {
    for (const name of ['trials', 'months', 'inputs']) {
      const table = arrow(`${name}.arrow`)
      const names = table.schema.fields.map((field) => field.name)
      const file = bytes(`${name}.parquet`)
      const rows = (await parquetReadObjects({ file })) as Record<string, unknown>[]
      const [head, ...lines] = readFileSync(join(out, `${name}.csv`), 'utf8')
        .trimEnd()
        .split('\n')
      expect(head.split(',')).toEqual(names)
      const cells = lines.map((line) => line.split(','))
      names.forEach((column, k) => {
        const own = [...(table.getChild(column) ?? [])] as (number | string)[]
        const read = typeof own[0] === 'number' ? Number : String
        expect([rows.length, cells.length]).toEqual([own.length, own.length])
        expect(own.findIndex((value, i) => !Object.is(rows[i][column], value))).toBe(-1)
        expect(own.findIndex((value, i) => !Object.is(read(cells[i][k]), value))).toBe(-1)
      })
      expect(parquetMetadata(file).key_value_metadata?.find(({ key }) => key === 'billcast')?.value).toContain('"seed":"billcast"')
    }
  })
  it('DuckDB reads Parquet and CSV, with the same sums', async () => {
    const database = await (await DuckDBInstance.create(':memory:')).connect()
    const costs = arrow('trials.arrow').getChild('flat')?.toArray() as Float64Array
    const exact = sum(costs)
    for (const name of ['trials.parquet', 'trials.csv']) {
      const reader = await database.runAndReadAll(
        `select count(*)::int as n, list(flat order by trial) as flat from '${join(out, name)}'`,
      )
      const [[n, list]] = reader.getRowsJS() as [[number, number[]]]
      expect([name, n, sum(list)]).toEqual([name, 70_000, exact])
    }
    // What docs/files.md shows, on these files.
    const shown = readFileSync('docs/files.md', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('select '))
    expect(shown).toHaveLength(2)
    const [[[percentiles]], months] = await Promise.all(
      shown.map(async (line) => (await database.runAndReadAll(line.replaceAll('results/', `${out}/`))).getRowsJS()),
    )
    const sorted = Float64Array.from((arrow('trials.arrow').getChild('fin') ?? []) as Iterable<number>).sort()
    const middle = ((sorted[34_999] as number) + (sorted[35_000] as number)) / 2
    expect((percentiles as unknown as number[])[0] / middle).toBeCloseTo(1, 12)
    expect(months.map(([, p80]) => p80)).toEqual(summary.offers.fin.bill.monthly.map(({ percentiles: own }) => own?.p80?.value))
    database.closeSync()
  })
  it('the table of inputs has one row for each trial', () => {
    const [inputs, trials] = [arrow('inputs.arrow'), arrow('trials.arrow')]
    expect(inputs.schema.fields.map(({ name, metadata }) => [name, metadata.get('unit')])).toEqual([
      ['trial', undefined],
      ['conversations.base', 'conversations'],
      ['resolution.rate', 'share'],
      ['offers.flat.charges[0].price', 'USD'],
      ['conversations', 'conversations'],
      ['rate', 'share'],
    ])
    const at = (table: typeof inputs, name: string) => table.getChild(name)?.toArray() as Float64Array
    const [price, volume, flat] = [at(inputs, 'offers.flat.charges[0].price'), at(inputs, 'conversations'), at(trials, 'flat')]
    const rows = inputs.getChild('trial')?.toArray() as Uint32Array
    const gaps = Array.from(rows, (trial, i) => Math.abs((price[i] * volume[i]) / flat[trial] - 1))
    expect(Math.max(...gaps)).toBeLessThan(1e-12)
  })
})

it('Python reads the folder', () => {
  const { status, stdout, error } = spawnSync('python3', ['examples/python/read_results.py', out], { encoding: 'utf8' })
  // Where there is no Python there is nothing to try.
  if (error) return
  expect(status).toBe(0)
  const { value } = summary.offers.fin.bill.percentiles.p80 ?? { value: 0 }
  expect(stdout).toContain(`fin: P80 ${value.toFixed(2)} ± `)
  expect(stdout.trimEnd().split('\n')).toHaveLength(2)
})

describe('budget.xlsx', () => {
  it('has numbers as numbers, sums as formulas, and no macros', async () => {
    const file = join(out, 'budget.xlsx')
    const sheets = await readXlsxFile(file)
    const sheet = (name: string) => (sheets.find((own) => own.sheet === name)?.data ?? []) as (string | number)[][]
    expect(sheets.map((own) => own.sheet)).toEqual([
      'Summary',
      'Monthly budget',
      'Percentiles',
      'P(cheapest)',
      'Cost layers',
      'Assumptions',
      'Run',
    ])
    const percentiles = sheet('Percentiles')
    const p80 = percentiles.find(([name]) => name === 'P80')
    const { value, se } = summary.offers.fin.bill.percentiles.p80 ?? { value: 0, se: 0 }
    expect(p80?.slice(1, 3)).toEqual([value, se])
    const months = sheet('Monthly budget')
    const plan = months.slice(1, 4).map((row) => Number(row[1]))
    expect(Math.round(100 * sum(plan))).toBe(Math.round(100 * value))
    // The title that looks like a formula is a text.
    const rows = sheet('Summary')
    expect(rows.flat()).toContain('=1+1')
  })
})

describe('billcast report', () => {
  it('writes the same page again, and Markdown', async () => {
    const before = readFileSync(join(out, 'report.html'), 'utf8')
    rmSync(join(out, 'report.html'))
    expect(await here(['report', out])).toEqual({ status: 0, stderr: '', stdout: '' })
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toBe(before)
    const { status, stdout } = await here(['report', out, '--format', 'md', '--out', '-'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^# Files: what each contract will cost\n/)
    expect(stdout).toContain('| =1+1 |')
    expect(stdout).not.toMatch(/NaN|undefined/)
  })
  it('refuses a folder that is unfinished or has changed', async () => {
    const folder = join(root, 'half')
    expect(await here(['run', join(root, 'plan.yaml'), '--out', folder, '--trials', '64', '--quiet'])).toMatchObject({ status: 0 })
    writeFileSync(join(folder, 'summary.json'), '{}')
    expect((await here(['report', folder])).stderr).toContain(
      'summary.json does not match manifest.json. Finish it with billcast run SCENARIO --out',
    )
    rmSync(join(folder, 'manifest.json'))
    const { status, stderr } = await here(['report', folder])
    expect(status).toBe(2)
    expect(stderr).toContain('expected a finished folder, but manifest.json cannot be read')
  })
})

it('a format that is unknown or has no folder is refused', async () => {
  expect((await here(['run', join(root, 'plan.yaml'), '--out', out, '--format', 'pdf'])).stderr).toContain(
    '--format: expected arrow, parquet, csv or xlsx, got "pdf"',
  )
  expect((await here(['run', join(root, 'plan.yaml'), '--format', 'csv'])).stderr).toContain(
    '--format: expected a folder for the tables, given by --out',
  )
})
