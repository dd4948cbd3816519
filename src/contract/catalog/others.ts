// Vendors with an offer or two, and people alone as the baseline.
import { cited, EXAMPLE, type Source, type Vendor } from './entry.ts'

const page = (publisher: string, asOf = '2026-11'): Source => ({ title: `${publisher} pricing`, publisher, asOf })
const article: Source = { title: 'the article behind this project', publisher: 'Fini', asOf: '2026-11' }
const quoted: Source = { title: 'quotes that buyers report', publisher: 'various', asOf: '2026-11' }
const conflict = 'the article says both $0.15 to $3.50 and $1.00 to $3.50 a conversation'

export const ada: Vendor = {
  vendor: 'Ada',
  offers: Object.fromEntries(
    [
      ['ada', 'Ada, by quote', 'pert($0.35, $0.90, $1.50)', quoted] as const,
      ['ada-article', 'Ada, as the article has it', 'uniform($1.00, $3.50)', article] as const,
    ].map(([name, title, price, from]) => [
      name,
      {
        title,
        offer: {
          charges: [
            {
              id: 'conversations',
              meter: 'conversations',
              price: cited(price, from, conflict),
              minimum: cited('$30k/year', article),
            },
          ],
        },
        notes: ['Ada publishes no prices: the figure is what we do not know, drawn once a future.'],
      },
    ]),
  ),
}

const hubspotPage = page('HubSpot')
const hubspotPlan = (plan: string, included: number) => ({
  title: `HubSpot ${plan}`,
  offer: {
    charges: [
      {
        id: 'credits',
        credits: { resolutions: cited(50, hubspotPage, '$0.50 a resolved conversation') },
        package: cited(1000, hubspotPage),
        price: cited('$10', hubspotPage),
        included: cited(`${included}/month`, hubspotPage, 'what is left is lost'),
      },
    ],
  },
})
export const hubspot: Vendor = {
  vendor: 'HubSpot',
  offers: {
    'hubspot-starter': hubspotPlan('Starter', 500),
    'hubspot-professional': hubspotPlan('Professional', 3000),
    'hubspot-enterprise': hubspotPlan('Enterprise', 5000),
  },
}

const [freddy, former] = [page('Freshworks', '2025-11-13'), page('Freshworks', 'before 2025-11-13')]
export const freshworks: Vendor = {
  vendor: 'Freshworks',
  offers: {
    freddy: {
      title: 'Freddy AI agent',
      offer: { charges: [{ id: 'sessions', meter: 'conversations', package: cited(100, freddy), price: cited('$49', freddy) }] },
    },
    'freddy-2024': {
      title: 'Freddy AI agent, former price',
      offer: { charges: [{ id: 'sessions', meter: 'conversations', package: cited(1000, former), price: cited('$100', former) }] },
    },
  },
}

const gladlyPage = page('Gladly')
const redoPage = page('Redo')
const finiPage = page('Fini')
const resolution = (price: string, from: Source) => ({ id: 'resolutions', meter: 'resolutions', price: cited(price, from) })

export const helpscout: Vendor = {
  vendor: 'Help Scout',
  offers: { helpscout: { title: 'Help Scout AI Answers', offer: { charges: [resolution('$0.75', page('Help Scout'))] } } },
}
export const gladly: Vendor = {
  vendor: 'Gladly',
  offers: {
    gladly: {
      title: 'Gladly',
      offer: {
        charges: [
          resolution('$0.60', gladlyPage),
          { id: 'seats', seats: cited(10, gladlyPage, 'at least 10'), price: cited('$180/month', gladlyPage), layer: 'platform' },
        ],
      },
    },
  },
}
export const redo: Vendor = {
  vendor: 'Redo',
  offers: {
    redo: {
      title: 'Redo',
      offer: {
        charges: [
          {
            id: 'resolutions',
            meter: 'resolutions',
            graduated: [
              { to: cited(50, redoPage), price: cited('$0.95', redoPage) },
              { to: cited(100, redoPage), price: cited('$0.90', redoPage) },
              { price: cited('$0.85', redoPage) },
            ],
          },
        ],
      },
      notes: ['Its worked example: 253 resolutions cost $222.55.'],
    },
  },
}
const breakEven = ['Its two models cost the same at a rate of 77.5 % (0.69 / 0.89).']
export const fini: Vendor = {
  vendor: 'Fini',
  offers: {
    'fini-resolutions': { title: 'Fini by the resolution', offer: { charges: [resolution('$0.89', finiPage)] }, notes: breakEven },
    'fini-conversations': {
      title: 'Fini by the conversation',
      offer: { charges: [{ id: 'conversations', meter: 'conversations', price: cited('$0.69', finiPage) }] },
      notes: breakEven,
    },
  },
}

export const people: Vendor = {
  vendor: 'people only',
  offers: {
    people: {
      title: 'People only',
      offer: {
        resolution: { rate: cited('0%', EXAMPLE, 'no AI'), ceiling: cited('0%', EXAMPLE, 'no AI') },
        charges: [{ id: 'nothing', fee: cited('$0/month', EXAMPLE, 'no vendor') }],
      },
      notes: ['What it costs is human.cost a contact: the article takes $6.00. Compare by total, not by bill.'],
    },
  },
}
