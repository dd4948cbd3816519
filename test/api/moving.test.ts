// Tests which sliders a report has: those that move a cost.
import { expect, it } from 'vitest'
import { reportFactsOf } from '../../src/api/report.ts'
import { runScenario } from '../../src/api/run.ts'
import { givenFiles } from '../../src/api/given.ts'
import { inlineExecutor } from '../../src/run/executor.ts'

const plan = (offers: string, measure: string) => `months: 3
conversations: { base: 10k to 12k }
resolution: { rate: 60% to 70%, improvement: 1pt/month }
human: { cost: $6 }
offers: ${offers}
run: { trials: 1024, measure: ${measure} }
`
const flat =
  '{ a: { charges: [{ meter: conversations, price: $0.70 }] }, b: { charges: [{ meter: conversations, price: $0.80 }] } }'
const mixed = '{ a: { charges: [{ meter: conversations, price: $0.70 }] }, b: { charges: [{ meter: resolutions, price: $0.99 }] } }'

async function sliders(text: string, page = true) {
  const finished = await runScenario(text, {}, { executor: () => inlineExecutor, reader: givenFiles({}) })
  const { live } = await reportFactsOf(finished, { version: '', scenarioHash: '', identity: '' }, page)
  return live.levers.map(({ path }) => path)
}

const PRICES = ['offers.a.charges[0].price', 'offers.b.charges[0].price']

it('a rate has no slider where every contract bills conversations, nor people where bills are compared', async () => {
  expect(await sliders(plan(flat, 'bill'))).toEqual(['conversations.base', ...PRICES])
})

it('a rate has one where a contract bills resolutions, and people where totals are compared', async () => {
  expect(await sliders(plan(mixed, 'bill'))).toEqual(['conversations.base', 'resolution.rate', 'resolution.improvement', ...PRICES])
  expect(await sliders(plan(flat, 'total'))).toEqual([
    'conversations.base',
    'resolution.rate',
    'resolution.improvement',
    'human.cost',
    ...PRICES,
  ])
})

it('a run without a page looks for no sliders', async () => {
  expect(await sliders(plan(flat, 'bill'), false)).toEqual([])
})
