import { expect, it } from 'vitest'
import { simulate } from '../../simulate.ts'

const experts = [
  { name: 'support lead', p10: '40k', p50: '48k', p90: '60k', weight: 2, source: 'interview, 2026-10' },
  { p10: '45k', p90: '70k' },
]
const scenario = {
  months: 1,
  conversations: { base: { experts } },
  resolution: { rate: { p10: '55%', p50: '65%', p90: '72%' } },
  offers: { a: { charges: [{ meter: 'resolutions', price: 1 }] } },
}

it('the chart shows each expert and the pool, and its title is the finding of the pool', async () => {
  const result = await simulate(scenario, { trials: 1_024 })
  const chart = result.chart('experts', 'conversations.base')
  expect(chart.title).toMatch(/^All experts: 50,300, and 4\d,\d00 to 6\d,\d00 in 80 of 100 cases$/)
  expect(chart.description).toContain('support lead (67%) 48,000, and 40,000 to 60,000 in 80 of 100 cases')
  expect(chart.description).toContain('expert 2 (33%)')
  const { values } = (chart.spec as { data: { values: { who: string; share?: number; p50?: number }[] } }).data
  for (const who of ['support lead (67%)', 'expert 2 (33%)', 'all experts']) {
    const shares = values.filter((row) => row.who === who && row.share !== undefined)
    expect(shares.reduce((sum, { share = 0 }) => sum + share, 0)).toBeGreaterThan(0.98)
  }
  const svg = await chart.toSVG()
  expect(svg.match(/<path/g)?.length ?? 0).toBeGreaterThan(5)
  expect(svg).toContain('support lead')
  expect(() => result.chart('experts', 'resolution.rate')).toThrow(
    'the plan states no experts for "resolution.rate": the inputs with experts are conversations.base',
  )
})
