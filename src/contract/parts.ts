// parts, traffic, shadow: one plan made of several contracts, side by side or one after another.
import * as z from 'zod'
import { LIMITS } from '../limits.ts'
import { month, uncertainShare } from './fields.ts'

const share = uncertainShare({
  label: 'Traffic',
  words: (value) => `${value} of the conversations`,
  help: 'share of the conversations that the part gets, such as 20%; one part without a share takes the rest',
  staged: true,
})

/** The share of each part, in all segments or by segment. */
export const traffic = z
  .record(z.string(), z.union([share, z.record(z.string(), share)]))
  .meta({ description: 'shares of the conversations by part, such as { new: 20% }, or by part and segment' })

export const shadow = z
  .record(
    z.string(),
    month({
      label: 'Shadow',
      words: (value) => `in the shadow of the others until ${value}`,
      help: 'last month in which the part is billed as if it answered its share, but resolves nothing and takes nothing from others',
    }),
  )
  .meta({ description: 'the last month in which a part runs in the shadow of the others, such as { new: 2027-04 }' })

/** @param part the schema of an offer without parts */
export const offerParts = <S extends z.ZodType>(part: S) =>
  z.record(z.string(), part).meta({
    description: `the contracts of several vendors, up to ${LIMITS.parts}, side by side or one after another; each is an offer without parts`,
  })

/** The keys that may stand beside `parts`. */
export const BESIDE_PARTS = [
  'title',
  'source',
  'of',
  'involvement',
  'from',
  'until',
  'running',
  'parts',
  'traffic',
  'shadow',
] as const
