// counted: the shares of conversations that the vendor bills, which may differ from the genuine resolutions.
import * as z from 'zod'
import { countField, uncertainShare } from '../fields.ts'

const reopened = uncertainShare({
  label: 'Reopened',
  help: 'share of billed resolutions that are credited back, such as 5%',
  staged: true,
})

export const counted = z
  .strictObject({
    resolved: uncertainShare({
      label: 'Resolved and billed',
      help: 'share of genuine resolutions that the vendor bills',
      staged: true,
      default: 1,
    }),
    unresolved: uncertainShare({
      label: 'Unresolved and billed',
      help: 'share of unresolved conversations that the vendor bills',
      staged: true,
      default: 0,
    }),
    // The share alone is short for the object, and both name the same input.
    reopened: z
      .union([
        z.strictObject({
          share: reopened,
          lag: countField({
            label: 'Lag',
            help: 'months until the credit',
            range: [0, 239],
            expected: 'a whole number of months from 0 to 239',
            default: 0,
          }),
        }),
        reopened,
      ])
      .prefault(0),
  })
  .meta({ description: 'shares of conversations that the vendor bills as resolutions' })
