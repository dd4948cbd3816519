// Zendesk bills automated resolutions and Suite seats.
import { cited, type CatalogEntry, EXAMPLE, type Publication, type StatedDefinition, type Vendor } from '../entry.ts'

const resolutions: Publication = { title: 'About automated resolutions for AI agents', publisher: 'Zendesk help', asOf: '2026-11' }
const verified: Publication = { title: 'About automated resolution tiers', publisher: 'Zendesk help', asOf: '2026-05-18' }
const pricing: Publication = { title: 'Zendesk pricing', publisher: 'Zendesk', asOf: '2026-11' }

const definition: StatedDefinition = {
  counts: 'verified',
  hours: 72,
  from: verified,
  note: 'a model checks the outcome after 72 hours without a message; unverified resolutions are free since 2026-05-18',
}
const notes = [
  `Only verified resolutions are billed since ${verified.asOf} ("${verified.title}", ${verified.publisher}).`,
  'An account can pause its AI agents at the allowance instead of paying overage. To model that, state `limit` on the charge `resolutions`.',
  'Suite seats cost $55 (Team) to $169 (Enterprise). Copilot costs $50 per seat.',
]
const seats = (price: string) => ({ id: 'seats', seats: cited(30, EXAMPLE), price: cited(price, pricing), layer: 'platform' })
const copilot = { id: 'copilot', seats: cited(30, EXAMPLE), price: cited('$50/month', pricing), layer: 'add-on' }
const committed = { price: cited('$1.50', resolutions), overage: cited('$2.00', resolutions) }
const perSeat = (each: number) => ({ perSeat: cited(each, resolutions) })
const payAsYouGo = (plan: string, each: number, price: string): CatalogEntry => ({
  title: `Zendesk Suite ${plan}, pay as you go`,
  definition,
  offer: {
    charges: [
      { id: 'resolutions', meter: 'resolutions', price: cited('$2.00', resolutions), included: perSeat(each) },
      seats(price),
    ],
  },
  notes,
})

export const zendesk: Vendor = {
  vendor: 'Zendesk',
  order: 20,
  offers: {
    'zendesk-team': payAsYouGo('Team', 5, '$55/month'),
    'zendesk-professional': payAsYouGo('Professional', 10, '$115/month'),
    'zendesk-committed': {
      title: 'Zendesk Suite Professional, committed by the month',
      definition,
      offer: {
        charges: [
          { id: 'resolutions', meter: 'resolutions', commitment: cited('5k/month', EXAMPLE), ...committed, included: perSeat(10) },
          seats('$115/month'),
          copilot,
        ],
      },
      notes,
    },
    'zendesk-committed-annual': {
      title: 'Zendesk Suite Professional, committed in one pool a year',
      definition,
      offer: {
        charges: [
          {
            id: 'resolutions',
            meter: 'resolutions',
            period: 'year',
            commitment: cited('60k/year', EXAMPLE),
            ...committed,
            included: perSeat(10),
          },
          seats('$115/month'),
          copilot,
        ],
      },
      notes,
    },
    'zendesk-paused': {
      title: 'Zendesk Suite Professional, paused at its allowance',
      definition,
      offer: {
        charges: [
          {
            id: 'resolutions',
            meter: 'resolutions',
            commitment: cited('5k/month', EXAMPLE),
            ...committed,
            included: perSeat(10),
            limit: cited('5300/month', EXAMPLE, 'the commitment and what 30 seats include'),
          },
          seats('$115/month'),
        ],
      },
      notes,
    },
  },
}
