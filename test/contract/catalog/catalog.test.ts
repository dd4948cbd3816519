// Vendors' published offers: each can be billed, each figure has a source, and any field can be changed.
import { invoice } from 'billcast'
import { describe, expect, it } from 'vitest'
import { citationsOf, uncited } from '../../../src/contract/catalog/entry.ts'
import { catalog } from '../../../src/contract/catalog/index.ts'
import { ScenarioError } from '../../../src/errors.ts'
import { resolve } from '../../../src/scenario/resolve/resolve.ts'
import { readScenario } from '../../../src/scenario/read.ts'
import { here } from '../../end-to-end/command.ts'

const drivers = { months: 1, conversations: { base: '50k', actions: 4 }, resolution: { rate: '65%' } }
const of = (offer: object) => ({ ...drivers, offers: { one: offer } })
const bill = async (offer: object, usage = {}) => (await invoice(of(offer), 'one', usage)).total

describe('the catalog', () => {
  it.each([...catalog])('holds %s with the source of every figure', (_, entry) => {
    expect(uncited(entry.offer)).toEqual([])
    for (const { from } of citationsOf(entry.offer)) {
      expect(from.title).not.toBe('')
      expect(from.publisher).not.toBe('')
      expect(from.asOf).toMatch(/\d{4}-\d{2}/)
    }
    for (const { id } of entry.offer.charges) expect(id).toMatch(/^[a-z]+$/)
  })
  it.each([...catalog.keys()])('bills %s', async (catalog) => {
    const { lines, total } = await invoice({ ...of({ catalog }), months: 14 }, 'one')
    expect(Number.isFinite(total)).toBe(true)
    expect(lines.length > 0 || catalog === 'people').toBe(true)
  })
  it.each([
    ['fin', 32_175],
    ['fin-intercom-advanced', 32_175 + 850],
    ['zendesk-professional', 2 * (32_500 - 300) + 30 * 115],
    ['zendesk-committed', 7_500 + 2 * (32_500 - 5_300) + 30 * (115 + 50)],
    ['zendesk-paused', 7_500 + 30 * 115],
    ['gorgias-pro', 360 + 480 * 36 + 32_500],
    ['gorgias-starter', 10 + 49_950 * 0.4 + 32_500],
    ['agentforce-conversations', 100_000],
    ['agentforce-flex', 20_000],
    ['agentforce-users', 5_000],
    ['hubspot-enterprise', 1_620 * 10],
    ['freddy', 500 * 49],
    ['freddy-2024', 50 * 100],
    ['helpscout', 24_375],
    ['gladly', 19_500 + 1_800],
    ['redo', 47.5 + 45 + 0.85 * 32_400],
    ['fini-resolutions', 28_925],
    ['fini-conversations', 34_500],
    ['people', 0],
  ])('%s costs $%d for 50,000 conversations at 65%', async (catalog, cost) => {
    expect(await bill({ catalog })).toBeCloseTo(cost, 6)
  })
  it('is changed by the keys of a plan, charge by charge', async () => {
    expect(await bill({ catalog: 'fin', charges: { outcomes: { price: '$0.89' } } })).toBeCloseTo(28_925, 8)
    expect(await bill({ catalog: 'fin', charges: [{ id: 'outcomes', price: '$0.89' }] })).toBeCloseTo(28_925, 8)
    expect(await bill({ catalog: 'fin', charges: [{ fee: '$100/month' }] })).toBeCloseTo(32_275, 8)
    expect(await bill({ catalog: 'gladly', charges: { seats: null } })).toBeCloseTo(19_500, 8)
    expect(
      await bill({ catalog: 'fin', charges: { outcomes: { graduated: [{ to: 10_000, price: 1 }, { price: 0.5 }] } } }),
    ).toBeCloseTo(21_250, 8)
    expect(await bill({ catalog: 'fin', minimum: '$40k' })).toBeCloseTo(40_000, 8)
  })
  it('identifies its charges by their ids', async () => {
    const { scenario } = await resolve(
      readScenario({
        ...of({ catalog: 'ada' }),
        correlations: [{ between: ['offers.one.price', 'conversations.base'], rho: 0.3 }],
        conversations: { base: '40k to 60k' },
      }),
      { read: () => Promise.reject(new Error('no file')) },
    )
    expect(scenario.correlations[0].between[0]).toBe('offers.one.charges.conversations.price')
    expect(scenario.offers[0].title).toBe('Ada, by quote')
  })
  it.each([
    [{ catalog: 'finn' }, 'offers.one.catalog: expected the name of an offer in the catalog, got "finn", did you mean `fin`?'],
    [{ catalog: 7 }, '`billcast offers` lists them'],
    [
      { catalog: 'fin', charges: { outcome: { price: 1 } } },
      'offers.one.charges.outcome: expected the id of one of its charges (outcomes)',
    ],
    [{ catalog: 'fin', charges: { outcomes: { price: -1 } } }, 'expected an amount of 0 or more, got -1'],
  ])('refuses %j', async (offer, message) => {
    const read = async () => resolve(readScenario(of(offer)), { read: () => Promise.reject(new Error('no file')) })
    await expect(read()).rejects.toThrow(ScenarioError)
    await expect(read()).rejects.toThrow(message)
  })
})

describe('billcast offers', () => {
  const command = async (...more: string[]) => (await here(['offers', ...more])).stdout
  it('lists every offer', async () => {
    const list = await command()
    for (const name of catalog.keys()) expect(list).toContain(`  ${name} `)
  })
  it('explains one offer, with its sources and published rates', async () => {
    const text = await command('fin-guaranteed')
    expect(text).toContain('refund.below: 65% (Fin million dollar guarantee, Intercom, 2026-11; an assumption')
    expect(text).toContain('  67%, stated by the vendor (Fin pricing, Intercom, 2026-11; an average over customers)')
    expect(text).toContain(
      '  45% to 53%, stated by a third party (reports of production use at other companies, various, 2026-11; seen in production)',
    )
  })
  it('suggests the nearest name', async () => {
    const { status, stderr } = await here(['offers', 'gorgias-prp'])
    expect(status).toBe(2)
    expect(stderr).toContain('the catalog has no offer "gorgias-prp". Did you mean gorgias-pro?')
  })
})
