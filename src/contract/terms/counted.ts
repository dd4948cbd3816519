// counted: the shares of conversations that the vendor bills, which may differ from the genuine resolutions.
import { monthsWords } from '../../months.ts'
import * as z from 'zod'
import { choice, countField, uncertainShare } from '../fields.ts'

const reopened = uncertainShare({
  label: 'Reopened',
  help: 'share of billed resolutions that are credited back, such as 5%',
  words: (value) => `${value} of billed resolutions are credited back`,
  staged: true,
})

const RESOLVED = {
  label: 'Resolved and billed',
  help: 'share of genuine resolutions that the vendor bills',
  staged: true,
  words: (value: string) => `${value} of genuine resolutions are billed`,
} as const
const UNRESOLVED = {
  label: 'Unresolved and billed',
  help: 'share of unresolved conversations that the vendor bills',
  staged: true,
  words: (value: string) => `${value} of unresolved conversations are billed as well`,
} as const

// The share alone is short for the object, and both name the same input.
const reopenedShare = z.union([
  z.strictObject({
    share: reopened,
    lag: countField({
      label: 'Lag',
      words: (value) => `${monthsWords(value)} later`,
      help: 'months until the credit',
      range: [0, 239],
      expected: 'a whole number of months from 0 to 239',
      default: 0,
    }),
  }),
  reopened,
])
const returned = choice(['billed', 'credited'], {
  label: 'Returned',
  help: 'whether resolutions whose customers come back (`resolution.returns`) stay billed, or are credited in the month of the return',
  otherwise: 'billed',
  words: (value) => `resolutions whose customers come back are ${value}`,
})
const DESCRIPTION = { description: 'shares of conversations that the vendor bills as resolutions' }

export const counted = z
  .strictObject({
    resolved: uncertainShare({ ...RESOLVED, default: 1 }),
    unresolved: uncertainShare({ ...UNRESOLVED, default: 0 }),
    reopened: reopenedShare.prefault(0),
    returned: returned.optional(),
  })
  .meta(DESCRIPTION)

/** The shares of one segment. Those that are left out are the offer's. */
export const countedOnce = z
  .strictObject({
    resolved: uncertainShare(RESOLVED).optional(),
    unresolved: uncertainShare(UNRESOLVED).optional(),
    reopened: reopenedShare.optional(),
    returned: returned.optional(),
  })
  .meta(DESCRIPTION)
