// docs/scenario.md: every example of a charge bills what the page says.
import { readFileSync } from 'node:fs'
import { invoice } from 'billcast'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { chargeModels } from '../../src/contract/charges/index.ts'

const page = readFileSync('docs/scenario.md', 'utf8')
const rows = [...page.matchAll(/\| `(\{[^`]+\})` \| \$([\d,.]+) \|$/gm)].map(
  ([, charge, amount]) => [charge, Number(amount.replaceAll(',', ''))] as const,
)

describe('the page on scenarios', () => {
  it.each(rows)('%s bills $%d', async (charge, amount) => {
    const drivers = { conversations: { base: '50k' }, resolution: { rate: '65%' } }
    const { total } = await invoice({ ...drivers, offers: { one: { charges: [parse(charge)] } } }, 'one', { month: '2027-01' })
    expect(total).toBeCloseTo(amount, 8)
  })
  it('has an example of every charge model that a file can state', () => {
    expect(rows.length).toBeGreaterThan(20)
    const models = [...chargeModels.values()].filter(({ codeOnly }) => !codeOnly)
    for (const { key } of models) expect(rows.some(([charge]) => charge.includes(`${key}:`))).toBe(true)
  })
})
