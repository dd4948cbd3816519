// The example of people on the payroll runs as its page says.
import { expect, it } from 'vitest'
import type { Summary } from '../../src/summary/summary.ts'
import { here } from '../end-to-end/command.ts'

const FILE = 'examples/staffed-year.yaml'

it('examples/staffed-year.yaml: heads follow the need with delays, and everybody is paid', async () => {
  const { status, stdout } = await here(['run', FILE, '--trials', '1024', '--json'])
  expect(status).toBe(0)
  const { steps, 'at-once': once } = (JSON.parse(stdout) as Summary).offers
  for (const { people } of [steps, once]) {
    const [first, last] = [people?.heads.monthly[0].mean.value ?? 0, people?.heads.monthly[23].mean.value ?? 0]
    expect(first).toBeGreaterThan(70)
    expect(last).toBeLessThan(25)
    expect(people?.heads.monthly[6].mean.value).toBeGreaterThan(people?.need.monthly[6].mean.value ?? Infinity)
  }
  expect(once.people?.shortfall.mean.value).toBeLessThan(steps.people?.shortfall.mean.value ?? 0)
})

it('`run` prints a line on the heads of each offer', async () => {
  const { status, stdout } = await here(['run', FILE, '--trials', '256'])
  expect(status).toBe(0)
  expect(stdout).toMatch(
    /steps: on average, heads go from 7\d\.?\d? in the first month to 2\d\.?\d? in the last, with .* hires and .* releases\./,
  )
})

it('fields of the staff can be swept', async () => {
  const { status, stdout, stderr } = await here([
    ...['sweep', FILE, '--trials', '256', '--measure', 'total', '--json'],
    ...['--vary', 'human.staff.pay.value=4500,5100', '--vary', 'human.staff.hire.lag=0,3'],
  ])
  expect(status, stderr).toBe(0)
  expect(stdout).toContain('human.staff.hire.lag')
})
