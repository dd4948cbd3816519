// The best number of a certain plan may lie at an edge of the contract that no number of the grid is close to.
import { expect, it } from 'vitest'
import { optimumOf } from '../../../src/questions/negotiate/optimize.ts'
import { reader } from '../reader.ts'

it('optimize finds a tier between two numbers of its grid that costs least', async () => {
  // 300 units from 20,200 on cost $0.40 each. The grid looks at 19,219 and at 20,625.
  const tiers = [{ to: 20_200, price: 1 }, { to: 20_500, price: 0.4 }, { to: 50_300, price: 1 }, { price: 0.17 }]
  const plan = {
    months: 1,
    conversations: { base: '50k' },
    offers: { v: { charges: [{ meter: 'conversations', volume: tiers }] } },
  }
  const vary = { 'conversations.base': [15_000, 60_000] as const }
  const { best, cost } = await optimumOf(plan, { offer: 'v', vary, trials: 64 }, reader)
  expect(best['conversations.base'].value).toBeCloseTo(20_200, 1)
  expect(cost.value).toBeCloseTo(0.4 * 20_200, 1)
})
