// Tests the summary of an answer that shows no months.
import { expect, it } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { runScenario } from '../../src/api/run.ts'
import { inlineExecutor } from '../../src/run/executor.ts'

it('a summary without months has the figures of the horizon to the last bit', async () => {
  const plan = {
    ...{ start: '2027-01', months: 6 },
    conversations: { base: '900 to 1100', noise: { cv: 0.1 } },
    resolution: { rate: '60% to 70%' },
    offers: { a: { charges: [{ meter: 'resolutions', price: 1 }] }, b: { charges: [{ meter: 'conversations', price: 0.6 }] } },
  }
  const run = async (wholeOnly: boolean) => {
    const platform = { executor: () => inlineExecutor, reader: givenFiles({}), wholeOnly }
    return (await runScenario(plan, { trials: 2_048, monthly: false }, platform)).summary
  }
  const [whole, all] = [await run(true), await run(false)]
  expect(all.offers.a.bill.monthly).toHaveLength(6)
  expect(whole.offers.a.bill).toEqual({
    ...all.offers.a.bill,
    monthly: [],
    quarterly: [],
    worstMonth: undefined,
    worstQuarter: undefined,
  })
  expect(whole.drivers.conversations).toEqual({ ...all.drivers.conversations, monthly: [] })
  expect(whole.comparison).toEqual(all.comparison)
  expect(whole.verdict).toEqual(all.verdict)
})
