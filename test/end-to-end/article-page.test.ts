// docs/article.md: every figure on the page, from the scenarios beside it.
import { readFileSync } from 'node:fs'
import { invoice, simulate } from 'billcast'
import { describe, expect, it } from 'vitest'

const page = readFileSync('docs/article.md', 'utf8')
const scenario = (name: string) => readFileSync(`examples/article/${name}.yaml`, 'utf8')
const total = async (name: string, offer: string, usage = {}) => (await invoice(scenario(name), offer, usage)).total
const money = (value: number) => `$${value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
const row = (claim: string) => page.split('\n').find((line) => line.startsWith(`| ${claim}`)) ?? ''

describe('the page on the article', () => {
  it.each([
    ['50,000 conversations at 50%', 'resolution-50', 24_750, 15_250],
    ['at 65%', 'resolution-65', 32_175, 7_825],
    ['at 80% the gap', 'resolution-80', 39_600, 400],
    ['at 90% the resolution', 'resolution-90', 44_550, -4_550],
  ])('%s', async (claim, offer, cost, gap) => {
    const [resolution, conversation] = [await total('month', offer), await total('month', 'conversation')]
    expect(resolution).toBeCloseTo(cost, 8)
    expect(conversation - resolution).toBeCloseTo(gap, 8)
    expect(row(claim)).toContain(money(Math.abs(gap)))
  })
  it('states the year of the large buyer', async () => {
    const gap = (await total('large', 'conversation')) - (await total('large', 'resolution'))
    expect(gap).toBeCloseTo(187_800, 7)
    expect(row('100,000 conversations')).toContain(money(gap))
  })
  it('states the first year with and without drift', async () => {
    const gap = (await total('drift', 'conversation')) - (await total('drift', 'resolution'))
    expect(gap).toBeCloseTo(61_230, 7)
    expect(row("the first year's gap")).toContain(money(gap))
    expect((await total('drift', 'conversation')) - (await total('drift', 'resolution', { rate: '65%' }))).toBeCloseTo(93_900, 7)
  })
  it('states the rates between which a conversation costs 30 to 60% more', async () => {
    const more = async (rate: number) =>
      (await total('month', 'conversation')) / (await total('month', 'resolution-65', { rate })) - 1
    expect(await more(0.8 / 0.99 / 1.6)).toBeCloseTo(0.6, 12)
    expect(await more(0.8 / 0.99 / 1.3)).toBeCloseTo(0.3, 12)
    expect(row('a price per conversation')).toContain(`${(80 / 0.99 / 1.6).toFixed(1)}% to ${(80 / 0.99 / 1.3).toFixed(1)}%`)
  })
  it('states the break-even', async () => {
    expect(await total('month', 'resolution-65', { rate: 80 / 99 })).toBeCloseTo(await total('month', 'conversation'), 8)
    expect(row('"above 85')).toContain(`${(8000 / 99).toFixed(3)}%`)
  })
  it('states how many points better a vendor priced per conversation must be with people at $6.00', async () => {
    const { summary } = await simulate(scenario('people'), { trials: 32, method: 'random', threads: 1 })
    const cost = (offer: string) => summary.offers[offer].total.point
    expect(cost('resolution')).toBeCloseTo(137_175, 8)
    expect(cost('conversation')).toBeCloseTo(145_000, 8)
    const points = ((cost('conversation') - cost('resolution')) / 6 / 50_000) * 100
    expect(row('the cheaper bill')).toContain(`${points.toFixed(2)} points`)
    expect(cost('conversation-better')).toBeLessThan(cost('resolution'))
  })
  it('has a report of its certain month in which all figures agree', async () => {
    const report = await (await simulate(scenario('month'), { trials: 2048, threads: 1 })).report('md')
    expect(report).toContain('$24,800 | holds in 100 of 100 trials')
    expect(report).not.toMatch(/holds in (50|80|90|95) of 100 trials/)
    // An offer's regret is its difference from the cheapest one, both from $40,000 and $24,800 as shown.
    expect(report).toMatch(/\| [^|]*conversation[^|]* \| 0 \| \$15,200 \|/i)
    expect(report).toMatch(/\| [^|]*conversation[^|]* \| -\$15,200 \|/i)
  })
  it('compares people by total', async () => {
    const { summary } = await simulate(scenario('people'), { trials: 32, method: 'random', threads: 1 })
    expect(summary.comparison.measure).toBe('total')
    expect(summary.comparison.cheapest['conversation-better']?.value).toBe(1)
  })
  it('shows only offers that are in the catalog', async () => {
    for (const offer of ['fin', 'zendesk', 'gorgias', 'agentforce', 'ada'])
      expect(await total('market', offer)).toBeGreaterThan(100_000)
    expect(await total('market', 'people')).toBe(0)
  })
})
