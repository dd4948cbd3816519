// Tests the prices to ask for against plans with known answers, and against runs of the plan at these prices.
import { describe, expect, it } from 'vitest'
import { runScenario } from '../../../src/api/run.ts'
import { askedWords } from '../../../src/present/words/asking.ts'
import { askingOf } from '../../../src/questions/compare/asking.ts'
import { verdictOf } from '../../../src/questions/compare/verdict.ts'
import { inlineExecutor } from '../../../src/run/executor.ts'
import { changedPlan, FIRST_PLAN } from '../../../src/page/calculator/plan.ts'
import { reader } from '../reader.ts'

const run = (plan: string | object) =>
  runScenario(
    plan,
    { trials: 2_048, seed: 'asking', preintegration: false, monthly: false },
    { executor: () => inlineExecutor, reader },
  )

async function asked(plan: string | object, clearAt?: number) {
  const { trials, summary } = await run(plan)
  return askingOf(trials, summary, clearAt).map(({ offer, stated, level, clear }) => [offer, stated, level, clear])
}

/** 12,000 conversations, of which 10,000 are resolved, in one month. */
const certain = (offers: object, more: object = {}) => ({
  months: 1,
  conversations: { base: 12_000 },
  resolution: { rate: 10_000 / 12_000 },
  ...more,
  offers,
})
const fee = (amount: number) => ({ charges: [{ fee: `$${amount}/month` }] })

describe('the prices to ask for', () => {
  it('are the price of the other offer, and the first cent that is more than 1% lower', async () => {
    const unit = (price: string) => ({ charges: [{ meter: 'resolutions', price }] })
    const plan = { conversations: { base: '50k', noise: { cv: '8%' } }, resolution: { rate: '60% to 70%' }, months: 12 }
    expect(await asked({ ...plan, offers: { a: unit('$1.00'), b: unit('$0.90') } })).toEqual([
      ['a', 1, 0.9, 0.89],
      // It is clear already.
      ['b', 0.9, 0.9, 0.9],
    ])
  })

  it('lower the price of a commitment alone, and keep its overage', async () => {
    // 8,000 at $1.00 and 2,000 at $2.00 cost $12,000. At $0.87 the commitment costs $10,960.
    const committed = { charges: [{ meter: 'resolutions', commitment: '8k/month', price: '$1.00', overage: '$2.00' }] }
    expect(await asked(certain({ committed, other: fee(11_000) }))).toEqual([
      ['committed', 1, 0.87, 0.86],
      ['other', 1, 1, 1],
    ])
  })

  it('know that a minimum bends the bill', async () => {
    const minimum = { charges: [{ meter: 'resolutions', price: '$1.00', minimum: '$9500/month' }] }
    expect((await asked(certain({ minimum, other: fee(9_700) })))[0]).toEqual(['minimum', 1, 0.97, 0.96])
    // No price brings the bill below its minimum, nor 1% below what is hardly dearer.
    expect((await asked(certain({ minimum, other: fee(9_400) })))[0]).toEqual(['minimum', 1, undefined, undefined])
    expect((await asked(certain({ minimum, other: fee(9_550) })))[0]).toEqual(['minimum', 1, 0.95, undefined])
  })

  it('count people where the plan compares by total', async () => {
    // With a: $10,000 and 2,000 contacts at $5. With b: $8,000 and 4,000 contacts, $8,000 more.
    const offers = {
      a: { charges: [{ meter: 'resolutions', price: '$1.00' }] },
      b: { charges: [{ meter: 'resolutions', price: '$1.00' }], resolution: { rate: 8_000 / 12_000 } },
    }
    const plan = certain(offers, { human: { cost: '$5.00' }, run: { measure: 'total' } })
    // The total of a is $20,000, that of b $28,000: even free, b costs $20,000, and never clearly less.
    expect(await asked(plan)).toEqual([
      ['a', 1, 1, 1],
      ['b', 1, undefined, undefined],
    ])
    const cheaper = certain(
      { ...offers, b: { ...offers.b, running: '$100/month' } },
      { human: { cost: '$4.00' }, run: { measure: 'total' } },
    )
    // $18,000 against 8,000 · p + $16,100.
    expect((await asked(cheaper))[1]).toEqual(['b', 1, 0.23, 0.21])
  })

  it('cut all prices of a contract that states no single one', async () => {
    const tiers = { charges: [{ meter: 'resolutions', graduated: [{ to: '5k', price: '$1.20' }, { price: '$0.80' }] }] }
    // $10,000 against $9,750.
    expect((await asked(certain({ tiers, other: fee(9_750) })))[0]).toEqual(['tiers', 1, 0.975, 0.965])
  })

  it('leave out a contract that bills nothing', async () => {
    const plan = certain({ people: fee(0), fin: fee(9_000) }, { human: { cost: '$5.00' }, run: { measure: 'total' } })
    expect((await asked(plan)).map(([offer]) => offer)).toEqual(['fin'])
  })

  it('have two digits below ten cents', async () => {
    const small = { charges: [{ meter: 'resolutions', price: '$0.0500' }] }
    expect((await asked(certain({ small, other: fee(452.5) })))[0]).toEqual(['small', 0.05, 0.045, 0.044])
  })

  it('are those of runs with these prices, to the cent', async () => {
    const { trials, summary } = await run(FIRST_PLAN)
    const found = askingOf(trials, summary)
    expect(found.map(({ offer }) => offer)).toEqual(['fin', 'per-conversation', 'zendesk'])
    const at = async (offer: string, price: number) =>
      (await run(changedPlan(FIRST_PLAN, [[['offers', offer, 'charges', 0, 'price'], price]]))).summary
    const isLowest = async (offer: string, price: number) => {
      const { offers } = await at(offer, price)
      const budgets = Object.values(offers).map(({ bill }) => bill.percentiles.p80?.value ?? 0)
      return offers[offer].bill.percentiles.p80?.value === Math.min(...budgets)
    }
    const isClear = async (offer: string, price: number) => {
      const verdict = verdictOf(await at(offer, price))
      return verdict?.grade === 'clear' && verdict.offer === offer
    }
    for (const { offer, stated, level = 0, clear = 0 } of found) {
      expect(await isLowest(offer, level)).toBe(true)
      if (level < stated) expect(await isLowest(offer, level + 0.01)).toBe(false)
      expect(await isClear(offer, clear)).toBe(true)
      expect(await isClear(offer, clear + 0.01)).toBe(false)
    }
  })

  it('follow the odds that a clear choice needs', async () => {
    const [, , zendesk] = await asked(FIRST_PLAN)
    const [, , sure] = await asked(FIRST_PLAN, 0.95)
    expect(sure[3]).toBeLessThan(Number(zendesk[3]))
  })

  it('say what they are for', () => {
    const price = { currency: 'USD', meter: 'resolutions', committed: true }
    expect(askedWords({ offer: 'a', price, stated: 0.88, level: 0.85, clear: 0.82 })).toEqual({
      ...{ offer: 'a', unit: 'a committed resolution', quoted: '$0.88', level: '$0.85', clear: '$0.82' },
    })
    expect(askedWords({ offer: 'a', stated: 1, level: 1 })).toEqual({
      ...{ offer: 'a', unit: 'all prices together', quoted: 'as stated', level: 'has the lowest', clear: 'no price' },
    })
    expect(askedWords({ offer: 'a', stated: 1, level: 0.974, clear: 0.9 }).level).toBe('2.6% less')
  })
})
