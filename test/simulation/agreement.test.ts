// Compares the engine with the oracle, trial by trial, on the same draws.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { METHODS } from '../../src/numerics/random/plan.ts'
import { effort, long, patience, slow, someOf } from '../effort.ts'
import { anySegmented } from '../oracle/any-segmented.ts'
import { anyContract, everyContract } from '../oracle/contracts.ts'
import { anyReturning, everyReturn } from '../oracle/returns.ts'
import { anyScenario, everyDriver } from '../oracle/scenarios.ts'
import { everySegment } from '../oracle/segmented.ts'
import { everyStaff } from '../oracle/staff.ts'
import { anyTimed, everyTimed } from '../oracle/timed.ts'
import { disagreements } from './side-by-side.ts'

/** Of the run; two of its blocks are compared, of 4 to 1,024 trials. */
const trials = long ? 8192 : slow ? 192 : 128

describe('the engine agrees with the oracle on every trial', () => {
  Object.entries(everyDriver).forEach(([name, scenario], k) => {
    // `npm test` runs each scenario with one method, taking the methods in turn; the slow tests with the next one.
    it.each(long ? METHODS : [METHODS[(k + Number(slow)) % METHODS.length]])(`of ${name}, with %s`, async (method) => {
      expect((await disagreements(scenario, method, trials)).slice(0, 5)).toEqual([])
    })
  })

  const all = { ...everySegment, ...everyContract, ...everyTimed, ...everyReturn, ...everyStaff }
  for (const [name, scenario] of someOf(Object.entries(all), 3)) {
    it(`of ${name}`, async () => {
      expect((await disagreements(scenario, 'sobol', long ? 4096 : trials)).slice(0, 5)).toEqual([])
    })
  }

  it(
    'of any scenario and contract',
    async () => {
      const property = fc.asyncProperty(
        fc.oneof(anyScenario, anyContract, anyTimed, anySegmented, anyReturning),
        fc.constantFrom(...METHODS),
        async (scenario, method) => {
          expect((await disagreements(scenario, method, Math.min(1024, trials), 1)).slice(0, 5)).toEqual([])
        },
      )
      await fc.assert(property, effort(1, 5000, 8))
    },
    patience,
  )
})
