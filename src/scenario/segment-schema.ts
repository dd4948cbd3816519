// The schema of people, and of segments: streams of conversations with drivers of their own.
import * as z from 'zod'
import { money, plainShare, uncertainQuantity, uncertainShare } from '../contract/fields.ts'
import { segmentResolution } from '../contract/schema.ts'
import { segmentConversations } from './conversations-schema.ts'
import { staff } from './staff-schema.ts'

const UPLIFT = {
  label: 'Uplift',
  help: 'increase of this cost as the AI resolves the easy conversations: this share, times the share that it resolves',
  staged: true,
  words: (value: string) => `up to ${value} more as the AI takes the easy ones`,
  range: [0, 100],
  expected: 'a share of 0% or more',
} as const
const CASHABLE = {
  label: 'Cashable',
  help: 'share of the freed work that really reduces cost',
  staged: true,
  words: (value: string) => `${value} of the freed work reduces cost`,
} as const

const humanFields = {
  cost: money({
    label: 'Cost of a contact with people',
    help: 'cost of one conversation that people handle, such as $6',
    staged: true,
    words: (value) => `${value} for each contact that people handle`,
    slider: { least: 0.5, most: 2 },
  }).optional(),
  minutes: uncertainQuantity({
    label: 'Minutes',
    help: 'working time of people per conversation, in minutes',
    staged: true,
    range: [0, 1e6],
    expected: 'at least 0 minutes per conversation',
    words: (value) => `${value} minutes of work for each`,
  }).optional(),
  staff: staff.optional(),
}

export const human = z
  .strictObject({
    cost: humanFields.cost,
    uplift: uncertainShare({ ...UPLIFT, default: 0 }),
    minutes: humanFields.minutes,
    cashable: plainShare({ ...CASHABLE, otherwise: '100%' }).optional(),
    staff: humanFields.staff,
  })
  .meta({ description: 'cost of the people who handle the conversations that the AI does not resolve' })

/** What a segment states itself. Keys that it leaves out are those of the plan. */
export const segment = z.strictObject({
  share: uncertainShare({
    label: 'Share',
    help: "share of the plan's conversations, such as 50% to 70%, instead of volumes of its own; shares are divided by their sum",
    staged: true,
    words: (value) => `${value} of all conversations`,
  }).optional(),
  conversations: segmentConversations.optional(),
  resolution: segmentResolution.optional(),
  human: z
    .strictObject({
      ...humanFields,
      uplift: uncertainShare(UPLIFT).optional(),
      cashable: plainShare(CASHABLE).optional(),
    })
    .optional(),
})
export type RawSegment = z.infer<typeof segment>
