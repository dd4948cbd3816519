// `billcast reforecast` prints a note about closed months that the plan would rarely have.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { here } from '../../end-to-end/command.ts'

const cv = 0.1
const sigma = Math.sqrt(Math.log1p(cv * cv))
/** Three standard deviations above the plan. */
const volume = 1_000 * Math.exp(3 * sigma - (sigma * sigma) / 2)

const folder = mkdtempSync(join(tmpdir(), 'billcast-agreement-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('billcast reforecast prints p, and notes a doubt', async () => {
  const plan = {
    months: 6,
    conversations: { base: 1_000, noise: { cv } },
    offers: { a: { charges: [{ meter: 'conversations', price: 1 }] } },
    actuals: 'closed.csv',
  }
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan))
  writeFileSync(join(folder, 'closed.csv'), `month,conversations\n2027-01,${volume}\n`)
  const { stdout, stderr } = await here(['reforecast', join(folder, 'plan.json'), '--trials', '1024'])
  expect(stdout).toContain("In 0.27% of the plan's years, the closed months would be at least as far from it (p)")
  expect(stderr).toContain('note: the plan may be wrong')
})
