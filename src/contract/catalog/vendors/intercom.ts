// Intercom sells Fin for its own helpdesk and for others.
import {
  cited,
  type CatalogEntry,
  EXAMPLE,
  type Publication,
  type StatedDefinition,
  type StatedRate,
  type Vendor,
} from '../entry.ts'

const outcomes: Publication = { title: 'Fin AI Agent outcomes', publisher: 'Intercom Help Center', asOf: '2026-11' }
const pricing: Publication = { title: 'Fin pricing', publisher: 'Intercom', asOf: '2026-11' }
const seatPrices: Publication = { title: 'Intercom pricing', publisher: 'Intercom', asOf: '2026-11' }
const guarantee: Publication = { title: 'Fin million dollar guarantee', publisher: 'Intercom', asOf: '2026-11' }
const customers: Publication = { title: 'Fin customer stories', publisher: 'Intercom', asOf: '2026-11' }
const field: Publication = { title: 'reports of production use at other companies', publisher: 'various', asOf: '2026-11' }

const rates: readonly StatedRate[] = [
  { rate: '67%', by: 'vendor', from: pricing, note: 'an average over customers' },
  { rate: '49%', by: 'customer', from: customers },
  { rate: '65%', by: 'customer', from: customers },
  { rate: '72%', by: 'customer', from: customers },
  { rate: '70% to 84%', by: 'customer', from: customers, note: 'e-commerce' },
  { rate: '45% to 53%', by: 'independent', from: field, note: 'seen in production' },
]
const resolutions: Publication = { title: 'Fin AI Agent resolutions', publisher: 'Intercom Help Center', asOf: '2026-11' }
/** Procedure handoffs have been billed as outcomes since 2026-03-12. They are escalations, which no definition of a resolution counts. */
const definition: StatedDefinition = {
  counts: 'assumed',
  hours: 24,
  from: resolutions,
  note: 'confirmed or assumed; a resolution whose customer returns is deducted, even in a later period; procedure handoffs are billed as outcomes since 2026-03-12',
}
const notes = [
  'A resolution is credited on a later bill if the customer returns. To model that, state `counted.reopened` with a lag of 1.',
  'Procedure handoffs to a person are billed as outcomes since 2026-03-12. State their share as `counted.unresolved`.',
  'Intercom offers a hard limit. To model it, state `limit` on the charge `outcomes`.',
  'Fin Voice is quoted at $1.99. Voice is not modeled separately: describe it as an offer of its own.',
]

const outcome = { id: 'outcomes', meter: 'resolutions', price: cited('$0.99', outcomes) }
const withSeats = (plan: string, price: string, note?: string): CatalogEntry => ({
  title: `Fin with Intercom ${plan}`,
  offer: {
    charges: [outcome, { id: 'seats', seats: cited(10, EXAMPLE), price: cited(price, seatPrices, note), layer: 'platform' }],
  },
  definition,
  rates,
  notes,
})

export const intercom: Vendor = {
  vendor: 'Intercom',
  order: 10,
  offers: {
    fin: { title: 'Fin', definition, offer: { charges: [outcome] }, rates, notes },
    'fin-standalone': {
      title: 'Fin on another helpdesk',
      definition,
      offer: { charges: [{ ...outcome, minimum: cited('50/month', pricing) }] },
      rates,
      notes,
    },
    'fin-guaranteed': {
      title: 'Fin with its guarantee',
      definition,
      offer: {
        charges: [outcome],
        guarantee: {
          months: cited(12, guarantee, 'the period is our interpretation'),
          notAbove: cited('65%', guarantee),
          payment: cited('$1m', guarantee),
        },
        refund: {
          months: cited(3, guarantee, '90 days'),
          below: cited('65%', guarantee, 'an assumption: "not satisfied within 90 days" carries no threshold'),
          share: cited('100%', guarantee),
          maximum: cited('$1m', guarantee),
        },
      },
      rates,
      notes,
    },
    'fin-intercom-essential': withSeats('Essential', '$29/month', 'sources conflict: $19 to $39'),
    'fin-intercom-advanced': withSeats('Advanced', '$85/month'),
    'fin-intercom-expert': withSeats('Expert', '$132/month'),
  },
}
