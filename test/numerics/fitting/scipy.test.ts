// The fits of SciPy to the same values (test/reference/make/fits.py).
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fitOf } from '../../../src/questions/fit/fit.ts'

interface Column {
  readonly values: readonly number[]
  readonly fits: Readonly<
    Record<
      string,
      {
        readonly parameters: Readonly<Record<string, number>>
        readonly logLikelihood: number
        readonly andersonDarling?: number
      }
    >
  >
}

const columns = JSON.parse(readFileSync('test/reference/fits.json', 'utf8')) as Readonly<Record<string, Column>>

describe.each(Object.entries(columns))('the column %s has the fits of SciPy', (_, { values, fits }) => {
  const found = fitOf(values)
  it.each(Object.entries(fits))('%s', async (name, { parameters, logLikelihood, andersonDarling }) => {
    const own = (await found).distributions.find(({ distribution }) => distribution === name)
    if (!own) throw new Error(`expected a fit of ${name}`)
    for (const [key, value] of Object.entries(parameters)) expect(Number(own.spec[key]) / value, key).toBeCloseTo(1, 5)
    expect(own.logLikelihood).toBeCloseTo(logLikelihood, 5)
    if (andersonDarling !== undefined) expect(own.andersonDarling).toBeCloseTo(andersonDarling, 4)
  })
})
