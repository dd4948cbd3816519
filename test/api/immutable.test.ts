// A caller may sort and change what a result hands out. The result's own figures stay as they are.
import { sweep } from 'billcast'
import { describe, expect, it } from 'vitest'
import { deepFrozen } from '../../src/api/deep-frozen.ts'
import { simulate } from '../simulate.ts'

const plan = {
  months: 2,
  conversations: { base: '45k to 60k' },
  resolution: { rate: '60% to 70%' },
  offers: { fin: { charges: [{ meter: 'resolutions', price: '$0.99' }] }, flat: { charges: [{ fee: '$33k/month' }] } },
}
const ran = () => simulate(plan, { trials: 8_192 })
const columnOf = (table: { getChild(name: string): { toArray(): unknown } | null }, name: string): Float64Array => {
  const values = table.getChild(name)?.toArray()
  if (!(values instanceof Float64Array)) throw new Error(`${name} holds no numbers`)
  return values
}

describe('what leaves a result is a copy', () => {
  it('so that sorting the costs of trials changes no figure', async () => {
    const [touched, untouched] = [await ran(), await ran()]
    for (const name of ['fin', 'flat']) columnOf(touched.trials(), name).sort().fill(1, 0, 100)
    expect(touched.budget('fin', 0.37)).toEqual(untouched.budget('fin', 0.37))
    expect(touched.overrun('fin', 66_000)).toEqual(untouched.overrun('fin', 66_000))
    expect(touched.acceptability('resolution.rate')).toEqual(untouched.acceptability('resolution.rate'))
    expect(touched.dominance()).toEqual(untouched.dominance())
  })

  it('so that sorting inputs changes no figure', async () => {
    const [touched, untouched] = [await ran(), await ran()]
    columnOf(touched.inputs(), 'resolution.rate').sort()
    expect(touched.acceptability('resolution.rate')).toEqual(untouched.acceptability('resolution.rate'))
    expect(touched.winners('resolution.rate', 'conversations.base')).toEqual(
      untouched.winners('resolution.rate', 'conversations.base'),
    )
  })

  it('so that changing the trials of a difference changes no figure of it', async () => {
    const difference = (await ran()).difference('fin', 'flat')
    const before = [difference.above(0), difference.percentile(0.37), difference.skewness]
    difference.trials.fill(0)
    expect([difference.above(0), difference.percentile(0.37), difference.skewness]).toEqual(before)
  })

  it('which is made once: a column that a program reads again is the same one', async () => {
    const result = await ran()
    expect(result.trials()).toBe(result.trials())
    expect(result.difference('fin', 'flat').trials).not.toBe(result.difference('fin', 'flat').trials)
  })
})

describe('what leaves a result as an object is frozen or new', () => {
  it('the result, and a difference with its figures', async () => {
    const result = await ran()
    const difference = result.difference('fin', 'flat')
    const changes: readonly (() => unknown)[] = [
      () => Object.assign(result, { summary: {} }),
      () => Object.assign(difference, { mean: 0 }),
      () => Object.assign(difference.percentiles.p80 ?? {}, { value: 0 }),
    ]
    for (const change of changes) expect(change).toThrow(TypeError)
    const { amount } = result.curve('fin')[3]
    Object.assign(result.curve('fin')[3], { amount: 0 })
    expect(result.curve('fin')[3].amount).toBe(amount)
  })

  it('months, a ledger and paths are made anew, and a sweep is a table of its own', async () => {
    const result = await simulate(plan, { trials: 1_024 })
    const tables = [() => result.months(), () => result.ledger(), () => result.paths()]
    for (const made of tables) {
      const numbers = () =>
        made().schema.fields.flatMap(({ name }): Float64Array[] => {
          const values: unknown = made().getChild(name)?.toArray()
          return values instanceof Float64Array ? [values] : []
        })
      const before = numbers().map((values) => values.slice())
      expect(before.length).toBeGreaterThan(0)
      for (const values of numbers()) values.fill(-1)
      expect(numbers()).toEqual(before)
    }
    const vary = { 'offers.fin.price': [0.9, 1] }
    const swept = await sweep(plan, vary, { trials: 1_024 })
    const before = columnOf(swept, 'mean').slice()
    columnOf(swept, 'mean').sort().fill(0)
    expect(columnOf(await sweep(plan, vary, { trials: 1_024 }), 'mean')).toEqual(before)
  })
})

describe('a summary is frozen', () => {
  it('with everything in it', async () => {
    const { summary, warnings } = await ran()
    expect(() => Object.assign(summary.offers.fin.bill.mean, { value: 0 })).toThrow(TypeError)
    expect(() => Object.assign(summary.comparison.cheapest, { fin: 1 })).toThrow(TypeError)
    expect(() => Object.assign(summary.months, ['2020-01'])).toThrow(TypeError)
    expect(Object.isFrozen(warnings)).toBe(true)
  })

  it('but typed arrays, which cannot be frozen, are left alone', () => {
    const values = new Float64Array(2)
    expect(deepFrozen({ values, list: [1] })).toEqual({ values, list: [1] })
  })
})
