// The ledger of random contracts adds up: with rollover, refunds, minimums, seats, upfront amounts, segments, parts and terms.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { effort, patience, someOf } from '../../effort.ts'
import { anySegmented } from '../../oracle/any-segmented.ts'
import { anyContract, everyContract } from '../../oracle/contracts.ts'
import { everySegment } from '../../oracle/segmented.ts'
import { anyTimed, everyTimed } from '../../oracle/timed.ts'
import { ledgerFaults } from './faults.ts'

/** The graph of a long plan takes seconds to build. */
const MONTHS = 5

describe('the ledger adds up', () => {
  it.each(someOf(Object.entries({ ...everyContract, ...everySegment, ...everyTimed }), 14))('%s', async (_, scenario) => {
    expect(await ledgerFaults(scenario, MONTHS)).toEqual([])
  })

  it(
    'whatever the contract',
    () =>
      fc.assert(
        fc.asyncProperty(fc.oneof(anyContract, anySegmented, anyTimed), async (scenario) => {
          expect(await ledgerFaults(scenario, MONTHS)).toEqual([])
        }),
        { ...effort(2, 1000, 15), endOnFailure: true },
      ),
    patience,
  )
})
