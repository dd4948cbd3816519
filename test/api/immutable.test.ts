// A caller may sort and change what a result hands out. The result's own figures stay as they are.
import { breakEven, check, fit, offers, scenarioJsonSchema, sweep } from 'billcast'
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

/** Changes everything in a value that can be changed: numbers, texts, lists and keys, to any depth. */
function spoil(value: unknown, known = new Set<unknown>()): void {
  if (typeof value !== 'object' || value === null || known.has(value) || Object.isFrozen(value)) return
  known.add(value)
  if (value instanceof Float64Array) value.fill(7)
  if (value instanceof Map) for (const key of value.keys()) value.set(key, 'changed')
  for (const [key, one] of Object.entries(value)) {
    spoil(one, known)
    if (typeof one !== 'object' && typeof one !== 'function') Reflect.set(value, key, typeof one === 'number' ? -1 : 'changed')
  }
  if (Array.isArray(value)) value.reverse().push('changed')
  else Reflect.set(value, 'more', 'changed')
}

describe('a caller who changes everything that it was given', () => {
  const asked: readonly (readonly [string, (result: Awaited<ReturnType<typeof ran>>) => unknown])[] = [
    [
      'charts of a result',
      (result) => [result.chart('s-curve', 'fin').spec, result.chart('bars').spec, result.chart('monthly').spec],
    ],
    ['figures', (result) => [result.budget('fin', 0.8), result.contingency('fin', 0.8), result.overrun('fin', 60_000)]],
    ['curves', (result) => [result.curve('fin'), result.curve('fin', '2027-01')]],
    ['shares and parts', (result) => [result.phased('fin', 0.8), result.regret('fin'), result.shortfallParts('fin', 0.9)]],
    ['choices', (result) => [result.verdict(), result.ranking(), result.dominance(), [...result.cheapest()]]],
    ['maps', (result) => [result.acceptability('resolution.rate'), result.winners('resolution.rate', 'conversations.base')]],
    ['the catalog', () => offers()],
    ['an offer of the catalog', () => offers('fin')],
    ['the schema', () => scenarioJsonSchema()],
  ]
  it.each(asked)('gets the same %s again', async (_, ask) => {
    const result = await ran()
    const before = JSON.stringify(await ask(result))
    spoil(await ask(result))
    expect(JSON.stringify(await ask(result))).toBe(before)
  })
})

describe('a plan that changes after the call', () => {
  const priced = (price: number) => ({ ...plan, offers: { ...plan.offers, fin: { charges: [{ meter: 'resolutions', price }] } } })
  const few = { trials: 1_024 }
  it('is billed as it was when each of many runs was asked for', async () => {
    const changing = priced(0)
    const runs = [0.5, 1, 2].map((price) => {
      changing.offers.fin.charges[0].price = price
      return simulate(changing, few)
    })
    const means = (await Promise.all(runs)).map(({ summary }) => summary.offers.fin.bill.mean.value)
    expect(means.map((mean) => mean / means[0])).toEqual([1, 2, 4])
  })

  it('is answered as it was', async () => {
    const changing = priced(1)
    const options = { ...few, bounds: [1_000, 100_000] as [number, number] }
    const answers = [breakEven(changing, 'offers.flat.charges[0].fee', ['fin', 'flat'], options), check(changing)] as const
    changing.offers.fin.charges[0].price = 2
    options.bounds[0] = 99_000
    const [found, checked] = await Promise.all(answers)
    expect(found.value).toBe((await breakEven(priced(1), 'offers.flat.charges[0].fee', ['fin', 'flat'], few)).value)
    expect(checked.offers).toEqual((await check(priced(1))).offers)
  })

  it('and so are values to fit', async () => {
    const values = [3, 5, 4, 6, 5, 7, 4, 9]
    const fitted = fit(values)
    values.fill(1)
    expect((await fitted).mean).toBeCloseTo(43 / 8, 12)
  })
})
