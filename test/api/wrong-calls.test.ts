// A call that lacks something, or has something else in its place, gets a message that says what is expected.
import * as library from 'billcast'
import { expect, it } from 'vitest'
import { failureOf, isOurs, plan } from './failures.ts'

/** Every function that answers something. */
const functions = Object.entries(library).filter(
  ([name, value]) => typeof value === 'function' && /^[a-z]/.test(name) && name !== 'notebookProgress',
)
const calls: readonly (readonly [shown: string, given: readonly unknown[]])[] = [
  ['nothing', []],
  ['null', [null]],
  ['a plan and null', [plan, null]],
  ['a number', [5]],
  ['a list of null', [[null]]],
  ['text and null', ['month,conversations\n', null]],
  ['text, null and null', ['month,conversations\n', null, null]],
  ['empty objects', [{}, {}, {}]],
]

/** These answer for a plan alone, and take a while. */
const ANSWER = ['simulate', 'check', 'valueOfInformation']

it.each(functions)('%s says what it expects', async (name, value) => {
  const call = value as (...given: readonly unknown[]) => unknown
  for (const [shown, given] of [...calls, ...(ANSWER.includes(name) ? [] : [['a plan alone', [plan]] as const])]) {
    const failure = await failureOf(() => call(...given))
    expect(isOurs(failure), `${shown}: ${failure}`).toBe(true)
  }
})

it('the cases of everyday slips name what is expected', async () => {
  const { sensitivity, simulate } = library
  const wrong = (value: unknown) => value as never
  await expect(simulate(plan, { precision: wrong(0.001) })).rejects.toThrow(
    'precision: expected an object such as { relative: 0.001 }, got 0.001',
  )
  await expect(sensitivity(plan, wrong(undefined))).rejects.toThrow('offer: expected the name of an offer, got nothing')
  await expect(simulate(plan, { seed: wrong({}) })).rejects.toThrow(
    /^seed: expected a text of up to 200 visible characters, or a number, got \{\}/,
  )
})

it('the name of a file in the place of its text is named as such', async () => {
  const read = "Read the file first, such as readFileSync('"
  await expect(library.simulate('plans/plan.yaml')).rejects.toThrow(`scenario: expected the text of a plan, got the name of a file`)
  await expect(library.portfolio('all.yml')).rejects.toThrow(`${read}all.yml', 'utf8')`)
  for (const call of [library.fit, library.calibrate, library.backtest] as const)
    await expect(call('history.csv')).rejects.toThrow(
      `expected the text of a CSV file, got the name of a file, "history.csv". ${read}`,
    )
  await expect(library.audit('log.csv', 'fin')).rejects.toThrow(`conversations: expected the text of a CSV file`)
  await expect(library.checkInvoices('paid.csv', 'fin')).rejects.toThrow(`invoices: expected the text of a CSV file`)
})

it.each([
  [Promise.resolve(plan), 'got a Promise. Wait for it first, with await'],
  [new URL('file:///plan.yaml'), 'got a URL. Read the file first'],
  [new TextEncoder().encode('offers: {}'), 'got a Uint8Array. Read the file as text'],
  [new Map(Object.entries(plan)), 'got a Map. Give its fields as an object'],
] as const)('%o is no plan', async (given, words) => {
  await expect(library.simulate(given as never)).rejects.toThrow(`scenario: expected a plan as text or as an object, ${words}`)
})

it('an object that holds itself is refused like any other wrong value', async () => {
  const round: Record<string, unknown> = { ...plan }
  round.self = round
  const once = 'self: expected values that end, got an object or a list that contains itself'
  await expect(library.simulate(round as never)).rejects.toMatchObject({ message: once, problems: [{ path: 'self' }] })
  await expect(library.simulate(plan, { seed: round as never })).rejects.toThrow('seed: expected a text')
})

it('a chart of an analysis names the function whose answer it shows', () => {
  const wrong = (value: unknown) => value as never
  expect(() => library.charts.sweep(wrong(undefined), 'fin', 'USD')).toThrow(
    'charts.sweep: expected what sweep() returns, got undefined',
  )
  expect(() => library.charts.tornado(wrong({ offer: 'fin', mean: 1, inputs: {} }), wrong(undefined))).toThrow(
    "charts.tornado: expected the currency, such as 'USD', got undefined",
  )
  expect(() => new library.Chart('a', 'b', wrong(undefined))).toThrow('Chart: expected a specification of Vega-Lite')
})
