// The meters that a charge can count: those that every plan has, and quantities that a plan names.
import * as z from 'zod'
import { choice, known, textField, uncertainQuantity } from './fields.ts'
import { NAME, NAMED } from './name.ts'

/** Meters of every plan. */
export const METERS = ['conversations', 'tickets', 'resolutions', 'actions', 'escalations', 'minutes'] as const
/** What a quantity is counted for. */
export const PER = ['conversation', 'resolution', 'escalation', 'ticket'] as const
export type QuantityPerOne = (typeof PER)[number]

const named = z.string().regex(NAME, `expected ${NAMED}`)

export const meter = known(
  z.union([z.enum(METERS), named], { error: `expected ${METERS.join(', ')}, or a quantity of the plan` }),
  'text',
  {
    label: 'Meter',
    help: `the quantity that the charge counts: ${METERS.join(', ')}, or a quantity that the plan names`,
  },
)

const each = uncertainQuantity({
  label: 'Quantity',
  help: 'number in one conversation of the AI, such as messages: 4 to 7; a charge counts it by its name',
  range: [0, 1e6],
  expected: 'a number of 0 or more',
  staged: true,
  words: (value) => `${value} in each`,
})

/** Quantities by name: a number in one conversation of the AI, or in one of what `per` says. */
export const quantities = z
  .record(
    z.string(),
    z.union([
      z.strictObject({
        each,
        per: choice(PER, {
          label: 'Counted per',
          help: 'what the number is for: a conversation of the AI, a resolution, an escalation (the AI did not resolve it) or a ticket (any conversation)',
          default: 'conversation',
          words: (value) => (value === 'conversation' ? 'conversation of the AI' : value),
        }),
      }),
      each,
    ]),
  )
  .meta({
    description: 'quantities of your own that charges can count, such as { messages: 4 to 7, sms: { each: 1.5, per: escalation } }',
  })

const segmentName = textField({
  label: 'Segment',
  help: 'name of a segment, or of a group such as us for us/chat and us/email',
  words: (value) => `for ${value}`,
})

/** The segments that a charge or an offer is for. */
export const of = z
  .union([segmentName, z.array(segmentName).min(1)], {
    error: 'expected the name of a segment, or a list of names such as [chat, email]',
  })
  .meta({ description: 'the segments that it is for, by name or by group; all of them if absent' })
