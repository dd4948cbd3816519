// A plan as it reads before a run, and the catalog as data.
import { check, offers, ScenarioError, simulate } from 'billcast'
import { describe, expect, it } from 'vitest'
import { here } from '../end-to-end/command.ts'

const plan = {
  start: '2027-03',
  months: 2,
  conversations: { base: { value: 50_000, source: 'help desk' } },
  resolution: { rate: '60% to 70%' },
  human: { cost: '$6' },
  offers: { flat: { charges: [{ meter: 'conversations', price: '$0.71' }] } },
}

describe('check', () => {
  it('states the months, assumptions, sources and point estimates of a plan', async () => {
    const found = await check(plan)
    expect(found).toMatchObject({ name: 'scenario', months: ['2027-03', '2027-04'], currency: 'USD', segments: [] })
    expect(found.sources).toEqual([{ path: 'conversations.base', source: 'help desk' }])
    expect(found.assumptions.map(({ name }) => name)).toEqual(expect.arrayContaining(['conversations.base', 'resolution.rate']))
    // 50,000 conversations a month at $0.71; people handle those that the AI does not resolve, at the mean rate.
    const { summary } = await simulate(plan, { trials: 32, threads: 1 })
    expect(found.offers).toEqual([
      { offer: 'flat', bill: 71_000, total: expect.closeTo(summary.offers.flat.total.point ?? Number.NaN, 6) },
    ])
  })

  it('reads files that the caller passes', async () => {
    const file = { ...plan, months: 1, conversations: { monthly: 'plan.csv' } }
    const { offers: costs, warnings } = await check(file, { files: { 'plan.csv': 'month,conversations\n2027-03,1000\n' } })
    expect(costs[0].bill).toBe(710)
    expect(warnings.join()).toContain('plan.csv')
  })

  it('reports every problem of a plan, as a run does', async () => {
    const wrong = { ...plan, months: 0, resolution: { rate: 65 } }
    const found = await check(wrong).catch((error: unknown) => error)
    expect(found).toBeInstanceOf(ScenarioError)
    expect((found as ScenarioError).problems.map(({ path }) => path)).toEqual(['months', 'resolution.rate'])
  })
})

describe('offers', () => {
  it('lists the catalog, each offer with the keys of a plan and the sources of its figures', async () => {
    const { offers: all, byQuote } = await offers()
    const fin = all.find(({ name }) => name === 'fin')
    expect(fin).toMatchObject({ vendor: 'Intercom', offer: { charges: [{ meter: 'resolutions', price: '$0.99' }] } })
    expect(fin?.sources.find(({ value }) => value === '$0.99')).toMatchObject({ from: { publisher: expect.any(String) } })
    expect(byQuote.length).toBeGreaterThan(0)
    // An offer is a plan's own once its keys stand in it.
    const { conversations, resolution } = plan
    const [stated, named] = await Promise.all([
      check({ conversations, resolution, offers: { a: fin?.offer ?? {} } }),
      check({ conversations, resolution, offers: { a: { catalog: 'fin' } } }),
    ])
    expect(stated.offers).toEqual(named.offers)
  })

  it('finds what the command finds', async () => {
    for (const words of ['fin', 'intercom', 'zendesk']) {
      const { offers: found } = await offers(words)
      const { stdout } = await here(['offers', words])
      expect(found.length).toBeGreaterThan(0)
      for (const { name } of found) expect(stdout).toContain(name)
    }
    expect((await offers('nobody sells this')).offers).toEqual([])
  })

  it('takes text only', async () => {
    await expect(offers(7 as never)).rejects.toThrow("offers: expected a name such as 'fin' or words of a vendor or title, got 7")
  })
})
