// A method that is called with something else than it takes says what it expects.
import * as library from 'billcast'
import { describe, expect, it } from 'vitest'
import { failureOf, isOurs, plan } from './failures.ts'

/** What callers write by mistake in the place of a name, a number or options. */
const WRONG: readonly unknown[] = [
  ...[undefined, null, 0, -1, Number.NaN, 1e9, '', 'nope', '__proto__', true, 10n, Symbol('x'), () => 1],
  ...[{}, [], [null], { nope: 1 }, Object.create(null), new Float64Array(2)],
]

describe('a method says what it expects', async () => {
  const result = await library.simulate(plan)
  const chart = result.chart('s-curve', 'fin')
  const values: readonly (readonly [string, object, readonly unknown[]])[] = [
    ['a result', result, ['fin', 0.8]],
    ['a difference', result.difference('fin', 'flat'), [0.8]],
    ['a column', result.column('fin'), [0.8]],
    ['a distribution', library.distribution('45k to 60k'), [0.8]],
    ['a chart', chart, []],
    ['the charts of analyses', library.charts, [result, 'fin', 'USD']],
    ['the distributions', library.distributions, [1, 2]],
  ]
  /** Files are written elsewhere, a drawing takes a while, and the declarations leave out what is internal. */
  const apart = [
    'constructor',
    'fitted',
    'markdown',
    'ledgerData',
    'save',
    'toSVG',
    'toXLSX',
    'toParquet',
    'toArrow',
    'toCSV',
    'report',
    'element',
  ]
  const methodsOf = (value: object): string[] => {
    const found = new Set(Object.keys(value))
    for (let own = value; own !== Object.prototype; own = Object.getPrototypeOf(own))
      for (const name of Object.getOwnPropertyNames(own)) found.add(name)
    return [...found].filter((name) => !apart.includes(name) && typeof Reflect.get(value, name) === 'function')
  }
  it.each(values)('of %s', async (_, value, good) => {
    const methods = methodsOf(value)
    expect(methods.length).toBeGreaterThan(0)
    for (const name of methods)
      for (let place = 0; place <= good.length; place++)
        for (const wrong of WRONG) {
          const given = good.map((one, k) => (k === place ? wrong : one))
          if (place === good.length) given.push(wrong)
          const failure = await failureOf(() => (Reflect.get(value, name) as (...given: unknown[]) => unknown).apply(value, given))
          expect(isOurs(failure), `${name}: ${String(wrong === Object(wrong) ? typeof wrong : String(wrong))}: ${failure}`).toBe(
            true,
          )
        }
  })
})
