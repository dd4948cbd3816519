// Salesforce sells Agentforce by the conversation, by credits, by the user or by the resolution.
import { cited, type CatalogEntry, EXAMPLE, type Publication, type StatedDefinition, type Vendor } from '../entry.ts'

const pricing: Publication = { title: 'Agentforce pricing', publisher: 'Salesforce', asOf: '2026-11' }
const rateCard: Publication = { title: 'Agentforce rate card', publisher: 'Salesforce', asOf: '2026-11' }
const service: Publication = { title: 'Service Cloud pricing', publisher: 'Salesforce', asOf: '2026-11' }
const users = {
  id: 'seats',
  seats: cited(0, EXAMPLE, 'users of Service Cloud'),
  price: cited('$175/month', service, 'from'),
  layer: 'platform',
}
const windows: Publication = {
  title: 'Agentforce Conversations Billable Usage Types',
  publisher: 'Salesforce Help',
  asOf: '2026-11',
}
const definition: StatedDefinition = {
  counts: 'conversation',
  hours: 24,
  from: windows,
  note: 'a window ends 24 hours after it began; for anonymous visitors on the web, when they end it',
}
const notes = ['Service Cloud starts at $175 per user. State the number of users in the charge `seats`.']
const entry = (title: string, ...charges: CatalogEntry['offer']['charges']): CatalogEntry => ({
  title,
  offer: { charges: [...charges, users] },
  notes,
})

export const salesforce: Vendor = {
  vendor: 'Salesforce',
  order: 40,
  offers: {
    'agentforce-conversations': {
      ...entry('Agentforce by the conversation', { id: 'conversations', meter: 'conversations', price: cited('$2.00', pricing) }),
      definition,
    },
    'agentforce-flex': {
      ...entry('Agentforce by Flex Credits', {
        id: 'credits',
        credits: { actions: cited(20, rateCard, 'a voice action uses 30') },
        package: cited(100_000, pricing),
        price: cited('$500', pricing),
      }),
      notes: [...notes, 'Overage has no premium. State the number of actions per conversation in `conversations.actions`.'],
    },
    'agentforce-users': entry('Agentforce by the user, unmetered', {
      id: 'users',
      seats: cited(40, EXAMPLE),
      price: cited('$125/month', pricing),
      layer: 'add-on',
    }),
    'agentforce-resolutions': entry('Agentforce by the resolution', {
      id: 'resolutions',
      meter: 'resolutions',
      price: cited('$2.00', pricing),
    }),
  },
}
