// A program saves a result as the command does: the same files, byte for byte.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Table, tableFromIPC } from 'apache-arrow'
import { simulate } from 'billcast'
import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { here } from '../end-to-end/command.ts'

const plan = {
  months: 3,
  conversations: { base: '45k to 60k' },
  resolution: { rate: '60% to 70%' },
  ledger: { accounts: { usage: 62110 } },
  offers: {
    fin: { charges: [{ meter: 'resolutions', price: '$0.99' }] },
    flat: { charges: [{ meter: 'conversations', price: '$0.71' }] },
  },
}
const folder = mkdtempSync(join(tmpdir(), 'billcast-save-'))
const at = (...names: readonly string[]): string => join(folder, ...names)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const options = { trials: 512, threads: 1 }
const formats = ['arrow', 'parquet', 'csv', 'xlsx'] as const
let result: Awaited<ReturnType<typeof simulate>>
beforeAll(async () => {
  result = await simulate(plan, options)
  writeFileSync(at('plan.json'), JSON.stringify(plan))
  const flags = ['--trials', '512', '--format', formats.join(','), '--inputs', '--paths', '--quiet']
  expect(await here(['run', at('plan.json'), '--out', at('command'), ...flags])).toMatchObject({ status: 0 })
})

describe('result.save', () => {
  it('writes what `billcast run --out` writes, and `billcast verify` accepts it', async () => {
    await result.save(at('library'), { formats, inputs: true, paths: true })
    const names = readdirSync(at('command')).sort()
    expect(names).toContain('paths.parquet')
    expect(readdirSync(at('library')).sort()).toEqual(names)
    for (const name of names.filter((one) => one !== 'manifest.json'))
      expect(readFileSync(at('library', name)).equals(readFileSync(at('command', name))), name).toBe(true)
    const manifest = (where: string) => JSON.parse(readFileSync(at(where, 'manifest.json'), 'utf8')) as Record<string, unknown>
    const { run, sha256: _, ...repeatable } = manifest('library')
    const { run: __, sha256: ___, ...expected } = manifest('command')
    expect(repeatable).toEqual(expected)
    expect(run).toMatchObject({ node: process.version, seconds: expect.any(Number) })
    expect(await here(['verify', at('library'), '--files'])).toMatchObject({ status: 0 })
  })

  it('writes Arrow tables by itself, and replaces an earlier set', async () => {
    await result.save(at('library'), { report: false })
    expect(readdirSync(at('library')).sort()).toEqual([
      ...['ledger.csv', 'manifest.json', 'months.arrow', 'summary.json', 'trials.arrow'],
    ])
  })

  it('refuses a folder that has other files, and keeps them if `force` writes beside them', async () => {
    await result.save(at('shared'), { report: false })
    writeFileSync(at('shared', 'notes.txt'), 'mine')
    await expect(result.save(at('shared'))).rejects.toThrow(
      `${at('shared')}: expected an empty folder or one of an earlier run, but it contains notes.txt. Choose another folder, or pass force: true to write beside it`,
    )
    await result.save(at('shared'), { force: true, report: false })
    expect(readFileSync(at('shared', 'notes.txt'), 'utf8')).toBe('mine')
  })

  it('stops by a signal before any file changes', async () => {
    const before = readdirSync(at('shared'))
    await expect(result.save(at('shared'), { force: true, signal: AbortSignal.abort() })).rejects.toThrow('aborted')
    expect(readdirSync(at('shared'))).toEqual(before)
  })

  it('refuses a folder without a name, and unknown options and formats', async () => {
    await expect(result.save('')).rejects.toThrow('save: expected the name of a folder, such as \'results\', got ""')
    await expect(result.save(at('x'), { formats: ['feather' as 'csv'] })).rejects.toThrow(
      'formats: expected a list of arrow, parquet, csv or xlsx, got ["feather"]',
    )
    await expect(result.save(at('x'), { format: ['csv'] } as object)).rejects.toThrow('did you mean formats?')
  })
})

const numbersOf = (table: Table) => (table.getChild('fin')?.toArray() ?? new Float64Array(0)) as Float64Array

describe('a table or document as bytes', () => {
  it.each(['trials', 'months', 'inputs', 'paths'] as const)('is the file of the command: %s', async (table) => {
    const file = (format: string) => readFileSync(at('command', `${table}.${format}`))
    expect(file('parquet').equals(await result.toParquet(table))).toBe(true)
    expect(file('arrow').equals(await result.toArrow(table))).toBe(true)
    expect(await result.toCSV(table)).toBe(file('csv').toString())
  })

  it('is read by other libraries', async () => {
    const costs = numbersOf(result.trials())
    const bytes = await result.toParquet()
    const rows = await parquetReadObjects({ file: bytes.buffer as ArrayBuffer })
    expect(rows.map(({ fin }) => fin as number)).toEqual([...costs])
    expect([...numbersOf(tableFromIPC(await result.toArrow()))]).toEqual([...costs])
  })

  it('is the ledger, the workbook and the report of the command', async () => {
    expect(await result.toCSV('ledger')).toBe(readFileSync(at('command', 'ledger.csv'), 'utf8'))
    expect(readFileSync(at('command', 'budget.xlsx')).equals(await result.toXLSX())).toBe(true)
    expect(await result.report()).toBe(readFileSync(at('command', 'report.html'), 'utf8'))
    const { stdout } = await here(['report', at('command'), '--format', 'md', '--out', '-'])
    expect(await result.report('md')).toBe(stdout)
  })

  it('refuses unknown names', async () => {
    await expect(result.toCSV('days' as 'months')).rejects.toThrow(
      'table: expected trials, months, inputs, paths or ledger, got "days"',
    )
    await expect(result.report('pdf' as 'md')).rejects.toThrow('report: expected html or md, got "pdf"')
  })

  it('says how to keep the trials that a table needs', async () => {
    const none = await simulate(plan, { ...options, keepTrials: false })
    await expect(none.toParquet()).rejects.toThrow('this run did not keep its trials. Run it with keepTrials: true')
    expect((await none.toCSV('months')).split('\n', 1)[0]).toMatch(/^month,offer,measure/)
  })
})
