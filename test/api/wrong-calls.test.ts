// A call that lacks something, or has something else in its place, gets a message that says what is expected.
import * as library from 'billcast'
import { expect, it } from 'vitest'
import { ParameterError, ScenarioError, UsageError } from '../../src/errors.ts'

const plan = {
  months: 2,
  run: { trials: 1_024 },
  conversations: { base: '45k to 60k' },
  resolution: { rate: '60% to 70%' },
  offers: { fin: { charges: [{ meter: 'resolutions', price: '$0.99' }] }, flat: { charges: [{ fee: '$33k/month' }] } },
}
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
    const failure = await Promise.resolve()
      .then(() => call(...given))
      .then(
        () => undefined,
        (error: unknown) => error,
      )
    if (failure !== undefined)
      expect(
        [UsageError, ScenarioError, ParameterError].some((kind) => failure instanceof kind),
        `${shown}: ${failure}`,
      ).toBe(true)
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
