// billcast calibrate, backtest and track, as users start them.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tableFromIPC } from 'apache-arrow'
import type { Backtest, Calibration, Track } from 'billcast'
import { afterAll, describe, expect, it } from 'vitest'
import { here } from '../end-to-end/command.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-history-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const real = 'examples/data/cfpb-complaints-monthly.csv'
const file = (name: string, text: string): string => {
  writeFileSync(join(root, name), text)
  return join(root, name)
}

describe('billcast calibrate', () => {
  it('prints the fitted drivers and a scenario', async () => {
    const { stdout, status } = await here(['calibrate', real, '--since', '2013-01', '--until', '2019-12'])
    expect(status).toBe(0)
    expect(stdout).toContain('cfpb-complaints-monthly.csv: 84 months, 2013-01 to 2019-12')
    expect(stdout).toMatch(/growth a year +6\.6% +21\.1%/)
    expect(stdout).toContain('Outliers, written as spikes: 2017-09 (1.38 times the expected volume)')
    expect(stdout).toContain('rows before `since` or after `until` are left out: 48')
    expect(stdout).toContain('  history: { file: examples/data/cfpb-complaints-monthly.csv, since: 2013-01, until: 2019-12 }\n')
    const plain = await here(['calibrate', real, '--since', '2013-01', '--until', '2019-12', '--plain'])
    expect(plain.stdout).toContain('growth: "truncatedNormal(6')
  })

  it('prints the figures to 9 digits as JSON', async () => {
    const { stdout } = await here(['calibrate', real, '--since', '2013-01', '--until', '2019-12', '--json'])
    const found = JSON.parse(stdout) as Calibration
    // Growth of the year ahead: less than half of the past 16%, and unsure enough to hold them.
    expect(found.growth.value).toBeGreaterThan(0.03)
    expect(Math.abs(found.growth.value - 0.16)).toBeLessThan(found.growth.se)
    expect(found.growth.se).toBeGreaterThan(0.01)
    expect(found.outliers).toEqual([{ month: '2017-09', ratio: expect.closeTo(1.38, 2) as number }])
    expect(found.seasonality).toHaveLength(12)
    for (const value of [found.base, found.cv, found.autocorrelation, found.growth.value, ...(found.seasonality ?? [])])
      expect(Number(value.toPrecision(9))).toBe(value)
  })

  it('writes a scenario that runs and names its sources', async () => {
    const out = join(root, 'plan.yaml')
    const wrote = await here(['calibrate', real, '--months', '6', '--write', out])
    expect([wrote.status, wrote.stderr]).toEqual([
      0,
      expect.stringContaining(`run \`billcast run ${out} --allow-path examples/data\``),
    ])
    expect(readFileSync(out, 'utf8')).toContain('cfpb-complaints-monthly.csv, until: 2022-12 }')
    expect(readFileSync(out, 'utf8')).toMatch(/^# fitted to 132 months of cfpb-complaints-monthly\.csv, 2012-01 to 2022-12\.\n/)
    const { stdout, status } = await here(['run', out, '--allow-path', 'examples/data', '--trials', '2048', '--json'])
    expect(status).toBe(0)
    const { months } = JSON.parse(stdout) as { months: string[] }
    expect(months).toEqual(['2023-01', '2023-02', '2023-03', '2023-04', '2023-05', '2023-06'])
    const again = await here(['calibrate', real, '--write', out])
    expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('Use --force to replace it')])
    expect((await here(['calibrate', real, '--write', out, '--force'])).status).toBe(0)
  })

  it.each([
    [
      'a negative count',
      'month,conversations\n2024-01,-5\n',
      'history: expected a number of 0 or more in line 2, column "conversations" of "bad.csv", got "-5"',
    ],
    [
      'five months',
      `month,conversations\n${[1, 2, 3, 4, 5].map((k) => `2024-0${k},10`).join('\n')}`,
      'at least 6 months with conversations in "bad.csv", got 5',
    ],
    ['20 MB', 'x'.repeat(20_000_000), 'it has 20,000,000 bytes and the limit is 1 MiB. Sum it to days or months first'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00]), 'CSV text in UTF-8'],
  ])('refuses %s', async (_, text, message) => {
    writeFileSync(join(root, 'bad.csv'), text)
    const { status, stderr, stdout } = await here(['calibrate', join(root, 'bad.csv'), '--write', join(root, 'never.yaml')])
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
    expect(existsSync(join(root, 'never.yaml'))).toBe(false)
  })

  it('prints what it read, and takes the decimal sign, channels and whole months', async () => {
    const tables = 'test/forecasting/tables'
    const read = async (...flags: readonly string[]) => (await here(['calibrate', ...flags])).stdout
    expect(await read(`${tables}/german_thousands.csv`, '--decimal', ',')).toContain(
      'read as: month = month, conversations = conversations; 36 months, 2022-01 to 2024-12',
    )
    expect((await here(['calibrate', `${tables}/german_thousands.csv`])).stderr).toContain("`decimal: ','` (--decimal ,) for 41546")
    expect(await read(`${tables}/channel.csv`, '--sum-rows')).toContain('72 rows are added up to 36, one for each date')
    expect(await read(`${tables}/leap.csv`, '--no-days')).toContain('Outliers, written as spikes: 2024-02')
    expect(await read(`${tables}/leap.csv`)).not.toContain('Outliers')
  })

  it('takes the names of columns', async () => {
    const odd = file(
      'odd.csv',
      `when,how many,solved\n${Array.from({ length: 8 }, (_, k) => `2024-0${k + 1},${100 + k},60`).join('\n')}\n`,
    )
    expect((await here(['calibrate', odd])).stderr).toContain('state the names of the columns, as in month=NAME,conversations=NAME')
    const { stdout, status } = await here(['calibrate', odd, '--columns', 'month=when,conversations=how many,resolutions=solved'])
    expect(status).toBe(0)
    expect(stdout).toContain('resolution rate in 2024-09')
    expect((await here(['calibrate', odd, '--columns', 'when'])).stderr).toContain('--columns: expected month=…,conversations=…')
  })
})

describe('billcast backtest', () => {
  it('prints coverage, scores, years and a verdict, and writes all its files or none', async () => {
    const out = join(root, 'backtest')
    const options = ['--since', '2015-01', '--from', '2020-01', '--until', '2021-06', '--trials', '1024']
    const { stdout, status } = await here(['backtest', real, ...options])
    expect(status).toBe(0)
    expect(stdout).toMatch(
      /The 80% intervals for the annual total are .*: they covered the actual value in \d+% ± \d+% of 7 past forecasts\./,
    )
    expect(stdout).toMatch(/From 2020-0\d, volumes are \d\d% higher than the earlier level and trend/)
    const json = await here(['backtest', real, ...options, '--out', out, '--json'])
    expect(readdirSync(out).sort()).toEqual([
      'backtest.json',
      'cases.arrow',
      'fan.svg',
      'fan.vl.json',
      'manifest.json',
      'pit.svg',
      'pit.vl.json',
    ])
    const written = JSON.parse(readFileSync(join(out, 'backtest.json'), 'utf8')) as Backtest
    expect(JSON.parse(json.stdout)).toEqual(written)
    expect(written.origins).toHaveLength(7)
    expect(Object.keys(written.annual.coverage)).toEqual(['50', '80', '90'])
    const table = tableFromIPC(readFileSync(join(out, 'cases.arrow')))
    expect(table.numRows).toBe(7 * 13)
    const rows = table.toArray() as { ahead: number; crps: number }[]
    const sums = rows.filter(({ ahead }) => ahead === 0)
    expect(sums.reduce((sum, { crps }) => sum + crps, 0) / 7).toBeCloseTo(written.annual.crps.model, 6)
    // Again into the same folder, but never into that of a run.
    const few = ['--since', '2015-01', '--from', '2020-06', '--until', '2021-06', '--trials', '1024']
    expect((await here(['backtest', real, ...few, '--out', out])).status).toBe(0)
    file('summary.json', '{}')
    expect((await here(['backtest', real, ...options, '--out', root])).stderr).toContain('expected an empty folder')
  })
})

describe('billcast track', () => {
  it('reads the plan from its folder', async () => {
    const plan = file(
      'tracked.yaml',
      `months: 12
conversations: { base: 1000, noise: { cv: 10%, autocorrelation: 0.5 } }
resolution: { rate: 55% to 65%, noise: { sd: 2pt } }
offers:
  fin: { catalog: fin }
`,
    )
    const out = join(root, 'tracked')
    expect((await here(['run', plan, '--trials', '4096', '--out', out, '--quiet', '--no-report'])).status).toBe(0)
    const closed = file('closed.csv', 'month,conversations,resolutions,invoice\n2027-01,1020,610,610\n2027-02,990,600,590\n')
    const { stdout, status, stderr } = await here(['track', out, closed, '--offer', 'fin', '--trials', '4096'])
    expect([status, stderr]).toEqual([
      0,
      'note: closed months: closed.csv: read as: month = month, conversations = conversations, resolutions = resolutions, invoice = invoice; 2 months, 2027-01 to 2027-02\n',
    ])
    expect(stdout).toMatch(/2 closed months, to 2027-02, compared with 4,096 trials of the plan/)
    expect(stdout).toContain('Keep the plan')
    expect(stdout).toContain('The rest of the year, given the closed months')
    const json = JSON.parse((await here(['track', out, closed, '--offer', 'fin', '--trials', '4096', '--json'])).stdout) as Track
    expect(json.yearToDate.invoice?.actual).toBe(1_200)
    expect((await here(['track', root, closed])).stderr).toContain('manifest.json cannot be read')
  })
})
