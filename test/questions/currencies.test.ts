import { breakEven, optimize, type Scenario, simulate } from 'billcast'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { thorough } from '../effort.ts'
import { here } from '../end-to-end/command.ts'

const plan = (exchange: NonNullable<Scenario['exchange']>, more: Partial<Scenario> = {}): Scenario => ({
  exchange,
  conversations: { base: '45k to 55k' },
  resolution: { rate: '65%' },
  offers: {
    a: { currency: 'EUR', charges: [{ meter: 'resolutions', price: 0.89 }] },
    b: { charges: [{ meter: 'resolutions', price: 0.96 }] },
    c: { charges: [{ meter: 'resolutions', price: '€0.89' }] },
  },
  ...more,
})
const options = { trials: 8_192, seed: 'euro' }
const fixed = { EUR: 1.08 }

describe('an amount in another currency', () => {
  it('is converted at the rate that the plan states', async () => {
    const result = await simulate(plan(fixed), options)
    const euros = result.overrun('a', '€400k')
    expect(euros).toMatchObject({ amount: 432_000, stated: { value: 400_000, currency: 'EUR', rate: 1.08, uncertain: false } })
    expect(euros.probability).toEqual(result.overrun('a', 432_000).probability)
    expect(result.overrun('a', 'EUR 400k')).toEqual(euros)
    expect(result.overrun('a', '$432k')).toEqual(result.overrun('a', 432_000))
  })

  it('is refused without a rate, and so is a negative amount', async () => {
    const result = await simulate(plan(fixed), { ...options, trials: 64 })
    expect(() => result.overrun('a', '£400k')).toThrow(
      'amount: expected an amount in USD, the plan\'s currency, or an exchange rate of GBP in the plan, such as exchange: { GBP: 1.08 }, got "£400k"',
    )
    for (const wrong of ['-5', -5, '400k€', '€€4'])
      expect(() => result.overrun('a', wrong)).toThrow('amount: expected an amount of 0 or more')
  })

  it('is converted in each trial by its own rate if the rate is uncertain', async () => {
    // The offer bills in euros a certain quantity: it exceeds a limit in euros always or never, whatever the rate.
    const certain = plan({ EUR: 'normal(1.08, 0.2)' }, { conversations: { base: 50_000 } })
    const result = await simulate(certain, options)
    const billed = 12 * 50_000 * 0.65 * 0.89
    const above = result.overrun('a', `€${billed - 1}`)
    expect(above).toMatchObject({ stated: { uncertain: true, currency: 'EUR' }, probability: { value: 1 } })
    expect(above.amount).toBeCloseTo(1.08 * (billed - 1), 0)
    expect(above.expected?.value).toBeCloseTo(1.08, 2)
    expect(result.overrun('a', `€${billed + 1}`).probability.value).toBe(0)
    expect(result.overrun('a', above.amount).probability.value).toBeGreaterThan(0.3)
  })

  it('of the plan converts at a certain rate, and is refused at an uncertain one', async () => {
    const budget = { offer: 'a', amount: '€400k' }
    const { summary } = await simulate(plan(fixed, { budget }), { ...options, trials: 64 })
    expect(summary.budget?.amount).toBe(432_000)
    const uncertain = simulate(plan({ EUR: 'normal(1.08, 0.05)' }, { budget }), { trials: 64 })
    await expect(uncertain).rejects.toThrow('budget.amount: expected an amount in USD, since the rate of EUR is uncertain')
    const unknown = simulate(plan(fixed, { budget: { offer: 'a', amount: '£400k' } }), { trials: 64 })
    await expect(unknown).rejects.toThrow('budget.amount: expected an amount in USD')
  })

  it.runIf(thorough)('bounds a percentile at the rate that the plan states', async () => {
    const vary = { 'offers.b.charges[0].price': ['$0.50', '$0.90'] } as const
    const found = (exchange: NonNullable<Scenario['exchange']>, require: string) =>
      optimize(plan(exchange), { offer: 'b', vary, require, minimize: 'mean', trials: 1_024 })
    await expect(found(fixed, 'P80 at most €150k')).rejects.toThrow('meets "P80 at most €150k"')
    expect((await found(fixed, 'P80 at most €250k')).require[0].figure.value).toBeLessThan(270_000)
    await expect(found(fixed, 'P80 at most £250k')).rejects.toThrow('an exchange rate of GBP')
    await expect(found({ EUR: 'normal(1.08, 0.05)' }, 'P80 at most €250k')).rejects.toThrow('the rate of EUR is uncertain')
  })

  it('is no bound of a field in a third currency', async () => {
    const ask = (offer: string, bounds: readonly [string, string]) =>
      breakEven(plan(fixed), `offers.${offer}.charges[0].price`, [offer, 'b'], { bounds, trials: 1_024 })
    await expect(ask('a', ['$0.50', '$2'])).rejects.toThrow('expected an amount in EUR, the currency of the field, got "$0.50"')
    await expect(ask('c', ['$0.50', '$2'])).rejects.toThrow('expected an amount in EUR, the currency of the field')
    expect((await ask('a', ['€0.50', '€2'])).value).toBeCloseTo(0.96 / 1.08, 6)
  })
})

describe('billcast budget --amount', () => {
  const folder = mkdtempSync(join(tmpdir(), 'billcast-currencies-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const budget = (exchange: NonNullable<Scenario['exchange']>, amount: string) => {
    writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan(exchange)))
    return here(['budget', join(folder, 'plan.json'), '--offer', 'a', '--trials', '1k', '--amount', amount])
  }

  it('says how it converted the amount', async () => {
    expect((await budget(fixed, '€400k')).stdout).toContain('a costs more than €400,000 ($432,000 at 1.08) in ')
    expect((await budget({ EUR: 'normal(1.08, 0.05)' }, '€400k')).stdout).toContain(
      "a costs more than €400,000 (at each trial's own rate, $432,000 at the mean rate of 1.08) in ",
    )
  })

  it('refuses amounts without a rate and below 0', async () => {
    expect((await budget(fixed, '£400k')).stderr).toContain('or an exchange rate of GBP in the plan')
    expect((await budget(fixed, '-5')).stderr).toContain('--amount: expected an amount of 0 or more such as $480k, got "-5"')
  })
})
