// counted: what the vendor bills as a resolution, which is not always what was resolved.
import { z } from 'zod'
import { plainNumber, share } from '../fields.ts'

export const counted = z.strictObject({
  resolved: share.optional(),
  unresolved: share.optional(),
  reopened: z
    .union([z.strictObject({ share, lag: plainNumber(0, 239, 'a whole number of months', true).prefault(0) }), share])
    .optional(),
})
