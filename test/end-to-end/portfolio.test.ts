// The portfolio command on the example and on the case that an independent simulation answered.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Portfolio } from '../../src/questions/portfolio/portfolio.ts'
import { thorough } from '../effort.ts'
import { here } from './command.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'billcast-portfolio-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('the example prints the budget, its parts and what one budget saves', async () => {
  const { status, stdout, stderr } = await here(['portfolio', 'examples/portfolio/portfolio.yaml', '--trials', '4096'])
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^Group support 2027, 2027-01 to 2027-12: the vendors' bills$/m)
  expect(stdout).toMatch(/^retail +fin +\$\d/m)
  expect(stdout).toMatch(/is enough for all 3 plans together in 80 of 100 simulated years\./)
  expect(stdout).toMatch(/Separate budgets at P80 come to \$[\d,]+, which is \$[\d,]+ more/)
})

it('writes its files, all or nothing, and their parts add up', async () => {
  const out = join(folder, 'out')
  const call = ['portfolio', 'examples/portfolio/portfolio.yaml', '--trials', '2048', '--out', out, '--json']
  const { status, stdout } = await here(call)
  expect(status).toBe(0)
  expect(readdirSync(out).sort()).toEqual(['manifest.json', 'months.csv', 'plans.csv', 'portfolio.json', 'report.html'])
  const found = JSON.parse(readFileSync(join(out, 'portfolio.json'), 'utf8')) as Portfolio
  expect(JSON.parse(stdout)).toEqual(found)
  const cents = Object.values(found.plans).reduce((sum, { budget }) => sum + Math.round(100 * budget.p80.amount), 0)
  expect(cents).toBe(Math.round(100 * (found.portfolio.bill.percentiles.p80?.value ?? 0)))
  expect(readFileSync(join(out, 'plans.csv'), 'utf8').split('\r\n')).toHaveLength(1 + 2 * 4 + 1)
  expect(readFileSync(join(out, 'months.csv'), 'utf8').split('\r\n')).toHaveLength(1 + 2 * 12 * 4 + 1)
  expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('<h2>One budget or many</h2>')
})

it('names the file and line of a problem in a plan, and leaves nothing behind', async () => {
  const out = join(folder, 'none')
  const { status, stderr } = await here(['portfolio', 'examples/annual-budget.yaml', '--out', out])
  expect(status).toBe(2)
  expect(stderr).toMatch(/belongs in one of its plans|plans: /)
  expect(existsSync(join(out, 'portfolio.json'))).toBe(false)
})

it.runIf(thorough)('gives the figures of an independent simulation', async () => {
  const { status, stdout } = await here(['portfolio', 'test/reference/world/portfolio.json', '--json'])
  expect(status).toBe(0)
  const found: unknown = JSON.parse(stdout)
  const { expect: wanted } = JSON.parse(readFileSync('test/reference/world/portfolio.expect.json', 'utf8')) as {
    expect: readonly { path: string; value: number; se: number }[]
  }
  for (const { path, value, se } of wanted) {
    const keys = path.split('.').slice(0, -1)
    const own = keys.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], found) as { value: number; se: number }
    expect(Math.abs(own.value - value), path).toBeLessThan(5 * Math.hypot(se, own.se))
  }
})
