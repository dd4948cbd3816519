// Names of a plan become names of columns. Every program that reads the tables must tell them apart.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ScenarioError } from '../../src/errors.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { distinctColumns, OWN_COLUMNS } from '../../src/scenario/table-columns.ts'
import { good } from './slips.ts'

const reader = { read: () => Promise.reject(new Error('no file')) }

async function problems(input: string | object): Promise<readonly string[]> {
  try {
    await resolve(readScenario(input), reader)
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems.map(({ path, message }) => `${path}: ${message}`)
    throw error
  }
  return []
}
const named = (...names: readonly string[]) => ({
  ...good,
  offers: Object.fromEntries(names.map((name) => [name, good.offers.fin])),
})
const plan = (name: string) => readFileSync(`test/scenario/names/${name}.yaml`, 'utf8')

const CASE =
  'offers.fin: expected another name, such as "fin-2": "fin" and "Fin" differ only in case, and databases read them as one column'

describe('an offer is refused', () => {
  it.each(OWN_COLUMNS)('if a table has a column of its own with that name, in any case: %s', async (name) => {
    const capital = `${name[0].toUpperCase()}${name.slice(1)}`
    for (const own of [name, capital])
      expect(await problems(named(own, 'fin'))).toEqual([
        `offers.${own}: expected another name, such as "${own}-2": tables have a column "${name}" of their own`,
      ])
  })
  it('if another has the same name apart from case', async () => {
    expect(await problems(plan('case'))).toEqual([CASE])
    expect(await problems(named('Fin', 'FIN-2', 'fin'))).toEqual([CASE.replace('fin-2', 'fin-3')])
  })
  it('together with all others that are', async () => {
    expect(await problems(plan('trial'))).toEqual([
      'offers.trial: expected another name, such as "trial-2": tables have a column "trial" of their own',
      CASE,
    ])
  })
})

it('an offer may have a name that only begins like a column', async () => {
  expect(await problems(named('trial-2', 'monthly', 'offer_a'))).toEqual([])
})

it('two charges of an offer are refused if their ids differ only in case, since inputs are columns too', async () => {
  const charges = ['use', 'USE', 'fee', 'fee'].map((id) => ({ id, meter: 'conversations', price: 1 }))
  expect(await problems({ ...good, offers: { fin: { charges } } })).toEqual([
    'offers.fin.charges[1].id: expected a different id for each charge, got "USE", which differs from "use" only in case',
    'offers.fin.charges[3].id: expected a different id for each charge, got "fee" again',
  ])
})

it('no table is made with two columns that differ only in case', () => {
  expect(() => distinctColumns('trials', [{ name: 'trial' }, { name: 'a' }, { name: 'Trial' }])).toThrow(
    'the table trials would have two columns named Trial',
  )
})
