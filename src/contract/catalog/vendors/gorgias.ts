// Gorgias sells plans with tickets, and bills each resolution of its AI agent, which also counts as a ticket.
import { cited, type CatalogEntry, type Publication, type Vendor } from '../entry.ts'

const pricing: Publication = { title: 'Gorgias pricing', publisher: 'Gorgias', asOf: '2026-11' }
const billing: Publication = { title: "How you're billed for using Gorgias", publisher: 'Gorgias docs', asOf: '2026-11' }
const notes = [
  `A conversation that the AI resolves is billed as a resolution and as a ticket ("${billing.title}", ${billing.publisher}).`,
  'The article puts the AI agent at $0.60 to $1.27 per resolution, all included.',
]

const plan = (name: string, fee: string, tickets: number, resolution: string, overage: object): CatalogEntry => ({
  title: `Gorgias ${name}`,
  offer: {
    charges: [
      { id: 'plan', fee: cited(`${fee}/month`, pricing) },
      { id: 'tickets', meter: 'tickets', included: cited(`${tickets}/month`, pricing), ...overage },
      { id: 'ai', meter: 'resolutions', price: cited(resolution, pricing) },
    ],
  },
  notes,
})
const each = { price: cited('$0.40', pricing) }
const hundreds = (price: string) => ({ package: cited(100, pricing), price: cited(price, pricing) })

export const gorgias: Vendor = {
  vendor: 'Gorgias',
  order: 30,
  offers: {
    'gorgias-starter': plan('Starter', '$10', 50, '$1.00', each),
    'gorgias-basic': plan('Basic', '$60', 300, '$1.00', hundreds('$40')),
    'gorgias-pro': plan('Pro', '$360', 2000, '$1.00', hundreds('$36')),
    'gorgias-advanced': plan('Advanced', '$900', 5000, '$1.00', hundreds('$36')),
    'gorgias-basic-yearly': plan('Basic, paid by the year', '$50', 300, '$0.90', hundreds('$40')),
    'gorgias-pro-yearly': plan('Pro, paid by the year', '$300', 2000, '$0.90', hundreds('$36')),
    'gorgias-advanced-yearly': plan('Advanced, paid by the year', '$750', 5000, '$0.90', hundreds('$36')),
  },
}
