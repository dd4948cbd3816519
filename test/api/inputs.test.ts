// Every input of every trial on request, and pages of answers that are plain data.
import { audit, portfolio, report, simulate } from 'billcast'
import { describe, expect, it } from 'vitest'
import { checkRoom } from '../../src/api/made.ts'
import { auditPage } from '../../src/present/report/audit.ts'
import { portfolioPage } from '../../src/present/report/portfolio.ts'

const plan = {
  months: 1,
  conversations: { base: '45k to 60k' },
  resolution: { rate: '60% to 70%' },
  offers: { fin: { charges: [{ meter: 'resolutions', price: 0.99 }] } },
}

/** How many values differ, or are missing. */
const differing = (found: readonly number[], expected: readonly number[]): number =>
  Math.abs(found.length - expected.length) + found.filter((value, i) => !Object.is(value, expected[i])).length

describe('result.inputs', () => {
  it.each(['sobol', 'latin', 'random'] as const)(
    'draws every trial on request, row by row that of trials(): %s',
    async (method) => {
      const result = await simulate(plan, { trials: 70_000, method, threads: 1, monthly: false, preintegration: false })
      const [few, all, trials] = [result.inputs(), result.inputs({ all: true }), result.trials()]
      const column = (table: typeof all, name: string) => [...((table.getChild(name)?.toArray() ?? []) as Float64Array)]
      expect(few.numRows).toBeLessThanOrEqual(65_536)
      expect(all.numRows).toBe(trials.numRows)
      expect(differing(column(all, 'trial'), column(trials, 'trial'))).toBe(0)
      // In a plan of one month, the bill is conversations × rate × price.
      const [base, rate, fin] = [column(all, 'conversations.base'), column(all, 'resolution.rate'), column(trials, 'fin')]
      const off = Math.max(...fin.map((cost, i) => Math.abs(cost / (base[i] * rate[i] * 0.99) - 1)))
      expect(off).toBeLessThan(1e-12)
      // The first trials are the same draws.
      const rows = column(few, 'trial')
      for (const name of ['conversations.base', 'resolution.rate', 'conversations', 'rate']) {
        const whole = column(all, name)
        expect(
          differing(
            column(few, name),
            rows.map((row) => whole[row]),
          ),
        ).toBe(0)
      }
    },
  )

  it('is refused where it takes more than half of the free memory', async () => {
    const trials = { drivers: () => ['a', 'b', 'c'], outcome: { plan: { trials: 100_000_000 } } }
    const home = { free: () => 2 * 2 ** 30 }
    expect(() => checkRoom(trials as never, home)).toThrow(
      'inputs: all trials of 3 inputs need about 6,104 MiB of memory, more than the limit of 1,024 MiB (half of the free memory). Leave out `all`, or run fewer trials',
    )
    expect(() => checkRoom(trials as never, { free: () => 2 ** 34 })).not.toThrow()
    const result = await simulate(plan, { trials: 32, threads: 1 })
    expect(() => result.inputs({ every: true } as object)).toThrow('every: expected one of all, got true')
  })
})

describe('report', () => {
  it('writes the page of a portfolio and of an audit', async () => {
    const found = await portfolio({ plans: { a: { scenario: plan, offer: 'fin' } } }, { trials: 1_024, threads: 1 })
    expect(await report(found)).toBe(await portfolioPage(found))
    const time = '2026-03-01T12:00:00Z'
    const rows = [{ id: 'x', started: time, involved: true, last_customer: time, last_agent: '2026-03-01T12:01:00Z' }]
    const checked = await audit(rows, 'fin')
    expect(await report(checked)).toBe(await auditPage(checked))
  })

  it('refuses other values', async () => {
    await expect(report(7 as never)).rejects.toThrow('report: expected the answer of portfolio or audit, got 7')
  })
})
