// One total cost: the same figure decides what is cheapest, what an offer saves, and where two offers break even.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nodeHome as home } from '../../src/platform/node/home.ts'
import { SimulationResult } from '../../src/api/result.ts'
import { runScenario } from '../../src/api/run.ts'
import { folderReader } from '../../src/platform/node/reader.ts'
import { arrowTable } from '../../src/present/tables/arrow.ts'
import { inlineExecutor } from '../../src/run/executor.ts'
import { breakEvenOf } from '../../src/questions/negotiate/break-even.ts'
import { fairPriceOf } from '../../src/questions/negotiate/fair-price.ts'
import { simulate } from '../simulate.ts'
import { reader } from './reader.ts'

/** Freed work saves 40% of its cost. */
const plan = {
  conversations: { base: '50k' },
  resolution: { rate: '65%' },
  human: { cost: '$6', cashable: '40%' },
  offers: {
    fin: { charges: [{ id: 'usage', meter: 'resolutions', price: '$0.99' }] },
    premium: { resolution: { offset: '6pt' }, charges: [{ id: 'usage', meter: 'conversations', price: '$0.95' }] },
  },
}
// 600,000 conversations, of which 390,000 and 426,000 are resolved. Each saves 40% of $6.
const ALONE = 600_000 * 6
const FIN = ALONE - 390_000 * 2.4 + 390_000 * 0.99
const PREMIUM = ALONE - 426_000 * 2.4 + 600_000 * 0.95

describe('freed work that is not cashable', () => {
  it('stays in the total, so that the offer that saves $97,500 more is cheaper by as much', async () => {
    const result = await simulate(plan, { trials: 64, measure: 'total' })
    const { fin, premium } = result.summary.offers
    expect(fin.total.mean.value).toBeCloseTo(FIN, 5)
    expect(premium.total.mean.value).toBeCloseTo(PREMIUM, 5)
    expect(premium.total.mean.value - fin.total.mean.value).toBeCloseTo(97_500, 5)
    expect(fin.total.point).toBeCloseTo(FIN, 5)
    expect(result.summary.comparison.cheapest.fin.value).toBe(1)
    expect(result.ranking().words).toContain('fin costs least on average')
    expect(result.regret('premium').mean.value).toBeCloseTo(97_500, 5)
    const [one, other] = [result.savings('fin'), result.savings('premium')]
    expect(one.savings.mean.value - other.savings.mean.value).toBeCloseTo(97_500, 5)
    expect(one.withoutAi.mean.value).toBeCloseTo(ALONE, 5)
    // Hours are those of all freed work, whether the money leaves the budget or not.
    expect(one.hoursFreed).toBeUndefined()
  })

  it('costs the same as before where all of it is cashable', async () => {
    const run = async (cashable: object) =>
      (await simulate({ ...plan, human: { cost: '$4 to $8', uplift: '20%', ...cashable } }, { trials: 2048, measure: 'total' }))
        .summary
    expect(await run({ cashable: '100%' })).toEqual(await run({}))
  })

  it('may change in stages', async () => {
    const staged = { ...plan, start: '2027-01', human: { cost: '$6', cashable: [{ until: '2027-06', value: 0 }, { value: 1 }] } }
    const { total } = (await simulate(staged, { trials: 64 })).summary.offers.fin
    expect(total.mean.value).toBeCloseTo(ALONE - 195_000 * 6 + 390_000 * 0.99, 5)
    expect(total.point).toBeCloseTo(total.mean.value, 5)
  })
})

describe('a number at which two offers cost the same in total', () => {
  const options = { trials: 64, measure: 'total' } as const

  it('counts the work that stays', async () => {
    // $97,500 over 390,000 resolutions are $0.25.
    const found = await breakEvenOf(plan, 'offers.fin.price', ['fin', 'premium'], reader, options)
    expect(found.value).toBeCloseTo(0.99 + 0.25, 9)
    const fair = await fairPriceOf(plan, 'offers.fin.price', { against: 'premium', ...options }, reader)
    expect(fair.value).toBeCloseTo(0.99 + 0.25, 9)
  })

  it('is the pay of heads who follow the need at once', async () => {
    const staff = { pay: '$5k/month', minutes: 9, hours: '160/month', shrinkage: '30%', occupancy: '85%', shortfall: '$7' }
    const staffed = { ...plan, human: { staff: { ...staff, release: { immediate: true } } } }
    const found = await breakEvenOf(staffed, 'human.staff.pay', ['fin', 'premium'], reader, options)
    // 36,000 more contacts cost as much as the difference of the bills.
    const contact = (600_000 * 0.95 - 390_000 * 0.99) / 36_000
    expect(found.value).toBeCloseTo((contact * 60 * 160 * 0.7 * 0.85) / 9, 6)
  })
})

describe('savings', () => {
  it('have the means of the summary, and the ratio of means as their return', async () => {
    const varied = { ...plan, conversations: { base: '30k to 80k' }, resolution: { rate: '40% to 80%' } }
    const result = await simulate(varied, { trials: 4096, measure: 'total' })
    const { savings, return: earned, costPerConversation, costPerResolution } = result.savings('fin')
    const { fin } = result.summary.offers
    expect(costPerConversation?.mean).toEqual(fin.costPerConversation?.mean)
    expect(costPerResolution?.mean).toEqual(fin.costPerResolution?.mean)
    expect(earned?.mean.value).toBeCloseTo(savings.mean.value / fin.bill.mean.value, 12)
    // Each resolution saves $2.40 and costs $0.99, in every trial.
    expect(earned?.mean.value).toBeCloseTo(2.4 / 0.99 - 1, 9)
    expect(earned?.mean.se).toBeLessThan(1e-9)
    expect(earned?.percentiles.p5.value).toBeCloseTo(2.4 / 0.99 - 1, 9)
  })
})

/** Every example that states what people cost. */
const EXAMPLES = ['examples', 'examples/article', 'examples/batch/plans']
  .flatMap((folder) => readdirSync(folder).map((file) => `${folder}/${file}`))
  .filter((file) => file.endsWith('.yaml') && /^ *human:/m.test(readFileSync(file, 'utf8')))

it.each(EXAMPLES)('in %s an offer saves the total without the AI less its own', async (file) => {
  const run = { executor: () => inlineExecutor, reader: folderReader(dirname(file)) }
  const options = { trials: 64, measure: 'total', method: 'random' } as const
  const result = SimulationResult.of(await runScenario(readFileSync(file, 'utf8'), options, run), {
    table: arrowTable,
    home,
    seconds: 0,
  })
  expect(result.hasPeople).toBe(true)
  for (const [offer, { total }] of Object.entries(result.summary.offers)) {
    const { withoutAi, savings } = result.savings(offer)
    expect(withoutAi.mean.value - savings.mean.value, offer).toBeCloseTo(total.mean.value, 4)
  }
})
