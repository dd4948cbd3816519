// A plan as it reads before a run, and the catalog as data.
import { check, offers, ScenarioError, simulate } from 'billcast'
import { describe, expect, it, vi } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { runScenario } from '../../src/api/run.ts'
import { inlineExecutor } from '../../src/run/executor.ts'
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

  it('and a run say which contracts bill only some of the months, also if only their charges end', async () => {
    const offers = {
      whole: plan.offers.flat,
      late: { title: 'Late, from April', from: '2027-04', ...plan.offers.flat },
      short: { charges: [{ meter: 'conversations', price: '$0.71', until: '2027-03' }] },
    }
    const words =
      'Late bills only April 2027: its cost covers 1 of 2 months. Short bills only March 2027: its cost covers 1 of 2 months.'
    expect((await check({ ...plan, offers })).warnings).toContain(words)
    expect((await simulate({ ...plan, offers }, { trials: 32, threads: 1 })).warnings).toContain(words)
    expect((await check(plan)).warnings.join()).not.toContain('months')
  })

  it('says how long a run with more trials than anybody needs takes, and how much memory', async () => {
    const warned = async (trials: number) => (await check({ ...plan, run: { trials } })).warnings.join()
    expect(await warned(1_000_000)).toBe('')
    expect(await warned(1e11)).toMatch(/^trials: [\d,]+ trials of this plan take about 60 minutes on one core, and about \d+ MiB/)
    await expect(warned(1e15)).rejects.toThrow('trials: expected at most 270,582,939,648 with this method')
    // A run says so before its first trial.
    const stop = new AbortController()
    const early = vi.fn<(words: string) => void>(() => stop.abort())
    const platform = { executor: () => inlineExecutor, reader: givenFiles({}), early }
    await expect(runScenario(plan, { trials: 1e11, signal: stop.signal }, platform)).rejects.toThrow('abort')
    expect(early.mock.calls.join()).toContain('60 minutes on one core')
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
