// A run says how often the cost of a plan with single numbers is enough. test/questions/once.test.ts compares that share with a closed form.
import { expect, it } from 'vitest'
import { simulate } from '../../simulate.ts'

it('the text of a result states the share that its budget question finds', async () => {
  const result = await simulate(
    {
      conversations: { base: 'lognormal(50k, 20k)' },
      offers: { flat: { charges: [{ meter: 'conversations', price: '$0.70' }] }, fee: { charges: [{ fee: '$90k/month' }] } },
    },
    { trials: 4096 },
  )
  const { pointSuffices } = result.contingency('flat', 0.8)
  const share = Math.round(100 * pointSuffices.value)
  // Costs are skewed to the right, so that their mean is above the median.
  expect(share).toBeGreaterThan(52)
  expect(String(result)).toContain(
    `A plan with single numbers gives $420,000 for flat. It would be enough in ${share} of 100 simulated years.`,
  )
})
