// The example of a ledger adds up in the command, and the run writes its file and its sheet.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { here } from '../end-to-end/command.ts'
import { focusFaults, focusRowsOf } from '../reference/focus.ts'

it('examples/ledger.yaml: the command prints the ledger, also with the columns of FOCUS', async () => {
  const plan = ['ledger', 'examples/ledger.yaml', '--trials', '2048']
  const own = await here(plan)
  expect(own.status).toBe(0)
  expect(own.stdout.split('\n')[0]).toBe(
    'month,quarter,offer,charge,layer,segment,account,cost_center,cash_mean,cash_budget,accrual_mean,accrual_budget',
  )
  const rows = focusRowsOf(own.stdout)
  const sum = (column: string) => rows.reduce((all, row) => all + Number(row[column]), 0)
  expect(sum('accrual_mean')).toBeCloseTo(sum('cash_mean'), 6)
  const focus = await here([...plan, '--focus', '--offer', 'committed'])
  expect(focusFaults(focus.stdout)).toEqual([])
})

it('examples/ledger.yaml: a run writes ledger.csv', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'billcast-ledger-'))
  try {
    const out = join(folder, 'results')
    const few = ['--trials', '1024', '--out', out, '--no-report', '--quiet']
    const run = await here(['run', 'examples/ledger.yaml', ...few, '--format', 'csv,xlsx'])
    expect(run.status).toBe(0)
    expect(readFileSync(join(out, 'ledger.csv'), 'utf8')).toContain(
      '2027-01,2027-Q1,committed,charges.pool,commitment,chat,62110,CX-210,',
    )
    // The file belongs to the run, so that a later run into the folder replaces it, or removes it if the plan has no ledger.
    expect((await here(['run', 'examples/ledger.yaml', ...few])).status).toBe(0)
    expect((await here(['run', 'examples/switch.yaml', ...few])).status).toBe(0)
    expect(existsSync(join(out, 'ledger.csv'))).toBe(false)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
